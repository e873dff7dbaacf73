//! What the patient portal's pages ask for while they are open.

use crate::http::error::{ErrorBody, HttpError};
use crate::http::extract::Cx;
use crate::state::AppState;
use axum::Json;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The addresses of the portal.
pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(session))
}

/// The participant's own session.
#[derive(Serialize, ToSchema)]
struct PortalSession {
    /// Seconds until it ends without activity.
    session_seconds_left: u32,
}

/// Renews the participant's session
#[utoipa::path(get, path = "/portal/session", tag = "portal",
    responses((status = 200, body = PortalSession), (status = 401, body = ErrorBody)))]
async fn session(Cx(cx): Cx) -> Result<Json<PortalSession>, HttpError> {
    cx.actor.participant()?;
    let session_seconds_left = cx.session_seconds_left.unwrap_or_default();
    Ok(Json(PortalSession { session_seconds_left }))
}
