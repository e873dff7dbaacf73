//! Before and after a task, and what the phone keeps: a run to continue, answers to send.

pub mod kept;
#[cfg(feature = "ssr")]
pub mod page;
pub mod server_fns;
pub mod waiting;

pub use kept::{KeptRun, KeptWords};
#[cfg(feature = "ssr")]
pub use page::{DonePage, TaskPage};
pub use waiting::{WaitingRuns, WaitingWords};
