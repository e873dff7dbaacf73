//! Safe keeping: every item in IndexedDB before the next trial, then to the server.

pub(crate) mod api;
pub(crate) mod backoff;
pub(crate) mod chain;
pub(crate) mod keeper;
pub(crate) mod lock;
pub(crate) mod queue;
mod sha256;
pub(crate) mod store;
