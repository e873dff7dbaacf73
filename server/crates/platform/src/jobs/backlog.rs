//! How much is left to do, for health checks.

use crate::Failure;
use sqlx::PgPool;

/// `(waiting, dead)`: jobs that will still be run, and dead letters.
///
/// # Errors
/// [`Failure::Database`].
pub async fn counts(pool: &PgPool) -> Result<(i64, i64), Failure> {
    let row = sqlx::query!(
        r#"SELECT count(*) FILTER (WHERE done_at IS NULL AND dead_at IS NULL) AS "waiting!",
                  count(*) FILTER (WHERE dead_at IS NOT NULL) AS "dead!"
           FROM app.job WHERE done_at IS NULL"#
    )
    .fetch_one(pool)
    .await?;
    Ok((row.waiting, row.dead))
}
