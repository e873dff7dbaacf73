//! Contact data: sealed on the way in, opened only on an audited request.

use crate::ParticipantError;
use contract::Id;
use contract::ids::{Participant, Study};
use contract::participant::{Contact, ContactChange};
use contract::permission::Permission;
use platform::audit::Entry;
use platform::keyring::{Keyring, KeyringError};
use platform::{Actor, AuditedTx, Ctx, require};
use serde_json::json;
use sqlx::PgConnection;
use std::collections::BTreeMap;

const TABLE: &str = "participant_contact";
/// Purposes of the blind indexes of an address.
const STUDY_INDEX: &str = "participant.email.study";
const LOGIN_INDEX: &str = "participant.email.login";
const LINK_REQUEST: &str = "participant.email.link_request";

/// What happened to which field: `set`, `changed` or `removed`. Never the values.
pub(crate) type Changed = BTreeMap<&'static str, &'static str>;

/// Shows the contact data of a participant. Every look is an entry in the audit trail.
///
/// # Errors
/// [`ParticipantError::NotFound`], also for a participant of another study.
pub async fn reveal_contact(
    ctx: &Ctx,
    who: &Actor,
    study: Id<Study>,
    id: Id<Participant>,
) -> Result<Contact, ParticipantError> {
    require(who, Permission::ContactRead, study)?;
    let mut tx = ctx.write(who, Some(study)).await?;
    let exists = sqlx::query_scalar!(
        r#"select exists (select from app.participant where study_id = $1 and id = $2) as "yes!""#,
        study.uuid(),
        id.uuid(),
    )
    .fetch_one(tx.conn())
    .await?;
    if !exists {
        return Err(ParticipantError::NotFound);
    }
    let contact = read(tx.conn(), &ctx.keyring, study, id).await?;
    let shown = json!({ "fields": filled_in(&contact) });
    tx.commit(Entry::new("participant.reveal_contact", id).new_values(&shown)).await?;
    Ok(contact)
}

/// The contact data in the clear; all empty where nothing is on file.
pub(crate) async fn read(
    conn: &mut PgConnection,
    keyring: &Keyring,
    study: Id<Study>,
    id: Id<Participant>,
) -> Result<Contact, ParticipantError> {
    let row = sqlx::query!(
        "select email, phone, given_name, family_name
         from app.participant_contact
         where study_id = $1 and participant_id = $2",
        study.uuid(),
        id.uuid(),
    )
    .fetch_optional(conn)
    .await?;
    let Some(row) = row else { return Ok(Contact::default()) };
    Ok(Contact {
        email: open(keyring, "email", id, row.email.as_deref())?,
        phone: open(keyring, "phone", id, row.phone.as_deref())?,
        given_name: open(keyring, "given_name", id, row.given_name.as_deref())?,
        family_name: open(keyring, "family_name", id, row.family_name.as_deref())?,
    })
}

/// Writes what `change` names and says what became of which field.
pub(crate) async fn change(
    tx: &mut AuditedTx,
    study: Id<Study>,
    id: Id<Participant>,
    change: &ContactChange,
) -> Result<Changed, ParticipantError> {
    if change.is_empty() {
        return Ok(Changed::new());
    }
    let keyring = tx.ctx().keyring.clone();
    let old = read(tx.conn(), &keyring, study, id).await?;
    let new = Contact {
        email: after(change.email.as_deref(), &old.email),
        phone: after(change.phone.as_deref(), &old.phone),
        given_name: after(change.given_name.as_deref(), &old.given_name),
        family_name: after(change.family_name.as_deref(), &old.family_name),
    };
    let changed = compare(&old, &new);
    if !changed.is_empty() {
        write(tx, &keyring, study, id, &new).await?;
    }
    Ok(changed)
}

