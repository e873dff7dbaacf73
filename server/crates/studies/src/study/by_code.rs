//! A study by the code that people know it by.

use contract::Id;
use contract::ids::Study;
use platform::{Ctx, Failure};

/// The study with `code`, whatever the case; none where there is no such study. For the command
/// line and the demonstration: it asks nobody's permission.
///
/// # Errors
/// [`Failure::Database`].
pub async fn id_by_code(ctx: &Ctx, code: &str) -> Result<Option<Id<Study>>, Failure> {
    let id =
        sqlx::query_scalar!("select id from app.study where lower(code) = lower($1)", code.trim())
            .fetch_optional(ctx.db())
            .await?;
    Ok(id.map(Id::from_uuid))
}
