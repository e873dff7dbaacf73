//! Visits on a line of days.

use super::{
    axis::{LEFT, RIGHT, WIDTH, place},
    frame::{Frame, Numbers},
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

/// Height of one visit's row.
const ROW: f64 = 40.0;
/// Room for the labels on the left, more than charts need.
const NAMES: f64 = 150.0;

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
    let days = i32::try_from((last - first).num_days()).unwrap_or(0).max(1);
    let x = |date: NaiveDate| {
        let day = i32::try_from((date - first).num_days()).unwrap_or(0);
        LEFT + NAMES - 60.0
            + f64::from(day) / f64::from(days) * (WIDTH - LEFT - NAMES + 60.0 - RIGHT * 2.0)
    };
    let count = u32::try_from(visits.len()).unwrap_or(0);
    let bottom = 24.0 + ROW * f64::from(count);
    let height = bottom + 34.0;
    let rows = visits
        .iter()
        .zip(0_u32..)
        .map(|(visit, index)| {
            let middle = 24.0 + ROW * f64::from(index) + ROW / 2.0;
            let (left, right) = (x(visit.opens), x(visit.closes));
            let done = visit.done.map(|date| {
                view! { <circle class="visit-done" cx=place(x(date)) cy=place(middle) r="6"></circle> }
            });
            let target = x(visit.target);
            view! {
                <g class=format!("visit {}", visit.tone.class())>
                    <line class="chart-grid" x1="0" x2=place(WIDTH) y1=place(middle + ROW / 2.0) y2=place(middle + ROW / 2.0)></line>
                    <text class="chart-name" x="4" y=place(middle - 3.0)>{visit.label.clone()}</text>
                    <text class="visit-status" x="4" y=place(middle + 13.0)>{visit.status.clone()}</text>
                    <rect class="visit-window" x=place(left - 3.0) y=place(middle - 7.0) width=place((right - left + 6.0).max(6.0)) height="14" rx="4"></rect>
                    <line class="visit-target" x1=place(target) x2=place(target) y1=place(middle - 11.0) y2=place(middle + 11.0)></line>
                    {done}
                </g>
            }
        })
        .collect_view();
    let months = month_starts(first, last)
        .into_iter()
        .map(|date| {
            let at = place(x(date));
            view! {
                <g class="chart-tick">
                    <line class="chart-grid" x1=at.clone() x2=at.clone() y1="20" y2=place(bottom)></line>
                    <text x=at y=place(bottom + 18.0) text-anchor="middle">{month_label(locale, date)}</text>
                </g>
            }
        })
        .collect_view();
    let now = x(today);
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
        <Frame title numbers height id>
            {months}
            {rows}
            <g class="chart-mark">
                <line x1=place(now) x2=place(now) y1="18" y2=place(bottom)></line>
                <text x=place(now) y="8" text-anchor="middle" dominant-baseline="middle">{t(locale, "chart-today")}</text>
            </g>
        </Frame>
    })
}

/// First days of months within the span, thinned out to eight at most.
fn month_starts(first: NaiveDate, last: NaiveDate) -> Vec<NaiveDate> {
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
    let every = out.len().div_ceil(8).max(1);
    out.into_iter().step_by(every).collect()
}

fn month_label(locale: contract::Locale, date: NaiveDate) -> String {
    let short = datetime::date_short(locale, date);
    // Without the day: "Nov 2026"
    short.split_once('\u{a0}').map_or(short.clone(), |(_, rest)| rest.to_owned())
}
