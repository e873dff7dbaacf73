//! Tests of the whole server.
#![expect(clippy::unwrap_used, reason = "what fails in the set-up of a story fails the story")]

mod app;
mod architecture;
mod auth;
mod participants;
mod studies;
