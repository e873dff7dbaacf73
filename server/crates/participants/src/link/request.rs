//! A participant asks for a link at the portal's door.

use super::text::{Occasion, mail};
use super::{Link, MAIL_KIND};
use crate::record::locale;
use crate::{ParticipantError, contact};
use contract::identity::MagicLinkRequest;
use contract::ids::{Participant, Study};
use contract::{Id, Locale};
use identity::magic_link;
use platform::audit::Entry;
use platform::jobs::{self, Job, JobError, NewJob, Run};
use platform::mail::Mail;
use platform::{Actor, Ctx, Failure};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// Asks for a link to be sent to `email`. Succeeds for every well-formed address; whether anybody
/// is reached under it is found out later, by [`send_requested_links`].
///
/// # Errors
/// 422 for what is no address at all.
pub async fn request_magic_link(ctx: &Ctx, email: &str) -> Result<(), ParticipantError> {
    MagicLinkRequest { email: email.to_owned() }.check()?;
    let job = SendRequestedLinks { email: email.trim().to_owned() };
    // Somebody who presses the button five times gets one mail
    let key = contact::request_key(&ctx.keyring, email);
    jobs::enqueue_unaudited(ctx, NewJob::new(&job).dedup_key(&key)).await?;
    Ok(())
}

/// The job that answers a request for a link.
#[derive(Serialize, Deserialize)]
pub struct SendRequestedLinks {
    email: String,
}

impl Job for SendRequestedLinks {
    const KIND: &'static str = "participant.send_requested_links";
    const SEALED: bool = true;
    /// About four minutes: who waits for a link has asked again by then.
    const MAX_ATTEMPTS: i32 = 4;
}

/// The handler of [`SendRequestedLinks`]: sends one mail for each study, with a link for every
/// participant who is reached under the address; nothing to an unknown one. Run twice, it sends
/// twice.
///
/// # Errors
/// [`JobError::Again`] when the database fails.
pub async fn send_requested_links(ctx: Ctx, run: Run<SendRequestedLinks>) -> Result<(), JobError> {
    let found = find(&ctx, &run.job.email).await.map_err(again)?;
    for group in found.chunk_by(|a, b| a.study == b.study) {
        send(&ctx, &run.job.email, group).await.map_err(again)?;
    }
    tracing::info!(event = "links_requested", participants = found.len(), job = %run.id);
    Ok(())
}

fn again(error: ParticipantError) -> JobError {
    match error {
        ParticipantError::Failure(failure) => failure.into(),
        other => JobError::Again(other.to_string()),
    }
}

struct Found {
    study: Id<Study>,
    id: Id<Participant>,
    code: String,
    language: Locale,
}

/// Who may sign in under the address, study by study.
async fn find(ctx: &Ctx, email: &str) -> Result<Vec<Found>, ParticipantError> {
    let rows = sqlx::query!(
        r#"select p.study_id, p.id, p.participant_code, p.language, c.email as "email!"
           from app.participant_contact c
           join app.participant p on p.study_id = c.study_id and p.id = c.participant_id
           join app.study s on s.id = p.study_id
           where c.email_login_index = any($1) and p.status <> 'withdrawn'
             and s.status <> 'archived'
           order by p.study_id, lower(p.participant_code) collate "C""#,
        &contact::login_indexes(&ctx.keyring, email),
    )
    .fetch_all(ctx.db())
    .await?;
    let mut found = Vec::new();
    for row in rows {
        let id = Id::from_uuid(row.id);
        // The index says that it is the address; what is sealed must say so as well
        let kept = contact::open_email(&ctx.keyring, id, &row.email).map_err(Failure::from)?;
        if contact::normalised(&kept) == contact::normalised(email) {
            let study = Id::from_uuid(row.study_id);
            let language = locale(&row.language)?;
            found.push(Found { study, id, code: row.participant_code, language });
        }
    }
    Ok(found)
}

/// One mail to the people of one study. Each participant's link is in that participant's own
/// trail; the mail goes out with the last one.
async fn send(ctx: &Ctx, email: &str, group: &[Found]) -> Result<(), ParticipantError> {
    let system = Actor::System { name: "portal sign-in" };
    let mut links = Vec::new();
    for found in group {
        let mut tx = ctx.write(&system, Some(found.study)).await?;
        let token = magic_link::issue(&mut tx, found.id, found.study).await?;
        links.push(Link::new(&ctx.base_url, &token, found.language, &found.code));
        if links.len() == group.len() {
            let (subject, text) = mail(&links, Occasion::Asked, &ctx.base_url);
            let to = email.to_owned();
            let mail = Mail { to, subject, text, html: None, kind: MAIL_KIND };
            platform::mail::enqueue(&mut tx, mail).await?;
        }
        let values = json!({ "expires_at": ctx.clock.now() + magic_link::LIFETIME });
        tx.commit(Entry::new("participant.request_link", found.id).new_values(&values)).await?;
    }
    Ok(())
}
