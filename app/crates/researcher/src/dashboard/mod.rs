//! "What needs me today?", then "how are the studies going?".

#[cfg(feature = "ssr")]
pub mod page;

#[cfg(feature = "ssr")]
pub use page::DashboardPage;
