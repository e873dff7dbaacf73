//! Participants of a study: list, create, one participant.

#[cfg(feature = "ssr")]
pub mod detail;
#[cfg(feature = "ssr")]
mod fields;
pub mod islands;
#[cfg(feature = "ssr")]
pub mod list;
#[cfg(feature = "ssr")]
pub mod new;
pub mod server_fns;
#[cfg(feature = "ssr")]
mod words;

#[cfg(feature = "ssr")]
pub(crate) use words::{status_tag, status_word};
#[cfg(feature = "ssr")]
pub use {detail::ParticipantPage, list::ParticipantsPage, new::NewParticipantPage};
