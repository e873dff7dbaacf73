//! Scores of one module.

use serde::{Deserialize, Serialize};

/// Why a metric has no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// No trial at all in this cell.
    NoTrials,
    /// Fewer trials than the metric needs.
    TooFewTrials,
    /// All values are alike, so that a spread, slope or ratio has no meaning.
    NoVariation,
    /// The parameters in force leave this out (e.g. no neutral trials).
    NotPlanned,
    /// The estimate did not settle.
    NoConvergence,
}

/// A value, or why there is none. Never not-a-number.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Estimate {
    Value { value: f64 },
    NotEstimable { reason: Reason },
}

impl Estimate {
    /// The value, if there is one.
    #[must_use]
    pub const fn value(self) -> Option<f64> {
        match self {
            Self::Value { value } => Some(value),
            Self::NotEstimable { .. } => None,
        }
    }
}

/// One score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Metric {
    /// Stable name, e.g. `median_rt`.
    pub name: String,
    #[serde(flatten)]
    pub estimate: Estimate,
    /// `ms`, `count`, `proportion`, `ms_per_s`, `per_day`, `points`, or empty for a bare number.
    pub unit: String,
    /// Trials it rests on.
    pub n_used: u32,
    /// Ids of the rules that chose those trials, e.g. `R1`, in order of use.
    pub rules: Vec<String>,
}

/// Scores and verdict of one module.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ModuleSummary {
    pub module: u32,
    pub task_id: String,
    pub task_version: String,
    pub scoring_version: String,
    /// 16 hexadecimal digits over the parameters in force, defaults included.
    pub params_hash: String,
    pub metrics: Vec<Metric>,
    /// Whether the module may be interpreted (rule R7).
    pub valid: bool,
    /// Why not, and what else is odd: stable words such as `accuracy_near_chance`.
    pub flags: Vec<String>,
}

impl ModuleSummary {
    /// The metric of that name.
    #[must_use]
    pub fn metric(&self, name: &str) -> Option<&Metric> {
        self.metrics.iter().find(|m| m.name == name)
    }

    /// Its value, if it has one.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<f64> {
        self.metric(name).and_then(|m| m.estimate.value())
    }
}
