//! Stories of studies and sites, against a real database.
#![expect(clippy::unwrap_used, reason = "what fails in the set-up of a story fails the story")]

mod managed;
mod sites;
mod study;
mod world;
