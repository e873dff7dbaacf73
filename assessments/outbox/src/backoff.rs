//! When to try again.

/// First pause, in milliseconds.
const FIRST_MS: f64 = 1000.0;
/// Longest pause, in milliseconds.
const LONGEST_MS: f64 = 60_000.0;

/// The pause before try number `attempt` (0 is the first repeat), in milliseconds: it doubles up
/// to a minute, and `random` (0 to 1) takes off up to half, so that many devices that lost the
/// same network do not come back at the same moment. What the server asked for is the least.
pub(crate) fn pause_ms(attempt: u32, random: f64, asked_ms: Option<f64>) -> f64 {
    let full = (FIRST_MS * f64::from(1_u32 << attempt.min(16))).min(LONGEST_MS);
    let jittered = full * (1.0 - 0.5 * random);
    asked_ms.map_or(jittered, |asked| asked.min(10.0 * LONGEST_MS).max(jittered))
}

#[cfg(test)]
mod tests {
    use super::pause_ms;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn pauses_double_up_to_a_minute() {
        let pauses: Vec<f64> = (0..8).map(|attempt| pause_ms(attempt, 0.0, None)).collect();
        assert_eq!(pauses, [1e3, 2e3, 4e3, 8e3, 16e3, 32e3, 60e3, 60e3]);
        assert_eq!(pause_ms(u32::MAX, 0.0, None), 60e3);
    }

    #[wasm_bindgen_test]
    fn jitter_takes_off_at_most_half() {
        assert_eq!(pause_ms(2, 1.0, None), 2e3);
        assert_eq!(pause_ms(2, 0.5, None), 3e3);
    }

    #[wasm_bindgen_test]
    fn the_servers_wish_is_the_least() {
        assert_eq!(pause_ms(0, 0.0, Some(30e3)), 30e3);
        assert_eq!(pause_ms(6, 0.0, Some(5e3)), 60e3);
        assert_eq!(pause_ms(0, 0.0, Some(1e12)), 600e3);
    }
}
