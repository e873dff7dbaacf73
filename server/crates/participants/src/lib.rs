#![doc = include_str!("../README.md")]

mod contact;
mod counts;
mod create;
mod error;
mod get;
pub mod link;
mod list;
pub mod local;
mod own;
mod record;
mod status;
mod update;

pub use contact::reveal_contact;
pub use counts::counts;
pub use create::{Created, create, create_in};
pub use error::ParticipantError;
pub use get::get;
pub use list::list;
pub use own::own;
pub use record::study_open;
pub use status::{StatusChanged, change_status, change_status_in};
pub use update::update;
