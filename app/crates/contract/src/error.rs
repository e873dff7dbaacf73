//! The one error that leaves the server, in REST bodies and from server functions alike.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Media type of a refusal in an envelope: `{"status": 422, "error": {"message": …, …}}`.
///
/// A script that names it in `Accept` gets every 4xx answer as 200 with this body. Our pages do so,
/// because a browser writes each 4xx answer to a script into its console, as if the page were
/// broken; a form that wants another answer is no fault. All others get the plain 4xx.
pub const REFUSAL_TYPE: &str = "application/vnd.metricis.refusal+json";

/// What went wrong, by kind. Each kind has one HTTP status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// 400: the request cannot be read (broken JSON, wrong type, invalid UTF-8).
    BadRequest,
    /// 401: nobody is signed in, or the credentials are wrong.
    Unauthenticated,
    /// 403: signed in, but not allowed.
    Forbidden,
    /// 404: no such thing, or not yours.
    NotFound,
    /// 409: the state does not allow it (a code already taken, a session already ended).
    Conflict,
    /// 413: the body is larger than the limit.
    TooLarge,
    /// 422: readable, but a field breaks a rule; `details` names fields and what is allowed.
    Invalid,
    /// 423: this account's password login is locked for a while.
    Locked,
    /// 429: too many requests; `Retry-After` says when to come back.
    TooManyRequests,
    /// 500: our fault. The message holds nothing but the request id.
    Internal,
    /// 503: something that we depend on does not answer.
    Unavailable,
}

impl ErrorCode {
    /// The HTTP status of this kind.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Self::BadRequest => 400,
            Self::Unauthenticated => 401,
            Self::Forbidden => 403,
            Self::NotFound => 404,
            Self::Conflict => 409,
            Self::TooLarge => 413,
            Self::Invalid => 422,
            Self::Locked => 423,
            Self::TooManyRequests => 429,
            Self::Internal => 500,
            Self::Unavailable => 503,
        }
    }
}

/// One field that breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldError {
    /// Path of the field as the client sent it, e.g. `modules[1].params.trials`.
    pub field: String,
    /// Stable name of the broken rule, e.g. `required`, `too_long`, `taken`.
    pub rule: String,
    /// What is allowed, in English; pages say it in the reader's language by `rule` and `params`.
    pub message: String,
    /// The numbers and words of the rule, e.g. `max` = `200`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub params: BTreeMap<String, String>,
}

/// An error as people and clients see it. Holds no internal cause and no personal data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[error("{message}")]
pub struct ApiError {
    pub code: ErrorCode,
    /// Stable name of the very case, e.g. `participant_code_taken`.
    pub reason: String,
    /// What happened and what to do, in one or two sentences.
    pub message: String,
    /// The fields at fault, empty where no single field is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldError>,
}

impl ApiError {
    #[must_use]
    pub fn new(code: ErrorCode, reason: impl Into<String>, message: impl Into<String>) -> Self {
        Self { code, reason: reason.into(), message: message.into(), fields: Vec::new() }
    }

    /// A field breaks a rule (422).
    #[must_use]
    pub fn field(
        field: impl Into<String>,
        rule: impl Into<String>,
        message: impl Into<String>,
    ) -> Self {
        let (field, message) = (field.into(), message.into());
        Self {
            code: ErrorCode::Invalid,
            reason: "invalid".into(),
            message: format!("{field}: {message}"),
            fields: vec![FieldError { field, rule: rule.into(), message, params: BTreeMap::new() }],
        }
    }

    /// Several fields break rules (422). `fields` must not be empty.
    #[must_use]
    pub fn fields(fields: Vec<FieldError>) -> Self {
        let message = fields
            .iter()
            .map(|f| format!("{}: {}", f.field, f.message))
            .collect::<Vec<_>>()
            .join(" ");
        Self { code: ErrorCode::Invalid, reason: "invalid".into(), message, fields }
    }
}
