//! The tasks there are and their parameters, as data: forms and documents are made from it.

use serde::{Deserialize, Serialize};

/// The kind of a parameter with its default and its limits.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ParamType {
    Int { default: i64, min: i64, max: i64 },
    Number { default: f64, min: f64, max: f64 },
    Flag { default: bool },
    Choice { default: String, options: Vec<String> },
}

/// One parameter of a task.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ParamInfo {
    pub name: String,
    #[serde(flatten)]
    pub kind: ParamType,
    /// `ms`, `trials`, or empty.
    pub unit: String,
    /// Name for a form field, in the reader's language.
    pub label: String,
    /// What it does, in the reader's language.
    pub meaning: String,
    /// Where the default comes from, if published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// One task as the battery builder shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TaskInfo {
    pub id: String,
    pub version: String,
    /// In the reader's language.
    pub name: String,
    /// One sentence for staff, in the reader's language.
    pub summary: String,
    /// `attention`, `speed`, `working_memory`, `executive`, `episodic`, `language`, `social`, `decision`.
    pub domain: String,
    /// With default parameters.
    pub minutes: f64,
    /// The publications it follows.
    pub source: String,
    pub params: Vec<ParamInfo>,
    /// Published sets of values, such as those for an age.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub presets: Vec<PresetInfo>,
}

/// Values of parameters that belong together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PresetInfo {
    pub id: String,
    /// In the reader's language.
    pub name: String,
    /// For whom, in the reader's language.
    pub meaning: String,
    /// The publication of these values.
    pub source: String,
    /// What differs from the defaults, by name.
    pub params: serde_json::Map<String, serde_json::Value>,
}
