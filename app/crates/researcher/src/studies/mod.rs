//! Studies: list, create, overview.

#[cfg(feature = "ssr")]
pub mod list;
#[cfg(feature = "ssr")]
pub mod new;
#[cfg(feature = "ssr")]
pub mod overview;
pub mod server_fns;

#[cfg(feature = "ssr")]
pub use {list::StudiesPage, new::NewStudyPage, overview::StudyPage};

#[cfg(feature = "ssr")]
mod words {
    use contract::Locale;
    use contract::study::StudyStatus;
    use leptos::prelude::*;
    use ui::{StatusTag, Tone, t};

    /// The status as the same word and mark everywhere.
    pub(crate) fn status_tag(locale: Locale, status: StudyStatus) -> impl IntoView {
        let tone = match status {
            StudyStatus::Active => Tone::Good,
            StudyStatus::Paused => Tone::Attention,
            StudyStatus::Draft | StudyStatus::Completed | StudyStatus::Archived => Tone::Info,
        };
        view! { <StatusTag tone word=status_word(locale, status)/> }
    }

    pub(crate) fn status_word(locale: Locale, status: StudyStatus) -> String {
        t(locale, &["study-status-", status.as_str()].concat())
    }
}
#[cfg(feature = "ssr")]
pub(crate) use words::{status_tag, status_word};
