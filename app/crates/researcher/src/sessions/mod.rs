//! Assessment sessions: list, and one session with its plots, its timing report and every trial.

#[cfg(feature = "ssr")]
pub mod detail;
#[cfg(feature = "ssr")]
pub mod list;
#[cfg(feature = "ssr")]
mod plots;
#[cfg(feature = "ssr")]
mod scores;
#[cfg(feature = "ssr")]
mod timing;
#[cfg(feature = "ssr")]
mod words;

#[cfg(feature = "ssr")]
pub use {detail::SessionPage, list::SessionsPage};
