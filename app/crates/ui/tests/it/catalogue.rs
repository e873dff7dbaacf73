//! The words: complete, the same in every language, and there when a page asks for them.

use crate::source::{files, literal_arguments, root, without_comments};
use contract::Locale;
use std::collections::{BTreeMap, BTreeSet};
use ui::i18n::{AREAS, area, keys};

fn source(locale: Locale, area: &str) -> String {
    let path = root().join("app/locales").join(locale.tag()).join(format!("{area}.ftl"));
    std::fs::read_to_string(&path).expect("every area has a file in every language")
}

/// Names of the values in each message: `{ $count }` is `count`.
fn values(text: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut all: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut key = String::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if line.starts_with(|c: char| c.is_ascii_alphabetic()) {
            key = line.split('=').next().unwrap_or_default().trim().to_owned();
        }
        let names = all.entry(key.clone()).or_default();
        for part in line.split('$').skip(1) {
            names.insert(part.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
        }
    }
    all
}

#[test]
fn every_language_says_the_same_things() {
    for name in AREAS {
        let (en, fr) = (values(&source(Locale::En, name)), values(&source(Locale::Fr, name)));
        let missing: Vec<_> = en.keys().filter(|key| !fr.contains_key(*key)).collect();
        let extra: Vec<_> = fr.keys().filter(|key| !en.contains_key(*key)).collect();
        assert!(missing.is_empty(), "{name}.ftl: not in French: {missing:?}");
        assert!(extra.is_empty(), "{name}.ftl: not in English: {extra:?}");
        for (key, names) in &en {
            assert_eq!(fr.get(key), Some(names), "{name}.ftl: values of {key} differ");
        }
    }
}

#[test]
fn every_message_has_a_text() {
    for locale in Locale::ALL {
        for name in AREAS {
            for (key, text) in area(locale, name) {
                assert!(!text.trim().is_empty(), "{} {key}: empty", locale.tag());
                // A gap shows its key; a single word may happen to be its own key
                let is_gap = text == key && key.contains('-');
                assert!(!is_gap, "{} {key}: cannot be read", locale.tag());
            }
        }
    }
}

#[test]
fn no_key_is_said_twice() {
    let mut seen = BTreeMap::new();
    for name in AREAS {
        for key in keys(Locale::En, name) {
            if let Some(first) = seen.insert(key.clone(), name) {
                panic!("{key} is in {first}.ftl and in {name}.ftl");
            }
        }
    }
}

#[test]
fn every_word_that_a_page_asks_for_is_there() {
    let known: BTreeSet<String> =
        AREAS.into_iter().flat_map(|name| keys(Locale::En, name)).cloned().collect();
    let mut gaps = Vec::new();
    let sources = files("app", ".rs").into_iter().chain(files("server", ".rs"));
    for (path, text) in sources {
        if path.components().any(|part| part.as_os_str() == "tests") {
            continue;
        }
        let text = without_comments(&text);
        let mut asked = literal_arguments(&text, "t(", 1);
        asked.extend(literal_arguments(&text, "t!(", 1));
        for key in asked {
            let is_key = key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
            if is_key && !known.contains(&key) {
                gaps.push(format!("{key} in {}", path.display()));
            }
        }
    }
    assert!(gaps.is_empty(), "not in the catalogue:\n{}", gaps.join("\n"));
}

#[test]
fn words_are_calm_and_in_sentence_case() {
    for locale in Locale::ALL {
        for name in AREAS {
            for (key, text) in area(locale, name) {
                assert!(!text.contains('!'), "{} {key}: no exclamation marks", locale.tag());
                assert!(!text.contains("..."), "{} {key}: use one character: …", locale.tag());
            }
        }
    }
}

#[test]
fn a_count_picks_the_right_form() {
    assert_eq!(ui::datetime::about_minutes(Locale::En, 0), "less than a minute");
    assert_eq!(ui::datetime::about_minutes(Locale::En, 1), "about 1 minute");
    assert_eq!(ui::datetime::about_minutes(Locale::Fr, 6), "environ 6 minutes");
}
