//! A value trial by trial.

use super::{
    Mark,
    axis::{self, place},
    frame::{Frame, LegendItem, Numbers, Picture, Pictures, shape},
};
use crate::erased;
use crate::{i18n::t, locale::use_locale, number};
use leptos::prelude::*;

/// One trial.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TrialPoint {
    /// Number of the trial, from 1.
    pub trial: u32,
    /// What was measured; none where nothing was, e.g. no response.
    pub value: Option<f64>,
    /// Index into the names of the series, e.g. the condition.
    pub series: usize,
    /// Drawn open, e.g. a wrong response.
    pub open: bool,
}

/// Points in the order of trials, one shape and colour a series, open where set apart.
#[component]
pub fn TrialPlot(
    /// The finding, as a sentence.
    #[prop(into)]
    title: String,
    /// What is measured, with its unit: "Reaction time (ms)".
    #[prop(into)]
    y_label: String,
    points: Vec<TrialPoint>,
    /// Names of the series, four at most.
    series: Vec<String>,
    /// What an open mark means: "Wrong response".
    #[prop(optional, into)]
    open_label: Option<String>,
    #[prop(optional)] marks: Vec<Mark>,
    /// Joins the points of each series by a line.
    #[prop(optional)]
    line: bool,
    #[prop(optional, into)] id: Option<String>,
) -> impl IntoView {
    let locale = use_locale();
    let values = points.iter().filter_map(|point| point.value);
    let (_, hi) = axis::extent(values).unwrap_or((0.0, 1.0));
    let last = points.iter().map(|point| point.trial).max().unwrap_or(1);
    let y_ticks = axis::ticks(0.0, hi, 5);
    let pictures = Pictures::new(|canvas| {
        let x_ticks: Vec<f64> = axis::ticks(0.0, f64::from(last), canvas.x_ticks())
            .into_iter()
            .filter(|tick| *tick <= f64::from(last) && (*tick - tick.round()).abs() < 1e-9)
            .collect();
        let x = canvas.horizontal(0.0, f64::from(last) + 1.0);
        let y = canvas.vertical(0.0, y_ticks.last().copied().unwrap_or(1.0));
        let lines = line.then(|| {
            (0..series.len())
                .map(|index| {
                    let path = points
                        .iter()
                        .filter(|point| point.series == index)
                        .filter_map(|point| Some((point.trial, point.value?)))
                        .map(|(trial, value)| {
                            format!("{:.1},{:.1}", x.at(f64::from(trial)), y.at(value))
                        })
                        .collect::<Vec<_>>()
                        .join(" ");
                    let class = format!("chart-line series-{}", index % 4);
                    view! { <polyline class=class points=path></polyline> }
                })
                .collect_view()
        });
        let radius = if canvas.narrow { 3.5 } else { 4.0 };
        let dots = points
            .iter()
            .filter_map(|point| {
                let (at, value) = (x.at(f64::from(point.trial)), point.value?);
                Some(shape(at, y.at(value), point.series, radius, point.open))
            })
            .collect_view();
        let levels = marks
            .iter()
            .map(|mark| {
                let (at, end) = (y.at(mark.value), place(canvas.end()));
                view! {
                    <g class="chart-mark">
                        <line x1=place(canvas.left) x2=end.clone() y1=place(at) y2=place(at)></line>
                        <text x=end y=place(at - 7.0) text-anchor="end">{mark.label.clone()}</text>
                    </g>
                }
            })
            .collect_view();
        let content = view! {
            {axis::vertical(locale, canvas, y, &y_ticks, &y_label)}
            {axis::horizontal(locale, canvas, x, &x_ticks, &t(locale, "chart-trial"))}
            {lines}
            {dots}
            {levels}
        };
        Picture { canvas, content: content.into_any() }
    });
    let named = series.iter().enumerate().map(|(index, label)| LegendItem {
        series: index,
        label: label.clone(),
        open: false,
    });
    let opened =
        open_label.iter().map(|label| LegendItem { series: 0, label: label.clone(), open: true });
    let legend = named.chain(opened).collect();
    let has_series = series.len() > 1;
    let mut heads = vec![t(locale, "chart-trial")];
    if has_series {
        heads.push(t(locale, "chart-series"));
    }
    heads.push(y_label.clone());
    if let Some(label) = &open_label {
        heads.push(label.clone());
    }
    let rows = points
        .iter()
        .map(|point| {
            let mut row = vec![number::whole(locale, i64::from(point.trial))];
            if has_series {
                row.push(series.get(point.series).cloned().unwrap_or_default());
            }
            row.push(point.value.map_or_else(
                || t(locale, "chart-none"),
                |value| number::decimal(locale, value, 1),
            ));
            if open_label.is_some() {
                row.push(t(locale, if point.open { "yes" } else { "no" }));
            }
            row
        })
        .collect();
    erased(view! {
        <Frame title numbers=Numbers { heads, rows } pictures legend id/>
    })
}
