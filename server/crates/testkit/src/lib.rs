#![doc = include_str!("../README.md")]

mod cluster;
mod database;
mod smtp_sink;

pub use database::{EmptyDb, OpenError, TestDb};
pub use smtp_sink::{Received, SmtpSink};
