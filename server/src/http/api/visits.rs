//! Visit windows of a study, and the visits of its participants.

use crate::http::error::{ErrorBody, HttpError};
use crate::http::extract::{ApiJson, ApiPath, Cx};
use crate::state::AppState;
use axum::Json;
use axum::http::StatusCode;
use contract::Id;
use contract::ids::{Participant, ScheduledVisit, Study};
use contract::visit::{CompleteVisit, CreateVisitWindow, MissVisit, Visit, VisitWindow};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The addresses of visit windows and visits.
pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(windows, create_window))
        .routes(routes!(visits, plan))
        .routes(routes!(complete))
        .routes(routes!(miss))
}

/// Lists the visit windows of a study, in their order
#[utoipa::path(get, path = "/studies/{study}/visit-windows", tag = "visits",
    params(("study" = Uuid, Path)),
    responses((status = 200, body = Vec<VisitWindow>), (status = 404, body = ErrorBody)))]
async fn windows(
    Cx(cx): Cx,
    ApiPath(study): ApiPath<Id<Study>>,
) -> Result<Json<Vec<VisitWindow>>, HttpError> {
    Ok(Json(schedule::windows(&cx.ctx, &cx.actor, study).await?))
}

/// Adds a visit window
///
/// Participants enrolled from now on get the visit; for the others it is planned on request.
#[utoipa::path(post, path = "/studies/{study}/visit-windows", tag = "visits",
    params(("study" = Uuid, Path)), request_body = CreateVisitWindow,
    responses(
        (status = 201, body = VisitWindow),
        (status = 404, body = ErrorBody),
        (status = 409, body = ErrorBody, description = "visit_window_name_taken, study_archived"),
        (status = 422, body = ErrorBody)))]
async fn create_window(
    Cx(cx): Cx,
    ApiPath(study): ApiPath<Id<Study>>,
    ApiJson(new): ApiJson<CreateVisitWindow>,
) -> Result<(StatusCode, Json<VisitWindow>), HttpError> {
    let window = schedule::create_window(&cx.ctx, &cx.actor, study, &new).await?;
    Ok((StatusCode::CREATED, Json(window)))
}

/// Lists the visits of a participant, with the status that they have today at the site
#[utoipa::path(get, path = "/studies/{study}/participants/{id}/visits", tag = "visits",
    params(("study" = Uuid, Path), ("id" = Uuid, Path)),
    responses((status = 200, body = Vec<Visit>), (status = 404, body = ErrorBody)))]
async fn visits(
    Cx(cx): Cx,
    ApiPath((study, id)): ApiPath<(Id<Study>, Id<Participant>)>,
) -> Result<Json<Vec<Visit>>, HttpError> {
    Ok(Json(schedule::visits(&cx.ctx, &cx.actor, study, id).await?))
}

/// Plans the visits that a participant does not have yet
///
/// Asking again changes nothing. Answers all visits.
#[utoipa::path(post, path = "/studies/{study}/participants/{id}/visits", tag = "visits",
    params(("study" = Uuid, Path), ("id" = Uuid, Path)),
    responses(
        (status = 200, body = Vec<Visit>),
        (status = 404, body = ErrorBody),
        (status = 409, body = ErrorBody, description = "participant_not_enrolled")))]
async fn plan(
    Cx(cx): Cx,
    ApiPath((study, id)): ApiPath<(Id<Study>, Id<Participant>)>,
) -> Result<Json<Vec<Visit>>, HttpError> {
    Ok(Json(schedule::plan(&cx.ctx, &cx.actor, study, id).await?))
}

/// Records that a visit took place
#[utoipa::path(post, path = "/studies/{study}/visits/{visit}/complete", tag = "visits",
    params(("study" = Uuid, Path), ("visit" = Uuid, Path)), request_body = CompleteVisit,
    responses(
        (status = 200, body = Visit),
        (status = 404, body = ErrorBody),
        (status = 409, body = ErrorBody, description = "visit_already_recorded, visit_changed"),
        (status = 422, body = ErrorBody, description = "a date in the future; no reason outside the window")))]
async fn complete(
    Cx(cx): Cx,
    ApiPath((study, visit)): ApiPath<(Id<Study>, Id<ScheduledVisit>)>,
    ApiJson(outcome): ApiJson<CompleteVisit>,
) -> Result<Json<Visit>, HttpError> {
    Ok(Json(schedule::complete(&cx.ctx, &cx.actor, study, visit, &outcome).await?))
}

/// Records that a visit did not take place
#[utoipa::path(post, path = "/studies/{study}/visits/{visit}/missed", tag = "visits",
    params(("study" = Uuid, Path), ("visit" = Uuid, Path)), request_body = MissVisit,
    responses(
        (status = 200, body = Visit),
        (status = 404, body = ErrorBody),
        (status = 409, body = ErrorBody,
            description = "visit_already_recorded, visit_changed, visit_not_due_yet, visit_cancelled"),
        (status = 422, body = ErrorBody)))]
async fn miss(
    Cx(cx): Cx,
    ApiPath((study, visit)): ApiPath<(Id<Study>, Id<ScheduledVisit>)>,
    ApiJson(outcome): ApiJson<MissVisit>,
) -> Result<Json<Visit>, HttpError> {
    Ok(Json(schedule::miss(&cx.ctx, &cx.actor, study, visit, &outcome).await?))
}
