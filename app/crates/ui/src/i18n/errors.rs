//! Errors in the reader's language.
//!
//! Services speak English and name each case by a stable word. Here the word becomes a key:
//! reason `participant_code_taken` is `error-participant-code-taken`, rule `too_long` is
//! `rule-too-long`. Where the catalogue does not know the word, the English message stands.

use super::catalogue::known;
use contract::{ApiError, FieldError, Locale};
use fluent_bundle::{FluentArgs, FluentValue};

/// Key of a reason in `errors.ftl`.
#[must_use]
pub fn reason_key(reason: &str) -> String {
    ["error-", &reason.replace('_', "-")].concat()
}

/// Key of a rule in `errors.ftl`.
#[must_use]
pub fn rule_key(rule: &str) -> String {
    ["rule-", &rule.replace('_', "-")].concat()
}

/// What the catalogue says for the error's reason; none where it does not know it.
#[must_use]
pub fn error_text_known(locale: Locale, error: &ApiError) -> Option<String> {
    known(locale, &reason_key(&error.reason), None)
}

/// What happened and what to do, in the reader's language.
///
/// English readers get the service's own sentence, which may name the very status or date; the
/// catalogue says it in general. With fields at fault the fields say it all, so the sentence is
/// the catalogue's.
#[must_use]
pub fn error_text(locale: Locale, error: &ApiError) -> String {
    if locale == Locale::En && error.fields.is_empty() {
        return error.message.clone();
    }
    error_text_known(locale, error).unwrap_or_else(|| error.message.clone())
}

/// What the catalogue says for the field's rule; none where it does not know it.
#[must_use]
pub fn field_text_known(locale: Locale, field: &FieldError) -> Option<String> {
    let mut args = FluentArgs::new();
    for (name, value) in &field.params {
        // Numbers are handed over as numbers, so that they are written as the language does
        let value = value
            .parse::<f64>()
            .ok()
            .filter(|number| number.is_finite())
            .map_or_else(|| FluentValue::from(value.clone()), FluentValue::from);
        args.set(name.clone(), value);
    }
    known(locale, &rule_key(&field.rule), Some(&args))
}

/// Rules whose words in the catalogue leave out what is allowed; the service's English names it.
const GENERAL: [&str; 10] = [
    "unknown",
    "type",
    "choice",
    "order",
    "multiple",
    "mismatch",
    "gap",
    "conflict",
    "backwards",
    "too_small",
];

/// What is allowed in the field, in the reader's language, as a sentence.
#[must_use]
pub fn field_text(locale: Locale, field: &FieldError) -> String {
    let general = locale == Locale::En && GENERAL.contains(&field.rule.as_str());
    let known = if general { None } else { field_text_known(locale, field) };
    known.unwrap_or_else(|| {
        let mut message = field.message.clone();
        if let Some(first) = message.get_mut(0..1) {
            first.make_ascii_uppercase();
        }
        message
    })
}

/// `error` with every text in the reader's language. Codes, reasons, rules and fields stay.
#[must_use]
pub fn localized(locale: Locale, mut error: ApiError) -> ApiError {
    error.message = error_text(locale, &error);
    for field in &mut error.fields {
        field.message = field_text(locale, field);
    }
    error
}
