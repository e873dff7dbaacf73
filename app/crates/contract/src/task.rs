//! What passes between the task runner in the browser, the task engine and the server.
//!
//! One session produces one sequence of [`Item`]s (trials and events), numbered from 1 without a
//! gap by [`Trial::seq`] and [`Event::seq`]. The browser stores each item, sends them in
//! [`EventBatch`]es and closes the session with [`Submit`]; the server scores again from the items.
//!
//! Units: stamps are [`Micros`] on the browser's monotonic clock since `performance.timeOrigin` of
//! one page load (`clock_epoch`); durations for people are milliseconds as `f64`.

mod batch;
mod catalogue;
mod config;
mod event;
mod event_wire;
mod quality;
mod rules;
mod summary;
#[cfg(test)]
mod tests;
mod timing;
mod trial;

pub use batch::{Ack, EventBatch, Item, Submit, SubmitReply};
pub use catalogue::{ParamInfo, ParamType, PresetInfo, TaskInfo};
pub use config::{RunConfig, RunModule, Seed};
pub use event::{Event, EventKind, Interruption};
pub use quality::Quality;
pub use summary::{Estimate, Metric, ModuleSummary, Reason};
pub use timing::{DeviceCard, Refresh, TimingReport};
pub use trial::{Action, Device, Extra, Micros, OnsetMethod, Phase, Pointer, Trial};
