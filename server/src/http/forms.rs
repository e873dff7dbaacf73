//! Forms that open or close a session, or choose a language: they set cookies, which server
//! functions in page crates cannot.
//!
//! Each answers a script (`Accept: application/json`) with 200 and a `Location`, a plain form
//! with a redirect; errors go back as JSON (in an envelope where the script asks for it, see
//! [`super::middleware::refusal`]), or to the form in the address.

use super::cookies::{self, CookieKind};
use super::extract::{Cx, Fields};
use crate::state::AppState;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use contract::identity::{LoginRequest, MagicLinkRequest, Password};
use contract::{ApiError, Locale};
use leptos::server_fn::error::ServerFnUrlError;
use platform::RequestCx;
use serde::Deserialize;
use ui::ServerError;

/// The addresses that the forms post to.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/_fn/sign_in", post(sign_in))
        .route("/_fn/sign_out", post(sign_out))
        .route("/_fn/set_language", post(set_language))
        .route("/_fn/portal/request_link", post(request_link))
        .route("/_fn/portal/verify", post(verify))
        .route("/_fn/portal/sign_out", post(portal_sign_out))
}

/// How the form wants to be answered.
struct Reply {
    wants_html: bool,
    /// Path and query of the page that holds the form.
    page: String,
    cookies: Vec<String>,
}

impl Reply {
    fn to(headers: &HeaderMap) -> Self {
        let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
        let page = text(header::REFERER)
            .and_then(|referer| referer.split_once("://"))
            .and_then(|(_, rest)| rest.find('/').map(|at| rest[at..].to_owned()))
            .unwrap_or_else(|| "/".to_owned());
        let wants_html = text(header::ACCEPT).is_some_and(|accept| accept.contains("text/html"));
        Self { wants_html, page, cookies: Vec::new() }
    }

    fn cookie(mut self, value: String) -> Self {
        self.cookies.push(value);
        self
    }

    fn go(self, to: &str) -> Response {
        let status = if self.wants_html { StatusCode::SEE_OTHER } else { StatusCode::OK };
        self.finish(status.into_response(), header::LOCATION, to)
    }

    /// Back to the form with what is wrong.
    fn fail(self, action: &str, error: impl Into<ApiError>, locale: Locale) -> Response {
        let error = ui::i18n::localized(locale, error.into());
        if self.wants_html {
            let base = ["http://form", &self.page].concat();
            let back = ServerFnUrlError::new(action, ServerError(error))
                .to_url(&base)
                .map(|url| url[url::Position::BeforePath..].to_owned())
                .unwrap_or_else(|_| self.page.clone());
            return self.finish(StatusCode::SEE_OTHER.into_response(), header::LOCATION, &back);
        }
        let status =
            StatusCode::from_u16(error.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        (status, Json(error)).into_response()
    }

    fn finish(self, mut response: Response, name: HeaderName, value: &str) -> Response {
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().insert(name, value);
        }
        for cookie in self.cookies {
            if let Ok(value) = HeaderValue::from_str(&cookie) {
                response.headers_mut().append(header::SET_COOKIE, value);
            }
        }
        response
    }
}

/// A path on this server, or nothing: a form must not lead elsewhere.
fn own_path(path: &str) -> Option<&str> {
    let is_own = path.starts_with('/') && !path.starts_with("//") && !path.starts_with("/\\");
    is_own.then_some(path)
}

#[derive(Deserialize)]
struct SignIn {
    email: String,
    password: String,
    #[serde(default)]
    next: String,
}

async fn sign_in(
    State(state): State<AppState>,
    Cx(cx): Cx,
    headers: HeaderMap,
    Fields(form): Fields<SignIn>,
) -> Response {
    let reply = Reply::to(&headers);
    let request = LoginRequest { email: form.email, password: Password::new(form.password) };
    match identity::login::browser(&cx.ctx, &request, client(&headers)).await {
        Ok(login) => {
            let target = if login.reply.user.must_change_password {
                "/password"
            } else {
                own_path(&form.next).unwrap_or("/dashboard")
            };
            let cookie = cookies::set(CookieKind::Staff, login.token.expose(), &state.config);
            reply.cookie(cookie).go(target)
        }
        Err(error) => reply.fail("/_fn/sign_in", error, cx.locale),
    }
}

async fn sign_out(State(state): State<AppState>, Cx(cx): Cx, headers: HeaderMap) -> Response {
    let reply = Reply::to(&headers);
    match identity::session::logout(&cx.ctx, &cx.actor).await {
        Ok(()) => reply.cookie(cookies::clear(CookieKind::Staff, &state.config)).go("/login"),
        Err(error) => reply.fail("/_fn/sign_out", error, cx.locale),
    }
}

#[derive(Deserialize)]
struct SetLanguage {
    locale: String,
    #[serde(default)]
    back: String,
}

async fn set_language(
    State(state): State<AppState>,
    headers: HeaderMap,
    Fields(form): Fields<SetLanguage>,
) -> Response {
    let locale = Locale::from_tag(&form.locale).unwrap_or_default();
    let cookie = format!(
        "{}; Max-Age=31536000",
        cookies::set(CookieKind::Language, locale.tag(), &state.config)
    );
    Reply::to(&headers).cookie(cookie).go(own_path(&form.back).unwrap_or("/"))
}

#[derive(Deserialize)]
struct RequestLink {
    email: String,
}

async fn request_link(
    Cx(cx): Cx,
    headers: HeaderMap,
    Fields(form): Fields<RequestLink>,
) -> Response {
    let reply = Reply::to(&headers);
    let request = MagicLinkRequest { email: form.email };
    match participants::link::request_magic_link(&cx.ctx, &request.email).await {
        Ok(()) => reply.go("/portal/login?sent=1"),
        Err(error) => reply.fail("/_fn/portal/request_link", error, cx.locale),
    }
}

#[derive(Deserialize)]
struct Verify {
    token: String,
}

async fn verify(
    State(state): State<AppState>,
    Cx(cx): Cx,
    headers: HeaderMap,
    Fields(form): Fields<Verify>,
) -> Response {
    let reply = Reply::to(&headers);
    match identity::magic_link::redeem(&cx.ctx, &form.token).await {
        Ok(login) => {
            let cookie = cookies::set(CookieKind::Portal, login.token.expose(), &state.config);
            reply.cookie(cookie).go("/portal")
        }
        Err(error) => reply.fail("/_fn/portal/verify", error, cx.locale),
    }
}

async fn portal_sign_out(
    State(state): State<AppState>,
    Cx(cx): Cx,
    headers: HeaderMap,
) -> Response {
    let reply = Reply::to(&headers);
    match end_portal_session(&cx).await {
        Ok(()) => {
            reply.cookie(cookies::clear(CookieKind::Portal, &state.config)).go("/portal/login")
        }
        Err(error) => reply.fail("/_fn/portal/sign_out", error, cx.locale),
    }
}

async fn end_portal_session(cx: &RequestCx) -> Result<(), ApiError> {
    identity::portal_session::end(&cx.ctx, &cx.actor).await?;
    Ok(())
}

/// The family of the browser, for the list of sessions.
pub(super) fn client(headers: &HeaderMap) -> &'static str {
    let agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
    identity::client::family(agent.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::own_path;

    #[test]
    fn a_form_cannot_lead_to_another_site() {
        assert_eq!(own_path("/studies?page=2"), Some("/studies?page=2"));
        for foreign in ["//evil.example", "https://evil.example", "/\\evil.example", "evil"] {
            assert_eq!(own_path(foreign), None, "{foreign}");
        }
    }
}
