//! Batteries: ordered tasks with their parameters.

use crate::ids::{Battery as BatteryEntity, BatteryModule as ModuleEntity, Study};
use crate::permission::{UnknownWord, words};
use crate::validate::Check;
use crate::{ApiError, Id};
use chrono::{DateTime, Utc};
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
    fn a_misspelt_field_of_a_module_is_refused_instead_of_ignored() {
        assert!(
            serde_json::from_str::<ModuleInput>(r#"{"task_id":"flanker","parms":{}}"#).is_err()
        );
    }
}
