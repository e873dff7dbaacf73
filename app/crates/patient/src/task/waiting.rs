//! Runs that wait in this browser for the network: the portal sends them as soon as it is opened.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The words of [`WaitingRuns`], in the reader's language.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct WaitingWords {
    pub sending: String,
    pub sent: String,
    pub offline: String,
}

#[cfg(feature = "ssr")]
impl WaitingWords {
    #[must_use]
    pub fn of(locale: contract::Locale) -> Self {
        let t = |key| ui::t(locale, key);
        Self {
            sending: t("patient-waiting-sending"),
            sent: t("patient-waiting-sent"),
            offline: t("patient-waiting-offline"),
        }
    }
}

/// Says nothing while nothing waits.
#[island]
pub fn WaitingRuns(words: WaitingWords) -> impl IntoView {
    let text = RwSignal::new(String::new());
    let _ = words;
    view! { <p class="waiting-runs" role="status" data-ready="">{text}</p> }
}
