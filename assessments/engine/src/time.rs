//! From milliseconds to frames and back.

use contract::task::Micros;

/// Frames that a duration takes: `max(1, round(d / T))`.
#[must_use]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a float-to-int cast saturates"
)]
pub fn frames(duration_ms: f64, interval: Micros) -> u32 {
    let frames = (duration_ms / interval.ms().max(1.0) + 0.5) as u32;
    frames.max(1)
}

/// Whether `frames` frames are over: `raf − raf_onset ≥ (frames − 0.5) · T`.
///
/// Time, not callbacks, is counted: a dropped callback does not lengthen a stimulus.
#[must_use]
pub fn is_over(raf_onset: Micros, raf: Micros, frames: u32, interval: Micros) -> bool {
    let half_intervals = 2 * i64::from(frames) - 1;
    (raf - raf_onset).0.saturating_mul(2) >= half_intervals.saturating_mul(interval.0)
}

/// Frames between two stamps: `round((off − on) / T)`, never negative.
#[must_use]
pub fn frames_between(on: Micros, off: Micros, interval: Micros) -> u32 {
    let step = interval.0.max(1);
    u32::try_from((off - on + Micros(step / 2)).0 / step).unwrap_or(0)
}
