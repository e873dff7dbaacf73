//! Stories of people who sign in, against a real database.
#![expect(clippy::unwrap_used, reason = "what fails in the set-up of a story fails the story")]

mod accounts;
mod guessing;
mod links;
mod matrix;
mod members;
mod sessions;
mod tokens;
mod world;
