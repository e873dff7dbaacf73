#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

// The tests of the library share the harness of the tests beside it
#[cfg(test)]
extern crate self as task_engine;

pub mod arrange;
pub mod effect;
pub mod input;
pub mod params;
pub mod responses;
pub mod rng;
pub mod runner;
mod runner_words;
pub mod scene;
pub mod score;
pub mod screen;
pub mod script;
pub mod simulate;
pub mod spec;
pub mod stats;
pub mod tasks;
pub mod text;
pub mod time;
pub mod timing;

pub use contract::task::{Micros, Quality};
pub use effect::{Cue, Effect, Effects};
pub use input::{Display, Input, Press};
pub use params::{ParamError, Params};
pub use responses::{Choice, Responses};
pub use runner::{Position, RunError, Runner};
pub use scene::{Scene, SceneBook, SceneId};
pub use screen::{Progress, Screen, ScreenKind};
pub use spec::TaskSpec;
pub use timing::{Measured, timing_report};

/// Version of the scoring rules. Stored with every summary.
pub const SCORING_VERSION: &str = "1";
