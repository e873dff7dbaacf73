//! Assessment sessions as staff see them.

use super::exports::file;
use crate::http::error::{ErrorBody, HttpError};
use crate::http::extract::{ApiPath, ApiQuery, Cx};
use crate::state::AppState;
use axum::Json;
use axum::response::Response;
use contract::export::SessionFormat;
use contract::ids::{Session, Study};
use contract::measure::{SessionDetail, SessionFilter, SessionRecord, SessionSummary};
use contract::{Id, ListQuery, Page};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The addresses of sessions.
pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(list_by_query))
        .routes(routes!(get))
        .routes(routes!(record))
        .routes(routes!(download))
}

/// Lists the sessions of a study
///
/// Newest first unless told; sorts by `created`, `participant`, `battery`, `status`, `started`,
/// `completed` or `trials`; `search` looks for a part of the participant's code.
#[utoipa::path(get, path = "/studies/{study}/sessions", tag = "sessions",
    params(("study" = Uuid, Path), ListQuery, SessionFilter),
    responses(
        (status = 200, body = Page<SessionSummary>),
        (status = 404, body = ErrorBody, description = "no such study, or not yours"),
        (status = 422, body = ErrorBody, description = "unknown column or status, dates")))]
async fn list(
    Cx(cx): Cx,
    ApiPath(study): ApiPath<Id<Study>>,
    ApiQuery(query): ApiQuery<ListQuery>,
    ApiQuery(filter): ApiQuery<SessionFilter>,
) -> Result<Json<Page<SessionSummary>>, HttpError> {
    Ok(Json(measures::sessions(&cx.ctx, &cx.actor, study, &query, &filter).await?))
}

/// The study that a list without a study in its path is about.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct OfStudy {
    /// All studies that are yours to see, unless told.
    #[param(value_type = Option<Uuid>)]
    study_id: Option<Id<Study>>,
}

/// Lists the sessions of all your studies, by day
#[utoipa::path(get, path = "/sessions", tag = "sessions",
    params(OfStudy, ListQuery, SessionFilter),
    responses(
        (status = 200, body = Page<SessionSummary>),
        (status = 404, body = ErrorBody, description = "no such study, or not yours"),
        (status = 422, body = ErrorBody, description = "unknown column or status, dates")))]
async fn list_by_query(
    Cx(cx): Cx,
    ApiQuery(of): ApiQuery<OfStudy>,
    ApiQuery(query): ApiQuery<ListQuery>,
    ApiQuery(filter): ApiQuery<SessionFilter>,
) -> Result<Json<Page<SessionSummary>>, HttpError> {
    let page = match of.study_id {
        Some(study) => measures::sessions(&cx.ctx, &cx.actor, study, &query, &filter).await?,
        None => measures::sessions_of_all(&cx.ctx, &cx.actor, &query, &filter).await?,
    };
    Ok(Json(page))
}

/// One session with its scores and its timing report
#[utoipa::path(get, path = "/studies/{study}/sessions/{id}", tag = "sessions",
    params(("study" = Uuid, Path), ("id" = Uuid, Path)),
    responses((status = 200, body = SessionDetail), (status = 404, body = ErrorBody)))]
async fn get(
    Cx(cx): Cx,
    ApiPath((study, id)): ApiPath<(Id<Study>, Id<Session>)>,
) -> Result<Json<SessionDetail>, HttpError> {
    Ok(Json(measures::session(&cx.ctx, &cx.actor, study, id).await?))
}

/// Every trial and event of a session
#[utoipa::path(get, path = "/studies/{study}/sessions/{id}/record", tag = "sessions",
    params(("study" = Uuid, Path), ("id" = Uuid, Path)),
    responses((status = 200, body = SessionRecord), (status = 404, body = ErrorBody)))]
async fn record(
    Cx(cx): Cx,
    ApiPath((study, id)): ApiPath<(Id<Study>, Id<Session>)>,
) -> Result<Json<SessionRecord>, HttpError> {
    Ok(Json(measures::record(&cx.ctx, &cx.actor, study, id).await?))
}

/// How to write the session.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Download {
    /// `csv` has one row a trial; `json` also holds scores, timing report and events.
    format: SessionFormat,
}

/// A session as a file
///
/// The download is an entry in the audit trail.
#[utoipa::path(get, path = "/studies/{study}/sessions/{id}/download", tag = "sessions",
    params(("study" = Uuid, Path), ("id" = Uuid, Path), Download),
    responses(
        (status = 200, description = "the file, `text/csv` or `application/json`"),
        (status = 404, body = ErrorBody),
        (status = 422, body = ErrorBody, description = "unknown format")))]
async fn download(
    Cx(cx): Cx,
    ApiPath((study, id)): ApiPath<(Id<Study>, Id<Session>)>,
    ApiQuery(query): ApiQuery<Download>,
) -> Result<Response, HttpError> {
    Ok(file(::exports::session(&cx.ctx, &cx.actor, study, id, query.format).await?))
}
