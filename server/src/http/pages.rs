//! The pages of both portals and their server functions, rendered by Leptos.

use super::middleware::security_headers::CspNonce;
use super::router::BODY_LIMIT;
use crate::state::AppState;
use app::ssr::SiteFiles;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::ACCEPT;
use axum::http::request::Parts;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use contract::{ApiError, ErrorCode};
use leptos::nonce::Nonce;
use leptos::prelude::{provide_context, use_context};
use leptos_axum::{
    LeptosRoutes, ResponseOptions, generate_route_list, handle_server_fns_with_context,
};
use platform::RequestCx;
use ui::{PageContext, provide_page, provide_status_setter};

/// Page routes, `/_fn/…`, and the page for unknown addresses.
pub fn routes(state: &AppState) -> Router<AppState> {
    let page_list = generate_route_list(app::App);
    let files = site_files(state);
    let shell_files = files.clone();
    Router::new()
        .route("/_fn/{*name}", post(server_function))
        .leptos_routes_with_context(
            state,
            page_list,
            move || provide_request(&files),
            move || app::shell(&shell_files),
        )
        .route_layer(from_fn(whole_form))
        .fallback(unknown_page)
}

fn site_files(state: &AppState) -> SiteFiles {
    SiteFiles {
        researcher: state.assets.manifest.researcher.output_name.clone().into(),
        patient: state.assets.manifest.patient.output_name.clone().into(),
        css: format!("/pkg/{}", state.assets.manifest.css).into(),
    }
}

/// The same context for pages and for server functions.
fn provide_request(files: &SiteFiles) {
    provide_context(files.clone());
    if let Some(parts) = use_context::<Parts>() {
        if let Some(cx) = parts.extensions.get::<RequestCx>() {
            provide_page(page_context(cx));
            provide_context(cx.clone());
        }
        let wants_html = parts
            .headers
            .get(ACCEPT)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|value| value.contains("text/html"));
        let is_function = parts.uri.path().starts_with("/_fn/");
        if let Some(options) = use_context::<ResponseOptions>() {
            provide_status_setter(move |code| {
                // A form sent without script is led back by a redirect, which a status would undo.
                if let Ok(status) = StatusCode::from_u16(code)
                    && !(is_function && wants_html)
                {
                    options.set_status(status);
                }
            });
        }
        if let Some(nonce) = parts.extensions.get::<CspNonce>() {
            provide_context(Nonce::from_value(nonce.0.as_str()));
        }
    }
}

fn page_context(cx: &RequestCx) -> PageContext {
    let (path, query) = cx.path_and_query.split_once('?').unwrap_or((&cx.path_and_query, ""));
    PageContext {
        locale: cx.locale,
        now: cx.ctx.clock.now(),
        zone: cx.zone,
        request_id: cx.ctx.request.to_string(),
        demo: cx.demo,
        path: path.to_owned(),
        query: query.to_owned(),
    }
}

/// Reads the whole body of a server function first: what parses the form takes a body that is too
/// large for a fault of ours.
async fn whole_form(request: Request, next: Next) -> Response {
    if !request.uri().path().starts_with("/_fn/") {
        return next.run(request).await;
    }
    let locale = request.extensions().get::<RequestCx>().map(|cx| cx.locale).unwrap_or_default();
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, BODY_LIMIT).await else {
        let message = "The form holds more than can be sent at once. Shorten its texts.";
        let error = ApiError::new(ErrorCode::TooLarge, "body_too_large", message);
        let error = ui::i18n::localized(locale, error);
        return (StatusCode::PAYLOAD_TOO_LARGE, Json(error)).into_response();
    };
    next.run(Request::from_parts(parts, Body::from(body))).await
}

async fn server_function(State(state): State<AppState>, request: Request) -> Response {
    let files = site_files(&state);
    handle_server_fns_with_context(move || provide_request(&files), request).await.into_response()
}

async fn unknown_page(State(state): State<AppState>, request: Request<Body>) -> Response {
    let files = site_files(&state);
    let shell_files = files.clone();
    let render = leptos_axum::render_app_async_with_context(
        move || provide_request(&files),
        move || app::shell(&shell_files),
    );
    let mut response = render(request).await;
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}
