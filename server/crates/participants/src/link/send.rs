//! Staff send a participant a link.

use super::text::{Occasion, mail};
use super::{Link, MAIL_KIND};
use crate::record::{locale, study_open, word};
use crate::{ParticipantError, contact};
use contract::Id;
use contract::ids::{Participant, Study};
use contract::participant::{LinkSent, ParticipantStatus};
use contract::permission::Permission;
use identity::magic_link;
use platform::audit::Entry;
use platform::mail::Mail;
use platform::{Actor, Ctx, require};
use serde_json::json;

/// Sends the participant a link to the portal. The address is used, not shown.
///
/// # Errors
/// [`ParticipantError::NoEmail`], [`ParticipantError::Withdrawn`]; see the others.
pub async fn send_link(
    ctx: &Ctx,
    who: &Actor,
    study: Id<Study>,
    id: Id<Participant>,
) -> Result<LinkSent, ParticipantError> {
    require(who, Permission::AssignmentManage, study)?;
    let mut tx = ctx.write(who, Some(study)).await?;
    study_open(&mut tx, study).await?;
    let row = sqlx::query!(
        "select participant_code, status, language from app.participant
         where study_id = $1 and id = $2
         for share",
        study.uuid(),
        id.uuid(),
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(ParticipantError::NotFound)?;
    if word::<ParticipantStatus>(&row.status)? == ParticipantStatus::Withdrawn {
        return Err(ParticipantError::Withdrawn);
    }
    let contact = contact::read(tx.conn(), &ctx.keyring, study, id).await?;
    let to = contact.email.ok_or(ParticipantError::NoEmail)?;

    let token = magic_link::issue(&mut tx, id, study).await?;
    let expires_at = ctx.clock.now() + magic_link::LIFETIME;
    let links = [Link::new(&ctx.base_url, &token, locale(&row.language)?, &row.participant_code)];
    let (subject, text) = mail(&links, Occasion::SentByStaff, &ctx.base_url);
    let mail = Mail { to, subject, text, html: None, kind: MAIL_KIND };
    platform::mail::enqueue(&mut tx, mail).await?;
    let sent = LinkSent { expires_at };
    let values = json!({ "expires_at": expires_at });
    tx.commit(Entry::new("participant.send_link", id).new_values(&values)).await?;
    Ok(sent)
}
