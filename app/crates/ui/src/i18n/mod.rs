//! The catalogue: every word that people read, in every language, on the server.
//!
//! `app/locales/<lang>/<area>.ftl` are Fluent files, embedded when this crate is built. Islands
//! get their words as properties.

mod catalogue;
mod errors;

pub use catalogue::{AREAS, area, find, keys, t, t_with};
pub use errors::{
    error_text, error_text_known, field_text, field_text_known, localized, reason_key, rule_key,
};
pub use fluent_bundle::{FluentArgs, FluentValue};

/// The text of `key` with values: `t!(locale, "rows", count = 3)`.
///
/// Without values it is [`t`].
#[macro_export]
macro_rules! t {
    ($locale:expr, $key:literal $(,)?) => { $crate::i18n::t($locale, $key) };
    ($locale:expr, $key:literal, $($name:ident = $value:expr),+ $(,)?) => {{
        let mut args = $crate::i18n::FluentArgs::new();
        $(args.set(stringify!($name), $value);)+
        $crate::i18n::t_with($locale, $key, &args)
    }};
}
