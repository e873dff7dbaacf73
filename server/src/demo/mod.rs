//! The demonstration: one invented study with simulated results, and the file that tells scripts
//! and tests how to sign in.

mod file;
mod people;
mod runs;
mod seed;
mod story;

pub use file::{DemoFile, DemoParticipant, DemoUser};
pub use seed::{Seeded, seed};
