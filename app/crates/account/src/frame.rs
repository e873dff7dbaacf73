//! Pages of one card, without navigation: signing in and choosing a password.

use contract::{ApiError, ErrorCode};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use platform::{Actor, RequestCx};
use std::future::Future;
use ui::PatientShell;

/// The request that a page or a server function serves.
///
/// # Errors
/// An internal error outside of a request.
pub(crate) fn request() -> Result<RequestCx, ApiError> {
    use_context::<RequestCx>().ok_or_else(|| {
        ApiError::new(ErrorCode::Internal, "internal", "Something went wrong on our side.")
    })
}

/// A word of the query string; none when absent or empty.
pub(crate) fn query_text(name: &str) -> Option<String> {
    use_query_map().with_untracked(|query| query.get(name)).filter(|text| !text.is_empty())
}

/// A page that needs nobody to be signed in.
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

/// A page for a signed-in member of staff, also one whose password is due.
pub(crate) fn own_page<F, Fut>(content: F) -> impl IntoView
where
    F: FnOnce(RequestCx) -> Fut + Send + 'static,
    Fut: Future<Output = Result<AnyView, ApiError>> + Send + 'static,
{
    open_page(|cx| async move {
        if matches!(cx.actor, Actor::Staff(_)) {
            content(cx).await
        } else {
            leptos_axum::redirect("/login");
            Ok(().into_any())
        }
    })
}
