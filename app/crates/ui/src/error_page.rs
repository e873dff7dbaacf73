//! What people see when a page cannot be shown.

use crate::erased;
use crate::{
    i18n::{error_text, t},
    locale::use_locale,
    logo::Logo,
    page::{set_status, use_page},
};
use contract::{ApiError, ErrorCode};
use leptos::prelude::*;

/// The error in place of a page's content, with the way on and the reference for support. Sets
/// the HTTP status.
#[component]
pub fn ErrorContent(error: ApiError) -> impl IntoView {
    set_status(error.code.status());
    let locale = use_locale();
    let title = match error.code {
        ErrorCode::NotFound => "error-page-not-found",
        ErrorCode::Forbidden | ErrorCode::Unauthenticated => "error-page-not-allowed",
        ErrorCode::Unavailable => "error-page-unavailable",
        _ => "error-page-failed",
    };
    crate::page::name_tab(&t(locale, title));
    let text = error_text(locale, &error);
    let reference = use_page().request_id;
    erased(view! {
        <div class="error-page">
            <h1>{t(locale, title)}</h1>
            <p class="lead">{text}</p>
            <p><a class="button" href="/">{t(locale, "error-page-home")}</a></p>
            <p class="muted">
                {t(locale, "support-reference")} " " <code class="code">{reference}</code>
            </p>
        </div>
    })
}

/// The same as a whole page, where no portal can be put around it.
#[component]
pub fn ErrorPage(error: ApiError) -> impl IntoView {
    erased(view! {
        <div class="patient-shell">
            <header class="patient-header"><Logo/></header>
            <main id="main" class="patient-main" tabindex="-1"><ErrorContent error/></main>
        </div>
    })
}
