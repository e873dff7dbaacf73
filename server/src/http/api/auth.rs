//! Signing in and out: members of staff by password, participants by link.

use crate::http::cookies::{self, CookieKind};
use crate::http::error::{ErrorBody, HttpError};
use crate::http::extract::{ApiJson, ApiPath, Cx, FormOrJson};
use crate::http::forms::client;
use crate::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::IntoResponse;
use contract::Id;
use contract::identity::{
    BrowserLoginReply, ChangePassword, LoginRequest, MagicLinkReply, MagicLinkRequest, Me,
    PortalLoginReply, RefreshRequest, RegisterUser, RegisteredUser, SessionView, TokenReply,
    VerifyMagicLink,
};
use contract::ids::UserSession;
use identity::{login, magic_link, own, session, users};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The addresses of signing in and out.
pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(login_api))
        .routes(routes!(login_browser))
        .routes(routes!(refresh))
        .routes(routes!(logout))
        .routes(routes!(me))
        .routes(routes!(sessions, revoke_others))
        .routes(routes!(revoke))
        .routes(routes!(register))
        .routes(routes!(change_password))
        .routes(routes!(request_link))
        .routes(routes!(verify_link))
}

/// Answers that hold a secret stay out of every cache.
const NO_STORE: [(HeaderName, &str); 1] = [(header::CACHE_CONTROL, "no-store")];

/// Signs an API client in
///
/// Takes JSON or a form; `username` is read as `email`. The access token goes into
/// `Authorization: Bearer …` and is good for `expires_in` seconds.
#[utoipa::path(post, path = "/auth/login", tag = "auth",
    request_body(content((LoginRequest = "application/json"),
        (LoginRequest = "application/x-www-form-urlencoded"))),
    responses(
        (status = 200, body = TokenReply),
        (status = 401, body = ErrorBody, description = "invalid_credentials"),
        (status = 423, body = ErrorBody, description = "login_locked: too many wrong passwords"),
        (status = 429, body = ErrorBody, description = "too_many_requests")))]
async fn login_api(
    State(state): State<AppState>,
    Cx(cx): Cx,
    headers: HeaderMap,
    FormOrJson(request): FormOrJson<LoginRequest>,
) -> Result<impl IntoResponse, HttpError> {
    let tokens = login::api(&cx.ctx, &state.jwt, &request, client(&headers)).await?;
    Ok((NO_STORE, Json(tokens)))
}

/// Signs a browser in
///
/// Sets the session cookie (HttpOnly, SameSite=Lax). A session that the browser had before ends.
#[utoipa::path(post, path = "/auth/login/browser", tag = "auth",
    request_body(content((LoginRequest = "application/json"),
        (LoginRequest = "application/x-www-form-urlencoded"))),
    responses(
        (status = 200, body = BrowserLoginReply),
        (status = 401, body = ErrorBody, description = "invalid_credentials"),
        (status = 423, body = ErrorBody, description = "login_locked: too many wrong passwords"),
        (status = 429, body = ErrorBody, description = "too_many_requests")))]
async fn login_browser(
    State(state): State<AppState>,
    Cx(cx): Cx,
    headers: HeaderMap,
    FormOrJson(request): FormOrJson<LoginRequest>,
) -> Result<impl IntoResponse, HttpError> {
    let login = login::browser(&cx.ctx, &request, client(&headers)).await?;
    session::logout(&cx.ctx, &cx.actor).await?;
    let cookie = cookies::set(CookieKind::Staff, login.token.expose(), &state.config);
    Ok(([(header::SET_COOKIE, cookie)], NO_STORE, Json(login.reply)))
}

/// Exchanges a refresh token for a new pair
///
/// Each refresh token is good once. One that comes back after its use ends the session.
#[utoipa::path(post, path = "/auth/refresh", tag = "auth", request_body = RefreshRequest,
    responses(
        (status = 200, body = TokenReply),
        (status = 401, body = ErrorBody, description = "token_refused")))]
async fn refresh(
    State(state): State<AppState>,
    Cx(cx): Cx,
    ApiJson(request): ApiJson<RefreshRequest>,
) -> Result<impl IntoResponse, HttpError> {
    let tokens = identity::refresh(&cx.ctx, &state.jwt, &request.refresh_token).await?;
    Ok((NO_STORE, Json(tokens)))
}

/// Signs out: ends the session of the token or cookie
///
/// Without one there is nothing to do.
#[utoipa::path(post, path = "/auth/logout", tag = "auth",
    responses((status = 204, description = "signed out")))]
async fn logout(State(state): State<AppState>, Cx(cx): Cx) -> Result<impl IntoResponse, HttpError> {
    session::logout(&cx.ctx, &cx.actor).await?;
    let cookie = cookies::clear(CookieKind::Staff, &state.config);
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie)]))
}

/// Who is signed in, with which roles, until when
#[utoipa::path(get, path = "/auth/me", tag = "auth",
    responses((status = 200, body = Me), (status = 401, body = ErrorBody)))]
async fn me(Cx(cx): Cx) -> Result<Json<Me>, HttpError> {
    Ok(Json(session::me(&cx.ctx, &cx.actor).await?))
}

