//! A value by condition, with its uncertainty.

use super::{
    axis::{self, Canvas, place},
    frame::{Frame, Numbers, Picture, Pictures},
};
use crate::erased;
use crate::{i18n::t, locale::use_locale, number};
use leptos::prelude::*;

/// One condition.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    pub label: String,
    pub value: f64,
    /// Ends of the error bar, e.g. a 95 % interval.
    pub range: Option<(f64, f64)>,
    /// How many observations stand behind it.
    pub n: Option<u32>,
}

/// Width of a letter of a name, about.
const LETTER: f64 = 7.6;
/// Height of a name with its number of observations.
const LEVEL: f64 = 36.0;

/// How many letters fit into `width`.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a width inside a drawing"
)]
fn letters(width: f64) -> usize {
    (width / LETTER).max(2.0) as usize
}

/// Bars with error bars; the vertical axis begins at zero.
#[component]
pub fn BarChart(
    /// The finding, as a sentence.
    #[prop(into)]
    title: String,
    /// What is measured, with its unit: "Correct (%)".
    #[prop(into)]
    y_label: String,
    /// What the bars stand for: "Condition".
    #[prop(into)]
    x_label: String,
    /// What the error bars are: "95 % interval".
    #[prop(optional, into)]
    range_label: Option<String>,
    bars: Vec<Bar>,
    /// Upper end of the axis where it is known, e.g. 100 for percentages.
    #[prop(optional)]
    max: Option<f64>,
    /// Digits after the mark.
    #[prop(default = 0)]
    digits: usize,
    #[prop(optional, into)] id: Option<String>,
) -> impl IntoView {
    let locale = use_locale();
    let highest = bars.iter().map(|bar| bar.range.map_or(bar.value, |(_, hi)| hi));
    let top = max.unwrap_or_else(|| axis::extent(highest).map_or(1.0, |(_, hi)| hi.max(0.0)));
    let y_ticks = axis::ticks(0.0, top, 5);
    let pictures = Pictures::new(|canvas| {
        let count = u32::try_from(bars.len()).unwrap_or(1).max(1);
        let slot = (canvas.end() - canvas.left) / f64::from(count);
        let longest = bars.iter().map(|bar| bar.label.chars().count()).max().unwrap_or(0);
        // Names too long to stand beside each other stand on two levels
        let crowded = f64::from(u32::try_from(longest).unwrap_or(0)) * LETTER > slot;
        let canvas = if crowded {
            Canvas { height: canvas.height + LEVEL, bottom: canvas.bottom + LEVEL, ..canvas }
        } else {
            canvas
        };
        let y = canvas.vertical(0.0, y_ticks.last().copied().unwrap_or(1.0));
        let base = canvas.base();
        let width = (slot * 0.5).min(96.0);
        let mut at = canvas.left + slot / 2.0;
        let drawn = bars
            .iter()
            .enumerate()
            .map(|(index, bar)| {
                let (x, height) = (at, y.at(bar.value));
                // Up to the middle of its neighbours, and to the edge
                let room = if crowded { slot.min(x).min(canvas.width - x) } else { slot / 2.0 };
                let name = axis::clipped(&bar.label, letters(2.0 * room));
                at += slot;
                let below = if crowded && index % 2 == 1 { LEVEL } else { 0.0 };
                let above = y.at(bar.range.map_or(bar.value, |(_, hi)| hi)) - 7.0;
                let class = format!("bar series-{}", index % 4);
                let error = bar.range.map(|(lo, hi)| {
                    let (lo, hi) = (y.at(lo), y.at(hi));
                    let path = format!(
                        "M{:.1} {hi:.1}h16M{x:.1} {hi:.1}V{lo:.1}M{:.1} {lo:.1}h16",
                        x - 8.0,
                        x - 8.0
                    );
                    view! { <path class="chart-error" d=path></path> }
                });
                let n = bar.n.map(|n| format!("n = {}", number::whole(locale, i64::from(n))));
                let n = n.map(|n| {
                    view! { <text class="chart-n" x=place(x) y=place(base + below + 35.0) text-anchor="middle">{n}</text> }
                });
                view! {
                    <g>
                        <rect class=class x=place(x - width / 2.0) y=place(height) width=place(width)
                            height=place((base - height).max(0.0))></rect>
                        {error}
                        <text class="chart-value" x=place(x) y=place(above) text-anchor="middle">
                            {number::decimal(locale, bar.value, digits)}
                        </text>
                        <text class="chart-name" x=place(x) y=place(base + below + 18.0) text-anchor="middle">{name}</text>
                        {n}
                    </g>
                }
            })
            .collect_view();
        let content = view! {
            {axis::vertical(locale, canvas, y, &y_ticks, &y_label)}
            {drawn}
            <line class="chart-axis" x1=place(canvas.left) x2=place(canvas.end()) y1=place(base) y2=place(base)></line>
        };
        Picture { canvas, content: content.into_any() }
    });
    let mut heads = vec![x_label, y_label.clone()];
    let with_range = bars.iter().any(|bar| bar.range.is_some());
    if with_range {
        heads.push(t(locale, "chart-low"));
        heads.push(t(locale, "chart-high"));
    }
    let with_n = bars.iter().any(|bar| bar.n.is_some());
    if with_n {
        heads.push("n".into());
    }
    let rows = bars
        .iter()
        .map(|bar| {
            let value = |value: f64| number::decimal(locale, value, digits);
            let mut row = vec![bar.label.clone(), value(bar.value)];
            if with_range {
                let (lo, hi) = bar.range.unwrap_or((f64::NAN, f64::NAN));
                row.extend([value(lo), value(hi)]);
            }
            if with_n {
                row.push(bar.n.map_or_else(String::new, |n| number::whole(locale, i64::from(n))));
            }
            row
        })
        .collect();
    erased(view! {
        <div class="chart-block">
            <Frame title numbers=Numbers { heads, rows } pictures id/>
            {range_label.map(|label| view! { <p class="legend-note">{label}</p> })}
        </div>
    })
}
