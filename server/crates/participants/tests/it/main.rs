//! Stories of participants, on a real Postgres.
#![expect(clippy::unwrap_used, reason = "what fails in the set-up of a story fails the story")]

mod contact;
mod create;
mod link;
mod list;
mod status;
mod update;
mod world;
