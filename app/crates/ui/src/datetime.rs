//! Dates and times in words, in the reader's language and zone. Done on the server only, so that
//! the page never depends on the device's clock or settings.

use crate::erased;
use crate::{i18n::t, locale::use_locale, page::use_page};
use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Timelike, Utc};
use chrono_tz::Tz;
use contract::Locale;
use leptos::prelude::*;

const MONTHS: [&str; 12] = [
    "month-1", "month-2", "month-3", "month-4", "month-5", "month-6", "month-7", "month-8",
    "month-9", "month-10", "month-11", "month-12",
];
const MONTHS_SHORT: [&str; 12] = [
    "month-short-1",
    "month-short-2",
    "month-short-3",
    "month-short-4",
    "month-short-5",
    "month-short-6",
    "month-short-7",
    "month-short-8",
    "month-short-9",
    "month-short-10",
    "month-short-11",
    "month-short-12",
];
const WEEKDAYS: [&str; 7] =
    ["weekday-1", "weekday-2", "weekday-3", "weekday-4", "weekday-5", "weekday-6", "weekday-7"];

fn word(locale: Locale, keys: &[&str], index: u32) -> String {
    let key = usize::try_from(index).ok().and_then(|i| keys.get(i).copied()).unwrap_or_default();
    t(locale, key)
}

/// Day number as the language says it: French says "1er" for the first.
fn day_number(locale: Locale, date: NaiveDate) -> String {
    match (locale, date.day()) {
        (Locale::Fr, 1) => "1er".into(),
        (_, day) => day.to_string(),
    }
}

/// `Saturday 21 November`, with the year when it is not `today`'s: `Saturday 2 January 2027`.
#[must_use]
pub fn weekday_and_date(locale: Locale, date: NaiveDate, today: NaiveDate) -> String {
    let weekday = word(locale, &WEEKDAYS, date.weekday().num_days_from_monday());
    let month = word(locale, &MONTHS, date.month0());
    let mut out = [&weekday, " ", &day_number(locale, date), " ", &month].concat();
    if date.year() != today.year() {
        out.push(' ');
        out.push_str(&date.year().to_string());
    }
    out
}

/// `today, Friday 20 November`; only yesterday, today and tomorrow get a word in front.
#[must_use]
pub fn day_in_words(locale: Locale, date: NaiveDate, today: NaiveDate) -> String {
    let full = weekday_and_date(locale, date, today);
    let near = match (date - today).num_days() {
        -1 => t(locale, "day-yesterday"),
        0 => t(locale, "day-today"),
        1 => t(locale, "day-tomorrow"),
        _ => return full,
    };
    [&near, ", ", &full].concat()
}

/// Time of day as people say it: `8 pm`, `8:05 am`, `noon`; `20 h`, `8 h 05`, `midi`.
#[must_use]
pub fn time_in_words(locale: Locale, hour: u32, minute: u32) -> String {
    match (hour, minute) {
        (12, 0) => return t(locale, "time-noon"),
        (0, 0) => return t(locale, "time-midnight"),
        _ => {}
    }
    match locale {
        Locale::En => {
            let half = if hour < 12 { "am" } else { "pm" };
            let hour = (hour + 11) % 12 + 1;
            if minute == 0 {
                format!("{hour}\u{a0}{half}")
            } else {
                format!("{hour}:{minute:02}\u{a0}{half}")
            }
        }
        Locale::Fr => {
            if minute == 0 {
                format!("{hour}\u{a0}h")
            } else {
                format!("{hour}\u{a0}h\u{a0}{minute:02}")
            }
        }
    }
}

/// When something happens: `tomorrow, Saturday 21 November, at 8 pm`.
#[must_use]
pub fn moment(locale: Locale, at: DateTime<Utc>, now: DateTime<Utc>, zone: Tz) -> String {
    let (at, now) = (at.with_timezone(&zone), now.with_timezone(&zone));
    crate::t!(
        locale,
        "moment",
        day = day_in_words(locale, at.date_naive(), now.date_naive()),
        time = time_in_words(locale, at.hour(), at.minute()),
    )
}

