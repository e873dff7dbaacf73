//! Accounts of staff, for administrators.

use super::auth::SessionsEnded;
use crate::http::error::{ErrorBody, HttpError};
use crate::http::extract::{ApiJson, ApiPath, ApiQuery, Cx};
use crate::state::AppState;
use axum::Json;
use axum::http::header;
use axum::response::IntoResponse;
use contract::identity::{RegisteredUser, UpdateUser, UserView};
use contract::ids::User;
use contract::{Id, ListQuery, Page};
use identity::users;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The addresses of accounts. New ones are made at `/auth/register`.
pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(get, update))
        .routes(routes!(reset_password))
        .routes(routes!(end_sessions))
}

/// Lists all accounts
///
/// Sorts by `name` (default), `email`, `role`, `status`, `created` or `last_login`; `search` looks
/// in name and address.
#[utoipa::path(get, path = "/users", tag = "users", params(ListQuery),
    responses(
        (status = 200, body = Page<UserView>),
        (status = 403, body = ErrorBody, description = "needs user.manage"),
        (status = 422, body = ErrorBody)))]
async fn list(
    Cx(cx): Cx,
    ApiQuery(query): ApiQuery<ListQuery>,
) -> Result<Json<Page<UserView>>, HttpError> {
    Ok(Json(users::list(&cx.ctx, &cx.actor, &query).await?))
}

/// One account
#[utoipa::path(get, path = "/users/{id}", tag = "users", params(("id" = Uuid, Path)),
    responses(
        (status = 200, body = UserView),
        (status = 403, body = ErrorBody, description = "needs user.manage"),
        (status = 404, body = ErrorBody)))]
async fn get(Cx(cx): Cx, ApiPath(id): ApiPath<Id<User>>) -> Result<Json<UserView>, HttpError> {
    Ok(Json(users::get(&cx.ctx, &cx.actor, id).await?))
}

/// Changes name, role, language or status of an account
///
/// What is absent stays. `disabled` ends all sessions of the account.
#[utoipa::path(patch, path = "/users/{id}", tag = "users", params(("id" = Uuid, Path)),
    request_body = UpdateUser,
    responses(
        (status = 200, body = UserView),
        (status = 403, body = ErrorBody, description = "needs user.manage"),
        (status = 404, body = ErrorBody),
        (status = 409, body = ErrorBody, description = "last_admin"),
        (status = 422, body = ErrorBody)))]
async fn update(
    Cx(cx): Cx,
    ApiPath(id): ApiPath<Id<User>>,
    ApiJson(change): ApiJson<UpdateUser>,
) -> Result<Json<UserView>, HttpError> {
    Ok(Json(users::update(&cx.ctx, &cx.actor, id, &change).await?))
}

/// Gives an account a new temporary password
///
/// The answer holds it, this once. All sessions of the account end.
#[utoipa::path(post, path = "/users/{id}/reset-password", tag = "users",
    params(("id" = Uuid, Path)),
    responses(
        (status = 200, body = RegisteredUser),
        (status = 403, body = ErrorBody, description = "needs user.manage"),
        (status = 404, body = ErrorBody)))]
async fn reset_password(
    Cx(cx): Cx,
    ApiPath(id): ApiPath<Id<User>>,
) -> Result<impl IntoResponse, HttpError> {
    let reset = users::reset_password(&cx.ctx, &cx.actor, id).await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(reset)))
}

/// Ends all sessions of an account
#[utoipa::path(delete, path = "/users/{id}/sessions", tag = "users", params(("id" = Uuid, Path)),
    responses(
        (status = 200, body = SessionsEnded),
        (status = 403, body = ErrorBody, description = "needs user.manage"),
        (status = 404, body = ErrorBody)))]
async fn end_sessions(
    Cx(cx): Cx,
    ApiPath(id): ApiPath<Id<User>>,
) -> Result<Json<SessionsEnded>, HttpError> {
    let ended = users::end_sessions(&cx.ctx, &cx.actor, id).await?;
    Ok(Json(SessionsEnded { ended }))
}
