//! What can go wrong, in words that say what to do.

use contract::participant::ParticipantStatus;
use contract::study::StudyStatus;
use contract::{ApiError, ErrorCode};
use platform::{Denied, Failure};

/// Why an action on participants did not happen.
#[derive(Debug, thiserror::Error)]
pub enum ParticipantError {
    #[error(transparent)]
    Denied(#[from] Denied),
    #[error(transparent)]
    Invalid(#[from] ApiError),
    /// Also for a participant of another study: the two must look alike.
    #[error("There is no such participant in this study.")]
    NotFound,
    #[error("Another participant of this study already has this code. Choose a different one.")]
    CodeTaken,
    #[error(
        "Somebody else has changed this participant since you opened the page. Reload it to \
             see the change, then make yours again."
    )]
    Changed,
    #[error("A participant who is {from} cannot become {to}.")]
    StatusNotAllowed { from: ParticipantStatus, to: ParticipantStatus },
    #[error("The study is {0} and takes no new participants.")]
    StudyNotEnrolling(StudyStatus),
    #[error("The study is archived. Its records can be read, not changed.")]
    StudyArchived,
    #[error("There is no e-mail address on file for this participant. Add one first.")]
    NoEmail,
    #[error("The participant has withdrawn and gets no more messages.")]
    Withdrawn,
    #[error(transparent)]
    Failure(Failure),
}

impl From<Failure> for ParticipantError {
    fn from(failure: Failure) -> Self {
        match failure.constraint() {
            Some("participant_code_key") => Self::CodeTaken,
            Some("participant_site_fkey") => Self::Invalid(unknown_site()),
            _ => Self::Failure(failure),
        }
    }
}

impl From<sqlx::Error> for ParticipantError {
    fn from(error: sqlx::Error) -> Self {
        Failure::from(error).into()
    }
}

impl From<ParticipantError> for ApiError {
    fn from(error: ParticipantError) -> Self {
        use ParticipantError as E;
        let message = error.to_string();
        let (code, reason) = match error {
            E::Denied(denied) => return denied.into(),
            E::Invalid(error) => return error,
            E::Failure(failure) => return failure.into(),
            E::CodeTaken => {
                let mut error = Self::field("participant_code", "taken", message);
                error.code = ErrorCode::Conflict;
                "participant_code_taken".clone_into(&mut error.reason);
                return error;
            }
            E::NotFound => (ErrorCode::NotFound, "participant_not_found"),
            E::Changed => (ErrorCode::Conflict, "participant_changed"),
            E::StatusNotAllowed { .. } => (ErrorCode::Conflict, "status_not_allowed"),
            E::StudyNotEnrolling(_) => (ErrorCode::Conflict, "study_not_enrolling"),
            E::StudyArchived => (ErrorCode::Conflict, "study_archived"),
            E::NoEmail => (ErrorCode::Conflict, "no_email_address"),
            E::Withdrawn => (ErrorCode::Conflict, "participant_withdrawn"),
        };
        Self::new(code, reason, message)
    }
}

/// The site is not one of this study's.
pub(crate) fn unknown_site() -> ApiError {
    ApiError::field("site_id", "unknown", "must be a site of this study.")
}
