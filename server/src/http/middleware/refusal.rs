//! Refusals for scripts of our pages: a 4xx answer goes out as 200 with the error in an envelope,
//! to whoever asks for [`REFUSAL_TYPE`]. See there for the reason. A 5xx stays what it is: a fault
//! of ours is to be seen. The log has the true status, for this layer lies outside of its line.

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use contract::REFUSAL_TYPE;
use serde_json::{Value, json};

/// Largest error body, in bytes; a larger one is left out of its envelope.
const LIMIT: usize = 64 * 1024;

/// Puts refusals into their envelope.
pub async fn layer(request: Request, next: Next) -> Response {
    let asked = asks_for_envelope(request.headers());
    let response = next.run(request).await;
    if asked && response.status().is_client_error() { enveloped(response).await } else { response }
}

fn asks_for_envelope(headers: &HeaderMap) -> bool {
    headers
        .get_all(header::ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .any(|value| value.contains(REFUSAL_TYPE))
}

async fn enveloped(response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    let status = parts.status.as_u16();
    let body = to_bytes(body, LIMIT).await.unwrap_or_default();
    let mut error: Value = serde_json::from_slice(&body).unwrap_or_default();
    // The REST interface has the error one level deeper than server functions
    if let Some(inner) = error.get_mut("error") {
        error = inner.take();
    }
    parts.status = StatusCode::OK;
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.remove(header::WWW_AUTHENTICATE);
    parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(REFUSAL_TYPE));
    let body = json!({ "status": status, "error": error }).to_string();
    Response::from_parts(parts, Body::from(body))
}
