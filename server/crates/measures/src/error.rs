//! What can go wrong, in words that say what to do.

use chrono::NaiveDate;
use contract::measure::{AssignmentStatus, BatteryStatus, SessionStatus};
use contract::study::StudyStatus;
use contract::{ApiError, ErrorCode, FieldError};
use platform::{Denied, Failure};
use std::collections::BTreeMap;

/// Why an action on batteries, assignments or sessions did not happen. What belongs to another
/// study or another participant is answered like what does not exist.
#[derive(Debug, thiserror::Error)]
pub enum MeasureError {
    #[error(transparent)]
    Denied(#[from] Denied),
    #[error(transparent)]
    Invalid(#[from] ApiError),
    #[error("There is no such battery in this study.")]
    BatteryNotFound,
    #[error("There is no such assignment.")]
    AssignmentNotFound,
    #[error("There is no such session.")]
    SessionNotFound,
    #[error("There is no such participant in this study.")]
    ParticipantNotFound,
    #[error("Another battery of this study already has this name. Choose a different one.")]
    BatteryNameTaken,
    #[error(
        "Somebody else has changed this battery since you opened it. Reload it to see the \
             change, then make yours again."
    )]
    BatteryChanged,
    #[error("A battery that is {from} cannot become {to}.")]
    BatteryStatusNotAllowed { from: BatteryStatus, to: BatteryStatus },
    #[error("The battery is {0}. Only an active battery can be given to participants and begun.")]
    BatteryNotActive(BatteryStatus),
    #[error(
        "The participant already has this battery to do. Cancel that assignment first, or \
             let the participant finish it."
    )]
    AlreadyAssigned,
    #[error("The participant has withdrawn and gets no more tasks.")]
    Withdrawn,
    #[error("The study is {0}; tasks are given and begun only in an active study.")]
    StudyNotActive(StudyStatus),
    #[error("The study is archived. Its records can be read, not changed.")]
    StudyArchived,
    #[error("The assignment is {0}; there is nothing left to do in it.")]
    AssignmentClosed(AssignmentStatus),
    #[error("The tasks can be begun from {0} on.")]
    NotYetDue(NaiveDate),
    #[error("This link has been used or is too old. Go back to your tasks and start again.")]
    LaunchLinkSpent,
    #[error("The upload key does not belong to a session, or has been replaced by a newer start.")]
    UnknownUploadKey,
    /// Items are missing before those that were sent.
    #[error("Items {first} to {last} are missing. Send them first.")]
    Gap { first: u32, last: u32 },
    #[error("Item {0} was stored before with another content. What is stored stays.")]
    ConflictingResend(u32),
    #[error("The session is {0} and takes nothing more.")]
    SessionClosed(SessionStatus),
    #[error("The session was submitted before with another content. What is stored stays.")]
    SubmittedDifferently,
    #[error("The session holds {held} items, but its last one is said to be number {said}.")]
    BeyondEnd { held: u32, said: u32 },
    #[error(transparent)]
    Failure(Failure),
}

impl From<Failure> for MeasureError {
    fn from(failure: Failure) -> Self {
        match failure.constraint() {
            Some("battery_name_key") => Self::BatteryNameTaken,
            Some("assignment_open_key") => Self::AlreadyAssigned,
            Some("assignment_participant_fkey") => Self::Invalid(ApiError::field(
                "participant_id",
                "unknown",
                "must be a participant of this study.",
            )),
            Some("assignment_battery_fkey") => Self::Invalid(ApiError::field(
                "battery_id",
                "unknown",
                "must be a battery of this study.",
            )),
            Some("assignment_visit_fkey") => Self::Invalid(unknown_visit()),
            _ => Self::Failure(failure),
        }
    }
}

impl From<sqlx::Error> for MeasureError {
    fn from(error: sqlx::Error) -> Self {
        Failure::from(error).into()
    }
}

impl From<serde_json::Error> for MeasureError {
    fn from(error: serde_json::Error) -> Self {
        Self::Failure(error.into())
    }
}

impl From<MeasureError> for ApiError {
    fn from(error: MeasureError) -> Self {
        use ErrorCode::{Conflict, NotFound, Unauthenticated};
        use MeasureError as E;
        let message = error.to_string();
        let (code, reason) = match error {
            E::Denied(denied) => return denied.into(),
            E::Invalid(error) => return error,
            E::Failure(failure) => return failure.into(),
            E::BatteryNameTaken => {
                return conflict("battery_name_taken", message, "name", "taken", &[]);
            }
            E::Gap { first, last } => {
                let numbers = [("expected", first), ("first", first), ("last", last)];
                return conflict("items_missing", message, "first_seq", "gap", &numbers);
            }
            E::ConflictingResend(seq) => {
                let numbers = [("seq", seq)];
                return conflict("item_conflict", message, "items", "conflict", &numbers);
            }
            E::BeyondEnd { held, said } => {
                let numbers = [("held", held), ("last_seq", said)];
                return conflict("items_beyond_end", message, "last_seq", "too_small", &numbers);
            }
            E::BatteryNotFound => (NotFound, "battery_not_found"),
            E::AssignmentNotFound => (NotFound, "assignment_not_found"),
            E::SessionNotFound => (NotFound, "session_not_found"),
            E::ParticipantNotFound => (NotFound, "participant_not_found"),
            E::BatteryChanged => (Conflict, "battery_changed"),
            E::BatteryStatusNotAllowed { .. } => (Conflict, "battery_status_not_allowed"),
            E::BatteryNotActive(_) => (Conflict, "battery_not_active"),
            E::AlreadyAssigned => (Conflict, "already_assigned"),
            E::Withdrawn => (Conflict, "participant_withdrawn"),
            E::StudyNotActive(_) => (Conflict, "study_not_active"),
            E::StudyArchived => (Conflict, "study_archived"),
            E::AssignmentClosed(_) => (Conflict, "assignment_closed"),
            E::NotYetDue(_) => (Conflict, "not_yet_due"),
            E::LaunchLinkSpent => (Conflict, "launch_link_spent"),
            E::UnknownUploadKey => (Unauthenticated, "unknown_upload_key"),
            E::SessionClosed(_) => (Conflict, "session_ended"),
            E::SubmittedDifferently => (Conflict, "submitted_differently"),
        };
        Self::new(code, reason, message)
    }
}

/// A conflict (409) that one field is at the root of.
fn conflict(
    reason: &str,
    message: String,
    field: &str,
    rule: &str,
    numbers: &[(&str, u32)],
) -> ApiError {
    let params: BTreeMap<_, _> =
        numbers.iter().map(|(name, number)| ((*name).to_owned(), number.to_string())).collect();
    let field =
        FieldError { field: field.into(), rule: rule.into(), message: message.clone(), params };
    let mut error = ApiError::new(ErrorCode::Conflict, reason, message);
    error.fields.push(field);
    error
}

/// The visit is not one of this participant's.
pub(crate) fn unknown_visit() -> ApiError {
    ApiError::field("visit_id", "unknown", "must be a visit of this participant.")
}
