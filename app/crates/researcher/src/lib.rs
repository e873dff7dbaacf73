#![doc = include_str!("../README.md")]
#![recursion_limit = "256"]

pub mod batteries;
pub mod dashboard;
#[cfg(feature = "ssr")]
mod frame;
pub mod participants;
pub mod sessions;
pub mod sites;
pub mod studies;
#[cfg(feature = "ssr")]
mod tasks;
pub mod users;
pub mod visit_windows;
