//! How often which values occur.

use super::{
    Mark,
    axis::{self, place},
    frame::{Frame, Numbers, Picture, Pictures},
};
use crate::erased;
use crate::{i18n::t, locale::use_locale, number};
use leptos::prelude::*;

/// One bar: values from `from` up to, but not including, `to`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bin {
    pub from: f64,
    pub to: f64,
    pub count: u32,
}

/// Sorts values into bins of equal `width`, beginning at a multiple of it; empty bins between stay.
/// Values that are no numbers are left out. At most 200 bins: beyond, the last holds the rest.
#[must_use]
pub fn bins(values: &[f64], width: f64) -> Vec<Bin> {
    const MOST: usize = 200;
    let Some((lo, hi)) = axis::extent(values.iter().copied()) else { return Vec::new() };
    if width.is_nan() || width <= 0.0 {
        return Vec::new();
    }
    let start = (lo / width).floor() * width;
    let mut out: Vec<Bin> = Vec::new();
    let mut from = start;
    while from <= hi && out.len() < MOST {
        out.push(Bin { from, to: from + width, count: 0 });
        from += width;
    }
    for value in values.iter().filter(|value| value.is_finite()) {
        let index = out.iter().rposition(|bin| *value >= bin.from).unwrap_or(0);
        if let Some(bin) = out.get_mut(index) {
            bin.count += 1;
        }
    }
    out
}

/// A histogram with lines for values of note.
#[component]
pub fn Histogram(
    /// The finding, as a sentence.
    #[prop(into)]
    title: String,
    /// What is measured, with its unit: "Reaction time (ms)".
    #[prop(into)]
    x_label: String,
    /// What is counted: "Responses".
    #[prop(into)]
    y_label: String,
    bins: Vec<Bin>,
    #[prop(optional)] marks: Vec<Mark>,
    #[prop(optional, into)] id: Option<String>,
) -> impl IntoView {
    let locale = use_locale();
    let lo = bins.first().map_or(0.0, |bin| bin.from);
    let hi = bins.last().map_or(1.0, |bin| bin.to);
    let most = bins.iter().map(|bin| bin.count).max().unwrap_or(0).max(1);
    let y_ticks = counts(most);
    let pictures = Pictures::new(|canvas| {
        let x_ticks: Vec<f64> = axis::ticks(lo, hi, canvas.x_ticks())
            .into_iter()
            .filter(|tick| *tick >= lo - 1e-9 && *tick <= hi + 1e-9)
            .collect();
        let x = canvas.horizontal(lo, hi);
        let y = canvas.vertical(0.0, y_ticks.last().copied().unwrap_or(1.0));
        let base = canvas.base();
        let bars = bins
            .iter()
            .filter(|bin| bin.count > 0)
            .map(|bin| {
                let (left, right) = (x.at(bin.from), x.at(bin.to));
                let top = y.at(f64::from(bin.count));
                view! {
                    <rect class="bar series-0" x=place(left + 0.5) y=place(top)
                        width=place((right - left - 1.0).max(1.0)) height=place(base - top)></rect>
                }
            })
            .collect_view();
        let lines = marks
            .iter()
            .map(|mark| {
                let at = x.at(mark.value);
                let to_the_left = at > canvas.width * 0.6;
                let anchor = if to_the_left { "end" } else { "start" };
                let text_at = if to_the_left { at - 6.0 } else { at + 6.0 };
                view! {
                    <g class="chart-mark">
                        <line x1=place(at) x2=place(at) y1=place(canvas.top) y2=place(base)></line>
                        <text x=place(text_at) y=place(canvas.top + 4.0) text-anchor=anchor dominant-baseline="middle">{mark.label.clone()}</text>
                    </g>
                }
            })
            .collect_view();
        let content = view! {
            {axis::vertical(locale, canvas, y, &y_ticks, &y_label)}
            {bars}
            {axis::horizontal(locale, canvas, x, &x_ticks, &x_label)}
            {lines}
        };
        Picture { canvas, content: content.into_any() }
    });
    let digits = axis::decimals(&[lo, bins.first().map_or(1.0, |bin| bin.to)]);
    let numbers = Numbers {
        heads: vec![
            [&x_label, ", ", &t(locale, "chart-from")].concat(),
            t(locale, "chart-to"),
            y_label.clone(),
        ],
        rows: bins
            .iter()
            .map(|bin| {
                vec![
                    number::decimal(locale, bin.from, digits),
                    number::decimal(locale, bin.to, digits),
                    number::whole(locale, i64::from(bin.count)),
                ]
            })
            .collect(),
    };
    erased(view! {
        <Frame title numbers pictures id/>
    })
}

/// Whole numbers up to `most`, about five: there is no half response.
fn counts(most: u32) -> Vec<f64> {
    [5, 4, 3, 2, 1]
        .into_iter()
        .map(|count| axis::ticks(0.0, f64::from(most), count.min(most)))
        .find(|ticks| ticks.iter().all(|tick| tick.fract() == 0.0))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bins_begin_at_a_multiple_of_their_width_and_hold_every_value() {
        let all = bins(&[310.0, 349.9, 350.0, 460.0, f64::NAN], 50.0);
        let counts: Vec<u32> = all.iter().map(|bin| bin.count).collect();
        assert_eq!(all.first().map(|bin| bin.from), Some(300.0));
        assert_eq!(counts, [2, 1, 0, 1]);
    }

    #[test]
    fn a_far_outlier_does_not_make_thousands_of_bins() {
        let all = bins(&[1.0, 1e9], 1.0);
        assert_eq!(all.len(), 200);
        assert_eq!(all.iter().map(|bin| bin.count).sum::<u32>(), 2);
    }

    #[test]
    fn no_values_and_no_width_give_no_bins() {
        assert!(bins(&[], 10.0).is_empty());
        assert!(bins(&[1.0], 0.0).is_empty());
    }

    #[test]
    fn counts_are_whole() {
        assert_eq!(counts(1), [0.0, 1.0]);
        assert_eq!(counts(5), [0.0, 1.0, 2.0, 3.0, 4.0, 5.0]);
        for most in 1..500 {
            let ticks = counts(most);
            assert!(ticks.last().is_some_and(|last| *last >= f64::from(most)), "{most}: {ticks:?}");
            assert!(ticks.iter().all(|tick| tick.fract() == 0.0), "{most}: {ticks:?}");
        }
    }
}
