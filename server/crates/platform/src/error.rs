//! Failures that are nobody's request's fault, and their way to an [`ApiError`].

use crate::keyring::KeyringError;
use contract::{ApiError, ErrorCode};

/// The database, the disk, the mail server or our own code failed. Logged once with its cause
/// where it is turned into an [`ApiError`]; the cause itself is never sent.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    #[error("migration: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    #[error("json: {0}")]
    Json(#[from] serde_json::Error),
    #[error("io: {0}")]
    Io(#[from] std::io::Error),
    #[error("keyring: {0}")]
    Keyring(#[from] KeyringError),
    #[error("{0}")]
    Other(String),
}

impl Failure {
    #[must_use]
    pub fn other(message: impl Into<String>) -> Self {
        Self::Other(message.into())
    }

    /// The name of the database constraint that was violated, if that is what happened. Contexts
    /// map names to their own errors.
    #[must_use]
    pub fn constraint(&self) -> Option<&str> {
        match self {
            Self::Database(sqlx::Error::Database(error)) => error.constraint(),
            _ => None,
        }
    }

    /// The database is away, overloaded or held up by somebody else: trying again later makes sense.
    #[must_use]
    pub fn is_unavailable(&self) -> bool {
        match self {
            Self::Database(
                sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Io(_),
            ) => true,
            Self::Database(sqlx::Error::Database(error)) => matches!(
                error.code().as_deref(),
                // serialization failure, deadlock, too many connections, lock timeout, shutdown
                // by the administrator, crash, starting up
                Some("40001" | "40P01" | "53300" | "55P03" | "57P01" | "57P02" | "57P03")
            ),
            _ => false,
        }
    }
}

impl From<Failure> for ApiError {
    fn from(failure: Failure) -> Self {
        let unavailable = failure.is_unavailable();
        tracing::error!(event = "failure", error = %failure);
        if unavailable {
            Self::new(
                ErrorCode::Unavailable,
                "database_unavailable",
                "The database does not answer right now. Nothing was changed. Please try again.",
            )
        } else {
            Self::new(
                ErrorCode::Internal,
                "internal",
                "Something went wrong on our side. Nothing was changed. Please try again; if it \
                 happens again, give support the request id.",
            )
        }
    }
}