async fn write(
    tx: &mut AuditedTx,
    keyring: &Keyring,
    study: Id<Study>,
    id: Id<Participant>,
    contact: &Contact,
) -> Result<(), ParticipantError> {
    let now = tx.ctx().clock.now();
    sqlx::query!(
        "insert into app.participant_contact
             (study_id, participant_id, email, email_study_index, email_login_index, phone,
              given_name, family_name, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict (study_id, participant_id) do update
         set email = excluded.email, email_study_index = excluded.email_study_index,
             email_login_index = excluded.email_login_index, phone = excluded.phone,
             given_name = excluded.given_name, family_name = excluded.family_name,
             updated_at = excluded.updated_at",
        study.uuid(),
        id.uuid(),
        seal(keyring, "email", id, contact.email.as_deref())?,
        contact.email.as_deref().map(|email| study_index(keyring, study, email)),
        contact.email.as_deref().map(|email| keyring.blind_index(LOGIN_INDEX, &normalised(email))),
        seal(keyring, "phone", id, contact.phone.as_deref())?,
        seal(keyring, "given_name", id, contact.given_name.as_deref())?,
        seal(keyring, "family_name", id, contact.family_name.as_deref())?,
        now,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// An address as it is compared: people type capitals as they please.
pub(crate) fn normalised(email: &str) -> String {
    email.trim().to_lowercase()
}

/// The login indexes of an address, under the current and earlier keys.
pub(crate) fn login_indexes(keyring: &Keyring, email: &str) -> Vec<Vec<u8>> {
    keyring.blind_indexes(LOGIN_INDEX, &normalised(email))
}

/// Names the job that answers a request for a link, without naming the address.
pub(crate) fn request_key(keyring: &Keyring, email: &str) -> String {
    let index = keyring.blind_index(LINK_REQUEST, &normalised(email));
    index.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Opens a sealed address.
pub(crate) fn open_email(
    keyring: &Keyring,
    id: Id<Participant>,
    sealed: &[u8],
) -> Result<String, KeyringError> {
    keyring.open_text(TABLE, "email", id, sealed)
}

/// Comparable within the study only.
fn study_index(keyring: &Keyring, study: Id<Study>, email: &str) -> Vec<u8> {
    keyring.blind_index(STUDY_INDEX, &format!("{study} {}", normalised(email)))
}

fn seal(
    keyring: &Keyring,
    column: &str,
    id: Id<Participant>,
    text: Option<&str>,
) -> Result<Option<Vec<u8>>, ParticipantError> {
    let sealed = text.map(|text| keyring.seal(TABLE, column, id, text.as_bytes())).transpose();
    Ok(sealed.map_err(platform::Failure::from)?)
}

fn open(
    keyring: &Keyring,
    column: &str,
    id: Id<Participant>,
    sealed: Option<&[u8]>,
) -> Result<Option<String>, ParticipantError> {
    let text = sealed.map(|sealed| keyring.open_text(TABLE, column, id, sealed)).transpose();
    Ok(text.map_err(platform::Failure::from)?)
}

/// A field after a change: absent stays, empty is removed.
fn after(change: Option<&str>, old: &Option<String>) -> Option<String> {
    match change.map(str::trim) {
        None => old.clone(),
        Some("") => None,
        Some(text) => Some(text.to_owned()),
    }
}

const fn fields(contact: &Contact) -> [(&'static str, &Option<String>); 4] {
    [
        ("email", &contact.email),
        ("phone", &contact.phone),
        ("given_name", &contact.given_name),
        ("family_name", &contact.family_name),
    ]
}

fn filled_in(contact: &Contact) -> Vec<&'static str> {
    fields(contact).into_iter().filter(|(_, value)| value.is_some()).map(|(name, _)| name).collect()
}

fn compare(old: &Contact, new: &Contact) -> Changed {
    fields(old)
        .into_iter()
        .zip(fields(new))
        .filter_map(|((name, before), (_, after))| match (before, after) {
            (None, Some(_)) => Some((name, "set")),
            (Some(_), None) => Some((name, "removed")),
            (Some(before), Some(after)) if before != after => Some((name, "changed")),
            _ => None,
        })
        .collect()
}
