//! What every server-rendered page knows about its request, and how it answers.

use crate::locale::provide_locale;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use contract::Locale;
use leptos::prelude::{provide_context, use_context};
use std::sync::Arc;

/// What the shell and the components read about the request. The server provides it in both
/// contexts: that of pages and that of server functions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageContext {
    /// The reader's language.
    pub locale: Locale,
    /// The instant of the request, from the server's clock.
    pub now: DateTime<Utc>,
    /// Zone in which times are shown: the participant's, the site's or the account's.
    pub zone: Tz,
    /// Reference that support can look up: the request id.
    pub request_id: String,
    /// Whether the data is the demonstration's.
    pub demo: bool,
    /// Path of the request, such as `/studies`.
    pub path: String,
    /// Query string of the request without `?`; carries the error of a form that was sent
    /// without script.
    pub query: String,
}

impl PageContext {
    /// A context for tests and the gallery: English, UTC, no request.
    #[must_use]
    pub fn at(now: DateTime<Utc>) -> Self {
        Self {
            locale: Locale::En,
            now,
            zone: Tz::UTC,
            request_id: String::new(),
            demo: false,
            path: "/".into(),
            query: String::new(),
        }
    }
}

/// Makes `page` known to everything rendered below, its language included.
pub fn provide_page(page: PageContext) {
    provide_locale(page.locale);
    provide_context(page);
}

/// The page's context; the epoch in UTC where nobody provided one (route discovery at start).
#[must_use]
pub fn use_page() -> PageContext {
    use_context::<PageContext>().unwrap_or_else(|| PageContext::at(DateTime::UNIX_EPOCH))
}

#[derive(Clone)]
struct StatusSetter(Arc<dyn Fn(u16) + Send + Sync>);

/// Tells this crate how to set the HTTP status of the answer; it must not depend on the HTTP
/// integration itself. For a form sent without script (`Accept: text/html`) the setter of server
/// functions must ignore the call, or the redirect back to the form would be lost.
pub fn provide_status_setter(set: impl Fn(u16) + Send + Sync + 'static) {
    provide_context(StatusSetter(Arc::new(set)));
}

/// Sets the HTTP status of the answer. Does nothing outside a request.
pub fn set_status(code: u16) {
    if let Some(StatusSetter(set)) = use_context::<StatusSetter>() {
        set(code);
    }
}

/// Names the browser's tab after the page. Does nothing outside a request (the gallery as a file).
pub fn name_tab(title: &str) {
    if use_context::<leptos_meta::MetaContext>().is_some() {
        let text = [title, " · Metricis"].concat();
        // The element writes itself into the head; what it returns is empty.
        let _ = leptos::prelude::view! { <leptos_meta::Title text=text/> };
    }
}
