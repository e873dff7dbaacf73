//! The refresh interval of the display, from the stamps of animation frames.

use task_engine::stats;

/// An estimate of the refresh interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Refresh {
    /// Refresh interval T: the median of the intervals that are no drops, in milliseconds.
    pub interval_ms: f64,
    /// Median absolute deviation from T, in milliseconds.
    pub mad_ms: f64,
    /// How many intervals the estimate rests on.
    pub n: u32,
    /// How many intervals were longer than 1.5 times the median: dropped frames.
    pub dropped: u32,
    /// The display changes its rate: the intervals scatter, or fall into two groups.
    pub variable: bool,
}

/// The least number of intervals for an estimate.
const LEAST: usize = 20;
/// A scatter above this, in milliseconds, is no fixed refresh rate.
const STEADY_MAD_MS: f64 = 0.5;
/// Share of the intervals that may lie apart from T before the display counts as variable.
const APART_SHARE: f64 = 0.1;

/// Estimates T from intervals in milliseconds. None for too few of them.
pub(crate) fn estimate(intervals: &[f64]) -> Option<Refresh> {
    if intervals.len() < LEAST {
        return None;
    }
    let rough = stats::median(intervals).ok()?;
    let kept: Vec<f64> = intervals.iter().copied().filter(|dt| *dt <= 1.5 * rough).collect();
    let interval_ms = stats::median(&kept).ok()?;
    let distances: Vec<f64> = kept.iter().map(|dt| (dt - interval_ms).abs()).collect();
    let mad_ms = stats::median(&distances).ok()?;
    // Far from T yet no drop: the sign of a second rate within the same second.
    let apart = distances.iter().filter(|distance| **distance > 0.15 * interval_ms).count();
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Some(Refresh {
        interval_ms,
        mad_ms,
        n: count(kept.len()),
        dropped: count(intervals.len() - kept.len()),
        variable: mad_ms > STEADY_MAD_MS
            || stats::real(apart) > APART_SHARE * stats::real(kept.len()),
    })
}

#[cfg(test)]
mod tests {
    use super::estimate;
    use wasm_bindgen_test::wasm_bindgen_test;

    fn close(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-9
    }

    #[wasm_bindgen_test]
    fn sixty_hertz_with_three_dropped_frames_is_still_sixty_hertz() {
        let mut intervals = vec![1000.0 / 60.0; 117];
        intervals.extend([2000.0 / 60.0; 3]);
        let refresh = estimate(&intervals).unwrap();
        assert!(close(refresh.interval_ms, 1000.0 / 60.0));
        assert_eq!((refresh.n, refresh.dropped), (117, 3));
        assert!(!refresh.variable);
    }

    #[wasm_bindgen_test]
    fn a_display_that_wanders_between_two_rates_is_variable() {
        let mut intervals = vec![1000.0 / 120.0; 80];
        intervals.extend([1000.0 / 90.0; 40]);
        assert!(estimate(&intervals).unwrap().variable);
    }

    #[wasm_bindgen_test]
    fn jitter_beyond_half_a_millisecond_is_variable() {
        let intervals: Vec<f64> = (0..120).map(|i| 16.0 + f64::from(i % 5) * 0.9).collect();
        let refresh = estimate(&intervals).unwrap();
        assert!(refresh.mad_ms > 0.5);
        assert!(refresh.variable);
    }

    #[wasm_bindgen_test]
    fn low_power_thirty_hertz_and_fast_screens_are_found() {
        for rate in [30.0, 59.94, 75.0, 90.0, 144.0, 165.0, 240.0] {
            let intervals = vec![1000.0 / rate; 120];
            assert!(close(estimate(&intervals).unwrap().interval_ms, 1000.0 / rate));
        }
    }

    #[wasm_bindgen_test]
    fn too_few_frames_give_no_estimate() {
        assert_eq!(estimate(&[16.7; 19]), None);
    }
}
