//! A new participant.

use crate::record::{Home, study_enrols, study_for};
use crate::{ParticipantError, contact, local};
use chrono::NaiveDate;
use contract::Id;
use contract::ids::{Participant, Study};
use contract::participant::{CreateParticipant, ParticipantDetail, ParticipantStatus};
use contract::permission::Permission;
use platform::audit::Entry;
use platform::{Actor, AuditedTx, Authorized, Ctx, require};
use serde_json::{Value, json};

/// A participant that this transaction has made.
#[derive(Debug)]
pub struct Created {
    pub id: Id<Participant>,
    /// Set when enrolled at once.
    pub enrollment_date: Option<NaiveDate>,
    values: Value,
}

impl Created {
    /// The audit entry of the whole action; `also` adds what else the transaction did.
    #[must_use]
    pub fn entry(&self, also: &[(&str, Value)]) -> Entry {
        let mut values = self.values.clone();
        if let Value::Object(map) = &mut values {
            map.extend(also.iter().map(|(key, value)| ((*key).to_owned(), value.clone())));
        }
        Entry::new("participant.create", self.id).new_values(&values)
    }
}

/// Adds a participant: screened, or enrolled when an enrollment date is given.
///
/// # Errors
/// See [`ParticipantError`]; nothing is written then.
pub async fn create(
    ctx: &Ctx,
    who: &Actor,
    study: Id<Study>,
    new: &CreateParticipant,
) -> Result<ParticipantDetail, ParticipantError> {
    let auth = require(who, Permission::ParticipantManage, study)?;
    let mut tx = ctx.write(who, Some(study)).await?;
    let created = create_in(&mut tx, auth, new).await?;
    let entry = created.entry(&[]);
    tx.commit(entry).await?;
    crate::get::read(ctx, study, created.id).await
}

/// The same within a transaction that does more, such as planning visits.
///
/// # Errors
/// As [`create`].
pub async fn create_in(
    tx: &mut AuditedTx,
    auth: Authorized,
    new: &CreateParticipant,
) -> Result<Created, ParticipantError> {
    let study = study_for(auth, Permission::ParticipantManage)?;
    new.check()?;
    study_enrols(tx, study).await?;
    let home = Home::read(tx, study, new.site_id).await?;
    home.takes_participants()?;
    let status = if let Some(date) = new.enrollment_date {
        local::check_not_future("enrollment_date", date, home.today)?;
        ParticipantStatus::Enrolled
    } else {
        ParticipantStatus::Screened
    };
    let id = tx.ctx().new_id();
    let now = tx.ctx().clock.now();
    let code = new.participant_code.trim();
    sqlx::query!(
        "insert into app.participant
             (study_id, id, participant_code, site_id, status, status_date, enrollment_date,
              language, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)",
        study.uuid(),
        id.uuid(),
        code,
        new.site_id.uuid(),
        status.as_str(),
        new.enrollment_date.unwrap_or(home.today),
        new.enrollment_date,
        new.language.tag(),
        now,
    )
    .execute(tx.conn())
    .await?;
    let contact = contact::change(tx, study, id, &new.contact).await?;
    let values = json!({
        "participant_code": code,
        "site_id": new.site_id,
        "status": status,
        "enrollment_date": new.enrollment_date,
        "language": new.language,
        "contact": contact,
    });
    Ok(Created { id, enrollment_date: new.enrollment_date, values })
}
