//! Refuses writes that another site's page makes with our cookies (cross-site request forgery).
//!
//! Every unsafe method must come from our own pages (`Sec-Fetch-Site` same-origin or none, or an
//! `Origin` equal to the host or on the allow-list). Requests without cookies carry their own
//! proof (bearer token, upload key, webhook signature) and pass.

use crate::http::error::HttpError;
use crate::state::AppState;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use contract::{ApiError, ErrorCode};

/// Refuses with 403 what does not come from our own pages.
pub async fn layer(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let headers = request.headers();
    if safe
        || !headers.contains_key(header::COOKIE)
        || comes_from_us(headers, &state.config.allowed_origins)
    {
        return next.run(request).await;
    }
    HttpError(ApiError::new(
        ErrorCode::Forbidden,
        "foreign_origin",
        "This request came from another site's page and was refused. Open the page here and try \
         again.",
    ))
    .into_response()
}

fn comes_from_us(headers: &HeaderMap, allowed: &[String]) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let origin = text(header::ORIGIN);
    if origin.is_some_and(|origin| allowed.iter().any(|known| known == origin)) {
        return true;
    }
    match text(header::HeaderName::from_static("sec-fetch-site")) {
        Some("same-origin" | "none") => true,
        Some(_) => false,
        None => {
            let host = text(header::HOST).unwrap_or_default();
            origin.is_some_and(|origin| {
                origin.split_once("://").is_some_and(|(_, authority)| authority == host)
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(k, v)| (k.parse().unwrap(), HeaderValue::from_static(v))).collect()
    }

    #[test]
    fn our_own_pages_pass_and_others_do_not() {
        assert!(comes_from_us(&headers(&[("sec-fetch-site", "same-origin")]), &[]));
        assert!(!comes_from_us(&headers(&[("sec-fetch-site", "cross-site")]), &[]));
        assert!(!comes_from_us(&headers(&[("sec-fetch-site", "same-site")]), &[]));
        let ours = headers(&[("origin", "http://localhost:8000"), ("host", "localhost:8000")]);
        assert!(comes_from_us(&ours, &[]));
        let theirs = headers(&[("origin", "http://evil.example"), ("host", "localhost:8000")]);
        assert!(!comes_from_us(&theirs, &[]));
        assert!(!comes_from_us(&headers(&[("host", "localhost:8000")]), &[]), "no proof at all");
    }
}
