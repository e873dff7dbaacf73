//! Stories of data that leaves the system, on a real Postgres.
#![expect(clippy::unwrap_used, reason = "what fails in the set-up of a story fails the story")]

mod audit;
mod csv_tables;
mod full;
mod session_file;
mod streaming;
mod world;
