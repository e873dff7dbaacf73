//! Batteries given to participants.

use crate::http::error::{ErrorBody, HttpError};
use crate::http::extract::{ApiJson, ApiPath, ApiQuery, Cx};
use crate::state::AppState;
use axum::Json;
use axum::http::{HeaderName, StatusCode, header};
use contract::ids::{Assignment, Study};
use contract::measure::{
    AssignmentFilter, AssignmentView, CancelAssignment, CreateAssignment, OwnAssignment,
};
use contract::{Id, ListQuery, Page};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The addresses of assignments.
pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(get))
        .routes(routes!(cancel))
        .routes(routes!(own))
}

/// Lists the assignments of a study
///
/// Newest first unless told; sorts by `created`, `participant`, `battery`, `status` or `due`;
/// `search` looks for a part of the participant's code.
#[utoipa::path(get, path = "/studies/{study}/assignments", tag = "assignments",
    params(("study" = Uuid, Path), ListQuery, AssignmentFilter),
    responses(
        (status = 200, body = Page<AssignmentView>),
        (status = 404, body = ErrorBody, description = "no such study, or not yours"),
        (status = 422, body = ErrorBody, description = "unknown column or status")))]
async fn list(
    Cx(cx): Cx,
    ApiPath(study): ApiPath<Id<Study>>,
    ApiQuery(query): ApiQuery<ListQuery>,
    ApiQuery(filter): ApiQuery<AssignmentFilter>,
) -> Result<Json<Page<AssignmentView>>, HttpError> {
    Ok(Json(measures::assignments(&cx.ctx, &cx.actor, study, &query, &filter).await?))
}

/// Gives a battery to a participant
///
/// With a visit and no dates of its own it is due in the visit's window.
#[utoipa::path(post, path = "/studies/{study}/assignments", tag = "assignments",
    params(("study" = Uuid, Path)), request_body = CreateAssignment,
    responses(
        (status = 201, body = AssignmentView),
        (status = 404, body = ErrorBody),
        (status = 409, body = ErrorBody,
            description = "battery_not_active, already_assigned, participant_withdrawn, \
                           study_not_active, study_archived"),
        (status = 422, body = ErrorBody,
            description = "participant, battery or visit is not of this study")))]
async fn create(
    Cx(cx): Cx,
    ApiPath(study): ApiPath<Id<Study>>,
    ApiJson(new): ApiJson<CreateAssignment>,
) -> Result<(StatusCode, [(HeaderName, String); 1], Json<AssignmentView>), HttpError> {
    let assignment = measures::assign(&cx.ctx, &cx.actor, study, &new).await?;
    let location = format!("/api/studies/{study}/assignments/{}", assignment.id);
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], Json(assignment)))
}

/// One assignment
#[utoipa::path(get, path = "/studies/{study}/assignments/{id}", tag = "assignments",
    params(("study" = Uuid, Path), ("id" = Uuid, Path)),
    responses((status = 200, body = AssignmentView), (status = 404, body = ErrorBody)))]
async fn get(
    Cx(cx): Cx,
    ApiPath((study, id)): ApiPath<(Id<Study>, Id<Assignment>)>,
) -> Result<Json<AssignmentView>, HttpError> {
    Ok(Json(measures::assignment(&cx.ctx, &cx.actor, study, id).await?))
}

/// Takes an assignment back
///
/// What a run of it has recorded stays.
#[utoipa::path(post, path = "/studies/{study}/assignments/{id}/cancel", tag = "assignments",
    params(("study" = Uuid, Path), ("id" = Uuid, Path)), request_body = CancelAssignment,
    responses(
        (status = 200, body = AssignmentView),
        (status = 404, body = ErrorBody),
        (status = 409, body = ErrorBody, description = "assignment_closed"),
        (status = 422, body = ErrorBody, description = "no reason")))]
async fn cancel(
    Cx(cx): Cx,
    ApiPath((study, id)): ApiPath<(Id<Study>, Id<Assignment>)>,
    ApiJson(why): ApiJson<CancelAssignment>,
) -> Result<Json<AssignmentView>, HttpError> {
    Ok(Json(measures::cancel(&cx.ctx, &cx.actor, study, id, &why).await?))
}

/// Lists what the signed-in participant has to do
#[utoipa::path(get, path = "/portal/tasks", tag = "portal",
    responses((status = 200, body = Vec<OwnAssignment>), (status = 401, body = ErrorBody)))]
async fn own(Cx(cx): Cx) -> Result<Json<Vec<OwnAssignment>>, HttpError> {
    let who = cx.actor.participant()?;
    Ok(Json(measures::own_assignments(&cx.ctx, who).await?))
}
