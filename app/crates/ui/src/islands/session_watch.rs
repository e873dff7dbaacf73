//! Watches over the session: warns before it ends, and signs in again in place.

use super::use_ready;
use leptos::{ev::SubmitEvent, html::Dialog, prelude::*};
use serde::{Deserialize, Serialize};

/// Words of the [`SessionWatch`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionWords {
    /// "Your session ends in less than 2 minutes."
    pub warning: String,
    pub stay: String,
    /// Title of the dialog once the session has ended.
    pub ended: String,
    /// Why, and that nothing typed is lost.
    pub explain: String,
    pub email: String,
    pub password: String,
    pub sign_in: String,
    /// To the sign-in page, giving up what was typed.
    pub leave: String,
    pub offline: String,
    pub failed: String,
}

#[cfg(feature = "ssr")]
impl SessionWords {
    /// The words in `locale`, for staff (`false`) or for participants, who sign in by link.
    #[must_use]
    pub fn of(locale: contract::Locale, participant: bool) -> Self {
        use crate::i18n::t;
        let explain =
            if participant { "session-explain-participant" } else { "session-explain-staff" };
        Self {
            warning: t(locale, "session-warning"),
            stay: t(locale, "session-stay"),
            ended: t(locale, "session-ended"),
            explain: t(locale, explain),
            email: t(locale, "session-email"),
            password: t(locale, "session-password"),
            sign_in: t(locale, "session-sign-in"),
            leave: t(locale, "session-leave"),
            offline: t(locale, "form-offline"),
            failed: t(locale, "form-failed"),
        }
    }
}

/// Seconds before the end at which the warning shows.
#[cfg(feature = "hydrate")]
const WARN_BEFORE: u32 = 120;
/// Seconds between two renewals while the person is active.
#[cfg(feature = "hydrate")]
const RENEW_EVERY: u32 = 60;

