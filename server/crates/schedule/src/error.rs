//! What can go wrong, in words that say what to do.

use chrono::NaiveDate;
use contract::{ApiError, ErrorCode};
use participants::ParticipantError;
use platform::{Denied, Failure};

/// Why an action on visit windows or visits did not happen.
#[derive(Debug, thiserror::Error)]
pub enum ScheduleError {
    #[error(transparent)]
    Denied(#[from] Denied),
    #[error(transparent)]
    Invalid(#[from] ApiError),
    /// Of the participant whose visits these are.
    #[error(transparent)]
    Participant(#[from] ParticipantError),
    /// Also for a visit of another study: the two must look alike.
    #[error("There is no such visit in this study.")]
    VisitNotFound,
    #[error("Another visit window of this study already has this name. Choose a different one.")]
    WindowNameTaken,
    #[error("Visits are counted from the enrollment date: enrol the participant first.")]
    NotEnrolled,
    #[error(
        "Somebody else has changed this visit since you opened the page. Reload it to see \
             the change."
    )]
    VisitChanged,
    #[error("The visit is already recorded as {0}.")]
    AlreadyRecorded(contract::visit::VisitStatus),
    #[error("The window of this visit opens on {0}. It can be recorded as missed from then on.")]
    NotDueYet(NaiveDate),
    #[error("The participant has left the study: this visit is not expected any more.")]
    Cancelled,
    #[error(transparent)]
    Failure(Failure),
}

impl From<Failure> for ScheduleError {
    fn from(failure: Failure) -> Self {
        match failure.constraint() {
            Some("visit_window_name_key") => Self::WindowNameTaken,
            Some("visit_window_battery_fkey") => Self::Invalid(ApiError::field(
                "battery_id",
                "unknown",
                "must be a battery of this study.",
            )),
            _ => Self::Failure(failure),
        }
    }
}

impl From<sqlx::Error> for ScheduleError {
    fn from(error: sqlx::Error) -> Self {
        Failure::from(error).into()
    }
}

impl From<ScheduleError> for ApiError {
    fn from(error: ScheduleError) -> Self {
        use ScheduleError as E;
        let message = error.to_string();
        let (code, reason) = match error {
            E::Denied(denied) => return denied.into(),
            E::Invalid(error) => return error,
            E::Participant(error) => return error.into(),
            E::Failure(failure) => return failure.into(),
            E::WindowNameTaken => {
                let mut error = Self::field("name", "taken", message);
                error.code = ErrorCode::Conflict;
                "visit_window_name_taken".clone_into(&mut error.reason);
                return error;
            }
            E::VisitNotFound => (ErrorCode::NotFound, "visit_not_found"),
            E::NotEnrolled => (ErrorCode::Conflict, "participant_not_enrolled"),
            E::VisitChanged => (ErrorCode::Conflict, "visit_changed"),
            E::AlreadyRecorded(_) => (ErrorCode::Conflict, "visit_already_recorded"),
            E::NotDueYet(_) => (ErrorCode::Conflict, "visit_not_due_yet"),
            E::Cancelled => (ErrorCode::Conflict, "visit_cancelled"),
        };
        Self::new(code, reason, message)
    }
}
