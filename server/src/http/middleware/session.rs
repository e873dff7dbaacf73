//! Who asks: turns a cookie, a bearer token or an upload key into the request's [`RequestCx`].

use super::request_id::RequestIds;
use crate::http::cookies::{self, CookieKind};
use crate::http::error::HttpError;
use crate::state::AppState;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use chrono_tz::Tz;
use contract::{ApiError, ErrorCode, Id, Locale};
use platform::{Actor, Ctx, RequestCx};
use std::sync::Arc;

/// The person behind a request and what pages show of them.
struct Person {
    actor: Actor,
    locale: Option<Locale>,
    zone: Tz,
    seconds_left: Option<u32>,
    display_name: Option<Arc<str>>,
}

impl Person {
    const fn nobody() -> Self {
        Self {
            actor: Actor::Nobody,
            locale: None,
            zone: Tz::UTC,
            seconds_left: None,
            display_name: None,
        }
    }
}

/// Puts the [`RequestCx`] into the request's extensions. A cookie that names no live session
/// counts as none; a bearer token or upload key that is not valid is refused with 401.
pub async fn layer(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    if ["/pkg/", "/public/", "/assess/"].iter().any(|prefix| path.starts_with(prefix)) {
        return next.run(request).await;
    }
    let id = request.extensions().get::<RequestIds>().map(|ids| ids.request);
    let ctx = state.ctx.for_request(id.unwrap_or_else(|| Id::from_uuid(uuid::Uuid::nil())));
    let person = match identify(&state, &ctx, request.headers().clone(), path).await {
        Ok(person) => person,
        Err(error) => return HttpError(error).into_response(),
    };
    let chosen = cookies::read(request.headers(), CookieKind::Language, &state.config)
        .and_then(|tag| Locale::from_tag(&tag));
    let locale = chosen.or(person.locale).unwrap_or_else(|| accepted_locale(&request));
    let path_and_query = request.uri().path_and_query().map_or("/", |path| path.as_str()).into();
    request.extensions_mut().insert(RequestCx {
        ctx,
        actor: person.actor,
        locale,
        zone: person.zone,
        session_seconds_left: person.seconds_left,
        display_name: person.display_name,
        demo: state.demo,
        path_and_query,
    });
    next.run(request).await
}

async fn identify(
    state: &AppState,
    ctx: &Ctx,
    headers: HeaderMap,
    path: String,
) -> Result<Person, ApiError> {
    if let Some(key) = headers.get("x-session-key") {
        let key = key.to_str().unwrap_or_default();
        let actor = measures::authenticate_upload(ctx, key).await?;
        return Ok(Person { actor, ..Person::nobody() });
    }
    if let Some(value) = headers.get(header::AUTHORIZATION) {
        let token = value.to_str().ok().and_then(|value| value.strip_prefix("Bearer "));
        let resolved = match token {
            Some(token) => identity::bearer_actor(ctx, &state.jwt, token.trim()).await?,
            None => None,
        };
        let (actor, info) = resolved.ok_or_else(|| {
            refused("token_not_valid", "The access token is not valid any more. Sign in again.")
        })?;
        return Ok(Person { actor, locale: Some(info.user.locale), ..Person::nobody() });
    }
    if belongs_to_portal(&path) {
        let person = portal_person(state, ctx, &headers).await?;
        // Staff begin a run there too, for a participant who is present
        if matches!(person.actor, Actor::Nobody) && path == "/api/session/start" {
            return staff_person(state, ctx, &headers).await;
        }
        Ok(person)
    } else {
        staff_person(state, ctx, &headers).await
    }
}

/// Addresses of the patient portal; the same browser may also hold a staff session.
fn belongs_to_portal(path: &str) -> bool {
    ["/portal", "/api/portal", "/_fn/portal", "/api/session/"]
        .iter()
        .any(|prefix| path.starts_with(prefix))
}

async fn portal_person(
    state: &AppState,
    ctx: &Ctx,
    headers: &HeaderMap,
) -> Result<Person, ApiError> {
    let Some(token) = cookies::read(headers, CookieKind::Portal, &state.config) else {
        return Ok(Person::nobody());
    };
    let Some((actor, info)) = identity::portal_actor(ctx, &token).await? else {
        return Ok(Person::nobody());
    };
    identity::portal_session::touch(ctx, &info).await?;
    let own = participants::own(ctx, &info.participant).await?;
    Ok(Person {
        actor,
        locale: Some(own.language),
        zone: own.time_zone.parse().unwrap_or(Tz::UTC),
        seconds_left: Some(info.seconds_left(ctx.clock.now())),
        display_name: None,
    })
}

async fn staff_person(
    state: &AppState,
    ctx: &Ctx,
    headers: &HeaderMap,
) -> Result<Person, ApiError> {
    let Some(token) = cookies::read(headers, CookieKind::Staff, &state.config) else {
        return Ok(Person::nobody());
    };
    let Some((actor, info)) = identity::session_actor(ctx, &token).await? else {
        return Ok(Person::nobody());
    };
    identity::session::touch(ctx, &info).await?;
    Ok(Person {
        actor,
        locale: Some(info.user.locale),
        zone: Tz::UTC,
        seconds_left: Some(info.seconds_left(ctx.clock.now())),
        display_name: Some(info.user.name.as_str().into()),
    })
}

fn refused(reason: &str, message: &str) -> ApiError {
    ApiError::new(ErrorCode::Unauthenticated, reason, message)
}

/// The first language of `Accept-Language` that we speak; English otherwise.
fn accepted_locale(request: &Request) -> Locale {
    request
        .headers()
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok())
        .into_iter()
        .flat_map(|value| value.split(','))
        .find_map(|part| Locale::from_tag(part.split(';').next().unwrap_or_default().trim()))
        .unwrap_or_default()
}
