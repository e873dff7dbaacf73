//! The portal around a page.

use contract::ApiError;
use leptos::prelude::*;
use platform::{ParticipantActor, RequestCx};
use std::future::Future;
use ui::frame::{loaded, or_error, request};
use ui::icon::IconName;
use ui::{NavLink, PatientShell, t};

/// A page of a signed-in participant; others are led to the sign-in page.
pub(crate) fn own_page<F, Fut>(content: F) -> impl IntoView
where
    F: FnOnce(RequestCx, ParticipantActor) -> Fut + Send + 'static,
    Fut: Future<Output = Result<AnyView, ApiError>> + Send + 'static,
{
    loaded(async move {
        let cx: RequestCx = request()?;
        let Ok(who) = cx.actor.participant().copied() else {
            leptos_axum::redirect("/portal/login");
            return Ok(().into_any());
        };
        let l = cx.locale;
        let session_seconds = cx.session_seconds_left.unwrap_or_default();
        let nav = vec![
            NavLink::new("/portal", t(l, "patient-nav-today"), IconName::Home),
            NavLink::new("/portal/help", t(l, "patient-nav-help"), IconName::Help),
        ];
        let content = or_error(content(cx, who).await);
        Ok(view! { <PatientShell nav session_seconds>{content}</PatientShell> }.into_any())
    })
}
