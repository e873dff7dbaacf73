//! Dead letters: jobs that were given up.

use crate::audit::Entry;
use crate::{Actor, Ctx, Failure};
use chrono::{DateTime, Utc};
use contract::Id;
use contract::ids;
use serde::Serialize;

/// A job that was given up, as an operator sees it. The content stays in the database.
#[derive(Debug, Clone, Serialize)]
pub struct DeadLetter {
    pub id: Id<ids::Job>,
    pub kind: String,
    pub attempts: i32,
    pub last_error: Option<String>,
    pub created_at: DateTime<Utc>,
    pub dead_at: DateTime<Utc>,
    /// The request that caused it.
    pub request: Id<ids::Request>,
}

/// Why a dead letter was not replayed.
#[derive(Debug, thiserror::Error)]
pub enum ReplayError {
    #[error("There is no such dead letter. It may have been replayed already.")]
    NotDead,
    #[error("The same work already waits under another job.")]
    AlreadyWaiting,
    #[error(transparent)]
    Failure(#[from] Failure),
}

/// The dead letters, latest first, at most `limit`.
///
/// # Errors
/// [`Failure::Database`].
pub async fn dead_letters(ctx: &Ctx, limit: u32) -> Result<Vec<DeadLetter>, Failure> {
    let rows = sqlx::query!(
        r#"SELECT id, kind, attempts, last_error, created_at, dead_at AS "dead_at!", request_id
           FROM app.job WHERE dead_at IS NOT NULL ORDER BY dead_at DESC, id DESC LIMIT $1"#,
        i64::from(limit),
    )
    .fetch_all(ctx.db())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| DeadLetter {
            id: Id::from_uuid(row.id),
            kind: row.kind,
            attempts: row.attempts,
            last_error: row.last_error,
            created_at: row.created_at,
            dead_at: row.dead_at,
            request: Id::from_uuid(row.request_id),
        })
        .collect())
}

/// Gives a dead letter all its tries again, from now on. The caller has checked that `who` may.
///
/// # Errors
/// [`ReplayError`], by cause.
pub async fn replay(ctx: &Ctx, who: &Actor, job: Id<ids::Job>) -> Result<(), ReplayError> {
    let mut tx = ctx.write(who, None).await?;
    let replayed = sqlx::query!(
        "UPDATE app.job SET dead_at = NULL, attempts = 0, run_at = $2
         WHERE id = $1 AND dead_at IS NOT NULL RETURNING kind, last_error",
        job.uuid(),
        ctx.clock.now(),
    )
    .fetch_optional(tx.conn())
    .await
    .map_err(Failure::from)
    .map_err(|failure| match failure.constraint() {
        Some("job_dedup") => ReplayError::AlreadyWaiting,
        _ => failure.into(),
    })?
    .ok_or(ReplayError::NotDead)?;
    tx.jobs_added();
    let values = serde_json::json!({ "kind": replayed.kind, "last_error": replayed.last_error });
    tx.commit(Entry::new("job.replay", job).old(&values)).await?;
    Ok(())
}
