//! The words for what sessions hold: states, marks, metrics, conditions.

use contract::Locale;
use contract::measure::SessionStatus;
use contract::task::OnsetMethod;
use leptos::prelude::*;
use ui::{StatusTag, Tone, t};

pub(super) fn status_word(l: Locale, status: SessionStatus) -> String {
    t(l, &["session-status-", status.as_str()].concat())
}

/// The status as the same word and mark everywhere.
pub(super) fn status_tag(l: Locale, status: SessionStatus) -> impl IntoView {
    let tone = match status {
        SessionStatus::Completed => Tone::Good,
        SessionStatus::Stopped | SessionStatus::Interrupted => Tone::Attention,
        SessionStatus::Launched | SessionStatus::Running => Tone::Info,
    };
    view! { <StatusTag tone word=status_word(l, status)/> }
}

/// A mark in words; one that the catalogue does not know stands as it is stored.
pub(super) fn flag_word(l: Locale, flag: &str) -> String {
    known(l, "session-flag-", flag)
}

/// An experimental cell in words.
pub(super) fn condition_word(l: Locale, condition: &str) -> String {
    known(l, "condition-", condition)
}

/// What may have disturbed a trial, in words.
pub(super) fn quality_word(l: Locale, word: &str) -> String {
    known(l, "quality-", word)
}

/// What was pressed, in words.
pub(super) fn response_word(l: Locale, code: &str) -> String {
    known(l, "response-", code)
}

/// How the onset of a trial is known, in words.
pub(super) fn onset_word(l: Locale, method: OnsetMethod) -> String {
    t(l, onset_key(method))
}

const fn onset_key(method: OnsetMethod) -> &'static str {
    match method {
        OnsetMethod::Callback => "onset-callback",
        OnsetMethod::Frame => "onset-frame",
        OnsetMethod::Presented => "onset-presented",
    }
}

/// What a rule of scoring does, in a sentence; none for one that the catalogue does not know.
pub(super) fn rule_text(l: Locale, rule: &str) -> Option<String> {
    ui::i18n::find(l, &["scoring-rule-", rule].concat())
}

/// A metric in words; the part for a condition is said behind it: `median_rt_congruent`.
pub(super) fn metric_word(l: Locale, name: &str) -> String {
    let find = |prefix: &str, word: &str| ui::i18n::find(l, &[prefix, word].concat());
    find("metric-", name)
        .or_else(|| {
            name.match_indices('_').find_map(|(at, _)| {
                let base = find("metric-", &name[..at])?;
                let condition = find("condition-", &name[at + 1..])?;
                Some([&base, " · ", &condition].concat())
            })
        })
        .unwrap_or_else(|| name.replace('_', " "))
}

fn known(l: Locale, prefix: &str, word: &str) -> String {
    let key = [prefix, word].concat();
    ui::i18n::find(l, &key).unwrap_or_else(|| word.replace('_', " "))
}
