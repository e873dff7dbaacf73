//! Data transfer objects: batteries, assignments and sessions, as staff and portal see them.

mod assignment;
mod battery;
mod run;
mod session;

pub use assignment::{
    ASSIGNMENT_SORTS, AssignmentFilter, AssignmentStatus, AssignmentView, CancelAssignment,
    CreateAssignment, OwnAssignment, OwnTask,
};
pub use battery::{
    BATTERY_SORTS, BatteryDetail, BatteryModuleView, BatteryStatus, BatterySummary, CreateBattery,
    MAX_MODULES, ModuleInput, UpdateBattery,
};
pub use run::{EndSession, FetchRun, Launched, SessionEnded, StartSession};
pub use session::{
    MeasureCounts, SESSION_SORTS, SessionDetail, SessionFilter, SessionModule, SessionRecord,
    SessionStatus, SessionSummary, session_flag,
};
