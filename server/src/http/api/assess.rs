//! What the task runner calls: start, batches, submission, end. Uploads are proven by the key of
//! the session in `X-Session-Key`.

use crate::http::error::{ErrorBody, HttpError};
use crate::http::extract::{ApiJson, ApiPath, Cx, wrong_field};
use crate::state::AppState;
use axum::Json;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use contract::ids::Session;
use contract::measure::{EndSession, FetchRun, Launched, SessionEnded, StartSession};
use contract::run_store::SESSION_ID_HEADER;
use contract::task::{Ack, EventBatch, RunConfig, Submit, SubmitReply};
use contract::{ApiError, Id};
use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Largest batch of items, in bytes.
const BATCH_LIMIT: usize = 1024 * 1024;

/// Largest submission, in bytes: a long session with all its items.
const SUBMIT_LIMIT: usize = 4 * 1024 * 1024;

/// The addresses of the task runner.
pub(super) fn routes() -> OpenApiRouter<AppState> {
    let batches =
        OpenApiRouter::new().routes(routes!(events)).layer(DefaultBodyLimit::max(BATCH_LIMIT));
    let submissions =
        OpenApiRouter::new().routes(routes!(submit)).layer(DefaultBodyLimit::max(SUBMIT_LIMIT));
    OpenApiRouter::new()
        .routes(routes!(start))
        .routes(routes!(end))
        .merge(batches)
        .merge(submissions)
}

/// Answers hold keys: they are not kept anywhere on the way.
const NOT_STORED: [(HeaderName, &str); 1] = [(header::CACHE_CONTROL, "no-store")];

/// Either of the two bodies of a start.
#[derive(Deserialize, ToSchema)]
#[serde(untagged)]
enum Start {
    Fetch(FetchRun),
    Launch(StartSession),
}

/// Starts a session
///
/// With `{launch}`, the single-use token of a launch link: hands out the run configuration. With
/// `{participant_id, battery_id}`: staff (`assignment.manage`) or the participant prepare a run
/// and get its link.
#[utoipa::path(post, path = "/session/start", tag = "assess", request_body = Start,
    responses(
        (status = 200, description = "the run configuration", body = RunConfig),
        (status = 201, description = "the launch link", body = Launched),
        (status = 404, body = ErrorBody),
        (status = 409, body = ErrorBody,
            description = "launch_link_spent, assignment_closed, not_yet_due, battery_not_active, \
                           participant_withdrawn, study_not_active"),
        (status = 422, body = ErrorBody)))]
async fn start(
    Cx(cx): Cx,
    ApiJson(body): ApiJson<Map<String, Value>>,
) -> Result<Response, HttpError> {
    match Start::read(body)? {
        Start::Fetch(fetch) => {
            let config = measures::start(&cx.ctx, &fetch.launch).await?;
            Ok((NOT_STORED, Json(config)).into_response())
        }
        Start::Launch(start) => {
            let launched = measures::launch_for(&cx.ctx, &cx.actor, start).await?;
            Ok((StatusCode::CREATED, NOT_STORED, Json(launched)).into_response())
        }
    }
}

impl Start {
    /// By hand, so that the message names the field and not only that neither body fits.
    fn read(body: Map<String, Value>) -> Result<Self, ApiError> {
        if body.contains_key("launch") {
            read(body).map(Self::Fetch)
        } else {
            read(body).map(Self::Launch)
        }
    }
}

fn read<T: for<'de> Deserialize<'de>>(body: Map<String, Value>) -> Result<T, ApiError> {
    serde_path_to_error::deserialize(Value::Object(body)).map_err(|error| {
        let field = error.path().to_string();
        wrong_field(&field, &error.into_inner().to_string())
    })
}

/// Adds trials and events to a session
///
/// Items are numbered by `seq` without a gap. The same batch again gets the same answer; items
/// missing before it or stored with another content: 409.
#[utoipa::path(post, path = "/session/{id}/events", tag = "assess",
    params(("id" = Uuid, Path), ("X-Session-Key" = String, Header)), request_body = EventBatch,
    responses(
        (status = 200, body = Ack),
        (status = 401, body = ErrorBody, description = "unknown_upload_key"),
        (status = 404, body = ErrorBody, description = "the key is of another session"),
        (status = 409, body = ErrorBody,
            description = "items_missing (names them), item_conflict, session_ended"),
        (status = 413, body = ErrorBody, description = "over 1 MiB"),
        (status = 422, body = ErrorBody, description = "names the field, e.g. items[3].rt_ms")))]
async fn events(
    Cx(cx): Cx,
    ApiPath(id): ApiPath<Id<Session>>,
    ApiJson(batch): ApiJson<EventBatch>,
) -> Result<Json<Ack>, HttpError> {
    Ok(Json(measures::append(&cx.ctx, &cx.actor, id, &batch).await?))
}

/// Submits a session
///
/// May carry the items that were not sent yet, or all of them. The server scores again from the
/// stored items. The same submission again gets the same answer.
#[utoipa::path(post, path = "/submit", tag = "assess",
    params(("X-Session-ID" = Uuid, Header), ("X-Session-Key" = String, Header)),
    request_body = Submit,
    responses(
        (status = 200, body = SubmitReply),
        (status = 401, body = ErrorBody, description = "unknown_upload_key"),
        (status = 404, body = ErrorBody, description = "the key is of another session"),
        (status = 409, body = ErrorBody,
            description = "items_missing (names them), item_conflict, submitted_differently, \
                           session_ended"),
        (status = 413, body = ErrorBody, description = "over 4 MiB"),
        (status = 422, body = ErrorBody, description = "names the field")))]
async fn submit(
    Cx(cx): Cx,
    headers: HeaderMap,
    ApiJson(submit): ApiJson<Submit>,
) -> Result<Json<SubmitReply>, HttpError> {
    let id = session_id(&headers)?;
    Ok(Json(measures::submit(&cx.ctx, &cx.actor, id, &submit).await?))
}

fn session_id(headers: &HeaderMap) -> Result<Id<Session>, ApiError> {
    headers
        .get(SESSION_ID_HEADER)
        .and_then(|value| value.to_str().ok())
        .and_then(|text| text.trim().parse().ok())
        .ok_or_else(|| {
            ApiError::field(SESSION_ID_HEADER, "required", "must hold the session's id (a UUID).")
        })
}

/// Ends a session
///
/// One that was submitted stays completed; one that was not is stopped and takes nothing more.
#[utoipa::path(post, path = "/session/end", tag = "assess",
    params(("X-Session-Key" = String, Header)), request_body = EndSession,
    responses(
        (status = 200, body = SessionEnded),
        (status = 401, body = ErrorBody, description = "unknown_upload_key"),
        (status = 404, body = ErrorBody, description = "the key is of another session")))]
async fn end(
    Cx(cx): Cx,
    ApiJson(end): ApiJson<EndSession>,
) -> Result<Json<SessionEnded>, HttpError> {
    Ok(Json(measures::end(&cx.ctx, &cx.actor, end.session_id).await?))
}