/// Until when something can be done: `tomorrow, Saturday 21 November, by 8 pm`. Midnight is said
/// as the end of the day before.
#[must_use]
pub fn deadline(locale: Locale, at: DateTime<Utc>, now: DateTime<Utc>, zone: Tz) -> String {
    let (local, now) = (at.with_timezone(&zone), now.with_timezone(&zone));
    if local.hour() == 0 && local.minute() == 0 {
        let day = local.date_naive().pred_opt().unwrap_or_else(|| local.date_naive());
        return crate::t!(
            locale,
            "deadline-end-of-day",
            day = day_in_words(locale, day, now.date_naive()),
        );
    }
    crate::t!(
        locale,
        "deadline",
        day = day_in_words(locale, local.date_naive(), now.date_naive()),
        time = time_in_words(locale, local.hour(), local.minute()),
    )
}

/// `20 Nov 2026`: for tables.
#[must_use]
pub fn date_short(locale: Locale, date: NaiveDate) -> String {
    let month = word(locale, &MONTHS_SHORT, date.month0());
    [&day_number(locale, date), "\u{a0}", &month, "\u{a0}", &date.year().to_string()].concat()
}

/// `20 Nov 2026, 14:05`: for tables, 24 hours.
#[must_use]
pub fn date_time_short(locale: Locale, at: DateTime<Utc>, zone: Tz) -> String {
    let at = at.with_timezone(&zone);
    format!("{}, {:02}:{:02}", date_short(locale, at.date_naive()), at.hour(), at.minute())
}

/// `20 Nov 2026, 14:05:09 EST`: for records, with seconds and the zone.
#[must_use]
pub fn date_time_full(locale: Locale, at: DateTime<Utc>, zone: Tz) -> String {
    let local = at.with_timezone(&zone);
    format!(
        "{}, {:02}:{:02}:{:02} {}",
        date_short(locale, local.date_naive()),
        local.hour(),
        local.minute(),
        local.second(),
        local.format("%Z")
    )
}

/// How long ago or how far ahead, in the largest fitting unit: `3 hours ago`, `in 2 days`.
#[must_use]
pub fn relative(locale: Locale, at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let delta = at - now;
    let ahead = delta > TimeDelta::zero();
    let minutes = delta.num_minutes().abs();
    let (unit, count) = match minutes {
        0 => return t(locale, "relative-now"),
        1..60 => ("minute", minutes),
        60..1_440 => ("hour", minutes / 60),
        1_440..43_200 => ("day", minutes / 1_440),
        43_200..525_600 => ("month", minutes / 43_200),
        _ => ("year", minutes / 525_600),
    };
    if ahead {
        crate::t!(locale, "relative-ahead", unit = unit, count = count)
    } else {
        crate::t!(locale, "relative-ago", unit = unit, count = count)
    }
}

/// A length in words: `about 6 minutes`, `less than a minute`.
#[must_use]
pub fn about_minutes(locale: Locale, minutes: u32) -> String {
    crate::t!(locale, "about-minutes", count = minutes)
}

/// How [`Time`] shows an instant.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum TimeStyle {
    /// `3 hours ago`, the exact time on hover and for assistive technology beside it.
    #[default]
    Relative,
    /// `20 Nov 2026, 14:05`.
    Short,
    /// `3 hours ago` over `20 Nov 2026, 14:05`.
    Both,
    /// `20 Nov 2026, 14:05:09 EST`.
    Full,
    /// `tomorrow, Saturday 21 November, at 8 pm`.
    Words,
}

