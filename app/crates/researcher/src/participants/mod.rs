//! Participants of a study: list, create, one participant.

#[cfg(feature = "ssr")]
mod detail;
#[cfg(feature = "ssr")]
mod fields;
pub mod islands;
#[cfg(feature = "ssr")]
mod list;
#[cfg(feature = "ssr")]
mod new;
pub mod server_fns;
#[cfg(feature = "ssr")]
mod words;

#[cfg(feature = "ssr")]
pub(crate) use words::{status_tag, status_word};
#[cfg(feature = "ssr")]
pub use {detail::ParticipantPage, list::ParticipantsPage, new::NewParticipantPage};
