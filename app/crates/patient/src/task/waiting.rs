//! Runs that wait in this browser for the network: the portal sends them as soon as it is opened.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use ui::use_ready;

/// The words of [`WaitingRuns`], in the reader's language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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

/// Sends what the task runner left in this browser, now and whenever the network returns, and
/// says so. Says nothing while nothing waits. `reload`: load the page anew once all is sent, for
/// a page that shows what the server holds.
#[island]
pub fn WaitingRuns(words: WaitingWords, reload: bool) -> impl IntoView {
    let ready = use_ready();
    let (text, set_text) = signal(String::new());
    let (state, set_state) = signal("none");
    #[cfg(feature = "hydrate")]
    super::sender::start(words, reload, set_text, set_state);
    #[cfg(not(feature = "hydrate"))]
    let _ = (words, reload, set_text, set_state);
    view! {
        <p class="waiting-runs" role="status" data-ready=move || ready.get() data-waiting=state>
            {text}
        </p>
    }
}
