//! The one error body: `{"error":{code, message, details}, "detail": message}`.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use contract::ApiError;
use serde::Serialize;
use utoipa::ToSchema;

/// An [`ApiError`] on its way out over HTTP. Every context error becomes one by `?`.
#[derive(Debug)]
pub struct HttpError(pub ApiError);

impl<E: Into<ApiError>> From<E> for HttpError {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

/// The error body of every `/api` answer that is not 2xx.
#[derive(Debug, Serialize, ToSchema)]
pub struct ErrorBody {
    pub error: ErrorObject,
    /// The message again, for clients of the FastAPI convention.
    pub detail: String,
}

/// What went wrong, for programs and for people.
#[derive(Debug, Serialize, ToSchema)]
pub struct ErrorObject {
    /// Stable word for the very case, e.g. `participant_code_taken`.
    pub code: String,
    pub message: String,
    pub details: ErrorDetails,
}

/// Where it went wrong.
#[derive(Debug, Serialize, ToSchema)]
pub struct ErrorDetails {
    #[schema(example = "invalid")]
    pub kind: contract::ErrorCode,
    pub fields: Vec<contract::FieldError>,
}

impl IntoResponse for HttpError {
    fn into_response(self) -> Response {
        let Self(error) = self;
        let status =
            StatusCode::from_u16(error.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = ErrorBody {
            detail: error.message.clone(),
            error: ErrorObject {
                code: error.reason,
                message: error.message,
                details: ErrorDetails { kind: error.code, fields: error.fields },
            },
        };
        let mut response = (status, Json(body)).into_response();
        if status == StatusCode::UNAUTHORIZED {
            response
                .headers_mut()
                .insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}
