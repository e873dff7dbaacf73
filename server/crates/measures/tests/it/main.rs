//! Stories of batteries and sessions, on a real Postgres and with the real task engine.
#![expect(clippy::unwrap_used, reason = "what fails in the set-up of a story fails the story")]

mod assignments;
mod batteries;
mod isolation;
mod launch;
mod lists;
mod run;
mod submit;
mod uploads;
mod world;
