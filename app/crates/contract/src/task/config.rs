//! What the server gives to the task runner.

use crate::{
    Id, Locale,
    ids::{BatteryModule, Session},
};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BTreeMap;

/// Seed of every random choice in a session. Written as a decimal string: JSON numbers end at 2^53.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Seed(pub u64);

impl Serialize for Seed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Seed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        let digits = text.bytes().all(|b| b.is_ascii_digit());
        match text.parse() {
            Ok(seed) if digits => Ok(Self(seed)),
            _ => {
                Err(serde::de::Error::custom("seed must be a string of decimal digits below 2^64"))
            }
        }
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for Seed {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        <String as utoipa::PartialSchema>::schema()
    }
}
#[cfg(feature = "openapi")]
impl utoipa::ToSchema for Seed {}

/// One module of the run: a task with its parameters and its texts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RunModule {
    pub module_id: Id<BatteryModule>,
    pub task_id: String,
    pub task_version: String,
    /// Parameters by name; what is missing has its default.
    pub params: serde_json::Map<String, serde_json::Value>,
    /// Texts of this task in the run's language, by key.
    pub strings: BTreeMap<String, String>,
    /// Planned minutes, for "about 6 minutes left".
    pub minutes: f64,
}

/// Everything the task runner needs; the same bytes give the same session.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RunConfig {
    pub session_id: Id<Session>,
    /// Secret that lets this browser add to this session, sent with every upload.
    pub upload_key: String,
    pub locale: Locale,
    pub seed: Seed,
    /// In the order in which they are run.
    pub modules: Vec<RunModule>,
    /// Texts shared by all tasks (buttons, pause, saved), by key.
    pub strings: BTreeMap<String, String>,
    /// Version of the scoring rules that the server will use.
    pub scoring_version: String,
    /// The server's clock when it wrote this, milliseconds since 1970.
    pub server_time_ms: f64,
    /// Highest contiguous `seq` that the server already holds; 0 for a fresh session.
    #[serde(default)]
    pub acknowledged: u32,
    /// Where to go when all is sent, a path on this server.
    pub return_to: String,
}
