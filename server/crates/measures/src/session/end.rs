//! Ends a session.

use super::locked::{Locked, With};
use super::upload;
use crate::MeasureError;
use contract::Id;
use contract::ids::Session;
use contract::measure::{SessionEnded, SessionStatus};
use platform::audit::Entry;
use platform::{Actor, Ctx};
use serde_json::json;

/// Ends a session for good. One that was submitted stays completed; one that was not is stopped
/// and takes nothing more, and the participant can begin again. Ending twice changes nothing.
///
/// # Errors
/// [`MeasureError::SessionNotFound`] for another session than that of the actor's key.
pub async fn end(
    ctx: &Ctx,
    who: &Actor,
    session: Id<Session>,
) -> Result<SessionEnded, MeasureError> {
    let study = upload::own(who, session)?;
    let mut tx = ctx.write(who, Some(study)).await?;
    let locked = Locked::read(&mut tx, study, session, With::Nothing).await?;
    let status = match locked.status {
        SessionStatus::Running => SessionStatus::Stopped,
        status => status,
    };
    let ended = SessionEnded { session_id: session, success: true, status };
    if locked.ended {
        return Ok(ended);
    }
    sqlx::query!(
        "update app.assessment_session set status = $3, ended_at = $4
         where study_id = $1 and id = $2",
        study.uuid(),
        session.uuid(),
        status.as_str(),
        ctx.clock.now(),
    )
    .execute(tx.conn())
    .await?;
    let entry = Entry::new("session.end", session)
        .old(&json!({"status": locked.status}))
        .new_values(&json!({"status": status}));
    tx.commit(entry).await?;
    Ok(ended)
}
