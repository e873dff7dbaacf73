//! What lives in the browser on a participant's page.

use contract::participant::Contact;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use ui::use_ready;

/// Words of [`RevealContact`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevealWords {
    pub show: String,
    pub hide: String,
    pub busy: String,
    /// Shown where a field is empty.
    pub none: String,
    pub email: String,
    pub phone: String,
    pub given_name: String,
    pub family_name: String,
}

/// A button that fetches the contact data and shows it until it is hidden again. The data is
/// never part of the page: each look is a request of its own, and an entry in the audit trail.
#[island]
pub fn RevealContact(study: String, participant: String, words: RevealWords) -> impl IntoView {
    let ready = use_ready();
    let (contact, set_contact) = signal(None::<Contact>);
    let (message, set_message) = signal(String::new());
    let shown = move || contact.with(Option::is_some);
    let busy = words.busy.clone();
    let toggle = move |_| {
        if contact.with_untracked(Option::is_some) {
            set_contact.set(None);
            return;
        }
        set_message.set(busy.clone());
        #[cfg(feature = "hydrate")]
        {
            let (study, participant) = (study.clone(), participant.clone());
            leptos::task::spawn_local(async move {
                match super::server_fns::reveal_contact(study, participant).await {
                    Ok(found) => {
                        set_contact.set(Some(found));
                        set_message.set(String::new());
                    }
                    Err(error) => {
                        if error.0.code == contract::ErrorCode::Unauthenticated
                            && ui::islands::dom::announce(ui::islands::dom::SESSION_ENDED)
                        {
                            set_message.set(String::new());
                        } else {
                            set_message.set(error.0.message);
                        }
                    }
                }
            });
        }
        #[cfg(not(feature = "hydrate"))]
        let _ = (&study, &participant);
    };
    let RevealWords { show, hide, none, email, phone, given_name, family_name, .. } = words;
    let lines = move || {
        contact.get().map(|contact| {
            let line = |term: &String, value: Option<String>| {
                let value = value.unwrap_or_else(|| none.clone());
                view! { <div class="fact"><dt>{term.clone()}</dt><dd>{value}</dd></div> }
            };
            view! {
                <dl class="facts">
                    {line(&email, contact.email)}
                    {line(&phone, contact.phone)}
                    {line(&given_name, contact.given_name)}
                    {line(&family_name, contact.family_name)}
                </dl>
            }
        })
    };
    view! {
        <div class="reveal" data-ready=move || ready.get()>
            <button class="button" type="button" on:click=toggle
                aria-expanded=move || if shown() { "true" } else { "false" }>
                <span>{move || if shown() { hide.clone() } else { show.clone() }}</span>
            </button>
            <p role="status">{move || message.get()}</p>
            <div aria-live="polite">{lines}</div>
        </div>
    }
}
