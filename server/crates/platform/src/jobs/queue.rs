//! The statements of a worker: lease, beat, finish, fail, clear away.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;
use sqlx::PgPool;
use uuid::Uuid;

/// Done jobs are kept this long, for those who look after them.
const KEEP_DONE: TimeDelta = TimeDelta::days(7);

/// A job that this worker holds.
pub(super) struct Leased {
    pub(super) id: Uuid,
    pub(super) kind: String,
    pub(super) payload: Option<Value>,
    pub(super) sealed: Option<Vec<u8>>,
    pub(super) attempts: i32,
    pub(super) max_attempts: i32,
    pub(super) request_id: Uuid,
}

/// Takes up to `limit` due jobs of these kinds, oldest first, also those whose worker fell silent.
pub(super) async fn lease(
    pool: &PgPool,
    worker: Uuid,
    kinds: &[String],
    now: DateTime<Utc>,
    until: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<Leased>, sqlx::Error> {
    sqlx::query_as!(
        Leased,
        r#"UPDATE app.job SET leased_by = $1, lease_until = $2, attempts = attempts + 1
           WHERE id IN (
             SELECT id FROM app.job
             WHERE done_at IS NULL AND dead_at IS NULL AND run_at <= $3
               AND (lease_until IS NULL OR lease_until < $3)
               AND attempts < max_attempts AND kind = ANY($4)
             ORDER BY run_at, id LIMIT $5
             FOR UPDATE SKIP LOCKED)
           RETURNING id, kind, payload, sealed, attempts, max_attempts, request_id"#,
        worker,
        until,
        now,
        kinds,
        limit,
    )
    .fetch_all(pool)
    .await
}

/// Gives up jobs whose worker died on the last try: they may be what killed it.
pub(super) async fn bury_lost(pool: &PgPool, now: DateTime<Utc>) -> Result<u64, sqlx::Error> {
    let done = sqlx::query!(
        "UPDATE app.job SET dead_at = $1, leased_by = NULL, lease_until = NULL,
           last_error = 'the worker stopped without an answer at the last try'
         WHERE done_at IS NULL AND dead_at IS NULL AND run_at <= $1
           AND lease_until < $1 AND attempts >= max_attempts",
        now,
    )
    .execute(pool)
    .await?;
    Ok(done.rows_affected())
}

/// Prolongs a lease; false when it was lost to another worker.
pub(super) async fn beat(
    pool: &PgPool,
    worker: Uuid,
    job: Uuid,
    until: DateTime<Utc>,
) -> Result<bool, sqlx::Error> {
    let kept = sqlx::query!(
        "UPDATE app.job SET lease_until = $3 WHERE id = $1 AND leased_by = $2",
        job,
        worker,
        until,
    )
    .execute(pool)
    .await?;
    Ok(kept.rows_affected() == 1)
}

/// Done. The content is emptied, unless the job was asked for again while it ran.
pub(super) async fn finish(
    pool: &PgPool,
    worker: Uuid,
    job: Uuid,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "UPDATE app.job SET
           done_at = CASE WHEN run_again THEN NULL ELSE $3::timestamptz END,
           payload = CASE WHEN run_again THEN payload END,
           sealed = CASE WHEN run_again THEN sealed END,
           run_at = CASE WHEN run_again THEN $3 ELSE run_at END,
           attempts = CASE WHEN run_again THEN 0 ELSE attempts END,
           run_again = false, leased_by = NULL, lease_until = NULL, last_error = NULL
         WHERE id = $1 AND leased_by = $2",
        job,
        worker,
        now,
    )
    .execute(pool)
    .await?;
    Ok(())
}

/// Not done: again at `run_at`, or never again where `dead` says when it was given up.
pub(super) async fn fail(
    pool: &PgPool,
    worker: Uuid,
    job: Uuid,
    error: &str,
    run_at: DateTime<Utc>,
    dead: Option<DateTime<Utc>>,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "UPDATE app.job SET
           dead_at = CASE WHEN run_again THEN NULL ELSE $5::timestamptz END,
           attempts = CASE WHEN run_again AND $5 IS NOT NULL THEN 0 ELSE attempts END,
           run_at = $4, last_error = $3,
           run_again = false, leased_by = NULL, lease_until = NULL
         WHERE id = $1 AND leased_by = $2",
        job,
        worker,
        error,
        run_at,
        dead,
    )
    .execute(pool)
    .await?;
    Ok(())
}

/// Gives a job back untried: the process stops.
pub(super) async fn release(pool: &PgPool, worker: Uuid) -> Result<u64, sqlx::Error> {
    let released = sqlx::query!(
        "UPDATE app.job SET leased_by = NULL, lease_until = NULL, attempts = attempts - 1
         WHERE leased_by = $1",
        worker,
    )
    .execute(pool)
    .await?;
    Ok(released.rows_affected())
}

/// Clears away what was done a week ago.
pub(super) async fn clear_done(pool: &PgPool, now: DateTime<Utc>) -> Result<u64, sqlx::Error> {
    let cleared = sqlx::query!("DELETE FROM app.job WHERE done_at < $1", now - KEEP_DONE)
        .execute(pool)
        .await?;
    Ok(cleared.rows_affected())
}
