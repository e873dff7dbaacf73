//! All routes, and the layers around them from the outside in:
//! ids → refusals for our scripts → log line → caught panics → security headers → CORS → session
//! → rate limit → origin check.

use super::middleware::{
    origin_check, rate_limit, refusal, request_id, security_headers, session,
    trace as request_trace,
};
use super::{api, assess, forms, openapi, pages};
use crate::http::error::HttpError;
use crate::state::AppState;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use contract::{ApiError, ErrorCode};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::cors::{AllowOrigin, CorsLayer};
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeader;

/// Largest body of an ordinary request, in bytes. Uploads of trials set their own.
pub const BODY_LIMIT: usize = 256 * 1024;

/// The whole application.
pub fn build(state: AppState) -> Router {
    let files = ServeDir::new(&state.assets.root)
        .precompressed_br()
        .precompressed_gzip()
        .append_index_html_on_directories(false);
    // Names under /pkg and /assess hold a hash of their content; those under /public do not.
    let hashed = cached(files.clone(), "public, max-age=31536000, immutable");
    let public = cached(files, "public, max-age=3600");
    let (api_routes, document) = api::routes(&state);
    let app = Router::new()
        .nest(
            "/api",
            api_routes.fallback(unknown_address).method_not_allowed_fallback(unknown_method),
        )
        .merge(openapi::routes(document))
        .merge(forms::routes())
        .merge(pages::routes(&state))
        .route("/assess/", get(assess::index))
        .route("/assess", get(assess::index))
        .route_service("/assess/{*file}", hashed.clone())
        .route_service("/pkg/{*file}", hashed)
        .route_service("/public/{*file}", public)
        .with_state(state.clone());
    app.layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(from_fn_with_state(state.clone(), origin_check::layer))
        .layer(from_fn_with_state(state.clone(), rate_limit::layer))
        .layer(from_fn_with_state(state.clone(), session::layer))
        .layer(cors(&state.config.allowed_origins))
        .layer(from_fn(security_headers::layer))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn(request_trace::layer))
        .layer(from_fn(refusal::layer))
        .layer(from_fn_with_state(state, request_id::layer))
}

type Cached = SetResponseHeader<ServeDir, HeaderValue>;

fn cached(files: ServeDir, policy: &'static str) -> Cached {
    SetResponseHeader::if_not_present(
        files,
        header::CACHE_CONTROL,
        HeaderValue::from_static(policy),
    )
}

fn cors(origins: &[String]) -> CorsLayer {
    let origins: Vec<HeaderValue> =
        origins.iter().filter_map(|origin| HeaderValue::from_str(origin).ok()).collect();
    CorsLayer::new()
        .allow_origin(AllowOrigin::list(origins))
        .allow_credentials(true)
        .allow_methods([Method::GET, Method::POST, Method::PATCH, Method::PUT, Method::DELETE])
        .allow_headers([
            header::AUTHORIZATION,
            header::CONTENT_TYPE,
            HeaderName::from_static("x-correlation-id"),
            HeaderName::from_static("x-session-id"),
            HeaderName::from_static("x-session-key"),
        ])
        .expose_headers([
            HeaderName::from_static("x-correlation-id"),
            HeaderName::from_static("x-request-id"),
            HeaderName::from_static("x-ratelimit-limit"),
            HeaderName::from_static("x-ratelimit-remaining"),
            HeaderName::from_static("x-ratelimit-reset"),
        ])
}

async fn unknown_address() -> Response {
    HttpError(ApiError::new(
        ErrorCode::NotFound,
        "not_found",
        "There is nothing at this address. /docs lists every address.",
    ))
    .into_response()
}

async fn unknown_method() -> Response {
    let message = "This address does not take this method. /docs lists what it takes.";
    let error = ApiError::new(ErrorCode::BadRequest, "method_not_allowed", message);
    let mut response = HttpError(error).into_response();
    *response.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
    response
}

#[expect(clippy::needless_pass_by_value, reason = "the signature that CatchPanicLayer asks for")]
fn panicked(cause: Box<dyn std::any::Any + Send + 'static>) -> Response {
    let cause = cause
        .downcast_ref::<String>()
        .cloned()
        .or_else(|| cause.downcast_ref::<&str>().map(|text| (*text).to_owned()))
        .unwrap_or_default();
    tracing::error!(event = "panic", cause);
    let mut response = HttpError(ApiError::new(
        ErrorCode::Internal,
        "internal",
        "Something went wrong on our side. Nothing was changed.",
    ))
    .into_response();
    *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
    response
}
