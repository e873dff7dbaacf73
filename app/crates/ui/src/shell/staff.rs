//! The portal of researchers and coordinators.

use super::{DemoBanner, Footer, NavGroup, SkipLink, nav};
use crate::erased;
use crate::{
    i18n::t,
    icon::{Icon, IconName},
    islands::{SearchShortcut, SessionWatch, SessionWords},
    locale::use_locale,
    logo::Logo,
    page::use_page,
};
use leptos::prelude::*;

/// Who is signed in.
#[derive(Debug, Clone)]
pub struct Viewer {
    pub name: String,
    /// The system role in the reader's language.
    pub role: String,
    /// For signing in again in place.
    pub email: String,
    /// Seconds until the session ends.
    pub session_seconds: u32,
}

/// A study that the viewer may open.
#[derive(Debug, Clone)]
pub struct StudyChoice {
    pub href: String,
    pub code: String,
    pub name: String,
    pub current: bool,
}

/// Header, navigation, main part and foot. The page's `<main id="main">` is here.
#[component]
pub fn StaffShell(
    viewer: Viewer,
    nav: Vec<NavGroup>,
    /// For the study switcher; no switcher when empty.
    #[prop(optional)]
    studies: Vec<StudyChoice>,
    /// Page that finds a participant by code, sent by GET as `search`; no field without it.
    #[prop(optional, into)]
    search_action: Option<String>,
    /// Where the sign-out form posts to.
    #[prop(default = "/_fn/sign_out")]
    sign_out: &'static str,
    /// Where the dialog signs in again.
    #[prop(default = "/api/auth/login/browser")]
    sign_in: &'static str,
    /// What renews the session.
    #[prop(default = "/api/auth/me")]
    renew: &'static str,
    children: Children,
) -> impl IntoView {
    let locale = use_locale();
    let path = use_page().path;
    let search = search_action.map(|action| {
        erased(view! {
            <SearchShortcut>
                <form class="header-search" method="get" action=action role="search" aria-label=t(locale, "shell-search")>
                    <span class="search-box">
                        <Icon name=IconName::Search/>
                        <input class="input" type="search" name="search" autocomplete="off"
                            spellcheck="false" aria-label=t(locale, "shell-search")
                            placeholder=t(locale, "shell-search")/>
                        <kbd>"/"</kbd>
                    </span>
                </form>
            </SearchShortcut>
        })
    });
    let watch = erased(view! {
        <SessionWatch seconds_left=viewer.session_seconds words=SessionWords::of(locale, false)
            login_url="/login" sign_in_url=Some(sign_in.to_owned()) renew_url=renew
            email=Some(viewer.email.clone())/>
    });
    erased(view! {
        <SkipLink/>
        <div class="staff-shell">
            <DemoBanner/>
            <header class="staff-header">
                <a class="logo-link" href="/dashboard"><Logo/></a>
                {erased(switcher(studies))}
                {search}
                {erased(account_menu(&viewer, sign_out))}
            </header>
            <div class="staff-body">
                <details class="staff-nav-fold">
                    <summary class="button"><Icon name=IconName::Menu/><span>{t(locale, "shell-menu")}</span></summary>
                    <nav class="nav" aria-label=t(locale, "shell-nav")>{erased(nav::groups(&nav, &path))}</nav>
                </details>
                <nav class="nav staff-nav" aria-label=t(locale, "shell-nav")>{erased(nav::groups(&nav, &path))}</nav>
                <div class="staff-main">
                    <main id="main" tabindex="-1">{children()}</main>
                    <Footer/>
                </div>
            </div>
        </div>
        {watch}
    })
}

fn switcher(studies: Vec<StudyChoice>) -> impl IntoView {
    let locale = use_locale();
    (!studies.is_empty()).then(|| {
        let here = studies.iter().find(|study| study.current).map_or_else(
            || view! { <span>{t(locale, "shell-choose-study")}</span> }.into_any(),
            |study| {
                view! {
                    <span class="switcher-code">{study.code.clone()}</span>
                    <span class="switcher-name">{study.name.clone()}</span>
                }
                .into_any()
            },
        );
        let links = studies
            .into_iter()
            .map(|study| {
                let current = study.current.then_some("true");
                view! {
                    <li>
                        <a href=study.href aria-current=current>
                            <span class="switcher-code">{study.code}</span>
                            <span class="switcher-name">{study.name}</span>
                        </a>
                    </li>
                }
            })
            .collect_view();
        view! {
            <details class="menu switcher" name="header-menu">
                <summary>
                    <span class="visually-hidden">{t(locale, "shell-switch-study")}</span>
                    {here}
                    <Icon name=IconName::ChevronDown/>
                </summary>
                <div class="menu-panel">
                    <ul>{links}</ul>
                    <a class="menu-more" href="/studies">{t(locale, "shell-all-studies")}</a>
                </div>
            </details>
        }
    })
}

fn account_menu(viewer: &Viewer, sign_out: &'static str) -> impl IntoView + use<> {
    let locale = use_locale();
    let Viewer { name, role, .. } = viewer.clone();
    erased(view! {
        <details class="menu account-menu" name="header-menu">
            <summary>
                <Icon name=IconName::User/>
                <span class="account-name">{name.clone()}</span>
                <Icon name=IconName::ChevronDown/>
            </summary>
            <div class="menu-panel">
                <p class="menu-who"><strong>{name}</strong><span>{role}</span></p>
                <ul><li><a href="/account">{t(locale, "shell-account")}</a></li></ul>
                <form method="post" action=sign_out>
                    <button class="menu-button" type="submit">
                        <Icon name=IconName::SignOut/>
                        <span>{t(locale, "shell-sign-out")}</span>
                    </button>
                </form>
            </div>
        </details>
    })
}
