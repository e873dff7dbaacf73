//! Sessions: what a run recorded and what came out.

use crate::ids::{
    Assignment as AssignmentEntity, Battery as BatteryEntity, BatteryModule as ModuleEntity,
    Participant, Session as SessionEntity, Study,
};
use crate::permission::{UnknownWord, words};
use crate::task::{Event, ModuleSummary, Seed, TimingReport, Trial};
use crate::validate::Check;
use crate::{ApiError, Id, Locale};
use chrono::{DateTime, NaiveDate, Utc};
use core::{fmt, str::FromStr};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

words! {
    /// Where a session stands.
    SessionStatus {
        /// The link exists; no browser has fetched the tasks yet.
        Launched = "launched",
        Running = "running",
        /// Submitted and scored.
        Completed = "completed",
        /// Ended before it was submitted.
        Stopped = "stopped",
        /// Given up for a newer attempt.
        Interrupted = "interrupted",
    }
}

/// Marks of a session that its reader should know of.
pub mod session_flag {
    /// The browser's summary differs from the server's.
    pub const SUMMARY_DIFFERS: &str = "summary_differs";
    /// Begun after the last day of the assignment.
    pub const LATE: &str = "late";
    /// The browser's timing report differs from the one that the server made of the items.
    pub const TIMING_DIFFERS: &str = "timing_differs";
    /// A newer attempt had begun when this one was submitted.
    pub const SUPERSEDED: &str = "superseded";
    /// At least one module may not be interpreted (rule R7).
    pub const NOT_VALID: &str = "not_valid";
    /// Submitted before all modules had ended.
    pub const INCOMPLETE: &str = "incomplete";
}

/// One row of the list of sessions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionSummary {
    pub id: Id<SessionEntity>,
    pub study_id: Id<Study>,
    pub participant_id: Id<Participant>,
    pub participant_code: String,
    pub battery_id: Id<BatteryEntity>,
    pub battery_name: String,
    pub battery_version: i32,
    pub assignment_id: Id<AssignmentEntity>,
    /// From 1.
    pub attempt: i32,
    pub status: SessionStatus,
    /// Language of the texts; none before the run has been fetched.
    pub language: Option<Locale>,
    /// Trials stored, practice included.
    pub trials: i32,
    /// Words of [`session_flag`] and of the modules' summaries.
    pub flags: Vec<String>,
    pub created_at: DateTime<Utc>,
    pub started_at: Option<DateTime<Utc>>,
    pub completed_at: Option<DateTime<Utc>>,
}

/// What a list of sessions may ask for, beside paging; `search` looks in participant codes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema, utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(default)]
pub struct SessionFilter {
    pub participant: Option<Id<Participant>>,
    pub battery: Option<Id<BatteryEntity>>,
    /// First day (UTC) on which the session was made.
    pub start_date: Option<NaiveDate>,
    /// Last day (UTC), included.
    pub end_date: Option<NaiveDate>,
    /// Only sessions with this mark.
    pub flag: Option<String>,
}

impl SessionFilter {
    /// The rules that need no database.
    ///
    /// # Errors
    /// 422 naming `end_date` when it lies before `start_date`.
    pub fn check(&self) -> Result<(), ApiError> {
        let mut check = Check::default();
        if let (Some(from), Some(to)) = (self.start_date, self.end_date)
            && to < from
        {
            let message = format!("must be {from} or later.");
            check.fail("end_date", "before_start", message, &[("min", from.to_string())]);
        }
        check.done()
    }
}

/// The columns that a list of sessions sorts by.
pub const SESSION_SORTS: &[&str] =
    &["created", "participant", "battery", "status", "started", "completed", "trials"];

/// One module of a session: what was run and what came out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionModule {
    pub module_id: Id<ModuleEntity>,
    /// Index in the session, from 0; trials name it.
    pub module: u32,
    pub task_id: String,
    pub task_version: String,
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub params: Map<String, Value>,
    /// The server's scores; none before the session was submitted.
    pub summary: Option<ModuleSummary>,
    /// The browser's own, only where they differ.
    pub browser_summary: Option<ModuleSummary>,
    /// Names of what differs.
    pub differing: Vec<String>,
}

/// A session with its scores and its timing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionDetail {
    #[serde(flatten)]
    pub summary: SessionSummary,
    pub seed: Option<Seed>,
    pub scoring_version: Option<String>,
    /// Items stored without a gap.
    pub items: i32,
    pub modules: Vec<SessionModule>,
    pub timing: Option<TimingReport>,
    pub ended_at: Option<DateTime<Utc>>,
}

/// Everything that a session recorded, in order of `seq`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionRecord {
    pub trials: Vec<Trial>,
    pub events: Vec<Event>,
}

/// How many sessions and open assignments a study has, for a dashboard.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MeasureCounts {
    pub sessions_completed: i64,
    pub sessions_running: i64,
    /// Sessions with at least one mark.
    pub sessions_flagged: i64,
    pub assignments_open: i64,
    /// Open assignments whose last day has passed at the participant's site.
    pub assignments_late: i64,
}
