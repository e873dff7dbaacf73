#![doc = include_str!("../README.md")]

pub mod error;
pub mod managed;
pub mod site;
pub mod study;
pub mod time_zone;

pub use error::StudyError;
pub use managed::is_redcap_managed;
