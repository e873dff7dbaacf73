//! Scales, ticks and the lines that carry them.

use crate::erased;
use crate::number;
use contract::Locale;
use leptos::prelude::*;

/// Size of a drawing and the room around what it plots, in the drawing's own units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Canvas {
    pub width: f64,
    pub height: f64,
    /// Room for the labels of the vertical axis.
    pub left: f64,
    pub right: f64,
    pub top: f64,
    /// Room for the labels of the horizontal axis.
    pub bottom: f64,
    /// For a phone: fewer ticks, nothing beside each other that can be under each other.
    pub narrow: bool,
}

impl Canvas {
    /// Where there is room: 480 px and more on screen.
    pub const WIDE: Self = Self {
        width: 520.0,
        height: 290.0,
        left: 60.0,
        right: 20.0,
        top: 38.0,
        bottom: 50.0,
        narrow: false,
    };
    /// On a phone, where the wide one's labels would be too small to read.
    pub const NARROW: Self = Self {
        width: 320.0,
        height: 280.0,
        left: 50.0,
        right: 22.0,
        top: 40.0,
        bottom: 54.0,
        narrow: true,
    };

    /// Where the plot ends below: the horizontal axis.
    #[must_use]
    pub const fn base(&self) -> f64 {
        self.height - self.bottom
    }

    /// Where the plot ends on the right.
    #[must_use]
    pub const fn end(&self) -> f64 {
        self.width - self.right
    }

    /// About how many numbers the horizontal axis takes.
    #[must_use]
    pub const fn x_ticks(&self) -> u32 {
        if self.narrow { 4 } else { 8 }
    }

    /// Values from `lo` to `hi`, left to right.
    #[must_use]
    pub const fn horizontal(&self, lo: f64, hi: f64) -> Scale {
        Scale { lo, hi, from: self.left, to: self.end() }
    }

    /// Values from `lo` to `hi`, bottom to top.
    #[must_use]
    pub const fn vertical(&self, lo: f64, hi: f64) -> Scale {
        Scale { lo, hi, from: self.base(), to: self.top }
    }

    /// Which side of `x` a label begins on, so that it stays inside the drawing: its
    /// `text-anchor`. `room` is about half of its width.
    #[must_use]
    pub fn anchor(&self, x: f64, room: f64) -> &'static str {
        if x - room < 0.0 {
            "start"
        } else if x + room > self.width {
            "end"
        } else {
            "middle"
        }
    }
}

/// A stretch of values on a stretch of the drawing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    lo: f64,
    hi: f64,
    from: f64,
    to: f64,
}

impl Scale {
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
    canvas: Canvas,
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
                    <line class="chart-grid" x1=place(canvas.left) x2=place(canvas.end()) y1=y.clone() y2=y.clone()></line>
                    <text x=place(canvas.left - 8.0) y=y text-anchor="end" dominant-baseline="middle">
                        {number::decimal(locale, *value, digits)}
                    </text>
                </g>
            }
        })
        .collect_view();
    erased(view! {
        {lines}
        <text class="chart-label" x="4" y="12" dominant-baseline="middle">{label.to_owned()}</text>
    })
}

/// The horizontal axis with its numbers, and its label at the end.
pub fn horizontal(
    locale: Locale,
    canvas: Canvas,
    scale: Scale,
    values: &[f64],
    label: &str,
) -> impl IntoView + use<> {
    let digits = decimals(values);
    let base = canvas.base();
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
        <line class="chart-axis" x1=place(canvas.left) x2=place(canvas.end()) y1=place(base) y2=place(base)></line>
        {marks}
        <text class="chart-label" x=place(canvas.end()) y=place(canvas.height - 8.0) text-anchor="end">{label.to_owned()}</text>
    })
}

/// A name of `most` characters at most; the table behind the drawing has the whole one.
#[must_use]
pub fn clipped(name: &str, most: usize) -> String {
    if name.chars().count() <= most {
        return name.to_owned();
    }
    let kept: String = name.chars().take(most - 1).collect();
    [kept.trim_end(), "…"].concat()
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
        let scale = Canvas::WIDE.horizontal(0.0, 10.0);
        assert_eq!(place(scale.at(-5.0)), "60");
        assert_eq!(place(scale.at(99.0)), "500");
        assert_eq!(place(scale.at(5.0)), "280");
    }

    #[test]
    fn a_long_name_is_cut_where_its_room_ends() {
        assert_eq!(clipped("Week 12", 19), "Week 12");
        assert_eq!(clipped("Follow-up by telephone", 11), "Follow-up…");
    }

    #[test]
    fn a_label_at_the_edge_stays_inside_the_drawing() {
        let canvas = Canvas::NARROW;
        assert_eq!(canvas.anchor(10.0, 30.0), "start");
        assert_eq!(canvas.anchor(160.0, 30.0), "middle");
        assert_eq!(canvas.anchor(310.0, 30.0), "end");
    }
}
