//! Status: a word with a mark, the same word everywhere.

use crate::erased;
use crate::notice::Tone;
use leptos::prelude::*;

/// A status word with the mark of its tone. The word comes from the catalogue (`status-…` in
/// `common.ftl`).
#[component]
pub fn StatusTag(#[prop(optional)] tone: Tone, #[prop(into)] word: String) -> impl IntoView {
    let mark = match tone {
        Tone::Neutral => "M2 6a4 4 0 1 0 8 0 4 4 0 0 0-8 0",
        Tone::Info => "M6 1.5A4.5 4.5 0 0 0 6 10.5z M6 1.5a4.5 4.5 0 0 1 0 9",
        Tone::Good => "M2 6.3l2.8 2.8L10 3.4",
        Tone::Attention => "M6 1.5L11 10.5H1z",
        Tone::Bad => "M2.5 2.5l7 7M9.5 2.5l-7 7",
    };
    erased(view! {
        <span class=format!("tag {}", tone.class())>
            <svg class="tag-mark" viewBox="0 0 12 12" width="12" height="12" aria-hidden="true" focusable="false">
                <path d=mark></path>
            </svg>
            {word}
        </span>
    })
}
