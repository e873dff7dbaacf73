//! Stories of visits, on a real Postgres with the clock moved.
#![expect(clippy::unwrap_used, reason = "what fails in the set-up of a story fails the story")]

mod enroll;
mod outcome;
mod plan;
mod statuses;
mod windows;
mod world;
