//! One log line a request: `event=request` with ids, path (never the query), status, duration.

use super::request_id::RequestIds;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use std::time::Instant;
use tracing::Instrument;

/// Logs the request when its response head is ready.
pub async fn layer(request: Request, next: Next) -> Response {
    let started = Instant::now();
    let method = request.method().clone();
    let path = masked(request.uri().path());
    let (request_id, correlation_id) = request
        .extensions()
        .get::<RequestIds>()
        .map(|ids| (ids.request.to_string(), ids.correlation.clone()))
        .unwrap_or_default();
    let span = tracing::info_span!("request", request_id, correlation_id);
    async move {
        let response = next.run(request).await;
        let status_code = response.status().as_u16();
        let duration_ms = f64::from(u32::try_from(started.elapsed().as_micros()).unwrap_or(u32::MAX))
            / 1000.0;
        if status_code >= 500 {
            tracing::error!(event = "request", request_id, correlation_id, %method, path, status_code, duration_ms);
        } else {
            tracing::info!(event = "request", request_id, correlation_id, %method, path, status_code, duration_ms);
        }
        response
    }
    .instrument(span)
    .await
}

/// Path segments that are secrets by themselves never reach a log.
fn masked(path: &str) -> String {
    match path.strip_prefix("/api/webhooks/redcap/det/") {
        Some(key) if !key.is_empty() && key != "test" => "/api/webhooks/redcap/det/***".to_owned(),
        _ => path.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn capability_urls_are_masked_and_other_paths_kept() {
        assert_eq!(masked("/api/webhooks/redcap/det/s3cret"), "/api/webhooks/redcap/det/***");
        assert_eq!(masked("/api/webhooks/redcap/det/test"), "/api/webhooks/redcap/det/test");
        assert_eq!(masked("/studies"), "/studies");
    }
}
