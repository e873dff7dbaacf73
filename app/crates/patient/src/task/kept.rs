//! A run that was begun in this browser and not finished: the way back to it.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use ui::use_ready;

/// The words of [`KeptRun`], in the reader's language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptWords {
    pub go_on: String,
    pub again: String,
}

#[cfg(feature = "ssr")]
impl KeptWords {
    #[must_use]
    pub fn of(locale: contract::Locale) -> Self {
        let t = |key| ui::t(locale, key);
        Self { go_on: t("patient-continue"), again: t("patient-again") }
    }
}

/// Offers to continue the run that this browser keeps, in place of what stands inside
/// (`children`), and to start again at `again` as the second choice. Shows what stands inside where
/// nothing is kept, and until that is known.
///
/// `done_page` is [`contract::run_store::done_page`] of an assignment of the participant who is
/// signed in. On a device that several share the runs of the others lead elsewhere, so none of them
/// is offered.
#[island]
pub fn KeptRun(
    done_page: String,
    again: String,
    words: KeptWords,
    /// Whether this is the page's main action.
    main: bool,
    children: Children,
) -> impl IntoView {
    let ready = use_ready();
    // None until the browser has looked; then where the run goes on, if there is one
    let (found, set_found) = signal(None::<Option<String>>);
    #[cfg(feature = "hydrate")]
    browser::look(done_page, set_found);
    #[cfg(not(feature = "hydrate"))]
    let _ = (done_page, set_found);
    let is_kept = move || found.with(|found| matches!(found, Some(Some(_))));
    let state = move || match found.get() {
        None => "unknown",
        Some(None) => "none",
        Some(Some(_)) => "found",
    };
    let class = if main { "button button-primary" } else { "button" };
    view! {
        <div class="kept-run" data-ready=move || ready.get() data-kept=state>
            <div class="kept-run-choice" hidden=move || !is_kept()>
                <a class=class href=move || found.get().flatten()><span>{words.go_on}</span></a>
                <a class="button button-quiet" href=again><span>{words.again}</span></a>
            </div>
            <div class="kept-run-none" hidden=is_kept>{children()}</div>
        </div>
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use leptos::prelude::*;
    use leptos::task::spawn_local;
    use run_outbox::Store;

    pub(super) fn look(done_page: String, set_found: WriteSignal<Option<Option<String>>>) {
        spawn_local(async move {
            let launch = newest(&done_page).await;
            set_found.set(Some(launch.map(|launch| ["/assess/?run=", &launch].concat())));
        });
    }

    /// The launch id of the run that was begun last.
    async fn newest(done_page: &str) -> Option<String> {
        let runs = Store::open().await.ok()?.runs().await.ok()?;
        runs.into_iter()
            .filter(|run| run.goes_on_to(done_page))
            .max_by(|one, other| one.started_at_ms.total_cmp(&other.started_at_ms))
            .map(|run| run.launch)
    }
}
