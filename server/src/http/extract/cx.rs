//! Who asks, in which language, with which context.

use crate::http::error::HttpError;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use contract::{ApiError, ErrorCode};
use platform::RequestCx;

/// The request's [`RequestCx`], put there by the session middleware.
pub struct Cx(pub RequestCx);

impl<S: Send + Sync> FromRequestParts<S> for Cx {
    type Rejection = HttpError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        parts.extensions.get::<RequestCx>().cloned().map(Self).ok_or_else(|| {
            HttpError(ApiError::new(
                ErrorCode::Internal,
                "internal",
                "Something went wrong on our side. Nothing was changed.",
            ))
        })
    }
}
