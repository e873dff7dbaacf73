//! Safe keeping: every item in IndexedDB before the next trial. Sending is `run_outbox`'s.

pub(crate) mod chain;
pub(crate) mod keeper;
mod sha256;
