//! The server's side of a form.

use super::{FormFault, FormWords};
use crate::erased;
use crate::{
    EnhancedForm,
    button::{Button, ButtonKind},
    field::FieldMessages,
    i18n::t,
    locale::use_locale,
    page::use_page,
};
use contract::ApiError;
use leptos::prelude::*;
use std::sync::Arc;

/// A form that posts to a server function (`action`, e.g. `/_fn/create_study`), with its error
/// summary, its fields (`children`) and its buttons. Works without script; with script the page
/// stays, and so does everything that was typed.
#[component]
pub fn Form(
    #[prop(into)] action: String,
    /// Words of the main button.
    #[prop(into)]
    submit: String,
    #[prop(default = ButtonKind::Primary)] kind: ButtonKind,
    /// Where "cancel" leads; no such link without it.
    #[prop(optional, into)]
    cancel: Option<String>,
    /// Where to go after success when the server names no place; the same page, loaded anew,
    /// otherwise.
    #[prop(optional, into)]
    after: Option<String>,
    /// An id, for buttons outside the form and for tests.
    #[prop(optional, into)]
    id: Option<String>,
    /// Fields side by side where there is room.
    #[prop(optional)]
    columns: bool,
    children: Children,
) -> impl IntoView {
    let locale = use_locale();
    let fault = FormFault::from_query(&use_page().query, locale)
        .filter(|fault| fault.path == action)
        .map(|fault| fault.error);
    let messages = fault.as_ref().map_or_else(Vec::new, |error| {
        error.fields.iter().map(|f| (f.field.clone(), f.message.clone())).collect()
    });
    provide_context(FieldMessages(Arc::new(messages)));
    let class = if columns { "form form-columns" } else { "form" };
    let cancel = cancel.map(|href| {
        view! { <a class="button button-quiet" href=href>{t(locale, "form-cancel")}</a> }
    });
    erased(view! {
        <EnhancedForm words=FormWords::of(locale) after=after>
            <form class=class id=id method="post" action=action novalidate=true>
                <ErrorSummary error=fault/>
                <div class="form-fields">{children()}</div>
                <div class="form-actions">
                    <Button kind>{submit}</Button>
                    {cancel}
                </div>
                <p class="form-live" role="status" data-live></p>
            </form>
        </EnhancedForm>
    })
}

/// The summary at the top of a form: what is wrong, each line a link to its field. Rendered empty
/// and hidden when nothing is wrong, for the script to fill.
#[component]
pub fn ErrorSummary(#[prop(optional_no_strip)] error: Option<ApiError>) -> impl IntoView {
    let locale = use_locale();
    let hidden = error.is_none();
    // With fields the list below says it all
    let text = error
        .as_ref()
        .filter(|error| error.fields.is_empty())
        .map(|error| error.message.clone())
        .unwrap_or_default();
    let lines = error
        .map(|error| error.fields)
        .unwrap_or_default()
        .into_iter()
        .map(|field| {
            let href = ["#f-", &field.field].concat();
            view! { <li><a href=href>{field.message}</a></li> }
        })
        .collect_view();
    erased(view! {
        <div class="error-summary" role="alert" tabindex="-1" data-error-summary hidden=hidden>
            <h2 class="error-summary-title">{t(locale, "form-summary")}</h2>
            <p data-error-text>{text}</p>
            <ul data-error-list>{lines}</ul>
        </div>
    })
}
