//! The one clock: milliseconds on the performance timeline of this page load.

use crate::js;
use js_sys::Date;
use wasm_bindgen::JsCast;
use web_sys::{Performance, Window};

/// Reads of the performance timeline, through one kept handle.
#[derive(Clone)]
pub(crate) struct Clock {
    performance: Performance,
}

/// How long [`Clock::step_us`] looks for steps at most, in milliseconds.
const STEP_SEARCH_MS: f64 = 30.0;
/// After how many steps it has seen enough.
const STEPS_WANTED: u32 = 64;

impl Clock {
    /// None where the browser has no performance timeline.
    pub(crate) fn new(window: &Window) -> Option<Self> {
        window.performance().map(|performance| Self { performance })
    }

    /// Milliseconds since the page load began.
    pub(crate) fn now(&self) -> f64 {
        self.performance.now()
    }

    /// The wall-clock time of 0 on this timeline, in milliseconds since 1970.
    pub(crate) fn time_origin(&self) -> f64 {
        self.performance.time_origin()
    }

    /// The smallest step that the clock makes, in microseconds: 5 with cross-origin isolation in
    /// Chromium, 100 without, 1000 and more in browsers that blunt their clocks. Blocks for at
    /// most 30 ms, so it belongs before a task, never within.
    pub(crate) fn step_us(&self) -> f64 {
        let start = self.now();
        let (mut last, mut smallest, mut steps) = (start, f64::INFINITY, 0);
        while steps < STEPS_WANTED && last - start < STEP_SEARCH_MS {
            let now = self.now();
            if now > last {
                smallest = smallest.min(now - last);
                steps += 1;
                last = now;
            }
        }
        if smallest.is_finite() { (smallest * 1000.0 * 10.0).round() / 10.0 } else { 0.0 }
    }

    /// How far the wall clock has run away from this timeline since the page load, in
    /// milliseconds. A jump means that the device slept or that its clock was set.
    pub(crate) fn drift_ms(&self) -> f64 {
        Date::now() - (self.time_origin() + self.now())
    }

    /// Milliseconds that a fixed piece of arithmetic takes: a rough measure of the processor.
    pub(crate) fn processor_ms(&self) -> f64 {
        let start = self.now();
        let mut x: u32 = 0x9E37_79B9;
        for _ in 0..2_000_000_u32 {
            x ^= x << 13;
            x ^= x >> 17;
            x ^= x << 5;
        }
        let took = self.now() - start;
        // Without a use of `x` the loop would be optimised away; it is never zero.
        if x == 0 { 0.0 } else { (took * 100.0).round() / 100.0 }
    }
}

/// Whether the page is cross-origin isolated, which sharpens the clock.
pub(crate) fn isolated(window: &Window) -> bool {
    window.unchecked_ref::<js::Page>().cross_origin_isolated().unwrap_or(false)
}
