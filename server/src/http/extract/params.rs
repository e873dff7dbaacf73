//! Path and query parameters.

use super::wrong_field;
use crate::http::error::HttpError;
use axum::extract::{FromRequestParts, Path, Query};
use axum::http::request::Parts;
use contract::{ApiError, ErrorCode};
use serde::de::DeserializeOwned;

/// Path parameters. An identifier that is none is answered like an unknown one (404).
pub struct ApiPath<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for ApiPath<T> {
    type Rejection = HttpError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        match Path::<T>::from_request_parts(parts, state).await {
            Ok(Path(value)) => Ok(Self(value)),
            Err(_) => Err(HttpError(ApiError::new(
                ErrorCode::NotFound,
                "not_found",
                "There is nothing at this address, or it is not yours to see.",
            ))),
        }
    }
}

/// Query parameters; 422 names the one that cannot be read.
pub struct ApiQuery<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for ApiQuery<T> {
    type Rejection = HttpError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        match Query::<T>::from_request_parts(parts, state).await {
            Ok(Query(value)) => Ok(Self(value)),
            Err(rejection) => {
                let text = rejection.body_text();
                let text =
                    text.strip_prefix("Failed to deserialize query string: ").unwrap_or(&text);
                let (field, message) = text.split_once(": ").unwrap_or(("", text));
                Err(HttpError(wrong_field(field, message)))
            }
        }
    }
}
