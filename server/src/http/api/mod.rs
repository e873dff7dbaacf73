//! The REST paths, by resource. Handlers are thin: read the request, call the service, answer.

mod assess;
mod assignments;
mod auth;
mod batteries;
mod exports;
mod participants;
mod portal;
mod sessions;
mod sites;
mod studies;
mod users;
mod visits;

use crate::http::health;
use crate::state::AppState;
use axum::Router;
use utoipa::OpenApi;
use utoipa::openapi::OpenApi as Document;
use utoipa_axum::router::OpenApiRouter;

#[derive(OpenApi)]
#[openapi(info(
    title = "Metricis",
    description = "Clinical research platform: studies, participants, batteries, sessions, exports. \
                   Lists answer `{data, pagination}`; errors answer \
                   `{error: {code, message, details}, detail}`."
), components(schemas(
    // Words that only occur in query strings
    contract::Order,
    contract::export::ExportTable,
    contract::export::SessionFormat,
)))]
struct Described;

/// All routes under `/api`, and the document that describes them.
pub fn routes(_state: &AppState) -> (Router<AppState>, Document) {
    let (router, mut document) = OpenApiRouter::with_openapi(Described::openapi())
        .merge(health::routes())
        .merge(auth::routes())
        .merge(users::routes())
        .merge(studies::routes())
        .merge(sites::routes())
        .merge(participants::routes())
        .merge(portal::routes())
        .merge(visits::routes())
        .merge(batteries::routes())
        .merge(assignments::routes())
        .merge(sessions::routes())
        .merge(assess::routes())
        .merge(exports::routes())
        .split_for_parts();
    document.paths.paths = document
        .paths
        .paths
        .into_iter()
        .map(|(path, item)| (format!("/api{path}"), item))
        .collect();
    (router, document)
}
