//! Visits on a line of days.

use super::{
    days::{Days, Line},
    frame::{Frame, Numbers, Picture, Pictures},
};
use crate::erased;
use crate::{datetime, i18n::t, locale::use_locale, notice::Tone};
use chrono::{Datelike, NaiveDate};
use leptos::prelude::*;

/// One visit.
#[derive(Debug, Clone)]
pub struct TimelineVisit {
    pub label: String,
    /// First and last day of its window.
    pub opens: NaiveDate,
    pub closes: NaiveDate,
    /// The day it is planned for.
    pub target: NaiveDate,
    /// The day it took place.
    pub done: Option<NaiveDate>,
    /// Status word and its tone.
    pub status: String,
    pub tone: Tone,
}

/// Windows as bars, the planned day as a line, the day it took place as a dot, today as a rule.
#[component]
pub fn VisitTimeline(
    /// The finding, as a sentence.
    #[prop(into)]
    title: String,
    today: NaiveDate,
    visits: Vec<TimelineVisit>,
    #[prop(optional, into)] id: Option<String>,
) -> impl IntoView {
    let locale = use_locale();
    let first = visits.iter().map(|v| v.opens.min(v.done.unwrap_or(v.opens))).min();
    let last = visits.iter().map(|v| v.closes.max(v.done.unwrap_or(v.closes))).max();
    let (first, last) = (first.unwrap_or(today).min(today), last.unwrap_or(today).max(today));
    let nth = |date: NaiveDate| i32::try_from((date - first).num_days()).unwrap_or(0);
    let lines = visits
        .iter()
        .map(|visit| Line {
            name: visit.label.clone(),
            note: visit.status.clone(),
            tone: visit.tone,
            opens: nth(visit.opens),
            closes: nth(visit.closes),
            target: nth(visit.target),
            done: visit.done.map(nth),
        })
        .collect::<Vec<_>>();
    let pictures = Pictures::new(|canvas| {
        let days = Days::new(canvas, 0, nth(last), lines.len(), 34.0);
        let most = if canvas.narrow { 3 } else { 4 };
        let months = month_starts(first, last, most)
            .into_iter()
            .map(|date| days.tick(nth(date), month_label(locale, date), 32.0))
            .collect_view();
        let content = view! {
            {months}
            {days.rule(nth(today), t(locale, "chart-today"), 40.0)}
            {days.rows(&lines)}
        };
        Picture { canvas: days.canvas, content: content.into_any() }
    });
    let day = |date: NaiveDate| datetime::date_short(locale, date);
    let numbers = Numbers {
        heads: [
            "timeline-visit",
            "timeline-status",
            "timeline-opens",
            "timeline-target",
            "timeline-closes",
            "timeline-done",
        ]
        .map(|key| t(locale, key))
        .to_vec(),
        rows: visits
            .iter()
            .map(|visit| {
                vec![
                    visit.label.clone(),
                    visit.status.clone(),
                    day(visit.opens),
                    day(visit.target),
                    day(visit.closes),
                    visit.done.map_or_else(|| t(locale, "chart-none"), day),
                ]
            })
            .collect(),
    };
    erased(view! {
        <Frame title numbers pictures id/>
    })
}

/// First days of months within the span, thinned out to `most`.
fn month_starts(first: NaiveDate, last: NaiveDate, most: usize) -> Vec<NaiveDate> {
    let mut out = Vec::new();
    let mut at = first.with_day(1);
    while let Some(date) = at {
        if date > last {
            break;
        }
        if date >= first {
            out.push(date);
        }
        at = date.checked_add_months(chrono::Months::new(1));
    }
    let every = out.len().div_ceil(most).max(1);
    out.into_iter().step_by(every).collect()
}

fn month_label(locale: contract::Locale, date: NaiveDate) -> String {
    let short = datetime::date_short(locale, date);
    // Without the day: "Nov 2026"
    short.split_once('\u{a0}').map_or(short.clone(), |(_, rest)| rest.to_owned())
}
