//! Laws and examples of the task engine.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod arranging;
mod chance;
mod desk;
mod flanker_scores;
mod golden;
mod interruptions;
mod laws;
mod onsets;
mod parameters;
mod resuming;
mod simple_rt_scores;
mod statistics;
mod stories;
mod support;
mod texts;
mod timing;
mod validity;
