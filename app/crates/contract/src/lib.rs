#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

pub mod error;
pub mod export;
pub mod identity;
pub mod ids;
pub mod locale;
pub mod measure;
pub mod page;
pub mod participant;
pub mod permission;
pub mod run_store;
pub mod study;
pub mod task;
pub mod validate;
pub mod visit;

pub use error::{ApiError, ErrorCode, FieldError, REFUSAL_TYPE};
pub use ids::Id;
pub use locale::Locale;
pub use page::{ListQuery, Order, Page, Pagination};
