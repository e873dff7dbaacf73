//! Assignments: a battery given to a participant.

mod cancel;
mod create;
mod own;
mod read;

pub use cancel::cancel;
pub use create::assign;
pub use own::{own_assignment, own_assignments};
pub use read::{assignment, assignments};

pub(crate) use create::{Target, insert};
