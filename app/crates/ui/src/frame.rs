//! What every page asks of its request, and what stands around a page of one card: shared by the
//! page crates.
//!
//! The server's own type of a request is `T` here, for this crate knows no services.

use crate::{ErrorContent, ErrorPage, PatientShell};
use contract::{ApiError, ErrorCode, Id};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use std::future::Future;

/// The request that a page or a server function serves, as the server provided it.
///
/// # Errors
/// An internal error outside of a request.
pub fn request<T: Clone + 'static>() -> Result<T, ApiError> {
    use_context::<T>().ok_or_else(|| {
        ApiError::new(ErrorCode::Internal, "internal", "Something went wrong on our side.")
    })
}

/// An identifier in the address. One that cannot be read is answered like an unknown one.
///
/// # Errors
/// 404.
pub fn id_in_path<E>(name: &str) -> Result<Id<E>, ApiError> {
    use_params_map()
        .with_untracked(|params| params.get(name).and_then(|text| text.parse().ok()))
        .ok_or_else(not_found)
}

/// An identifier in a hidden field of a form.
///
/// # Errors
/// 404, as for an unknown one.
pub fn id_in_form<E>(text: &str) -> Result<Id<E>, ApiError> {
    text.parse().map_err(|_| not_found())
}

fn not_found() -> ApiError {
    ApiError::new(
        ErrorCode::NotFound,
        "not_found",
        "There is nothing at this address, or it is not yours to see.",
    )
}

/// A word of the query string; none when absent or empty.
#[must_use]
pub fn query_text(name: &str) -> Option<String> {
    use_query_map().with_untracked(|query| query.get(name)).filter(|text| !text.is_empty())
}

/// A page whose content is asked for first. An error outside of any portal is a page by itself.
pub fn loaded<Fut>(page: Fut) -> impl IntoView
where
    Fut: Future<Output = Result<AnyView, ApiError>> + Send + 'static,
{
    view! {
        <Suspense fallback=|| ()>
            {Suspend::new(async move {
                page.await.unwrap_or_else(|error| view! { <ErrorPage error/> }.into_any())
            })}
        </Suspense>
    }
}

/// The content, or the error in its place.
#[must_use]
pub fn or_error(content: Result<AnyView, ApiError>) -> AnyView {
    content.unwrap_or_else(|error| view! { <ErrorContent error/> }.into_any())
}

/// A page of one card that needs nobody to be signed in.
pub fn open_page<T, F, Fut>(content: F) -> impl IntoView
where
    T: Clone + Send + 'static,
    F: FnOnce(T) -> Fut + Send + 'static,
    Fut: Future<Output = Result<AnyView, ApiError>> + Send + 'static,
{
    loaded(async move {
        let content = match request::<T>() {
            Ok(cx) => content(cx).await,
            Err(error) => Err(error),
        };
        Ok(view! { <PatientShell>{or_error(content)}</PatientShell> }.into_any())
    })
}
