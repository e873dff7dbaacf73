//! What can go wrong with studies and sites, by cause.

use contract::study::StudyStatus;
use contract::{ApiError, ErrorCode, FieldError};
use platform::{Denied, Failure};
use std::collections::BTreeMap;

#[derive(Debug, thiserror::Error)]
pub enum StudyError {
    #[error(transparent)]
    Denied(#[from] Denied),
    #[error(transparent)]
    Failure(#[from] Failure),
    /// Fields that break rules, named one by one.
    #[error(transparent)]
    Invalid(#[from] ApiError),
    #[error("There is no such study, or it is not yours to see.")]
    StudyNotFound,
    #[error("There is no such site in this study.")]
    SiteNotFound,
    #[error("Another study has this code already. Choose a different one.")]
    StudyCodeTaken,
    #[error("Another site of this study has this code already. Choose a different one.")]
    SiteCodeTaken,
    #[error("This study is archived and can only be read.")]
    Archived,
    #[error("A study that is {from} cannot become {to}.{}", allowed(*.from))]
    IllegalTransition { from: StudyStatus, to: StudyStatus },
    #[error(
        "Who owns the schedule of this study has been decided and cannot be changed after the \
         draft."
    )]
    IntegrationModeFixed,
}

fn allowed(from: StudyStatus) -> String {
    let next: Vec<&str> = from.next().iter().map(|status| status.as_str()).collect();
    if next.is_empty() {
        " It stays as it is.".into()
    } else {
        format!(" It can become {}.", next.join(" or "))
    }
}

impl StudyError {
    /// A violated constraint by its meaning, anything else as a failure.
    pub(crate) fn of(error: sqlx::Error) -> Self {
        let failure = Failure::from(error);
        match failure.constraint() {
            Some("study_code_key") => Self::StudyCodeTaken,
            Some("site_code_key") => Self::SiteCodeTaken,
            Some("site_study_id_fkey") => Self::StudyNotFound,
            _ => Self::Failure(failure),
        }
    }
}

impl From<sqlx::Error> for StudyError {
    fn from(error: sqlx::Error) -> Self {
        Self::of(error)
    }
}

impl From<StudyError> for ApiError {
    fn from(error: StudyError) -> Self {
        use ErrorCode as C;
        use StudyError as E;
        let message = error.to_string();
        let (code, reason) = match error {
            E::Denied(denied) => return denied.into(),
            E::Failure(failure) => return failure.into(),
            E::Invalid(invalid) => return invalid,
            E::StudyCodeTaken => return taken("study_code_taken", message),
            E::SiteCodeTaken => return taken("site_code_taken", message),
            E::StudyNotFound => (C::NotFound, "study_not_found"),
            E::SiteNotFound => (C::NotFound, "site_not_found"),
            E::Archived => (C::Conflict, "study_archived"),
            E::IllegalTransition { .. } => (C::Conflict, "study_status"),
            E::IntegrationModeFixed => (C::Conflict, "integration_mode_fixed"),
        };
        Self::new(code, reason, message)
    }
}

/// A code that somebody else has.
fn taken(reason: &str, message: String) -> ApiError {
    let mut error = ApiError::new(ErrorCode::Conflict, reason, message.clone());
    error.fields.push(FieldError {
        field: "code".into(),
        rule: reason.into(),
        message,
        params: BTreeMap::new(),
    });
    error
}
