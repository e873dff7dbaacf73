//! Comfortable or compact tables.

use super::use_ready;
use crate::icon::{Icon, IconName};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// Words of the [`DensitySwitch`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DensityWords {
    pub compact: String,
}

#[cfg(feature = "ssr")]
impl DensityWords {
    #[must_use]
    pub fn of(locale: contract::Locale) -> Self {
        Self { compact: crate::i18n::t(locale, "table-compact") }
    }
}

/// Name under which the browser keeps the choice.
#[cfg(feature = "hydrate")]
const KEY: &str = "metricis.density";

/// A switch between comfortable and compact rows, for every table on every page; the browser
/// keeps the choice.
#[island]
pub fn DensitySwitch(words: DensityWords) -> impl IntoView {
    let ready = use_ready();
    let (compact, set_compact) = signal(false);
    #[cfg(feature = "hydrate")]
    {
        Effect::new(move || {
            if stored().as_deref() == Some("compact") {
                set_compact.set(true);
            }
        });
        Effect::new(move |before: Option<bool>| {
            let now = compact.get();
            if let Some(root) = super::dom::document().and_then(|d| d.document_element()) {
                let _ = root.toggle_attribute_with_force("data-compact", now);
            }
            if before.is_some_and(|before| before != now) {
                store(if now { "compact" } else { "comfortable" });
            }
            now
        });
    }
    view! {
        <button class="button button-quiet density" type="button" data-ready=move || ready.get()
            aria-pressed=move || if compact.get() { "true" } else { "false" }
            on:click=move |_| set_compact.update(|on| *on = !*on)>
            <Icon name=IconName::Rows/>
            <span>{words.compact}</span>
        </button>
    }
}

#[cfg(feature = "hydrate")]
fn stored() -> Option<String> {
    super::dom::window()?.local_storage().ok()??.get_item(KEY).ok()?
}

#[cfg(feature = "hydrate")]
fn store(value: &str) {
    if let Some(Ok(Some(storage))) = super::dom::window().map(|window| window.local_storage()) {
        let _ = storage.set_item(KEY, value);
    }
}
