#![doc = include_str!("../README.md")]

#[cfg(feature = "ssr")]
mod frame;
#[cfg(feature = "ssr")]
pub mod login;
#[cfg(feature = "ssr")]
pub mod password;
pub mod server_fns;
#[cfg(feature = "ssr")]
pub mod sessions;

#[cfg(feature = "ssr")]
pub use {login::LoginPage, password::PasswordPage, sessions::AccountPage};
