#![doc = include_str!("../README.md")]

pub mod api;
mod backoff;
pub mod js;
pub mod json;
pub mod lock;
pub mod queue;
pub mod signal;
pub mod store;
pub mod wait;

pub use signal::Signal;
pub use store::{Store, StoreError};
