//! Texts for participants: complete, in both languages, without shouting.

use contract::Locale;
use std::collections::BTreeMap;
use task_engine::{spec::Texts, tasks, text};

fn all_texts() -> Vec<(&'static str, Texts)> {
    let tasks = tasks::all().iter().map(|spec| (spec.id, spec.texts));
    core::iter::once(("common", text::COMMON)).chain(tasks).collect()
}

/// Placeholders such as `{right}`.
fn holes(text: &str) -> Vec<&str> {
    text.split('{').skip(1).filter_map(|part| part.split('}').next()).collect()
}

#[test]
fn every_text_is_there_in_both_languages_with_the_same_numbers_and_paragraphs() {
    for (owner, texts) in all_texts() {
        for (key, words) in texts {
            assert!(!words.en.is_empty() && !words.fr.is_empty(), "{owner} {key}");
            assert_eq!(holes(words.en), holes(words.fr), "{owner} {key}");
            let paragraphs = |text: &str| text.split('\n').count();
            assert_eq!(paragraphs(words.en), paragraphs(words.fr), "{owner} {key}");
        }
    }
}

#[test]
fn nobody_is_shouted_at_and_sentences_are_short() {
    for (owner, texts) in all_texts() {
        for (key, words) in texts {
            for text in [words.en, words.fr] {
                assert!(!text.contains('!'), "{owner} {key}");
                let longest =
                    text.split(['.', '\n', ':']).map(|s| s.split_whitespace().count()).max();
                assert!(longest.unwrap_or(0) <= 20, "{owner} {key}: {text}");
            }
        }
    }
}

#[test]
fn no_key_is_given_twice() {
    for (owner, texts) in all_texts() {
        let keys: BTreeMap<&str, ()> = texts.iter().map(|(key, _)| (*key, ())).collect();
        assert_eq!(keys.len(), texts.len(), "{owner}");
    }
}

#[test]
fn every_page_of_a_task_has_its_texts() {
    for spec in tasks::all() {
        let task = (spec.build)(&task_engine::Params::defaults(spec));
        let strings = tasks::strings(Locale::Fr, spec);
        let own = (1..=task.pages().len()).map(|page| format!("intro.{page}"));
        let blocks = task.blocks();
        let of_blocks = blocks.iter().filter_map(|block| block.intro.map(String::from));
        for page in own.chain(of_blocks) {
            for part in ["title", "body"] {
                let key = format!("{page}.{part}");
                assert!(strings.contains_key(&key), "{} lacks {key}", spec.id);
            }
        }
    }
}

#[test]
fn numbers_are_filled_in() {
    assert_eq!(text::fill("{right} of {total}", &[("right", 7), ("total", 8)]), "7 of 8");
}

#[test]
fn a_task_s_own_words_come_before_the_shared_ones_and_a_missing_text_shows_its_key() {
    let mut run = super::support::both(1);
    run.modules[0].strings.insert("button.practise".into(), "Give it a go".into());
    run.modules[0].strings.remove("intro.1.body");
    let desk = super::desk::Desk::open(&run, false);
    assert_eq!(desk.screens[0].button, "Give it a go");
    assert_eq!(desk.screens[0].body, ["intro.1.body"]);
}

#[test]
fn the_shared_texts_are_the_same_set_in_both_languages() {
    let [en, fr] = Locale::ALL.map(tasks::common_strings);
    assert_eq!(en.keys().collect::<Vec<_>>(), fr.keys().collect::<Vec<_>>());
    for (key, text) in en.iter().chain(&fr) {
        assert!(!text.is_empty() && !text.contains('!'), "{key}");
    }
    for (key, text) in &en {
        let sorted = |text| {
            let mut holes = holes(text);
            holes.sort_unstable();
            holes.join(",")
        };
        assert_eq!(sorted(text), sorted(&fr[key]), "{key}");
    }
}
