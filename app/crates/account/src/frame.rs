//! Pages for a signed-in member of staff.

use contract::ApiError;
use leptos::prelude::*;
use platform::{Actor, RequestCx};
use std::future::Future;
use ui::frame::open_page;

/// A page of one card, also for somebody whose password is due; others are led to the sign-in page.
pub(crate) fn own_page<F, Fut>(content: F) -> impl IntoView
where
    F: FnOnce(RequestCx) -> Fut + Send + 'static,
    Fut: Future<Output = Result<AnyView, ApiError>> + Send + 'static,
{
    open_page(|cx: RequestCx| async move {
        if matches!(cx.actor, Actor::Staff(_)) {
            content(cx).await
        } else {
            leptos_axum::redirect("/login");
            Ok(().into_any())
        }
    })
}
