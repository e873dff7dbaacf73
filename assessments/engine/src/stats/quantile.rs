//! Quantiles of type 6.

use super::{Estimated, need, real, sorted, within};

/// Quantile of type 6 (Hyndman and Fan 1996): position p (n + 1), counted from 1, between the
/// neighbouring values; the smallest and the largest value beyond them.
///
/// # Errors
/// No values.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "1 ≤ position ≤ len")]
pub fn quantile_type6(values: &[f64], p: f64) -> Estimated {
    need(values, 1)?;
    let sorted = sorted(values);
    let n = sorted.len();
    let position = within(within(p, 0.0, 1.0) * real(n + 1), 1.0, real(n));
    let below = position as usize;
    let low = sorted[below - 1];
    let high = sorted[below.min(n - 1)];
    Ok(low + (position - real(below)) * (high - low))
}
