//! Texts of the run configuration, and the problems that are told without one.

use contract::Locale;
use std::collections::BTreeMap;
use web_sys::Window;

/// The texts of a run in its language.
pub(crate) struct Words {
    pub(crate) locale: Locale,
    texts: BTreeMap<String, String>,
}

impl Words {
    pub(crate) const fn new(locale: Locale, texts: BTreeMap<String, String>) -> Self {
        Self { locale, texts }
    }

    /// The text of a key; the key itself where the server sent none, so that it shows in tests.
    pub(crate) fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.texts.get(key).map_or(key, String::as_str)
    }

    /// The text of a key with its `{places}` filled in.
    pub(crate) fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        fill(self.get(key), values)
    }

    /// A duration in minutes, in words.
    pub(crate) fn minutes(&self, minutes: f64) -> String {
        let whole = whole(minutes);
        match whole {
            0 => self.get("run.minutes.less").into(),
            1 => self.get("run.minutes.one").into(),
            _ => self.fill("run.minutes.other", &[("minutes", &whole.to_string())]),
        }
    }

    /// A text that has a form for one and a form for many.
    pub(crate) fn count(
        &self,
        one: &str,
        other: &str,
        count: u32,
        more: &[(&str, &str)],
    ) -> String {
        let number = count.to_string();
        let mut values = vec![("count", number.as_str())];
        values.extend_from_slice(more);
        self.fill(if count == 1 { one } else { other }, &values)
    }
}

/// The nearest whole number, never negative.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a float-to-int cast saturates"
)]
pub(crate) fn whole(number: f64) -> u32 {
    number.round() as u32
}

fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, after)) = after.split_once('}') else {
            rest = after;
            break;
        };
        let value = values.iter().find(|(known, _)| *known == name);
        filled.push_str(value.map_or("", |(_, value)| value));
        rest = after;
    }
    filled.push_str(rest);
    filled
}

/// The language to speak before a run configuration says it.
pub(crate) fn browser_locale(window: &Window) -> Locale {
    window.navigator().language().and_then(|tag| Locale::from_tag(&tag)).unwrap_or_default()
}

/// Why a run cannot go on. The texts about it are in index.html: the server gave none yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Problem {
    /// The address names no run.
    NoRun,
    /// 404: nobody knows this link.
    Unknown,
    /// 409 or 410: the link was used, or its time is over.
    Used,
    /// 401 or 403: the participant has to sign in again.
    SignedOut,
    /// No network at the start.
    Offline,
    /// The browser would not keep answers safe.
    Storage,
    /// The run is open in another tab.
    OtherTab,
    /// It was begun on another device, or its local record is damaged.
    Elsewhere,
    /// The program and the run do not fit.
    Outdated,
    /// The browser lacks what a timed task needs.
    Browser,
}

impl Problem {
    #[cfg(test)]
    pub(crate) const ALL: [Self; 10] = [
        Self::NoRun,
        Self::Unknown,
        Self::Used,
        Self::SignedOut,
        Self::Offline,
        Self::Storage,
        Self::OtherTab,
        Self::Elsewhere,
        Self::Outdated,
        Self::Browser,
    ];

    /// Its name in index.html, for tests and for people who help.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::NoRun => "no_run",
            Self::Unknown => "unknown",
            Self::Used => "used",
            Self::SignedOut => "signed_out",
            Self::Offline => "offline",
            Self::Storage => "storage",
            Self::OtherTab => "other_tab",
            Self::Elsewhere => "elsewhere",
            Self::Outdated => "outdated",
            Self::Browser => "browser",
        }
    }

    /// Whether trying again may help.
    pub(crate) const fn can_retry(self) -> bool {
        matches!(self, Self::Offline | Self::Storage | Self::OtherTab | Self::Outdated)
    }
}

#[cfg(test)]
mod tests {
    use super::{Words, fill, whole};
    use contract::Locale;
    use wasm_bindgen_test::wasm_bindgen_test;

    fn words() -> Words {
        let texts = [
            ("run.minutes.less", "less than a minute"),
            ("run.minutes.one", "about 1 minute"),
            ("run.minutes.other", "about {minutes} minutes"),
        ];
        Words::new(Locale::En, texts.map(|(k, v)| (k.into(), v.into())).into())
    }

    #[wasm_bindgen_test]
    fn places_are_filled_and_unknown_ones_are_left_out() {
        assert_eq!(fill("Task {a} of {b}{c}.", &[("a", "2"), ("b", "3")]), "Task 2 of 3.");
        assert_eq!(fill("open { brace", &[]), "open  brace");
    }

    #[wasm_bindgen_test]
    fn minutes_are_said_as_people_say_them() {
        assert_eq!(words().minutes(0.4), "less than a minute");
        assert_eq!(words().minutes(1.2), "about 1 minute");
        assert_eq!(words().minutes(5.6), "about 6 minutes");
        assert_eq!(words().minutes(f64::NAN), "less than a minute");
    }

    #[wasm_bindgen_test]
    fn a_missing_text_shows_its_key() {
        assert_eq!(words().get("run.nothing"), "run.nothing");
        assert_eq!(whole(-3.0), 0);
    }
}
