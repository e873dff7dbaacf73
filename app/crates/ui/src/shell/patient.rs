//! The portal of participants: phone first, one thing a page.

use super::{DemoBanner, Footer, NavLink, SkipLink};
use crate::erased;
use crate::{
    i18n::t,
    icon::Icon,
    islands::{SessionWatch, SessionWords},
    locale::use_locale,
    logo::Logo,
    page::use_page,
};
use leptos::prelude::*;

/// Header, the page, and the navigation at the bottom (two to five places; none on pages before
/// signing in).
#[component]
pub fn PatientShell(
    #[prop(optional)] nav: Vec<NavLink>,
    /// Seconds until the session ends; none before signing in.
    #[prop(optional)]
    session_seconds: Option<u32>,
    /// What renews the session.
    #[prop(default = "/api/portal/session")]
    renew: &'static str,
    children: Children,
) -> impl IntoView {
    let locale = use_locale();
    let path = use_page().path;
    let links = nav
        .into_iter()
        .map(|link| {
            let current = (link.href == path).then_some("page");
            view! {
                <li>
                    <a href=link.href aria-current=current>
                        <Icon name=link.icon/>
                        <span>{link.label}</span>
                    </a>
                </li>
            }
        })
        .collect::<Vec<_>>();
    let bottom = (!links.is_empty()).then(|| {
        view! { <nav class="bottom-nav" aria-label=t(locale, "shell-nav")><ul>{links}</ul></nav> }
    });
    let watch = session_seconds.map(|seconds_left| {
        erased(view! {
            <SessionWatch seconds_left words=SessionWords::of(locale, true)
                login_url="/portal/login" sign_in_url=None renew_url=renew email=None/>
        })
    });
    erased(view! {
        <SkipLink/>
        <div class="patient-shell">
            <DemoBanner/>
            <header class="patient-header"><Logo/></header>
            <main id="main" class="patient-main" tabindex="-1">{children()}</main>
            <Footer/>
            {bottom}
        </div>
        {watch}
    })
}

/// One page for a participant: its title, what it is for, and one action (`action`), full width
/// and within reach of the thumb. A second, quieter action at most, in `second`.
#[component]
pub fn PatientPage(
    #[prop(into)] title: String,
    #[prop(optional, into)] lead: Option<String>,
    #[prop(optional, into)] action: Option<ViewFn>,
    #[prop(optional, into)] second: Option<ViewFn>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    crate::page::name_tab(&title);
    let actions = (action.is_some() || second.is_some()).then(|| {
        view! {
            <div class="patient-actions">
                {action.map(|action| action.run())}
                {second.map(|second| second.run())}
            </div>
        }
    });
    erased(view! {
        <div class="patient-page">
            <h1>{title}</h1>
            {lead.map(|lead| view! { <p class="lead">{lead}</p> })}
            {children.map(|children| children())}
            {actions}
        </div>
    })
}

/// `Task 2 of 3, about 6 minutes left`, with a bar.
#[component]
pub fn Progress(
    /// The one that is on now, from 1.
    step: u32,
    steps: u32,
    /// Minutes left for all of it.
    #[prop(optional)]
    minutes: Option<u32>,
) -> impl IntoView {
    let locale = use_locale();
    let text = match minutes {
        Some(minutes) => {
            crate::t!(locale, "progress-minutes", step = step, steps = steps, count = minutes)
        }
        None => crate::t!(locale, "progress", step = step, steps = steps),
    };
    erased(view! {
        <div class="progress">
            <p id="progress-text">{text}</p>
            <progress max=steps.max(1) value=step.saturating_sub(1) aria-labelledby="progress-text"></progress>
        </div>
    })
}
