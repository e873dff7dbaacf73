//! Rate limits: a token bucket for each client and class of address.
//!
//! | class | who | limit |
//! |---|---|---|
//! | login | client address | `AUTH_RATE_LIMIT_PER_MINUTE` (10) |
//! | api | client address, not signed in | `RATE_LIMIT_PER_MINUTE` (60) |
//! | person | signed-in person | `USER_RATE_LIMIT_PER_MINUTE` (3000) |
//!
//! Pages and their assets are not limited: a clinic's many browsers share one address.

use super::client_ip::client_ip;
use crate::http::error::HttpError;
use crate::state::AppState;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use contract::{ApiError, ErrorCode};
use governor::clock::{Clock as _, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};
use platform::{Actor, RequestCx};
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::Arc;

type Limiter<K> = RateLimiter<K, DashMapStateStore<K>, DefaultClock, StateInformationMiddleware>;

/// The buckets of this process.
#[derive(Clone)]
pub struct RateLimits {
    login: Arc<Limiter<IpAddr>>,
    api: Arc<Limiter<IpAddr>>,
    person: Arc<Limiter<String>>,
    limits: [u32; 3],
}

impl RateLimits {
    #[must_use]
    pub fn new(login: u32, api: u32, person: u32) -> Self {
        Self {
            login: Arc::new(limiter(login)),
            api: Arc::new(limiter(api)),
            person: Arc::new(limiter(person)),
            limits: [login, api, person],
        }
    }

    /// Forgets buckets that are full again, so that memory does not grow with every visitor.
    pub fn forget_idle(&self) {
        self.login.retain_recent();
        self.api.retain_recent();
        self.person.retain_recent();
    }
}

fn limiter<K: std::hash::Hash + Eq + Clone>(per_minute: u32) -> Limiter<K> {
    let per_minute = NonZeroU32::new(per_minute).unwrap_or(NonZeroU32::MIN);
    RateLimiter::keyed(Quota::per_minute(per_minute)).with_middleware()
}

struct Verdict {
    limit: u32,
    remaining: u32,
    /// Seconds until a request passes again (refused) or the bucket is full (passed).
    reset_seconds: u64,
    passed: bool,
}

/// Lets through or answers 429; sets the `X-RateLimit-*` headers on what it limits.
pub async fn layer(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let limits = &state.rate_limits;
    let path = request.uri().path();
    let ip = client_ip(&request, &state.config.trusted_proxies);
    let person = request.extensions().get::<RequestCx>().and_then(|cx| match &cx.actor {
        Actor::Nobody => None,
        actor => Some(actor.reference()),
    });
    let verdict = if is_login(request.method(), path) {
        Some(check(&limits.login, &ip, limits.limits[0]))
    } else if !(path.starts_with("/api/") || path.starts_with("/_fn/"))
        || path.starts_with("/api/health")
    {
        None
    } else if let Some(person) = person {
        Some(check(&limits.person, &person, limits.limits[2]))
    } else {
        Some(check(&limits.api, &ip, limits.limits[1]))
    };
    let Some(verdict) = verdict else { return next.run(request).await };
    let mut response = if verdict.passed {
        next.run(request).await
    } else {
        HttpError(ApiError::new(
            ErrorCode::TooManyRequests,
            "too_many_requests",
            format!(
                "Too many requests. Please wait {} seconds and try again.",
                verdict.reset_seconds.max(1)
            ),
        ))
        .into_response()
    };
    let headers = response.headers_mut();
    for (name, value) in [
        ("x-ratelimit-limit", u64::from(verdict.limit)),
        ("x-ratelimit-remaining", u64::from(verdict.remaining)),
        ("x-ratelimit-reset", verdict.reset_seconds),
    ] {
        headers.insert(HeaderName::from_static(name), HeaderValue::from(value));
    }
    if !verdict.passed {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(verdict.reset_seconds.max(1)));
    }
    response
}

/// Addresses where a password or a link is tried.
fn is_login(method: &Method, path: &str) -> bool {
    method == Method::POST
        && (path.starts_with("/api/auth/login")
            || path.starts_with("/api/auth/magic-link")
            || path.starts_with("/_fn/sign_in")
            || path.starts_with("/_fn/portal/request_link")
            || path.starts_with("/_fn/portal/verify"))
}

fn check<K: std::hash::Hash + Eq + Clone>(limiter: &Limiter<K>, key: &K, limit: u32) -> Verdict {
    match limiter.check_key(key) {
        Ok(snapshot) => {
            let remaining = snapshot.remaining_burst_capacity();
            let missing = u64::from(limit.saturating_sub(remaining));
            let reset_seconds = (missing * 60).div_ceil(u64::from(limit.max(1)));
            Verdict { limit, remaining, reset_seconds, passed: true }
        }
        Err(refused) => {
            let wait = refused.wait_time_from(DefaultClock::default().now());
            Verdict { limit, remaining: 0, reset_seconds: wait.as_secs() + 1, passed: false }
        }
    }
}
