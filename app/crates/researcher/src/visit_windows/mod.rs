//! The visit windows of a study: what its design foresees for every participant.

#[cfg(feature = "ssr")]
pub mod page;
pub mod server_fns;

#[cfg(feature = "ssr")]
pub use page::VisitWindowsPage;
