//! Studies and their members.

use crate::http::error::{ErrorBody, HttpError};
use crate::http::extract::{ApiJson, ApiPath, ApiQuery, Cx};
use crate::state::AppState;
use axum::Json;
use axum::http::{HeaderName, StatusCode, header};
use contract::identity::{AddMember, ChangeMemberRole, MemberView};
use contract::ids::{Study, User};
use contract::study::{ChangeStudyStatus, CreateStudy, StudyView, UpdateStudy};
use contract::{Id, ListQuery, Page};
use identity::member;
use studies::study;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The addresses of studies and members.
pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(get, update))
        .routes(routes!(change_status))
        .routes(routes!(members, add_member))
        .routes(routes!(change_member, remove_member))
}

/// Lists the studies that one may see
///
/// Sorts by `code` (default), `name`, `status` or `created`; `search` looks in code and name.
#[utoipa::path(get, path = "/studies", tag = "studies", params(ListQuery),
    responses(
        (status = 200, body = Page<StudyView>),
        (status = 401, body = ErrorBody),
        (status = 422, body = ErrorBody, description = "unknown column or status, page out of range")))]
async fn list(
    Cx(cx): Cx,
    ApiQuery(query): ApiQuery<ListQuery>,
) -> Result<Json<Page<StudyView>>, HttpError> {
    Ok(Json(study::list(&cx.ctx, &cx.actor, &query).await?))
}

/// Makes a study
///
/// It begins as a draft, and who makes it owns it.
#[utoipa::path(post, path = "/studies", tag = "studies", request_body = CreateStudy,
    responses(
        (status = 201, body = StudyView),
        (status = 403, body = ErrorBody, description = "needs study.create"),
        (status = 409, body = ErrorBody, description = "study_code_taken"),
        (status = 422, body = ErrorBody)))]
async fn create(
    Cx(cx): Cx,
    ApiJson(new): ApiJson<CreateStudy>,
) -> Result<(StatusCode, [(HeaderName, String); 1], Json<StudyView>), HttpError> {
    let study = study::create(&cx.ctx, &cx.actor, &new).await?;
    let location = format!("/api/studies/{}", study.id);
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], Json(study)))
}

/// One study
#[utoipa::path(get, path = "/studies/{study}", tag = "studies", params(("study" = Uuid, Path)),
    responses(
        (status = 200, body = StudyView),
        (status = 404, body = ErrorBody, description = "no such study, or not yours")))]
async fn get(Cx(cx): Cx, ApiPath(id): ApiPath<Id<Study>>) -> Result<Json<StudyView>, HttpError> {
    Ok(Json(study::get(&cx.ctx, &cx.actor, id).await?))
}

/// Changes a study
///
/// What is absent stays. Code and status are not changed here.
#[utoipa::path(patch, path = "/studies/{study}", tag = "studies", params(("study" = Uuid, Path)),
    request_body = UpdateStudy,
    responses(
        (status = 200, body = StudyView),
        (status = 403, body = ErrorBody, description = "needs study.manage"),
        (status = 404, body = ErrorBody),
        (status = 409, body = ErrorBody, description = "study_archived, integration_mode_fixed"),
        (status = 422, body = ErrorBody)))]
async fn update(
    Cx(cx): Cx,
    ApiPath(id): ApiPath<Id<Study>>,
    ApiJson(change): ApiJson<UpdateStudy>,
) -> Result<Json<StudyView>, HttpError> {
    Ok(Json(study::update(&cx.ctx, &cx.actor, id, &change).await?))
}

/// Moves a study to another state
///
/// `draft` → `active` ⇄ `paused` → `completed` → `archived`, or from `draft` to `archived`.
#[utoipa::path(post, path = "/studies/{study}/status", tag = "studies",
    params(("study" = Uuid, Path)), request_body = ChangeStudyStatus,
    responses(
        (status = 200, body = StudyView),
        (status = 403, body = ErrorBody, description = "needs study.manage"),
        (status = 404, body = ErrorBody),
        (status = 409, body = ErrorBody, description = "study_status: no way from here to there"),
        (status = 422, body = ErrorBody)))]
async fn change_status(
    Cx(cx): Cx,
    ApiPath(id): ApiPath<Id<Study>>,
    ApiJson(change): ApiJson<ChangeStudyStatus>,
) -> Result<Json<StudyView>, HttpError> {
    Ok(Json(study::change_status(&cx.ctx, &cx.actor, id, &change).await?))
}

/// Lists the members of a study, by name
#[utoipa::path(get, path = "/studies/{study}/members", tag = "studies",
    params(("study" = Uuid, Path)),
    responses((status = 200, body = Vec<MemberView>), (status = 404, body = ErrorBody)))]
async fn members(
    Cx(cx): Cx,
    ApiPath(id): ApiPath<Id<Study>>,
) -> Result<Json<Vec<MemberView>>, HttpError> {
    Ok(Json(member::list(&cx.ctx, &cx.actor, id).await?))
}

/// Gives somebody with an account a role in the study
#[utoipa::path(post, path = "/studies/{study}/members", tag = "studies",
    params(("study" = Uuid, Path)), request_body = AddMember,
    responses(
        (status = 201, body = MemberView),
        (status = 403, body = ErrorBody,
            description = "needs member.manage; owner_only for the owner role"),
        (status = 404, body = ErrorBody, description = "study_not_found, user_not_found"),
        (status = 409, body = ErrorBody, description = "already_member, account_disabled"),
        (status = 422, body = ErrorBody)))]
async fn add_member(
    Cx(cx): Cx,
    ApiPath(id): ApiPath<Id<Study>>,
    ApiJson(new): ApiJson<AddMember>,
) -> Result<(StatusCode, Json<MemberView>), HttpError> {
    let member = member::add(&cx.ctx, &cx.actor, id, &new).await?;
    Ok((StatusCode::CREATED, Json(member)))
}

/// Gives a member another role
#[utoipa::path(patch, path = "/studies/{study}/members/{user}", tag = "studies",
    params(("study" = Uuid, Path), ("user" = Uuid, Path)), request_body = ChangeMemberRole,
    responses(
        (status = 200, body = MemberView),
        (status = 403, body = ErrorBody, description = "needs member.manage; owner_only"),
        (status = 404, body = ErrorBody, description = "study_not_found, member_not_found"),
        (status = 409, body = ErrorBody, description = "last_owner")))]
async fn change_member(
    Cx(cx): Cx,
    ApiPath((id, user)): ApiPath<(Id<Study>, Id<User>)>,
    ApiJson(change): ApiJson<ChangeMemberRole>,
) -> Result<Json<MemberView>, HttpError> {
    Ok(Json(member::change_role(&cx.ctx, &cx.actor, id, user, change.role).await?))
}

/// Ends a membership
#[utoipa::path(delete, path = "/studies/{study}/members/{user}", tag = "studies",
    params(("study" = Uuid, Path), ("user" = Uuid, Path)),
    responses(
        (status = 204, description = "ended"),
        (status = 403, body = ErrorBody, description = "needs member.manage; owner_only"),
        (status = 404, body = ErrorBody, description = "study_not_found, member_not_found"),
        (status = 409, body = ErrorBody, description = "last_owner")))]
async fn remove_member(
    Cx(cx): Cx,
    ApiPath((id, user)): ApiPath<(Id<Study>, Id<User>)>,
) -> Result<StatusCode, HttpError> {
    member::remove(&cx.ctx, &cx.actor, id, user).await?;
    Ok(StatusCode::NO_CONTENT)
}
