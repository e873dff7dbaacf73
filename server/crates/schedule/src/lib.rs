#![doc = include_str!("../README.md")]

mod enroll;
mod error;
mod outcome;
mod plan;
pub mod status;
mod visits;
mod windows;

pub use enroll::{change_status, create_participant};
pub use error::ScheduleError;
pub use outcome::{complete, miss};
pub use plan::{Dates, plan, plan_in, window_dates};
pub use visits::{own_visits, visits};
pub use windows::{create_window, windows};
