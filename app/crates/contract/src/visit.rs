//! Data transfer objects: visit windows of a study and the visits planned from them.

use crate::ids::{Battery, Participant, ScheduledVisit, Study, VisitWindow as WindowEntity};
use crate::permission::{UnknownWord, words};
use crate::validate::Check;
use crate::{ApiError, Id};
use chrono::{DateTime, NaiveDate, Utc};
use core::{fmt, str::FromStr};
use serde::{Deserialize, Serialize};

words! {
    /// What the days of a visit window are counted from.
    VisitAnchor {
        /// The enrollment date of the participant (day 0).
        Enrollment = "enrollment",
    }
}

words! {
    /// Where a visit stands today, by the date at the participant's site.
    VisitStatus {
        /// The window has not opened yet.
        Upcoming = "upcoming",
        /// The window is open.
        Due = "due",
        /// The window has closed and nobody has said what became of the visit.
        Overdue = "overdue",
        /// Staff have recorded that it did not take place.
        Missed = "missed",
        Completed = "completed",
        /// Not expected any more, because the participant has left the study.
        Cancelled = "cancelled",
    }
}

impl VisitStatus {
    /// Staff can still complete it or mark it missed.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Upcoming | Self::Due | Self::Overdue)
    }
}

/// A visit that the study's design foresees for every participant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VisitWindow {
    pub id: Id<WindowEntity>,
    pub study_id: Id<Study>,
    pub name: String,
    pub anchor: VisitAnchor,
    /// Days from the anchor to the target date; 0 is the anchor's own day.
    pub target_day: i32,
    /// Days by which the visit may be early.
    pub days_before: i32,
    /// Days by which the visit may be late.
    pub days_after: i32,
    /// What is done at the visit.
    pub battery_id: Option<Id<Battery>>,
    /// Place in the study's order of visits, from 1.
    pub position: i32,
    pub created_at: DateTime<Utc>,
}

/// A new visit window. It gets the next place in the order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateVisitWindow {
    /// 1 to 100 characters, unique in the study.
    pub name: String,
    /// -365 to 7300 days from enrolment.
    pub target_day: i32,
    /// 0 to 365 days.
    #[serde(default)]
    pub days_before: i32,
    /// 0 to 365 days.
    #[serde(default)]
    pub days_after: i32,
    #[serde(default)]
    pub battery_id: Option<Id<Battery>>,
}

impl CreateVisitWindow {
    /// The rules that need no database.
    ///
    /// # Errors
    /// 422 with every broken rule.
    pub fn check(&self) -> Result<(), ApiError> {
        let mut check = Check::default();
        check.text("name", &self.name, 1, 100);
        check.range("target_day", self.target_day, -365, 7300);
        check.range("days_before", self.days_before, 0, 365);
        check.range("days_after", self.days_after, 0, 365);
        check.done()
    }
}

/// A visit of one participant. All dates are local dates of the participant's site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Visit {
    pub id: Id<ScheduledVisit>,
    pub participant_id: Id<Participant>,
    pub visit_window_id: Id<WindowEntity>,
    /// Name of the visit window.
    pub name: String,
    /// Target date.
    pub scheduled_date: NaiveDate,
    /// First day on which the visit counts.
    pub window_start: NaiveDate,
    /// Last day on which the visit counts.
    pub window_end: NaiveDate,
    pub status: VisitStatus,
    /// When it took place; set exactly when completed.
    pub actual_date: Option<NaiveDate>,
    /// Why it was missed, or completed outside its window.
    pub reason: Option<String>,
    pub battery_id: Option<Id<Battery>>,
    /// Number of this state. A change names the state that it was made from.
    pub version: i64,
}

/// A visit took place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CompleteVisit {
    /// The `version` that the change was made from.
    pub version: i64,
    /// Local date of the site, not in the future.
    pub actual_date: NaiveDate,
    /// Needed when the date lies outside the window.
    #[serde(default)]
    pub reason: Option<String>,
}

impl CompleteVisit {
    /// The rules that need no database.
    ///
    /// # Errors
    /// 422 with every broken rule.
    pub fn check(&self) -> Result<(), ApiError> {
        let mut check = Check::default();
        check.text("reason", self.reason.as_deref().unwrap_or_default(), 0, 500);
        check.done()
    }
}

/// A visit did not take place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MissVisit {
    /// The `version` that the change was made from.
    pub version: i64,
    pub reason: String,
}

impl MissVisit {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_beyond_the_limits_names_every_field() {
        let window = CreateVisitWindow {
            name: String::new(),
            target_day: 10_000,
            days_before: -1,
            days_after: 366,
            battery_id: None,
        };
        let fields: Vec<_> =
            window.check().unwrap_err().fields.into_iter().map(|f| f.field).collect();
        assert_eq!(fields, ["name", "target_day", "days_before", "days_after"]);
    }

    #[test]
    fn a_missed_visit_says_why() {
        let missed = MissVisit { version: 1, reason: " ".into() };
        assert_eq!(missed.check().unwrap_err().fields[0].rule, "required");
    }
}
