//! The page for addresses where nothing is.

use contract::{ApiError, ErrorCode};
use leptos::prelude::*;

#[component]
pub fn UnknownPage() -> impl IntoView {
    let error = ApiError::new(
        ErrorCode::NotFound,
        "not_found",
        "There is nothing at this address, or it is not yours to see.",
    );
    view! { <ui::ErrorPage error/> }
}
