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
        refresh::estimate(&self.intervals)
    }
}

#[cfg(test)]
mod tests {
    use super::FrameLog;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn estimates_from_the_newest_frames_only() {
        let mut log = FrameLog::new();
        for frame in 0..300 {
            log.push(f64::from(frame) * 1000.0 / 60.0);
        }
        let from = log.position();
        for frame in 0..250 {
            log.push(5000.0 + f64::from(frame) * 1000.0 / 120.0);
        }
        let refresh = log.estimate_since(from).unwrap();
        assert!((refresh.interval_ms - 1000.0 / 120.0).abs() < 1e-6);
        assert_eq!(refresh.dropped, 0);
    }
}
