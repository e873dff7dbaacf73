//! The reader's language, carried in the Leptos context.

use contract::Locale;
use leptos::prelude::{provide_context, use_context};

/// Sets the language of everything rendered below. The server calls it once a request.
pub fn provide_locale(locale: Locale) {
    provide_context(locale);
}

/// The reader's language; English where nobody set one.
#[must_use]
pub fn use_locale() -> Locale {
    use_context::<Locale>().unwrap_or_default()
}
