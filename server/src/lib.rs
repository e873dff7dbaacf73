#![doc = include_str!("../README.md")]
// Deep view types of the pages.
#![recursion_limit = "256"]

pub mod commands;
pub mod config;
pub mod demo;
pub mod http;
pub mod jobs;
pub mod serve;
pub mod state;
pub mod telemetry;
