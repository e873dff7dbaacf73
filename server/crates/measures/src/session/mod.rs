//! Sessions: one run of a battery, from the launch link to the scores.

mod append;
mod end;
mod launch;
mod list;
mod locked;
mod read;
mod scores;
mod start;
mod store;
mod submit;
mod upload;

pub use append::append;
pub use end::end;
pub use launch::{launch, launch_for};
pub use list::{sessions, sessions_of_all};
pub use read::{counts, record, session};
pub use start::start;
pub use submit::submit;
pub use upload::authenticate_upload;
