//! The error type of server functions.

use contract::{ApiError, ErrorCode};
use leptos::server_fn::{
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};
use serde::{Deserialize, Serialize};

/// [`ApiError`] as a server function returns it, as JSON.
///
/// Everything that turns into an [`ApiError`] turns into this with `?`. On the server the
/// conversion also says the texts in the reader's language and sets the HTTP status.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ServerError(pub ApiError);

impl<E: Into<ApiError>> From<E> for ServerError {
    fn from(error: E) -> Self {
        #[cfg(feature = "ssr")]
        {
            let error = crate::i18n::localized(crate::use_locale(), error.into());
            crate::set_status(error.code.status());
            Self(error)
        }
        #[cfg(not(feature = "ssr"))]
        Self(error.into())
    }
}

impl core::fmt::Display for ServerError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl std::error::Error for ServerError {}

impl FromServerFnError for ServerError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(value: ServerFnErrorErr) -> Self {
        use ServerFnErrorErr as E;
        let (code, reason, message) = match value {
            E::Args(_) | E::MissingArg(_) | E::UnsupportedRequestMethod(_) => (
                ErrorCode::BadRequest,
                "unreadable_request",
                "The form could not be read. Load the page again and try once more.",
            ),
            E::Request(_) => (
                ErrorCode::Unavailable,
                "unreachable",
                "The server cannot be reached. Check the connection and try again.",
            ),
            E::Registration(_)
            | E::ServerError(_)
            | E::MiddlewareError(_)
            | E::Deserialization(_)
            | E::Serialization(_)
            | E::Response(_) => (
                ErrorCode::Internal,
                "internal",
                "Something went wrong on our side. Try again in a moment.",
            ),
        };
        ApiError::new(code, reason, message).into()
    }
}
