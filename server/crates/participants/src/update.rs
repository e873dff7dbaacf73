//! Changes of a participant's fields.

use crate::record::{Home, Record, study_for, study_open};
use crate::{ParticipantError, contact};
use contract::Id;
use contract::ids::{Participant, Study};
use contract::participant::{ParticipantDetail, UpdateParticipant};
use contract::permission::Permission;
use platform::audit::Entry;
use platform::{Actor, AuditedTx, Authorized, Ctx, require};
use serde_json::{Map, Value, json};

/// Changes what `change` names. A change that changes nothing leaves no trace.
///
/// # Errors
/// [`ParticipantError::Changed`] when somebody else was faster; see the others.
pub async fn update(
    ctx: &Ctx,
    who: &Actor,
    study: Id<Study>,
    id: Id<Participant>,
    change: &UpdateParticipant,
) -> Result<ParticipantDetail, ParticipantError> {
    let auth = require(who, Permission::ParticipantManage, study)?;
    change.check()?;
    let mut tx = ctx.write(who, Some(study)).await?;
    let (old, new) = apply(&mut tx, auth, id, change).await?;
    if new.is_empty() {
        // Its connection is wanted for reading
        drop(tx);
    } else {
        let entry = Entry::new("participant.update", id).old(&old).new_values(&new);
        tx.commit(entry).await?;
    }
    crate::get::read(ctx, study, id).await
}

/// The fields that change, with their values before and after.
type Changes = (Map<String, Value>, Map<String, Value>);

async fn apply(
    tx: &mut AuditedTx,
    auth: Authorized,
    id: Id<Participant>,
    change: &UpdateParticipant,
) -> Result<Changes, ParticipantError> {
    let study = study_for(auth, Permission::ParticipantManage)?;
    study_open(tx, study).await?;
    let record = Record::lock(tx, study, id, change.version).await?;
    let code = change.participant_code.as_deref().map_or(record.code.as_str(), str::trim);
    let site = change.site_id.unwrap_or(record.site);
    let language = change.language.unwrap_or(record.language);
    if site != record.site {
        Home::read(tx, study, site).await?.takes_participants()?;
    }

    let (mut old, mut new) = Changes::default();
    let mut note = |field: &str, before: Value, after: Value| {
        if before != after {
            old.insert(field.to_owned(), before);
            new.insert(field.to_owned(), after);
        }
    };
    note("participant_code", json!(record.code), json!(code));
    note("site_id", json!(record.site), json!(site));
    note("language", json!(record.language), json!(language));
    let contact = contact::change(tx, study, id, &change.contact).await?;
    note("contact", json!({}), json!(contact));
    if contact.get("email").is_some_and(|what| *what != "set") {
        // Whoever reads mail under the old address must not be, or get, signed in
        identity::portal_session::end_all(tx, study, id).await?;
    }
    if new.is_empty() {
        return Ok((old, new));
    }
    let now = tx.ctx().clock.now();
    sqlx::query!(
        "update app.participant
         set participant_code = $3, site_id = $4, language = $5, version = version + 1,
             updated_at = $6
         where study_id = $1 and id = $2",
        study.uuid(),
        id.uuid(),
        code,
        site.uuid(),
        language.tag(),
        now,
    )
    .execute(tx.conn())
    .await?;
    Ok((old, new))
}
