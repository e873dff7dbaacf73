//! Batteries: tasks in order, with their parameters.

mod create;
mod modules;
mod read;
mod update;

pub use create::create_battery;
pub use read::{batteries, battery};
pub use update::update_battery;

pub(crate) use modules::{Stored, stored};