/// Lists one's own live sessions, latest use first
#[utoipa::path(get, path = "/auth/sessions", tag = "auth",
    responses((status = 200, body = Vec<SessionView>), (status = 401, body = ErrorBody)))]
async fn sessions(Cx(cx): Cx) -> Result<Json<Vec<SessionView>>, HttpError> {
    Ok(Json(session::list(&cx.ctx, &cx.actor).await?))
}

/// How many sessions ended.
#[derive(Serialize, ToSchema)]
pub(super) struct SessionsEnded {
    pub(super) ended: u32,
}

/// Ends all of one's own sessions but this one
#[utoipa::path(delete, path = "/auth/sessions", tag = "auth",
    responses((status = 200, body = SessionsEnded), (status = 401, body = ErrorBody)))]
async fn revoke_others(Cx(cx): Cx) -> Result<Json<SessionsEnded>, HttpError> {
    let ended = session::revoke_others(&cx.ctx, &cx.actor).await?;
    Ok(Json(SessionsEnded { ended }))
}

/// Ends one of one's own sessions
#[utoipa::path(delete, path = "/auth/sessions/{id}", tag = "auth", params(("id" = Uuid, Path)),
    responses(
        (status = 204, description = "ended"),
        (status = 401, body = ErrorBody),
        (status = 404, body = ErrorBody, description = "also for sessions of others")))]
async fn revoke(
    Cx(cx): Cx,
    ApiPath(id): ApiPath<Id<UserSession>>,
) -> Result<StatusCode, HttpError> {
    session::revoke(&cx.ctx, &cx.actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Makes an account for a colleague
///
/// For administrators. Without a `password` the answer holds a temporary one, this once. Either
/// way it must be changed at the first sign-in.
#[utoipa::path(post, path = "/auth/register", tag = "auth", request_body = RegisterUser,
    responses(
        (status = 201, body = RegisteredUser),
        (status = 403, body = ErrorBody, description = "needs user.manage"),
        (status = 409, body = ErrorBody, description = "email_taken"),
        (status = 422, body = ErrorBody)))]
async fn register(
    Cx(cx): Cx,
    ApiJson(new): ApiJson<RegisterUser>,
) -> Result<impl IntoResponse, HttpError> {
    let registered = users::register(&cx.ctx, &cx.actor, &new).await?;
    let location = format!("/api/users/{}", registered.user.id);
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], NO_STORE, Json(registered)))
}

/// Chooses a new password for oneself
///
/// At least 12 characters, hard to guess, not the address. All other sessions end.
#[utoipa::path(post, path = "/auth/password", tag = "auth", request_body = ChangePassword,
    responses(
        (status = 204, description = "changed"),
        (status = 401, body = ErrorBody),
        (status = 422, body = ErrorBody,
            description = "current_password is wrong, or new_password breaks a rule"),
        (status = 423, body = ErrorBody, description = "login_locked: too many wrong passwords")))]
async fn change_password(
    Cx(cx): Cx,
    ApiJson(change): ApiJson<ChangePassword>,
) -> Result<StatusCode, HttpError> {
    own::change_password(&cx.ctx, &cx.actor, &change).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Asks for a participant's sign-in link by e-mail
///
/// The answer is the same for every address.
#[utoipa::path(post, path = "/auth/magic-link", tag = "auth",
    request_body(content((MagicLinkRequest = "application/json"),
        (MagicLinkRequest = "application/x-www-form-urlencoded"))),
    responses(
        (status = 202, body = MagicLinkReply),
        (status = 422, body = ErrorBody, description = "no e-mail address"),
        (status = 429, body = ErrorBody, description = "too_many_requests")))]
async fn request_link(
    Cx(cx): Cx,
    FormOrJson(request): FormOrJson<MagicLinkRequest>,
) -> Result<(StatusCode, Json<MagicLinkReply>), HttpError> {
    participants::link::request_magic_link(&cx.ctx, &request.email).await?;
    let message = "If this address belongs to a participant, a link is on its way to it.".into();
    Ok((StatusCode::ACCEPTED, Json(MagicLinkReply { message })))
}

/// Spends a sign-in link
///
/// Sets the portal's cookie (HttpOnly, SameSite=Lax). A link is good once, for 15 minutes.
#[utoipa::path(post, path = "/auth/magic-link/verify", tag = "auth",
    request_body(content((VerifyMagicLink = "application/json"),
        (VerifyMagicLink = "application/x-www-form-urlencoded"))),
    responses(
        (status = 200, body = PortalLoginReply),
        (status = 401, body = ErrorBody,
            description = "link_not_valid: unknown, expired or spent"),
        (status = 429, body = ErrorBody, description = "too_many_requests")))]
async fn verify_link(
    State(state): State<AppState>,
    Cx(cx): Cx,
    FormOrJson(request): FormOrJson<VerifyMagicLink>,
) -> Result<impl IntoResponse, HttpError> {
    let login = magic_link::redeem(&cx.ctx, &request.token).await?;
    let cookie = cookies::set(CookieKind::Portal, login.token.expose(), &state.config);
    Ok(([(header::SET_COOKIE, cookie)], NO_STORE, Json(login.reply())))
}
