//! The visit windows of a study on a line of days.

use super::{
    axis,
    days::{Days, Line},
    frame::{Frame, Numbers, Picture, Pictures},
};
use crate::erased;
use crate::{i18n::t, locale::use_locale, notice::Tone, number};
use leptos::prelude::*;

/// One visit as the design foresees it. Days are counted from enrollment, day 0.
#[derive(Debug, Clone)]
pub struct PlannedWindow {
    pub name: String,
    pub target_day: i32,
    /// First and last day of the window.
    pub opens: i32,
    pub closes: i32,
}

/// Windows as bars over the days from enrollment, the target day as a line through each.
#[component]
pub fn WindowTimeline(
    /// The finding, as a sentence.
    #[prop(into)]
    title: String,
    windows: Vec<PlannedWindow>,
    #[prop(optional, into)] id: Option<String>,
) -> impl IntoView {
    let locale = use_locale();
    let first = windows.iter().map(|window| window.opens).min().unwrap_or(0).min(0);
    let last = windows.iter().map(|window| window.closes).max().unwrap_or(0).max(0);
    let day = |day: i32| number::whole(locale, i64::from(day));
    let lines = windows
        .iter()
        .map(|window| Line {
            name: window.name.clone(),
            note: crate::t!(locale, "timeline-day", day = window.target_day),
            tone: Tone::Info,
            opens: window.opens,
            closes: window.closes,
            target: window.target_day,
            done: None,
        })
        .collect::<Vec<_>>();
    let pictures = Pictures::new(|canvas| {
        let days = Days::new(canvas, first, last, lines.len(), 54.0);
        let canvas = days.canvas;
        let count = if canvas.narrow { 4 } else { 6 };
        let ticks = axis::ticks(f64::from(first), f64::from(last.max(first + 1)), count)
            .into_iter()
            .filter(|tick| tick.fract() == 0.0)
            .map(whole_day)
            .filter(|tick| (first..=last).contains(tick))
            .map(|tick| days.tick(tick, day(tick), 14.0))
            .collect_view();
        let content = view! {
            {ticks}
            {days.rule(0, t(locale, "timeline-enrollment"), 50.0)}
            {days.rows(&lines)}
            <text class="chart-label" x=axis::place(canvas.end()) y=axis::place(canvas.height - 8.0) text-anchor="end">
                {t(locale, "timeline-days")}
            </text>
        };
        Picture { canvas, content: content.into_any() }
    });
    let heads =
        ["timeline-visit", "timeline-opens-day", "timeline-target-day", "timeline-closes-day"]
            .map(|key| t(locale, key))
            .to_vec();
    let rows = windows
        .iter()
        .map(|window| {
            let days = [window.opens, window.target_day, window.closes];
            std::iter::once(window.name.clone()).chain(days.map(day)).collect()
        })
        .collect();
    erased(view! { <Frame title numbers=Numbers { heads, rows } pictures id/> })
}

/// A day that the axis writes as a number.
#[expect(clippy::cast_possible_truncation, reason = "days of windows lie within ±8000")]
const fn whole_day(tick: f64) -> i32 {
    tick as i32
}
