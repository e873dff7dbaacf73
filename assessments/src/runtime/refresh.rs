//! The refresh interval of the display, from the stamps of animation frames.

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

/// Estimates T from intervals in milliseconds; sorts them in place and allocates nothing.
/// None for too few intervals.
pub(crate) fn estimate(intervals: &mut [f64]) -> Option<Refresh> {
    if intervals.len() < LEAST {
        return None;
    }
    intervals.sort_unstable_by(f64::total_cmp);
    let rough = median(intervals)?;
    let kept_len = intervals.partition_point(|&dt| dt <= 1.5 * rough);
    let (kept, drops) = intervals.split_at_mut(kept_len);
    let interval_ms = median(kept)?;
    // Far from T yet no drop: the sign of a second rate within the same second.
    let apart = kept.iter().filter(|&&dt| (dt - interval_ms).abs() > 0.15 * interval_ms).count();
    let n = u32::try_from(kept.len()).unwrap_or(u32::MAX);
    let variable_share = f64::from(u32::try_from(apart).unwrap_or(u32::MAX)) / f64::from(n);
    for dt in kept.iter_mut() {
        *dt = (*dt - interval_ms).abs();
    }
    kept.sort_unstable_by(f64::total_cmp);
    let mad_ms = median(kept)?;
    Some(Refresh {
        interval_ms,
        mad_ms,
        n,
        dropped: u32::try_from(drops.len()).unwrap_or(u32::MAX),
        variable: mad_ms > STEADY_MAD_MS || variable_share > APART_SHARE,
    })
}

/// The median of sorted values; of an even number, the mean of the middle two.
fn median(sorted: &[f64]) -> Option<f64> {
    let upper = *sorted.get(sorted.len() / 2)?;
    if sorted.len() % 2 == 1 {
        return Some(upper);
    }
    let lower = *sorted.get((sorted.len() / 2).checked_sub(1)?)?;
    Some((lower + upper) / 2.0)
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
        let refresh = estimate(&mut intervals).unwrap();
        assert!(close(refresh.interval_ms, 1000.0 / 60.0));
        assert_eq!((refresh.n, refresh.dropped), (117, 3));
        assert!(!refresh.variable);
    }

    #[wasm_bindgen_test]
    fn a_display_that_wanders_between_two_rates_is_variable() {
        let mut intervals = vec![1000.0 / 120.0; 80];
        intervals.extend([1000.0 / 90.0; 40]);
        assert!(estimate(&mut intervals).unwrap().variable);
    }

    #[wasm_bindgen_test]
    fn jitter_beyond_half_a_millisecond_is_variable() {
        let mut intervals: Vec<f64> = (0..120).map(|i| 16.0 + f64::from(i % 5) * 0.9).collect();
        let refresh = estimate(&mut intervals).unwrap();
        assert!(refresh.mad_ms > 0.5);
        assert!(refresh.variable);
    }

    #[wasm_bindgen_test]
    fn low_power_thirty_hertz_and_fast_screens_are_found() {
        for rate in [30.0, 59.94, 75.0, 90.0, 144.0, 165.0, 240.0] {
            let mut intervals = vec![1000.0 / rate; 120];
            assert!(close(estimate(&mut intervals).unwrap().interval_ms, 1000.0 / rate));
        }
    }

    #[wasm_bindgen_test]
    fn too_few_frames_give_no_estimate() {
        assert_eq!(estimate(&mut [16.7; 19]), None);
    }
}
