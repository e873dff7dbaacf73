#![doc = include_str!("../README.md")]

#[cfg(feature = "ssr")]
mod frame;
#[cfg(feature = "ssr")]
pub mod help;
#[cfg(feature = "ssr")]
pub mod login;
pub mod task;
#[cfg(feature = "ssr")]
pub mod today;

#[cfg(feature = "ssr")]
pub use {
    help::HelpPage,
    login::{PortalLoginPage, VerifyPage},
    task::{DonePage, TaskPage},
    today::TodayPage,
};
