#![doc = include_str!("../README.md")]

mod assignment;
mod battery;
mod error;
mod key;
mod library;
mod record;
mod session;

pub use assignment::{assign, assignment, assignments, cancel, own_assignment, own_assignments};
pub use battery::{batteries, battery, create_battery, update_battery};
pub use error::MeasureError;
pub use library::{catalogue, estimate};
pub use session::{
    append, authenticate_upload, counts, end, launch, launch_for, record, session, sessions,
    sessions_of_all, start, submit,
};
