//! Scales, ticks and the lines that carry them.

use crate::erased;
use crate::number;
use contract::Locale;
use leptos::prelude::*;

/// Width of the drawing in its own units.
pub const WIDTH: f64 = 520.0;
/// Height of the drawing in its own units.
pub const HEIGHT: f64 = 290.0;
/// Room for the labels of the vertical axis.
pub const LEFT: f64 = 60.0;
pub const RIGHT: f64 = 16.0;
pub const TOP: f64 = 36.0;
/// Room for the labels of the horizontal axis.
pub const BOTTOM: f64 = 50.0;

/// A stretch of values on a stretch of the drawing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    lo: f64,
    hi: f64,
    from: f64,
    to: f64,
}

impl Scale {
    /// Values from `lo` to `hi`, left to right.
    #[must_use]
    pub const fn horizontal(lo: f64, hi: f64) -> Self {
        Self { lo, hi, from: LEFT, to: WIDTH - RIGHT }
    }

    /// Values from `lo` to `hi`, bottom to top.
    #[must_use]
    pub const fn vertical(lo: f64, hi: f64) -> Self {
        Self { lo, hi, from: HEIGHT - BOTTOM, to: TOP }
    }

    /// Place of a value; values outside lie on the edge.
    #[must_use]
    pub fn at(&self, value: f64) -> f64 {
        let span = self.hi - self.lo;
        let share = if span > 0.0 { (value - self.lo) / span } else { 0.5 };
        self.from + share.clamp(0.0, 1.0) * (self.to - self.from)
    }
}

/// Round values over `lo..=hi`, about `count` of them, and the bounds that hold them all.
#[must_use]
pub fn ticks(lo: f64, hi: f64, count: u32) -> Vec<f64> {
    if !(lo.is_finite() && hi.is_finite()) {
        return Vec::new();
    }
    let span = if hi > lo { hi - lo } else { 1.0 };
    let rough = span / f64::from(count.max(1));
    let power = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 2.5, 5.0, 10.0]
        .into_iter()
        .map(|factor| factor * power)
        .find(|step| *step >= rough - 1e-12)
        .unwrap_or(power * 10.0);
    let first = (lo / step).floor();
    let mut out = Vec::new();
    let mut index = 0_u32;
    loop {
        let value = (first + f64::from(index)) * step;
        out.push(value);
        if value >= hi - step * 1e-9 || index > 100 {
            return out;
        }
        index += 1;
    }
}

/// Digits after the mark that tell neighbouring ticks apart.
#[must_use]
pub fn decimals(ticks: &[f64]) -> usize {
    let step = match ticks {
        [a, b, ..] => b - a,
        _ => return 0,
    };
    (0..4_usize)
        .find(|digits| {
            let scaled = step * [1.0, 10.0, 100.0, 1000.0].get(*digits).copied().unwrap_or(1.0);
            (scaled - scaled.round()).abs() < 1e-6
        })
        .unwrap_or(3)
}

/// A coordinate with one digit after the mark: finer than any screen shows.
#[must_use]
pub fn place(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map_or(text.clone(), ToOwned::to_owned)
}

/// Grid lines and numbers of the vertical axis, with its label on top.
pub fn vertical(
    locale: Locale,
    scale: Scale,
    values: &[f64],
    label: &str,
) -> impl IntoView + use<> {
    let digits = decimals(values);
    let lines = values
        .iter()
        .map(|value| {
            let y = place(scale.at(*value));
            view! {
                <g class="chart-tick">
                    <line class="chart-grid" x1=place(LEFT) x2=place(WIDTH - RIGHT) y1=y.clone() y2=y.clone()></line>
                    <text x=place(LEFT - 8.0) y=y text-anchor="end" dominant-baseline="middle">
                        {number::decimal(locale, *value, digits)}
                    </text>
                </g>
            }
        })
        .collect_view();
    erased(view! {
        {lines}
        <text class="chart-label" x="4" y="10" dominant-baseline="middle">{label.to_owned()}</text>
    })
}

/// The horizontal axis with its numbers, and its label at the end.
pub fn horizontal(
    locale: Locale,
    scale: Scale,
    values: &[f64],
    label: &str,
) -> impl IntoView + use<> {
    let digits = decimals(values);
    let base = HEIGHT - BOTTOM;
    let marks = values
        .iter()
        .map(|value| {
            let x = place(scale.at(*value));
            view! {
                <g class="chart-tick">
                    <line class="chart-axis" x1=x.clone() x2=x.clone() y1=place(base) y2=place(base + 5.0)></line>
                    <text x=x y=place(base + 18.0) text-anchor="middle">
                        {number::decimal(locale, *value, digits)}
                    </text>
                </g>
            }
        })
        .collect_view();
    erased(view! {
        <line class="chart-axis" x1=place(LEFT) x2=place(WIDTH - RIGHT) y1=place(base) y2=place(base)></line>
        {marks}
        <text class="chart-label" x=place(WIDTH - RIGHT) y=place(HEIGHT - 8.0) text-anchor="end">{label.to_owned()}</text>
    })
}

/// Lowest and highest value; none for no values.
#[must_use]
pub fn extent(values: impl Iterator<Item = f64>) -> Option<(f64, f64)> {
    values.filter(|value| value.is_finite()).fold(None, |so_far, value| match so_far {
        None => Some((value, value)),
        Some((lo, hi)) => Some((f64::min(lo, value), f64::max(hi, value))),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_hold_every_value() {
        assert_eq!(ticks(0.0, 100.0, 5), [0.0, 20.0, 40.0, 60.0, 80.0, 100.0]);
        assert_eq!(ticks(213.0, 487.0, 5), [200.0, 300.0, 400.0, 500.0]);
        assert_eq!(ticks(0.0, 0.0, 4).len(), 1 + usize::from(ticks(0.0, 0.0, 4).len() > 1) * 4);
        assert!(ticks(f64::NAN, 1.0, 4).is_empty());
    }

    #[test]
    fn a_scale_keeps_values_inside_the_drawing() {
        let scale = Scale::horizontal(0.0, 10.0);
        assert_eq!(place(scale.at(-5.0)), "60");
        assert_eq!(place(scale.at(99.0)), "504");
        assert_eq!(place(scale.at(5.0)), "282");
    }
}
