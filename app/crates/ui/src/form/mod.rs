//! Forms: a plain server-rendered form, improved in the browser where script runs.

pub mod words;

pub use words::FormWords;

#[cfg(feature = "ssr")]
pub mod fault;
#[cfg(feature = "ssr")]
pub mod view;
#[cfg(feature = "ssr")]
pub use fault::FormFault;
#[cfg(feature = "ssr")]
pub use view::{ErrorSummary, Form};
