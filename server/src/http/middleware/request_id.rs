//! `X-Request-ID` (ours, a UUID v7) and `X-Correlation-ID` (the client's, if harmless, else ours).

use crate::state::AppState;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use contract::Id;

pub static X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
pub static X_CORRELATION_ID: HeaderName = HeaderName::from_static("x-correlation-id");

/// The two ids of a request, as a request extension.
#[derive(Debug, Clone)]
pub struct RequestIds {
    pub request: Id<contract::ids::Request>,
    pub correlation: String,
}

/// Gives the request its ids and the response their headers.
pub async fn layer(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let id: Id<contract::ids::Request> = state.ctx.new_id();
    let correlation = request
        .headers()
        .get(&X_CORRELATION_ID)
        .and_then(|value| value.to_str().ok())
        .filter(|value| is_harmless(value))
        .map_or_else(|| id.to_string(), ToOwned::to_owned);
    let ids = RequestIds { request: id, correlation };
    request.extensions_mut().insert(ids.clone());
    let mut response = next.run(request).await;
    for (name, text) in
        [(&X_REQUEST_ID, ids.request.to_string()), (&X_CORRELATION_ID, ids.correlation)]
    {
        if let Ok(value) = HeaderValue::from_str(&text) {
            response.headers_mut().insert(name.clone(), value);
        }
    }
    response
}

/// At most 64 letters, digits, `-`, `_`, `.`: nothing that could break a log line.
fn is_harmless(value: &str) -> bool {
    !value.is_empty()
        && value.len() <= 64
        && value.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
}
