//! The portal around a page, and what a page asks of its request.

use contract::{ApiError, ErrorCode, Id};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use platform::{ParticipantActor, RequestCx};
use std::future::Future;
use ui::icon::IconName;
use ui::{NavLink, PatientShell, t};

/// The request that a page or a server function serves.
///
/// # Errors
/// An internal error outside of a request.
pub(crate) fn request() -> Result<RequestCx, ApiError> {
    use_context::<RequestCx>().ok_or_else(|| {
        ApiError::new(ErrorCode::Internal, "internal", "Something went wrong on our side.")
    })
}

/// An identifier in the address. One that cannot be read is answered like an unknown one.
///
/// # Errors
/// 404.
pub(crate) fn id_in_path<T>(name: &str) -> Result<Id<T>, ApiError> {
    use_params_map()
        .with_untracked(|params| params.get(name).and_then(|text| text.parse().ok()))
        .ok_or_else(|| {
            ApiError::new(
                ErrorCode::NotFound,
                "not_found",
                "There is nothing at this address, or it is not yours to see.",
            )
        })
}

/// A word of the query string; none when absent or empty.
pub(crate) fn query_text(name: &str) -> Option<String> {
    use_query_map().with_untracked(|query| query.get(name)).filter(|text| !text.is_empty())
}

/// A page before signing in.
pub(crate) fn open_page<F, Fut>(content: F) -> impl IntoView
where
    F: FnOnce(RequestCx) -> Fut + Send + 'static,
    Fut: Future<Output = Result<AnyView, ApiError>> + Send + 'static,
{
    view! {
        <Suspense fallback=|| ()>
            {Suspend::new(async move {
                let content = match request() {
                    Ok(cx) => content(cx).await,
                    Err(error) => Err(error),
                };
                let content = content
                    .unwrap_or_else(|error| view! { <ui::ErrorContent error/> }.into_any());
                view! { <PatientShell>{content}</PatientShell> }
            })}
        </Suspense>
    }
}

/// A page of a signed-in participant; others are led to the sign-in page.
pub(crate) fn own_page<F, Fut>(content: F) -> impl IntoView
where
    F: FnOnce(RequestCx, ParticipantActor) -> Fut + Send + 'static,
    Fut: Future<Output = Result<AnyView, ApiError>> + Send + 'static,
{
    view! {
        <Suspense fallback=|| ()>
            {Suspend::new(async move {
                let cx = match request() {
                    Ok(cx) => cx,
                    Err(error) => return view! { <ui::ErrorPage error/> }.into_any(),
                };
                let Ok(who) = cx.actor.participant().copied() else {
                    leptos_axum::redirect("/portal/login");
                    return ().into_any();
                };
                let l = cx.locale;
                let session_seconds = cx.session_seconds_left.unwrap_or_default();
                let nav = vec![
                    NavLink::new("/portal", t(l, "patient-nav-today"), IconName::Home),
                    NavLink::new("/portal/help", t(l, "patient-nav-help"), IconName::Help),
                ];
                let content = content(cx, who)
                    .await
                    .unwrap_or_else(|error| view! { <ui::ErrorContent error/> }.into_any());
                view! { <PatientShell nav session_seconds>{content}</PatientShell> }.into_any()
            })}
        </Suspense>
    }
}
