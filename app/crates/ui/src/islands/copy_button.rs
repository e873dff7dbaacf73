//! Copies a code.

use super::use_ready;
use crate::icon::{Icon, IconName};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// Words of a [`CopyButton`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CopyWords {
    /// What the button does, e.g. "Copy code P-0012".
    pub copy: String,
    /// Said once it is done.
    pub copied: String,
}

#[cfg(feature = "ssr")]
impl CopyWords {
    /// The words for copying `what`, e.g. a participant's code.
    #[must_use]
    pub fn of(locale: contract::Locale, what: &str) -> Self {
        Self {
            copy: crate::t!(locale, "copy", what = what),
            copied: crate::i18n::t(locale, "copied"),
        }
    }
}

/// A small button that puts `text` on the clipboard and says so.
#[island]
pub fn CopyButton(text: String, words: CopyWords) -> impl IntoView {
    let ready = use_ready();
    let (done, set_done) = signal(false);
    let label = words.copy.clone();
    let copy = move |_| {
        #[cfg(feature = "hydrate")]
        {
            let text = text.clone();
            wasm_bindgen_futures::spawn_local(async move {
                let Some(window) = super::dom::window() else { return };
                let written = window.navigator().clipboard().write_text(&text);
                if wasm_bindgen_futures::JsFuture::from(written).await.is_ok() {
                    set_done.set(true);
                    gloo::timers::callback::Timeout::new(2_000, move || set_done.set(false))
                        .forget();
                }
            });
        }
        #[cfg(not(feature = "hydrate"))]
        let _ = (&text, set_done);
    };
    view! {
        <span class="copy" data-ready=move || ready.get()>
            <button class="icon-button" type="button" on:click=copy class:copy-done=move || done.get()>
                <span class="copy-idle"><Icon name=IconName::Copy/></span>
                <span class="copy-tick"><Icon name=IconName::Check/></span>
                <span class="visually-hidden">{label}</span>
            </button>
            <span class="visually-hidden" role="status">
                {move || if done.get() { words.copied.clone() } else { String::new() }}
            </span>
        </span>
    }
}
