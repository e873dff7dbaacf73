//! Data transfer objects: batteries, assignments and sessions, as staff and portal see them.

use crate::ids::{
    Assignment as AssignmentEntity, Battery as BatteryEntity, BatteryModule as ModuleEntity,
    Participant, ScheduledVisit, Session as SessionEntity, Study,
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
    /// Where a battery stands.
    BatteryStatus {
        /// Being written; nobody can be given it.
        Draft = "draft",
        Active = "active",
        /// Kept for its sessions; not given to anybody any more.
        Retired = "retired",
    }
}

impl BatteryStatus {
    /// Whether staff may change this status to `next`. A battery that participants have met
    /// does not become a draft again; the server checks that.
    #[must_use]
    pub const fn may_become(self, next: Self) -> bool {
        use BatteryStatus::{Active, Draft, Retired};
        matches!(
            (self, next),
            (Draft, Active | Retired) | (Active, Draft | Retired) | (Retired, Active)
        )
    }
}

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

/// One module of a battery as staff write it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ModuleInput {
    /// Id of a task of the library, e.g. `flanker`.
    pub task_id: String,
    /// Parameters by name; what is left out has the task's default.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub params: Map<String, Value>,
}

/// Most modules in one battery.
pub const MAX_MODULES: usize = 50;

/// A new battery.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateBattery {
    /// 1 to 200 characters, unique among the study's batteries that are not retired.
    pub name: String,
    #[serde(default)]
    pub description: String,
    /// `draft` unless told; `active` can be given to participants at once.
    #[serde(default = "draft")]
    pub status: BatteryStatus,
    /// In the order in which participants meet them; at least one unless a draft.
    pub modules: Vec<ModuleInput>,
}

const fn draft() -> BatteryStatus {
    BatteryStatus::Draft
}

impl CreateBattery {
    /// The rules that need neither database nor task library.
    ///
    /// # Errors
    /// 422 with every broken rule.
    pub fn check(&self) -> Result<(), ApiError> {
        let mut check = Check::default();
        check.text("name", &self.name, 1, 200);
        check.text("description", &self.description, 0, 4000);
        check_modules(&mut check, &self.modules, self.status);
        check.done()
    }
}

/// A change of a battery. What is left out stays as it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UpdateBattery {
    /// The `revision` that the change was made from.
    pub revision: i64,
    #[serde(default)]
    pub name: Option<String>,
    #[serde(default)]
    pub description: Option<String>,
    #[serde(default)]
    pub status: Option<BatteryStatus>,
    /// All modules, in order. When participants have run the battery, this makes a new version.
    #[serde(default)]
    pub modules: Option<Vec<ModuleInput>>,
}

impl UpdateBattery {
    /// The rules that need neither database nor task library.
    ///
    /// # Errors
    /// 422 with every broken rule.
    pub fn check(&self) -> Result<(), ApiError> {
        let mut check = Check::default();
        if let Some(name) = &self.name {
            check.text("name", name, 1, 200);
        }
        if let Some(description) = &self.description {
            check.text("description", description, 0, 4000);
        }
        if let Some(modules) = &self.modules {
            check_modules(&mut check, modules, BatteryStatus::Draft);
        }
        check.done()
    }
}

fn check_modules(check: &mut Check, modules: &[ModuleInput], status: BatteryStatus) {
    if modules.len() > MAX_MODULES {
        let message = format!("must hold at most {MAX_MODULES} tasks.");
        check.fail("modules", "too_many", message, &[("max", MAX_MODULES.to_string())]);
    }
    if modules.is_empty() && status != BatteryStatus::Draft {
        check.fail("modules", "required", "must hold at least one task.".into(), &[]);
    }
}

/// One row of the list of batteries.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BatterySummary {
    pub id: Id<BatteryEntity>,
    pub study_id: Id<Study>,
    pub name: String,
    pub description: String,
    pub status: BatteryStatus,
    /// The version that the next session runs.
    pub version: i32,
    /// Task ids in order.
    pub tasks: Vec<String>,
    pub estimated_minutes: f64,
    /// Sessions of all versions that have begun.
    pub sessions: i64,
    /// Assignments that are not finished.
    pub open_assignments: i64,
    /// Number of this state. An update names the state that it was made from.
    pub revision: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// A battery with its modules.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BatteryDetail {
    #[serde(flatten)]
    pub summary: BatterySummary,
    pub modules: Vec<BatteryModuleView>,
}

/// One module of a battery.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BatteryModuleView {
    pub id: Id<ModuleEntity>,
    /// From 1.
    pub position: i32,
    pub task_id: String,
    pub task_version: String,
    /// Every parameter with its value.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub params: Map<String, Value>,
    /// How long it takes, minutes.
    pub minutes: f64,
}

/// The columns that a list of batteries sorts by.
pub const BATTERY_SORTS: &[&str] = &["name", "status", "minutes", "created", "updated"];

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

/// A run is prepared: where the browser has to go.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Launched {
    pub session_id: Id<SessionEntity>,
    /// Path with the single-use token, e.g. `/assess/?run=…`.
    pub path: String,
    /// The single-use token by itself.
    pub run: String,
    pub expires_at: DateTime<Utc>,
}

impl fmt::Debug for Launched {
    /// Without the token.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Launched")
            .field("session_id", &self.session_id)
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}

/// Prepares a run: staff for a participant who is present, or the participant in person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StartSession {
    pub participant_id: Id<Participant>,
    pub battery_id: Id<BatteryEntity>,
}

/// Trades the single-use token of a launch link for the run configuration.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FetchRun {
    /// The token, `run` in the address of the task page.
    pub launch: String,
}

impl fmt::Debug for FetchRun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FetchRun { .. }")
    }
}

/// Ends a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct EndSession {
    pub session_id: Id<SessionEntity>,
}

/// The session has ended; the same answer when it had ended before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionEnded {
    pub session_id: Id<SessionEntity>,
    pub success: bool,
    /// `completed` when it had been submitted, else `stopped`.
    pub status: SessionStatus,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_active_battery_needs_a_task_and_a_draft_does_not() {
        let mut battery = CreateBattery {
            name: "Screening".into(),
            description: String::new(),
            status: BatteryStatus::Draft,
            modules: Vec::new(),
        };
        assert!(battery.check().is_ok());
        battery.status = BatteryStatus::Active;
        assert_eq!(battery.check().unwrap_err().fields[0].field, "modules");
    }

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

    #[test]
    fn a_misspelt_field_of_a_module_is_refused_instead_of_ignored() {
        assert!(
            serde_json::from_str::<ModuleInput>(r#"{"task_id":"flanker","parms":{}}"#).is_err()
        );
    }

    #[test]
    fn secrets_do_not_show_in_debug_output() {
        let launched = Launched {
            session_id: Id::from_uuid(uuid::Uuid::nil()),
            path: "/assess/?run=hush".into(),
            run: "hush".into(),
            expires_at: DateTime::UNIX_EPOCH,
        };
        assert!(!format!("{launched:?} {:?}", FetchRun { launch: "hush".into() }).contains("hush"));
    }
}
