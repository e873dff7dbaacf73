//! Studies.

mod by_code;
mod create;
mod list;
mod row;
mod status;
mod update;

pub use by_code::id_by_code;
pub use create::{create, create_demo};
pub use list::{get, list};
pub use status::change_status;
pub use update::update;

pub(crate) use row::{refuse_archived, word};
