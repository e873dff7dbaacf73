//! Data transfer objects: what leaves the system as files.

use crate::permission::{UnknownWord, words};
use core::{fmt, str::FromStr};
use serde::{Deserialize, Serialize};

words! {
    /// One table of a study's CSV export.
    ExportTable {
        /// One row a trial.
        Trials = "trials",
        /// One row a session, with its timing report.
        Sessions = "sessions",
        /// One row a metric of a module of a session.
        Summaries = "summaries",
        /// One row a participant, without contact data.
        Participants = "participants",
    }
}

/// Which table of a study to write as CSV.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema, utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
pub struct ExportQuery {
    pub table: ExportTable,
}

words! {
    /// How one session is written to a file.
    SessionFormat {
        /// One row a trial.
        Csv = "csv",
        /// Scores, timing report, trials and events.
        Json = "json",
    }
}

/// What a column of an exported table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ColumnInfo {
    /// The header of the column.
    pub name: &'static str,
    /// `ms`, `us`, `Hz`, `count`, or empty.
    pub unit: &'static str,
    /// In English.
    pub meaning: &'static str,
}