/// An instant, readable for people and machines.
#[component]
pub fn Time(
    at: DateTime<Utc>,
    #[prop(optional)] style: TimeStyle,
    /// Another zone than the page's.
    #[prop(optional)]
    zone: Option<Tz>,
) -> impl IntoView {
    let page = use_page();
    let locale = use_locale();
    let zone = zone.unwrap_or(page.zone);
    let machine = at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
    let full = date_time_full(locale, at, zone);
    let text = match style {
        TimeStyle::Relative | TimeStyle::Both => relative(locale, at, page.now),
        TimeStyle::Short => date_time_short(locale, at, zone),
        TimeStyle::Full => full.clone(),
        TimeStyle::Words => moment(locale, at, page.now, zone),
    };
    let second = (style == TimeStyle::Both).then(|| {
        view! { <span class="time-second">{date_time_short(locale, at, zone)}</span> }
    });
    erased(view! { <time class="time" datetime=machine title=full>{text}{second}</time> })
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("an instant")
    }

    #[test]
    fn a_deadline_reads_as_people_say_it_in_the_participants_zone() {
        let zone = Tz::America__Toronto;
        let now = at("2026-11-20T20:00:00Z");
        let due = at("2026-11-22T01:00:00Z");
        assert_eq!(
            deadline(Locale::En, due, now, zone),
            "tomorrow, Saturday 21 November, by 8\u{a0}pm"
        );
        assert_eq!(
            deadline(Locale::Fr, due, now, zone),
            "demain, samedi 21 novembre, avant 20\u{a0}h"
        );
        // The same instant is the day after for somebody in Paris
        assert_eq!(
            deadline(Locale::En, due, now, Tz::Europe__Paris),
            "Sunday 22 November, by 2\u{a0}am"
        );
    }

    #[test]
    fn midnight_is_the_end_of_the_day_before() {
        let zone = Tz::Europe__Paris;
        let due = zone.with_ymd_and_hms(2026, 11, 22, 0, 0, 0).single().expect("a time");
        let text = deadline(Locale::En, due.to_utc(), at("2026-11-21T09:00:00Z"), zone);
        assert_eq!(text, "today, Saturday 21 November, by the end of the day");
    }

    #[test]
    fn another_year_is_named_and_the_first_of_a_month_is_said_right() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 20).expect("a date");
        let later = NaiveDate::from_ymd_opt(2027, 1, 1).expect("a date");
        assert_eq!(day_in_words(Locale::En, later, today), "Friday 1 January 2027");
        assert_eq!(day_in_words(Locale::Fr, later, today), "vendredi 1er janvier 2027");
    }

    #[test]
    fn a_change_of_clocks_moves_the_hour_and_not_the_day() {
        let zone = Tz::America__Toronto;
        let now = at("2026-10-31T12:00:00Z");
        // 2026-11-01 is when clocks go back in Toronto
        assert_eq!(
            moment(Locale::En, at("2026-11-01T05:30:00Z"), now, zone),
            "tomorrow, Sunday 1 November, at 1:30\u{a0}am"
        );
        assert_eq!(
            moment(Locale::En, at("2026-11-01T06:30:00Z"), now, zone),
            "tomorrow, Sunday 1 November, at 1:30\u{a0}am"
        );
        assert_eq!(
            moment(Locale::En, at("2026-11-01T07:30:00Z"), now, zone),
            "tomorrow, Sunday 1 November, at 2:30\u{a0}am"
        );
    }

    #[test]
    fn relative_times_pick_the_unit_and_its_number() {
        let now = at("2026-11-20T12:00:00Z");
        let text = |seconds| relative(Locale::En, now + TimeDelta::seconds(seconds), now);
        assert_eq!(text(20), "just now");
        assert_eq!(text(-60), "1 minute ago");
        assert_eq!(text(-7_300), "2 hours ago");
        assert_eq!(text(2 * 86_400), "in 2 days");
        assert_eq!(text(-400 * 86_400), "1 year ago");
        assert_eq!(relative(Locale::Fr, now - TimeDelta::days(3), now), "il y a 3\u{a0}jours");
    }

    #[test]
    fn noon_and_midnight_have_names() {
        assert_eq!(time_in_words(Locale::En, 12, 0), "noon");
        assert_eq!(time_in_words(Locale::Fr, 0, 0), "minuit");
        assert_eq!(time_in_words(Locale::En, 12, 30), "12:30\u{a0}pm");
        assert_eq!(time_in_words(Locale::En, 0, 5), "12:05\u{a0}am");
    }
}
