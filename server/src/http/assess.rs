//! `/assess/`: the page of the task runner and its files.

use super::middleware::security_headers::CspNonce;
use crate::state::AppState;
use axum::Extension;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};

/// The runner's page, with this response's nonce.
pub async fn index(
    State(state): State<AppState>,
    Extension(nonce): Extension<CspNonce>,
) -> Response {
    let html = state.assets.assess_index.replace("{{NONCE}}", &nonce.0);
    (
        [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")],
        html,
    )
        .into_response()
}
