//! The sites of a study.

#[cfg(feature = "ssr")]
pub mod page;
pub mod server_fns;

#[cfg(feature = "ssr")]
pub use page::SitesPage;
