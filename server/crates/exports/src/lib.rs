#![doc = include_str!("../README.md")]

mod cell;
mod error;
mod export;
mod full;
mod session;
mod sink;
mod table;

pub use error::ExportError;
pub use export::{Body, Export};
pub use full::full;
pub use session::session;
pub use table::{columns, table};
