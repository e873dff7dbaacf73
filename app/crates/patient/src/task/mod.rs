//! Before and after a task, and the sending of what waits on the phone.

#[cfg(feature = "ssr")]
pub mod page;
#[cfg(feature = "hydrate")]
mod sender;
pub mod server_fns;
pub mod waiting;

#[cfg(feature = "ssr")]
pub use page::{DonePage, TaskPage};
pub use waiting::{WaitingRuns, WaitingWords};
