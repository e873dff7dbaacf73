//! Errors that people can meet are said in their language.

use crate::source::{files, literal_arguments, without_comments};
use contract::{ApiError, ErrorCode, FieldError, Locale};
use std::collections::{BTreeMap, BTreeSet};
use ui::i18n::{error_text, field_text, keys, reason_key, rule_key};

/// Source of the services, of the shared transfer objects and of the pages, without tests.
fn services() -> Vec<String> {
    files("server", ".rs")
        .into_iter()
        .chain(files("app", ".rs"))
        .chain(files("assessments/engine", ".rs"))
        .filter(|(path, _)| {
            !path.components().any(|part| part.as_os_str() == "tests" || part.as_os_str() == "ui")
        })
        .map(|(_, text)| without_tests(&without_comments(&text)))
        .collect()
}

fn without_tests(text: &str) -> String {
    text.split("#[cfg(test)]").next().unwrap_or_default().to_owned()
}

fn literals(text: &str) -> impl Iterator<Item = String> + use<'_> {
    text.split('"').skip(1).step_by(2).map(ToOwned::to_owned)
}

/// The literal behind each error code, as in `(ErrorCode::NotFound, "study_not_found")`.
fn after_error_code(text: &str) -> Vec<String> {
    const CODES: [&str; 8] = [
        "Unauthenticated",
        "Forbidden",
        "NotFound",
        "Conflict",
        "TooLarge",
        "Invalid",
        "Locked",
        "Unavailable",
    ];
    let parts: Vec<&str> = text.split('"').collect();
    parts
        .windows(2)
        .filter_map(|pair| {
            let before = pair.first()?.strip_suffix(", ")?;
            let word = pair.get(1)?;
            CODES.iter().any(|code| before.ends_with(code)).then(|| (*word).to_owned())
        })
        .collect()
}

fn missing(found: BTreeSet<String>, key: fn(&str) -> String) -> Vec<String> {
    let known: BTreeSet<&str> = keys(Locale::En, "errors").iter().map(String::as_str).collect();
    found.into_iter().filter(|word| !known.contains(&*key(word))).collect()
}

fn is_word(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

#[test]
fn every_reason_of_a_service_is_in_the_catalogue() {
    let reasons: BTreeSet<String> = services()
        .iter()
        .flat_map(|text| {
            let mut found = literal_arguments(text, "ApiError::new(", 1);
            found.extend(literal_arguments(text, "conflict(", 0));
            found.extend(after_error_code(text));
            found.extend(literals(text).filter(|word| word.ends_with("_taken")));
            found
        })
        .filter(|word| is_word(word))
        .collect();
    assert!(reasons.len() > 5, "the search finds reasons: {reasons:?}");
    let gaps = missing(reasons, reason_key);
    assert!(gaps.is_empty(), "errors.ftl has no words for the reasons {gaps:?}");
}

#[test]
fn every_rule_of_a_field_is_in_the_catalogue() {
    let rules: BTreeSet<String> = services()
        .iter()
        .flat_map(|text| {
            let mut found = literal_arguments(text, "ApiError::field(", 1);
            found.extend(literal_arguments(text, ".fail(", 1));
            found.extend(literal_arguments(text, "ParamError::new(", 1));
            found.extend(literal_arguments(text, "conflict(", 3));
            found.extend(literal_arguments(text, "Err((", 0));
            found
        })
        .filter(|word| is_word(word))
        .collect();
    assert!(rules.contains("too_long"), "the search finds rules: {rules:?}");
    let gaps = missing(rules, rule_key);
    assert!(gaps.is_empty(), "errors.ftl has no words for the rules {gaps:?}");
}

#[test]
fn a_rule_says_its_numbers_as_the_language_writes_them() {
    let field = FieldError {
        field: "notes".into(),
        rule: "too_long".into(),
        message: "must have at most 4000 characters.".into(),
        params: BTreeMap::from([("max".to_owned(), "4000".to_owned())]),
    };
    assert_eq!(field_text(Locale::En, &field), "Use at most 4,000 characters.");
    assert_eq!(field_text(Locale::Fr, &field), "Utilisez au plus 4\u{202f}000 caractères.");
}

#[test]
fn what_the_catalogue_does_not_know_is_said_in_english() {
    let error = ApiError::new(ErrorCode::Conflict, "never_heard_of", "Something new happened.");
    assert_eq!(error_text(Locale::Fr, &error), "Something new happened.");
}
