//! Tests of the whole server.
#![expect(clippy::unwrap_used, reason = "what fails in the set-up of a story fails the story")]

mod access;
mod app;
mod architecture;
mod auth;
mod bad_input;
mod http_rules;
mod line;
mod logs;
mod openapi;
mod participants;
mod portal_isolation;
mod studies;
mod whole_line;
