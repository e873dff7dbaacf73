//! The start page, and the gallery of components in development.

use crate::errors::UnknownPage;
use leptos::prelude::*;
use platform::{Actor, RequestCx};
use ui::{ButtonKind, LinkButton, PatientPage, PatientShell, t, use_locale};

/// Leads staff to the dashboard, everybody else to the portal that is theirs.
#[component]
pub fn HomePage() -> impl IntoView {
    let l = use_locale();
    let is_staff = use_context::<RequestCx>().is_some_and(|cx| matches!(cx.actor, Actor::Staff(_)));
    if is_staff {
        leptos_axum::redirect("/dashboard");
    }
    let participant = move || {
        view! { <LinkButton href="/portal" kind=ButtonKind::Primary>{t(l, "home-participant")}</LinkButton> }
            .into_any()
    };
    let staff =
        move || view! { <LinkButton href="/login">{t(l, "home-staff")}</LinkButton> }.into_any();
    view! {
        <PatientShell>
            <PatientPage title=t(l, "home-title") lead=t(l, "home-lead") action=participant
                second=staff/>
        </PatientShell>
    }
}

/// Every component in every state, in demonstrations only. Nothing in it is data, so it needs no
/// permission.
#[component]
pub fn GalleryPage() -> impl IntoView {
    if use_context::<RequestCx>().is_some_and(|cx| cx.demo) {
        view! { <ui::gallery::GalleryPage/> }.into_any()
    } else {
        view! { <UnknownPage/> }.into_any()
    }
}
