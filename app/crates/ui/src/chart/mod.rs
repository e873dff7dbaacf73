//! Charts as plain SVG: a title that says the finding, axes with units, a table behind each.
//!
//! Colours are those of Okabe and Ito, by class; every series has its own shape as well. Pages
//! offer the downloads.

pub mod axis;
pub mod bar;
mod days;
pub mod frame;
pub mod histogram;
pub mod timeline;
pub mod trials;
pub mod windows;

pub use bar::{Bar, BarChart};
pub use histogram::{Bin, Histogram, bins};
pub use timeline::{TimelineVisit, VisitTimeline};
pub use trials::{TrialPlot, TrialPoint};
pub use windows::{PlannedWindow, WindowTimeline};

/// A value worth a line of its own on a chart, e.g. the median.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    pub value: f64,
    pub label: String,
}
