//! What the button on the page before a task posts to.

use leptos::prelude::*;
use ui::ServerError;

/// Prepares a run of the own assignment and leads to the task runner.
#[server(prefix = "/_fn", endpoint = "portal/start_task")]
pub async fn start_task(assignment: String) -> Result<(), ServerError> {
    use contract::{ApiError, ErrorCode};
    let cx: platform::RequestCx = ui::frame::request()?;
    let who = cx.actor.participant().copied()?;
    let id = assignment.parse().map_err(|_| {
        ApiError::new(ErrorCode::NotFound, "assignment_not_found", "There is no such task.")
    })?;
    let launched = measures::launch(&cx.ctx, &who, id).await?;
    leptos_axum::redirect(&launched.path);
    Ok(())
}
