//! Rows on a line of days: what the pictures of visits and of visit windows share.

use super::axis::{Canvas, Scale, clipped, place};
use crate::notice::Tone;
use leptos::prelude::*;

/// One row: a window of days with the day it is planned for.
pub(super) struct Line {
    pub(super) name: String,
    /// Under the name, or at the other end of its line on a phone.
    pub(super) note: String,
    pub(super) tone: Tone,
    /// First and last day of the window.
    pub(super) opens: i32,
    pub(super) closes: i32,
    pub(super) target: i32,
    /// The day it took place.
    pub(super) done: Option<i32>,
}

/// The line of days, with room for the names: beside it, or above each row on a phone.
pub(super) struct Days {
    pub(super) canvas: Canvas,
    scale: Scale,
    row: f64,
}

impl Days {
    /// Days from `first` to `last`, for `count` rows; `bottom` is the room under them.
    pub(super) fn new(canvas: Canvas, first: i32, last: i32, count: usize, bottom: f64) -> Self {
        let row = if canvas.narrow { 60.0 } else { 40.0 };
        let (left, top) = (if canvas.narrow { 14.0 } else { 156.0 }, 30.0);
        let rows = row * f64::from(u32::try_from(count).unwrap_or(0));
        let canvas = Canvas { left, top, bottom, height: top + rows + bottom, ..canvas };
        let scale = canvas.horizontal(f64::from(first), f64::from(last.max(first + 1)));
        Self { canvas, scale, row }
    }

    /// Where a day lies.
    pub(super) fn x(&self, day: i32) -> f64 {
        self.scale.at(f64::from(day))
    }

    /// The rows: windows as bars, the planned day as a line, the day it took place as a dot.
    pub(super) fn rows(&self, lines: &[Line]) -> impl IntoView + use<> {
        lines.iter().zip(0_u32..).map(|(line, index)| self.row_of(line, index)).collect_view()
    }

    fn row_of(&self, line: &Line, index: u32) -> impl IntoView + use<> {
        let Canvas { width, narrow, .. } = self.canvas;
        let top = self.canvas.top + self.row * f64::from(index);
        let middle = top + if narrow { 40.0 } else { self.row / 2.0 };
        let (left, right) = (self.x(line.opens), self.x(line.closes));
        let (target, bottom) = (self.x(line.target), place(top + self.row));
        let (name, name_y, note_x, note_y, anchor) = if narrow {
            (clipped(&line.name, 22), top + 18.0, width - 4.0, top + 18.0, "end")
        } else {
            (clipped(&line.name, 19), middle - 3.0, 4.0, middle + 13.0, "start")
        };
        let done = line.done.map(|day| {
            view! { <circle class="visit-done" cx=place(self.x(day)) cy=place(middle) r="6"></circle> }
        });
        view! {
            <g class=format!("visit {}", line.tone.class())>
                <line class="chart-grid" x1="0" x2=place(width) y1=bottom.clone() y2=bottom></line>
                <text class="chart-name" x="4" y=place(name_y)>{name}</text>
                <text class="visit-status" x=place(note_x) y=place(note_y) text-anchor=anchor>{line.note.clone()}</text>
                <rect class="visit-window" x=place(left - 3.0) y=place(middle - 7.0) width=place((right - left + 6.0).max(6.0)) height="14" rx="4"></rect>
                <line class="visit-target" x1=place(target) x2=place(target) y1=place(middle - 11.0) y2=place(middle + 11.0)></line>
                {done}
            </g>
        }
    }

    /// A grid line through all rows, with its label under them.
    pub(super) fn tick(&self, day: i32, label: String, room: f64) -> impl IntoView + use<> {
        let at = self.x(day);
        let (anchor, base) = (self.canvas.anchor(at, room), self.canvas.base());
        let top = place(self.canvas.top - 4.0);
        view! {
            <g class="chart-tick">
                <line class="chart-grid" x1=place(at) x2=place(at) y1=top y2=place(base)></line>
                <text x=place(at) y=place(base + 18.0) text-anchor=anchor>{label}</text>
            </g>
        }
    }

    /// A rule through all rows, named above them.
    pub(super) fn rule(&self, day: i32, label: String, room: f64) -> impl IntoView + use<> {
        let at = self.x(day);
        let anchor = self.canvas.anchor(at, room);
        view! {
            <g class="chart-mark">
                <line x1=place(at) x2=place(at) y1="22" y2=place(self.canvas.base())></line>
                <text x=place(at) y="12" text-anchor=anchor dominant-baseline="middle">{label}</text>
            </g>
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_one_day_still_has_a_place_for_it() {
        let days = Days::new(Canvas::NARROW, 0, 0, 1, 34.0);
        assert!((days.x(0) - days.canvas.left).abs() < 1e-9);
    }
}
