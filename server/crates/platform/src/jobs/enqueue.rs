//! Adding a job.

use super::Job;
use crate::{AuditedTx, Ctx, Failure};
use chrono::{DateTime, Utc};
use contract::Id;
use contract::ids;
use sqlx::PgConnection;

/// A job to be added.
#[derive(Debug)]
pub struct NewJob<'a, J> {
    content: &'a J,
    dedup_key: Option<&'a str>,
    not_before: Option<DateTime<Utc>>,
}

impl<'a, J: Job> NewJob<'a, J> {
    /// As soon as possible after the commit.
    #[must_use]
    pub const fn new(content: &'a J) -> Self {
        Self { content, dedup_key: None, not_before: None }
    }

    /// At most one unfinished job of this kind with this key. Asked for again while it waits:
    /// nothing is added. Asked for again while it runs: it runs once more afterwards, because it
    /// may have read what is changed now. So jobs with the same key must mean the same work.
    #[must_use]
    pub const fn dedup_key(mut self, key: &'a str) -> Self {
        self.dedup_key = Some(key);
        self
    }

    /// Not before this instant.
    #[must_use]
    pub const fn not_before(mut self, at: DateTime<Utc>) -> Self {
        self.not_before = Some(at);
        self
    }
}

/// What became of the wish.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    New(Id<ids::Job>),
    /// An unfinished one with the same key does the work.
    Merged(Id<ids::Job>),
}

impl Added {
    /// The job that does the work.
    #[must_use]
    pub const fn id(self) -> Id<ids::Job> {
        match self {
            Self::New(id) | Self::Merged(id) => id,
        }
    }
}

/// Adds a job to the transaction; workers hear of it after the commit.
///
/// # Errors
/// [`Failure::Database`], [`Failure::Json`].
pub async fn enqueue<J: Job>(tx: &mut AuditedTx, job: NewJob<'_, J>) -> Result<Added, Failure> {
    let ctx = tx.ctx().clone();
    let added = insert(&ctx, tx.conn(), job).await?;
    tx.jobs_added();
    Ok(added)
}

/// Adds a job by itself: housekeeping and follow-ups of jobs, which are no business action.
///
/// # Errors
/// [`Failure::Database`], [`Failure::Json`].
pub async fn enqueue_unaudited<J: Job>(ctx: &Ctx, job: NewJob<'_, J>) -> Result<Added, Failure> {
    let mut conn = ctx.pool.acquire().await?;
    let added = insert(ctx, &mut conn, job).await?;
    ctx.wake_workers();
    Ok(added)
}

async fn insert<J: Job>(
    ctx: &Ctx,
    conn: &mut PgConnection,
    job: NewJob<'_, J>,
) -> Result<Added, Failure> {
    let id = ctx.new_id::<ids::Job>();
    let now = ctx.clock.now();
    let (payload, sealed) = if J::SEALED {
        let text = zeroize::Zeroizing::new(serde_json::to_vec(job.content)?);
        (None, Some(ctx.keyring.seal("job", "sealed", id, &*text)?))
    } else {
        (Some(serde_json::to_value(job.content)?), None)
    };
    // On a conflict the waiting row is touched even where nothing changes: the lock keeps it from
    // being run before this transaction, whose change it must see, has committed.
    let row = sqlx::query!(
        r#"INSERT INTO app.job AS job
             (id, kind, payload, sealed, dedup_key, run_at, max_attempts, request_id, created_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
           ON CONFLICT (kind, dedup_key)
             WHERE dedup_key IS NOT NULL AND done_at IS NULL AND dead_at IS NULL
           DO UPDATE SET
             run_again = job.run_again OR job.leased_by IS NOT NULL,
             run_at = CASE WHEN job.leased_by IS NULL
                      THEN least(job.run_at, excluded.run_at) ELSE job.run_at END
           RETURNING id"#,
        id.uuid(),
        J::KIND,
        payload,
        sealed,
        job.dedup_key,
        job.not_before.unwrap_or(now),
        J::MAX_ATTEMPTS,
        ctx.request.uuid(),
        now,
    )
    .fetch_one(conn)
    .await?;
    let kept = Id::from_uuid(row.id);
    Ok(if kept == id { Added::New(id) } else { Added::Merged(kept) })
}
