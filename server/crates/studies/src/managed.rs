//! Who owns the schedule of a study: REDCap or we.

use contract::Id;
use contract::ids::Study;
use contract::study::IntegrationMode;
use platform::{Ctx, Failure};

/// Whether REDCap owns randomization, forms, events and visit windows of the study. Its
/// `integration_mode` decides. A study without one (from before the mode existed) is judged by
/// `redcap_enabled`, with a warning in the log; a study that does not exist is not managed.
///
/// # Errors
/// [`Failure::Database`].
pub async fn is_redcap_managed(ctx: &Ctx, study: Id<Study>) -> Result<bool, Failure> {
    let row = sqlx::query!(
        "select integration_mode, redcap_enabled from app.study where id = $1",
        study.uuid()
    )
    .fetch_optional(ctx.db())
    .await?;
    let Some(row) = row else { return Ok(false) };
    match row.integration_mode {
        Some(mode) => Ok(mode == IntegrationMode::Redcap.as_str()),
        None => {
            tracing::warn!(
                event = "study.integration_mode_missing",
                study.id = %study,
                redcap_enabled = row.redcap_enabled,
                "the study has no integration mode; redcap_enabled decides"
            );
            Ok(row.redcap_enabled)
        }
    }
}
