//! Accounts of staff: list and registration, for administrators.

#[cfg(feature = "ssr")]
pub mod page;
pub mod server_fns;

#[cfg(feature = "ssr")]
pub use page::{NewUserPage, UsersPage};
