//! The fields of a form of our own pages.

use super::wrong_field;
use axum::Json;
use axum::extract::{Form, FromRequest, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use contract::{ApiError, ErrorCode};
use serde::de::DeserializeOwned;

/// A form body. What cannot be read is answered as the pages' other forms answer: with the
/// [`ApiError`] by itself.
pub struct Fields<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Fields<T> {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        match Form::<T>::from_request(request, state).await {
            Ok(Form(value)) => Ok(Self(value)),
            Err(rejection) => {
                let error = if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
                    let message = "The form holds more than can be sent at once.";
                    ApiError::new(ErrorCode::TooLarge, "body_too_large", message)
                } else {
                    let text = rejection.body_text();
                    let said = text.split_once(": ").map_or(text.as_str(), |(_, said)| said);
                    let (field, said) = said.split_once(": ").unwrap_or(("", said));
                    wrong_field(field, said)
                };
                let status = StatusCode::from_u16(error.code.status());
                Err((status.unwrap_or(StatusCode::BAD_REQUEST), Json(error)).into_response())
            }
        }
    }
}
