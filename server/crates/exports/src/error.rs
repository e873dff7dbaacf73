//! What can go wrong, in words that say what to do.

use contract::{ApiError, ErrorCode};
use measures::MeasureError;
use platform::{Denied, Failure};

/// Why an export did not begin, or did not come to its end.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    #[error(transparent)]
    Denied(#[from] Denied),
    #[error("There is no such study, or it is not yours to see.")]
    StudyNotFound,
    #[error(transparent)]
    Session(MeasureError),
    #[error("Several exports are running right now. Please try again in a minute.")]
    Busy,
    #[error(transparent)]
    Failure(#[from] Failure),
}

impl From<sqlx::Error> for ExportError {
    fn from(error: sqlx::Error) -> Self {
        Self::Failure(error.into())
    }
}

impl From<MeasureError> for ExportError {
    fn from(error: MeasureError) -> Self {
        match error {
            MeasureError::Denied(denied) => Self::Denied(denied),
            MeasureError::Failure(failure) => Self::Failure(failure),
            error => Self::Session(error),
        }
    }
}

impl From<ExportError> for ApiError {
    fn from(error: ExportError) -> Self {
        let message = error.to_string();
        match error {
            ExportError::Denied(denied) => denied.into(),
            ExportError::Session(error) => error.into(),
            ExportError::Failure(failure) => failure.into(),
            ExportError::StudyNotFound => {
                Self::new(ErrorCode::NotFound, "study_not_found", message)
            }
            ExportError::Busy => Self::new(ErrorCode::Unavailable, "exports_busy", message),
        }
    }
}
