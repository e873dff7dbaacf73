//! One animation-frame loop for the whole run, and the log of its stamps.

use super::{refresh, ring::Ring};
use js_sys::Function;
use std::{cell::OnceCell, rc::Rc};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::Window;

/// Stamps kept: over 4 s at 240 Hz, over 17 s at 60 Hz.
const KEPT: usize = 1024;
/// How many of the newest intervals an estimate of the refresh rate looks at.
pub(crate) const ESTIMATE_OVER: usize = 240;

/// Starts the loop. It asks for the next frame first and then calls `on_frame` with the stamp of
/// this one; it ends when `on_frame` returns false. The one closure lives as long as the page.
pub(crate) fn run(
    window: &Window,
    mut on_frame: impl FnMut(f64) -> bool + 'static,
) -> Result<(), JsValue> {
    let own: Rc<OnceCell<Function>> = Rc::default();
    let closure = {
        let (own, window) = (Rc::clone(&own), window.clone());
        Closure::<dyn FnMut(f64)>::new(move |stamp| {
            if on_frame(stamp)
                && let Some(function) = own.get()
            {
                // It fails only in a window that is being torn down.
                let _ = window.request_animation_frame(function);
            }
        })
    };
    let function: Function = closure.into_js_value().unchecked_into();
    window.request_animation_frame(&function)?;
    // The cell is empty until here, as the closure cannot know itself before it is made.
    let _ = own.set(function);
    Ok(())
}

/// The stamps of the frames, and room to work on them without allocating.
pub(crate) struct FrameLog {
    stamps: Ring<f64, KEPT>,
    intervals: Vec<f64>,
}

impl FrameLog {
    pub(crate) fn new() -> Self {
        Self { stamps: Ring::new(), intervals: Vec::with_capacity(ESTIMATE_OVER) }
    }

    /// Adds the stamp of a frame. Allocates nothing.
    pub(crate) fn push(&mut self, stamp: f64) {
        self.stamps.push(stamp);
    }

    /// How many frames there were so far.
    pub(crate) const fn position(&self) -> usize {
        self.stamps.position()
    }

    /// The stamp of the newest frame.
    pub(crate) fn last(&self) -> Option<f64> {
        self.stamps.last()
    }

    /// The refresh interval over the frames since `position`, at most the newest
    /// [`ESTIMATE_OVER`]. None when there were too few.
    pub(crate) fn estimate_since(&mut self, position: usize) -> Option<refresh::Refresh> {
        self.intervals.clear();
        let from = position.max(self.position().saturating_sub(ESTIMATE_OVER + 1));
        let mut previous = None;
        for stamp in self.stamps.since(from) {
            if let Some(before) = previous.replace(stamp)
                && self.intervals.len() < ESTIMATE_OVER
            {
                self.intervals.push(stamp - before);
            }
        }
        refresh::estimate(&mut self.intervals)
    }

    /// How many gaps longer than `limit_ms` there were between the frames stamped from `from_ms`
    /// to `to_ms` on the performance timeline.
    pub(crate) fn gaps_between(&self, from_ms: f64, to_ms: f64, limit_ms: f64) -> u32 {
        let (mut previous, mut gaps) = (None, 0);
        for stamp in self.stamps.since(0) {
            if let Some(before) = previous.replace(stamp)
                && stamp - before > limit_ms
                && stamp > from_ms
                && before < to_ms
            {
                gaps += 1;
            }
        }
        gaps
    }
}

#[cfg(test)]
mod tests {
    use super::FrameLog;
    use wasm_bindgen_test::wasm_bindgen_test;

    fn at_60_hz(frames: u32) -> FrameLog {
        let mut log = FrameLog::new();
        for frame in 0..frames {
            log.push(f64::from(frame) * 1000.0 / 60.0);
        }
        log
    }

    #[wasm_bindgen_test]
    fn estimates_from_the_newest_frames_only() {
        let mut log = at_60_hz(300);
        let from = log.position();
        let start = log.last().unwrap();
        for frame in 1..=250 {
            log.push(start + f64::from(frame) * 1000.0 / 120.0);
        }
        let refresh = log.estimate_since(from).unwrap();
        assert!((refresh.interval_ms - 1000.0 / 120.0).abs() < 1e-6);
        assert_eq!(refresh.dropped, 0);
    }

    #[wasm_bindgen_test]
    fn counts_only_the_gaps_within_the_time_asked_for() {
        let mut log = at_60_hz(60);
        let end = log.last().unwrap();
        log.push(end + 50.0);
        log.push(end + 66.7);
        log.push(end + 150.0);
        assert_eq!(log.gaps_between(0.0, end, 25.0), 0);
        assert_eq!(log.gaps_between(0.0, end + 60.0, 25.0), 1);
        assert_eq!(log.gaps_between(0.0, end + 200.0, 25.0), 2);
    }
}
