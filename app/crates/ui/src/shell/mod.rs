//! What stands around every page.

pub mod header;
pub mod nav;
pub mod patient;
pub mod staff;

pub use header::{Crumb, PageHeader};
pub use nav::{NavGroup, NavLink};
pub use patient::{PatientPage, PatientShell, Progress};
pub use staff::{StaffShell, StudyChoice, Viewer};

use crate::erased;
use crate::{
    i18n::t,
    icon::{Icon, IconName},
    locale::use_locale,
    page::use_page,
};
use contract::Locale;
use leptos::prelude::*;

/// First thing on the page for the keyboard.
#[component]
fn SkipLink() -> impl IntoView {
    erased(view! { <a class="skip-link" href="#main">{t(use_locale(), "skip-to-content")}</a> })
}

/// Says that nothing here is real, where it is so.
#[component]
pub fn DemoBanner() -> impl IntoView {
    let locale = use_locale();
    use_page().demo.then(|| {
        view! {
            <section class="demo-banner" aria-label=t(locale, "demo")>
                <Icon name=IconName::Info/>
                <p>
                    {t(locale, "demo-banner")} " "
                    <a href="/demo/mail">{t(locale, "demo-mail")}</a>
                </p>
            </section>
        }
    })
}

/// Switches between the languages: a plain form that works everywhere.
#[component]
pub fn LanguageSwitch(
    /// Server function that keeps the choice; takes `locale` and goes back to `back`.
    #[prop(default = "/_fn/set_language")]
    action: &'static str,
) -> impl IntoView {
    let locale = use_locale();
    let page = use_page();
    let back =
        if page.query.is_empty() { page.path } else { [&page.path, "?", &page.query].concat() };
    let buttons = Locale::ALL
        .into_iter()
        .map(|choice| {
            let (name, current) = match choice {
                Locale::En => ("English", choice == locale),
                Locale::Fr => ("Français", choice == locale),
            };
            view! {
                <button class="language-choice" type="submit" name="locale" value=choice.tag()
                    lang=choice.tag() aria-pressed=if current { "true" } else { "false" }>
                    {name}
                </button>
            }
        })
        .collect_view();
    erased(view! {
        <form class="language" method="post" action=action>
            <input type="hidden" name="back" value=back/>
            <span class="visually-hidden">{t(locale, "language")}</span>
            {buttons}
        </form>
    })
}

/// The foot of every page: language, and the reference for support.
#[component]
fn Footer() -> impl IntoView {
    let locale = use_locale();
    let reference = use_page().request_id;
    let reference = (!reference.is_empty()).then(|| {
        view! {
            <p class="footer-reference">
                {t(locale, "support-reference")} " " <code class="code">{reference}</code>
            </p>
        }
    });
    erased(view! {
        <footer class="footer">
            <LanguageSwitch/>
            {reference}
        </footer>
    })
}