/// Knows how long the session still lives. While the person types or points, it renews the session
/// by asking `renew_url` (any answer of the server to a signed-in request renews it; a JSON body
/// with `session_seconds_left` sets the time anew). It warns two minutes before the end. At the
/// end, or when a form is refused for it, it opens a dialog to sign in again without leaving the page.
///
/// `sign_in_url` takes `{"email", "password"}` as JSON and sets the cookie; without it (patients
/// sign in by link) the dialog only explains and leads to `login_url`.
#[island]
pub fn SessionWatch(
    /// Seconds until the session ends, at the time the page was made.
    seconds_left: u32,
    words: SessionWords,
    #[prop(into)] login_url: String,
    #[prop(optional_no_strip)] sign_in_url: Option<String>,
    #[prop(into)] renew_url: String,
    /// Who was signed in: the form is theirs, so nobody else may go on with it.
    #[prop(optional_no_strip)]
    email: Option<String>,
) -> impl IntoView {
    let ready = use_ready();
    let dialog = NodeRef::<Dialog>::new();
    let (warned, set_warned) = signal(false);
    let (message, set_message) = signal(String::new());
    let (busy, set_busy) = signal(false);
    let with_password = sign_in_url.is_some();
    let known = email.is_some();
    #[cfg(feature = "hydrate")]
    browser::watch(dialog, seconds_left, set_warned, renew_url.clone());
    #[cfg(not(feature = "hydrate"))]
    let _ = (seconds_left, set_warned);
    let stay = move |_| {
        #[cfg(feature = "hydrate")]
        browser::renew(renew_url.clone(), seconds_left);
        #[cfg(not(feature = "hydrate"))]
        let _ = &renew_url;
    };
    let failed = words.failed.clone();
    let offline = words.offline.clone();
    let sign_in = move |event: SubmitEvent| {
        #[cfg(feature = "hydrate")]
        if let Some(url) = sign_in_url.clone() {
            let words = (offline.clone(), failed.clone());
            browser::sign_in(&event, dialog, url, words, set_busy, set_message);
        }
        #[cfg(not(feature = "hydrate"))]
        let _ = (event, &sign_in_url, &failed, &offline, set_busy, set_message);
    };
    let leave = words.leave.clone();
    let leave_url = login_url.clone();
    view! {
        <div class="session-watch" data-ready=move || ready.get()>
            <div class="session-warning" role="status" hidden=move || !warned.get()>
                <p>{words.warning}</p>
                <button class="button" type="button" on:click=stay><span>{words.stay}</span></button>
            </div>
            <dialog class="dialog" node_ref=dialog aria-labelledby="session-ended-title" data-session-dialog>
                <h2 class="dialog-title" id="session-ended-title">{words.ended}</h2>
                <p>{words.explain}</p>
                <form class="form" method="post" on:submit=sign_in hidden=!with_password>
                    <p class="field-error" role="alert" hidden=move || message.get().is_empty()>
                        {move || message.get()}
                    </p>
                    <div class="field">
                        <label class="field-label" for="again-email">{words.email}</label>
                        <input class="input" id="again-email" name="email" type="email" value=email
                            readonly=known autocomplete="username" spellcheck="false"
                            autocapitalize="none"/>
                    </div>
                    <div class="field">
                        <label class="field-label" for="again-password">{words.password}</label>
                        <input class="input" id="again-password" name="password" type="password"
                            autocomplete="current-password" prop:autofocus=known/>
                    </div>
                    <div class="form-actions">
                        <button class="button button-primary" type="submit" disabled=move || busy.get()>
                            <span>{words.sign_in}</span>
                        </button>
                    </div>
                </form>
                <p><a href=leave_url>{leave}</a></p>
            </dialog>
        </div>
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use super::super::{
        dom,
        send::{Answer, get, post},
    };
    use super::{RENEW_EVERY, WARN_BEFORE};
    use leptos::{ev::SubmitEvent, html::Dialog, prelude::*};
    use std::cell::Cell;
    use std::rc::Rc;
    use wasm_bindgen::{JsCast, JsValue};
    use wasm_bindgen_futures::spawn_local;
    use web_sys::{FormData, HtmlFormElement};

    fn open(dialog: NodeRef<Dialog>) {
        if let Some(dialog) = dialog.get_untracked()
            && !dialog.open()
        {
            let _ = dialog.show_modal();
        }
    }

    /// Counts down by the wall clock: a phone that slept does not stretch the session.
    pub(super) fn watch(
        dialog: NodeRef<Dialog>,
        seconds: u32,
        set_warned: WriteSignal<bool>,
        renew_url: String,
    ) {
        let Some(window) = dom::window() else { return };
        let ends = Rc::new(Cell::new(now() + f64::from(seconds) * 1000.0));
        let active = Rc::new(Cell::new(false));
        let asked = Rc::new(Cell::new(now()));
        for name in ["keydown", "pointerdown"] {
            let active = Rc::clone(&active);
            gloo::events::EventListener::new(&window, name, move |_| active.set(true)).forget();
        }
        for name in [dom::SESSION_RENEWED, dom::SESSION_SEEN] {
            let ends = Rc::clone(&ends);
            gloo::events::EventListener::new(&window, name, move |_| {
                ends.set(now() + f64::from(seconds) * 1000.0);
                set_warned.set(false);
            })
            .forget();
        }
        let options = gloo::events::EventListenerOptions::enable_prevent_default();
        gloo::events::EventListener::new_with_options(
            &window,
            dom::SESSION_ENDED,
            options,
            move |event| {
                event.prevent_default();
                open(dialog);
            },
        )
        .forget();
        gloo::timers::callback::Interval::new(1_000, move || {
            let left = (ends.get() - now()) / 1000.0;
            set_warned.set(left > 0.0 && left <= f64::from(WARN_BEFORE));
            if left <= 0.0 {
                open(dialog);
            } else if active.get() && now() - asked.get() >= f64::from(RENEW_EVERY) * 1000.0 {
                active.set(false);
                asked.set(now());
                let url = renew_url.clone();
                let ends = Rc::clone(&ends);
                spawn_local(async move {
                    if let Some(left) = ask(&url, seconds).await {
                        ends.set(now() + left * 1000.0);
                    }
                });
            }
        })
        .forget();
    }

    fn now() -> f64 {
        js_sys::Date::now()
    }

    /// Seconds left after a renewal; none when the server was not reached. An ended session opens
    /// the dialog.
    async fn ask(url: &str, whole: u32) -> Option<f64> {
        match get(url).await {
            Answer::Done { body, .. } => Some(
                dom::property(&body, "session_seconds_left")
                    .and_then(|left| left.as_f64())
                    .unwrap_or(f64::from(whole)),
            ),
            Answer::Refused { signed_out: true, .. } => {
                let _ = dom::announce(dom::SESSION_ENDED);
                None
            }
            _ => None,
        }
    }

    pub(super) fn renew(url: String, seconds: u32) {
        spawn_local(async move {
            if ask(&url, seconds).await.is_some() {
                let _ = dom::announce(dom::SESSION_RENEWED);
            }
        });
    }

    pub(super) fn sign_in(
        event: &SubmitEvent,
        dialog: NodeRef<Dialog>,
        url: String,
        (offline, failed): (String, String),
        set_busy: WriteSignal<bool>,
        set_message: WriteSignal<String>,
    ) {
        event.prevent_default();
        // The form around this one, if any, is another one
        event.stop_propagation();
        let Some(form) = event.target().and_then(|t| t.dyn_into::<HtmlFormElement>().ok()) else {
            return;
        };
        let Ok(fields) = FormData::new_with_form(&form) else { return };
        let body = js_sys::Object::new();
        for name in ["email", "password"] {
            let _ = js_sys::Reflect::set(&body, &JsValue::from_str(name), &fields.get(name));
        }
        let Ok(json) = js_sys::JSON::stringify(&body) else { return };
        set_busy.set(true);
        set_message.set(String::new());
        spawn_local(async move {
            let answer = post(&url, &json, Some("application/json")).await;
            set_busy.set(false);
            match answer {
                Answer::Done { .. } => {
                    form.reset();
                    if let Some(dialog) = dialog.get_untracked() {
                        dialog.close();
                    }
                    let _ = dom::announce(dom::SESSION_RENEWED);
                }
                Answer::Refused { error: Some(error), .. } => set_message.set(error.message),
                Answer::Refused { error: None, .. } => set_message.set(failed),
                Answer::Unreachable => set_message.set(offline),
            }
        });
    }
}
