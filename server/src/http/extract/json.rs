//! JSON bodies (and form bodies where an endpoint takes both).

use crate::http::error::HttpError;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::header::CONTENT_TYPE;
use contract::{ApiError, ErrorCode};
use serde::de::DeserializeOwned;

/// A JSON body. Refuses with 400 (not JSON, invalid UTF-8), 413 (too large) or 422 (wrong type,
/// missing field), naming the place.
pub struct ApiJson<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for ApiJson<T> {
    type Rejection = HttpError;

    async fn from_request(request: Request, state: &S) -> Result<Self, Self::Rejection> {
        let bytes = body(request, state).await?;
        parse(&bytes).map(Self)
    }
}

/// A JSON or a form body, told apart by `Content-Type`.
pub struct FormOrJson<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for FormOrJson<T> {
    type Rejection = HttpError;

    async fn from_request(request: Request, state: &S) -> Result<Self, Self::Rejection> {
        let is_form = request
            .headers()
            .get(CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|value| value.starts_with("application/x-www-form-urlencoded"));
        let bytes = body(request, state).await?;
        if is_form {
            let request = Request::builder()
                .method("POST")
                .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(axum::body::Body::from(bytes))
                .map_err(|_| unreadable("the form cannot be read."))?;
            let axum::Form(value) = axum::Form::<T>::from_request(request, state)
                .await
                .map_err(|rejection| unreadable(&rejection.body_text()))?;
            Ok(Self(value))
        } else {
            parse(&bytes).map(Self)
        }
    }
}

async fn body<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, HttpError> {
    Bytes::from_request(request, state).await.map_err(|rejection| {
        if rejection.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE {
            HttpError(ApiError::new(
                ErrorCode::TooLarge,
                "body_too_large",
                "The request body is larger than this address accepts. Send it in smaller parts.",
            ))
        } else {
            unreadable("the request body broke off. Send it again.")
        }
    })
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, HttpError> {
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let result: Result<T, _> = serde_path_to_error::deserialize(&mut deserializer);
    match result {
        Ok(value) => {
            deserializer.end().map_err(|_| unreadable("there is more after the JSON value."))?;
            Ok(value)
        }
        Err(error) => {
            let field = error.path().to_string();
            let inner = error.into_inner();
            let place = format!("line {}, column {}", inner.line(), inner.column());
            if inner.is_data() {
                let allowed = inner.to_string();
                let allowed = allowed.split(" at line ").next().unwrap_or("has the wrong type");
                Err(HttpError(wrong_field(&field, allowed)))
            } else if inner.to_string().starts_with("number out of range") {
                Err(HttpError(ApiError::field(field, "finite", "must be a finite number.")))
            } else if core::str::from_utf8(bytes).is_err() {
                Err(unreadable("the body is not valid UTF-8."))
            } else {
                let near = if field == "." { String::new() } else { format!(" in {field}") };
                Err(unreadable(&format!("the body is not JSON{near} ({place}).")))
            }
        }
    }
}

/// 422 for what serde says of the value at `path` (`.` for the whole): a field that is missing is
/// named itself, not what it is missing in.
pub fn wrong_field(path: &str, said: &str) -> ApiError {
    let missing = said
        .strip_prefix("missing field `")
        .and_then(|rest| rest.split_once('`'))
        .map(|(name, _)| name);
    match missing {
        None => ApiError::field(path, "type", format!("{said}.")),
        Some(name) if matches!(path, "." | "") => required(name.to_owned()),
        Some(name) => required(format!("{path}.{name}")),
    }
}

fn required(field: String) -> ApiError {
    ApiError::field(field, "required", "must be given.")
}

fn unreadable(why: &str) -> HttpError {
    HttpError(ApiError::new(
        ErrorCode::BadRequest,
        "unreadable",
        format!("The request cannot be read: {why}"),
    ))
}
