//! Tables that are read, sorted and paged through by links.

pub mod data_table;
pub mod filters;
pub mod links;
mod sorting;

pub use data_table::{Column, DataTable, EmptyState, Row};
pub use filters::Filters;
pub use links::ListLinks;
