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

/// What the page says about them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    None,
    #[cfg(feature = "hydrate")]
    Sending,
    #[cfg(feature = "hydrate")]
    Waiting,
    #[cfg(feature = "hydrate")]
    Sent,
}

impl State {
    /// For `data-waiting`.
    const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            #[cfg(feature = "hydrate")]
            Self::Sending => "sending",
            #[cfg(feature = "hydrate")]
            Self::Waiting => "waiting",
            #[cfg(feature = "hydrate")]
            Self::Sent => "sent",
        }
    }

    fn text(self, words: &WaitingWords) -> String {
        #[cfg(not(feature = "hydrate"))]
        let _ = words;
        match self {
            Self::None => String::new(),
            #[cfg(feature = "hydrate")]
            Self::Sending => words.sending.clone(),
            #[cfg(feature = "hydrate")]
            Self::Waiting => words.offline.clone(),
            #[cfg(feature = "hydrate")]
            Self::Sent => words.sent.clone(),
        }
    }
}

/// Sends what the task runner left in this browser, now and when the network returns, and says so.
/// Takes no room while nothing waits. `reload`: load the page anew once all is sent, for a page
/// that shows what the server holds.
#[island]
pub fn WaitingRuns(words: WaitingWords, reload: bool) -> impl IntoView {
    let ready = use_ready();
    let (state, set_state) = signal(State::None);
    #[cfg(feature = "hydrate")]
    browser::start(reload, state, set_state);
    #[cfg(not(feature = "hydrate"))]
    let _ = (reload, set_state);
    // Never `hidden`: who listens hears only of what stood on the page before
    view! {
        <p class="waiting-runs" class:visually-hidden=move || state.get() == State::None role="status"
            data-ready=move || ready.get() data-waiting=move || state.get().name()>
            {move || state.get().text(&words)}
        </p>
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use super::State;
    use leptos::prelude::*;
    use leptos::task::spawn_local;
    use run_outbox::Store;
    use run_outbox::queue::{Waiting, send_waiting};

    pub(super) fn start(reload: bool, state: ReadSignal<State>, set_state: WriteSignal<State>) {
        let Some(window) = web_sys::window() else { return };
        spawn_local(async move {
            // Without a database nothing can wait
            let Ok(store) = Store::open().await else { return };
            let told = move |waiting| match waiting {
                // A repeat is not worth saying: what was said last still holds
                Waiting::Sending if state.get_untracked() == State::Waiting => {}
                Waiting::Sending => set_state.set(State::Sending),
                Waiting::Offline => set_state.set(State::Waiting),
                Waiting::Sent => set_state.set(State::Sent),
            };
            send_waiting(&window, &store, None, told).await;
            if state.get_untracked() != State::Sent {
                // Refused: kept for support, and nothing that the participant could do
                set_state.set(State::None);
            } else if reload {
                let _ = window.location().reload();
            }
        });
    }
}
