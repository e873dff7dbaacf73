//! Fluent bundles, one a language, parsed once.

use crate::number;
use contract::Locale;
use fluent_bundle::{
    FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle, types::FluentNumber,
};
use std::{collections::BTreeMap, sync::OnceLock};
use unic_langid::LanguageIdentifier;

/// The parts of the catalogue; page authors add to theirs.
pub const AREAS: [&str; 6] = ["common", "account", "researcher", "patient", "tasks", "errors"];

macro_rules! sources {
    ($lang:literal) => {
        [
            include_str!(concat!("../../../../locales/", $lang, "/common.ftl")),
            include_str!(concat!("../../../../locales/", $lang, "/account.ftl")),
            include_str!(concat!("../../../../locales/", $lang, "/researcher.ftl")),
            include_str!(concat!("../../../../locales/", $lang, "/patient.ftl")),
            include_str!(concat!("../../../../locales/", $lang, "/tasks.ftl")),
            include_str!(concat!("../../../../locales/", $lang, "/errors.ftl")),
        ]
    };
}

const fn sources(locale: Locale) -> [&'static str; AREAS.len()] {
    match locale {
        Locale::En => sources!("en"),
        Locale::Fr => sources!("fr"),
    }
}

struct Catalogue {
    bundle: FluentBundle<FluentResource>,
    /// Message ids by area, in the order of [`AREAS`].
    keys: [Vec<String>; AREAS.len()],
}

fn format_number(locale: Locale, value: &FluentNumber) -> String {
    let decimals = value.options.minimum_fraction_digits.unwrap_or_else(|| {
        // As many digits as the number has, two at most
        [0_usize, 1].into_iter().find(|d| is_whole(value.value, *d)).unwrap_or(2)
    });
    number::decimal(locale, value.value, decimals)
}

fn is_whole(value: f64, decimals: usize) -> bool {
    let scaled = value * if decimals == 0 { 1.0 } else { 10.0 };
    (scaled - scaled.round()).abs() < 1e-9
}

fn format_en<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    match value {
        FluentValue::Number(value) => Some(format_number(Locale::En, value)),
        _ => None,
    }
}

fn format_fr<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    match value {
        FluentValue::Number(value) => Some(format_number(Locale::Fr, value)),
        _ => None,
    }
}

impl Catalogue {
    fn load(locale: Locale) -> Self {
        let language: LanguageIdentifier = locale.tag().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![language]);
        // No invisible direction marks around values: both languages are left to right
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match locale {
            Locale::En => format_en,
            Locale::Fr => format_fr,
        }));
        let keys = sources(locale).map(|source| {
            // What could be parsed is kept; a test refuses files with errors
            let resource = match FluentResource::try_new(source.to_owned()) {
                Ok(resource) | Err((resource, _)) => resource,
            };
            let ids = ids(&resource);
            bundle.add_resource_overriding(resource);
            ids
        });
        Self { bundle, keys }
    }

    fn of(locale: Locale) -> &'static Self {
        static EN: OnceLock<Catalogue> = OnceLock::new();
        static FR: OnceLock<Catalogue> = OnceLock::new();
        match locale {
            Locale::En => EN.get_or_init(|| Self::load(Locale::En)),
            Locale::Fr => FR.get_or_init(|| Self::load(Locale::Fr)),
        }
    }

    fn format(&self, key: &str, args: Option<&FluentArgs<'_>>) -> Option<String> {
        let pattern = self.bundle.get_message(key)?.value()?;
        let mut problems = Vec::new();
        let text = self.bundle.format_pattern(pattern, args, &mut problems);
        Some(text.into_owned())
    }
}

fn ids(resource: &FluentResource) -> Vec<String> {
    resource
        .source()
        .lines()
        .filter(|line| line.starts_with(|c: char| c.is_ascii_alphabetic()))
        .filter_map(|line| line.split_once('='))
        .map(|(id, _)| id.trim().to_owned())
        .collect()
}

/// The text of `key`, if the catalogue has it: for words that come from data.
#[must_use]
pub fn find(locale: Locale, key: &str) -> Option<String> {
    Catalogue::of(locale).format(key, None)
}

/// The text of `key`; the key itself where the catalogue has no such key, so that the page still
/// stands and the gap is seen.
#[must_use]
pub fn t(locale: Locale, key: &str) -> String {
    Catalogue::of(locale).format(key, None).unwrap_or_else(|| key.to_owned())
}

/// The text of `key` with values; use the macro [`crate::t!`].
#[must_use]
pub fn t_with(locale: Locale, key: &str, args: &FluentArgs<'_>) -> String {
    Catalogue::of(locale).format(key, Some(args)).unwrap_or_else(|| key.to_owned())
}

/// The text of `key`, none where the catalogue has no such key.
pub(super) fn known(locale: Locale, key: &str, args: Option<&FluentArgs<'_>>) -> Option<String> {
    Catalogue::of(locale).format(key, args)
}

/// Every key of one area.
#[must_use]
pub fn keys(locale: Locale, area: &str) -> &'static [String] {
    AREAS
        .iter()
        .position(|name| *name == area)
        .and_then(|index| Catalogue::of(locale).keys.get(index))
        .map_or(&[], Vec::as_slice)
}

/// Every text of one area without values, by key: for whoever has no catalogue, such as the task
/// runner, whose words travel in the run's configuration. Placeholders stay as `{$name}`.
#[must_use]
pub fn area(locale: Locale, area: &str) -> BTreeMap<String, String> {
    keys(locale, area).iter().map(|key| (key.clone(), t(locale, key))).collect()
}
