//! Assignments: a battery given to a participant.

use crate::ids::{
    Assignment as AssignmentEntity, Battery as BatteryEntity, Participant, ScheduledVisit,
    Session as SessionEntity, Study,
};
use crate::permission::{UnknownWord, words};
use crate::validate::Check;
use crate::{ApiError, Id};
use chrono::{DateTime, NaiveDate, Utc};
use core::{fmt, str::FromStr};
use serde::{Deserialize, Serialize};

words! {
    /// Where an assignment stands.
    AssignmentStatus {
        /// Given to the participant, not begun.
        Assigned = "assigned",
        InProgress = "in_progress",
        Completed = "completed",
        /// Taken back by staff.
        Cancelled = "cancelled",
    }
}

impl AssignmentStatus {
    /// The participant still has something to do.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Assigned | Self::InProgress)
    }
}

/// Gives a battery to a participant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateAssignment {
    pub participant_id: Id<Participant>,
    pub battery_id: Id<BatteryEntity>,
    /// The visit that it belongs to.
    #[serde(default)]
    pub visit_id: Option<Id<ScheduledVisit>>,
    /// First day on which it can be begun, local date of the participant's site.
    #[serde(default)]
    pub due_from: Option<NaiveDate>,
    /// Last day on which it is in time.
    #[serde(default)]
    pub due_to: Option<NaiveDate>,
}

impl CreateAssignment {
    /// The rules that need no database.
    ///
    /// # Errors
    /// 422 with every broken rule.
    pub fn check(&self) -> Result<(), ApiError> {
        let mut check = Check::default();
        if let (Some(from), Some(to)) = (self.due_from, self.due_to)
            && to < from
        {
            let message =
                format!("must be {from} or later: it is the end of the time to do it in.");
            check.fail("due_to", "before_start", message, &[("min", from.to_string())]);
        }
        check.done()
    }
}

/// Takes an assignment back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CancelAssignment {
    /// Why, 1 to 500 characters; kept in the audit trail.
    pub reason: String,
}

impl CancelAssignment {
    /// The rules that need no database.
    ///
    /// # Errors
    /// 422 with every broken rule.
    pub fn check(&self) -> Result<(), ApiError> {
        let mut check = Check::default();
        check.text("reason", &self.reason, 1, 500);
        check.done()
    }
}

/// A battery given to a participant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AssignmentView {
    pub id: Id<AssignmentEntity>,
    pub study_id: Id<Study>,
    pub participant_id: Id<Participant>,
    pub participant_code: String,
    pub battery_id: Id<BatteryEntity>,
    pub battery_name: String,
    pub visit_id: Option<Id<ScheduledVisit>>,
    pub status: AssignmentStatus,
    pub due_from: Option<NaiveDate>,
    pub due_to: Option<NaiveDate>,
    /// Runs that were begun.
    pub attempts: i64,
    /// The newest of them.
    pub last_session: Option<Id<SessionEntity>>,
    pub cancel_reason: Option<String>,
    pub created_at: DateTime<Utc>,
    pub completed_at: Option<DateTime<Utc>>,
}

/// What a list of assignments may ask for, beside paging.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema, utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(default)]
pub struct AssignmentFilter {
    pub participant: Option<Id<Participant>>,
    pub battery: Option<Id<BatteryEntity>>,
}

/// The columns that a list of assignments sorts by.
pub const ASSIGNMENT_SORTS: &[&str] = &["created", "participant", "battery", "status", "due"];

/// One task of an assignment, as the participant reads it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnTask {
    pub task_id: String,
    /// In the participant's language.
    pub name: String,
    pub minutes: f64,
}

/// A battery as the participant who is to do it sees it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnAssignment {
    pub id: Id<AssignmentEntity>,
    pub battery_name: String,
    pub status: AssignmentStatus,
    pub due_from: Option<NaiveDate>,
    pub due_to: Option<NaiveDate>,
    /// Today where the participant's site is.
    pub today: NaiveDate,
    /// It can be begun now: open, active, and not before its first day.
    pub can_start: bool,
    /// It was begun before and not finished.
    pub begun: bool,
    pub estimated_minutes: f64,
    pub tasks: Vec<OwnTask>,
    pub completed_at: Option<DateTime<Utc>>,
}

impl OwnAssignment {
    /// The last day has passed.
    #[must_use]
    pub fn is_late(&self) -> bool {
        self.status.is_open() && self.due_to.is_some_and(|due| due < self.today)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_to_do_it_in_does_not_end_before_it_begins() {
        let day = |d| NaiveDate::from_ymd_opt(2026, 3, d);
        let nil = uuid::Uuid::nil();
        let mut assignment = CreateAssignment {
            participant_id: Id::from_uuid(nil),
            battery_id: Id::from_uuid(nil),
            visit_id: None,
            due_from: day(5),
            due_to: day(4),
        };
        let error = assignment.check().unwrap_err();
        assert_eq!(
            (error.fields[0].field.as_str(), error.fields[0].rule.as_str()),
            ("due_to", "before_start")
        );
        assignment.due_to = day(5);
        assert!(assignment.check().is_ok());
    }
}
