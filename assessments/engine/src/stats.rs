//! Plain statistics. None of them ever gives not-a-number: without an estimate there is a [`Reason`].
//!
//! Sums run in the order of the data and every function is exact IEEE arithmetic or from `libm`, so
//! that browser and server get the same bits.

mod detection;
mod exgauss;
mod quantile;

pub use detection::{Detection, log_linear, z};
pub use exgauss::{ExGauss, exgauss};
pub use quantile::quantile_type6;

use contract::task::Reason;

/// An estimate, or why there is none.
pub type Estimated = Result<f64, Reason>;

/// A count as a number.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
pub const fn real(count: usize) -> f64 {
    count as f64
}

/// `value`, or the nearer limit. The library's `clamp` prints its limits when they are the wrong way
/// round, which alone brings the printing of fractions into a small program.
const fn within(value: f64, low: f64, high: f64) -> f64 {
    if value < low {
        low
    } else if value > high {
        high
    } else {
        value
    }
}

/// Fails when there are fewer than `least` values.
///
/// # Errors
/// [`Reason::NoTrials`] or [`Reason::TooFewTrials`].
pub const fn need(values: &[f64], least: usize) -> Result<(), Reason> {
    if values.is_empty() {
        Err(Reason::NoTrials)
    } else if values.len() < least {
        Err(Reason::TooFewTrials)
    } else {
        Ok(())
    }
}

/// Arithmetic mean.
///
/// # Errors
/// No values.
pub fn mean(values: &[f64]) -> Estimated {
    need(values, 1)?;
    Ok(values.iter().sum::<f64>() / real(values.len()))
}

/// Standard deviation with n − 1 (ddof 1).
///
/// # Errors
/// Fewer than two values.
pub fn sd(values: &[f64]) -> Estimated {
    need(values, 2)?;
    let centre = mean(values)?;
    let squares: f64 = values.iter().map(|v| (v - centre) * (v - centre)).sum();
    Ok(libm::sqrt(squares / real(values.len() - 1)))
}

/// Coefficient of variation, SD / mean.
///
/// # Errors
/// Fewer than two values, or a mean that is not above 0.
pub fn cv(values: &[f64]) -> Estimated {
    let spread = sd(values)?;
    let centre = mean(values)?;
    if centre > 0.0 { Ok(spread / centre) } else { Err(Reason::NoVariation) }
}

/// The values from small to large.
#[must_use]
pub fn sorted(values: &[f64]) -> Vec<f64> {
    // Shell's sort with Ciura's gaps (2001): a tenth of the code of the library's sorts, which
    // counts where it is downloaded, and quick enough for hundreds of trials
    let mut sorted = values.to_vec();
    for gap in [701, 301, 132, 57, 23, 10, 4, 1] {
        for i in gap..sorted.len() {
            let mut at = i;
            while at >= gap && sorted[at - gap].total_cmp(&sorted[at]).is_gt() {
                sorted.swap(at - gap, at);
                at -= gap;
            }
        }
    }
    sorted
}

/// Quantile of type 7 (Hyndman and Fan 1996), the default of R and NumPy; `p` from 0 to 1.
///
/// # Errors
/// No values.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 ≤ position < len")]
pub fn quantile_type7(values: &[f64], p: f64) -> Estimated {
    need(values, 1)?;
    let sorted = sorted(values);
    let position = within(p, 0.0, 1.0) * real(sorted.len() - 1);
    let below = position as usize;
    let low = sorted[below];
    let high = sorted[(below + 1).min(sorted.len() - 1)];
    Ok(low + (position - real(below)) * (high - low))
}

/// Median: the middle value, or the mean of the middle two.
///
/// # Errors
/// No values.
pub fn median(values: &[f64]) -> Estimated {
    need(values, 1)?;
    let sorted = sorted(values);
    let half = sorted.len() / 2;
    Ok(if sorted.len() % 2 == 1 {
        sorted[half]
    } else {
        f64::midpoint(sorted[half - 1], sorted[half])
    })
}

/// Interquartile range, type 7.
///
/// # Errors
/// Fewer than two values.
pub fn iqr(values: &[f64]) -> Estimated {
    need(values, 2)?;
    Ok(quantile_type7(values, 0.75)? - quantile_type7(values, 0.25)?)
}

/// Median absolute deviation from the median, unscaled.
///
/// # Errors
/// No values.
pub fn mad(values: &[f64]) -> Estimated {
    let centre = median(values)?;
    let distances: Vec<f64> = values.iter().map(|v| (v - centre).abs()).collect();
    median(&distances)
}

/// Slope of the least-squares line of y on x, in units of y per unit of x.
///
/// # Errors
/// Fewer than three points, or all x alike.
pub fn slope(points: &[(f64, f64)]) -> Estimated {
    let x: Vec<f64> = points.iter().map(|p| p.0).collect();
    let y: Vec<f64> = points.iter().map(|p| p.1).collect();
    need(&x, 3)?;
    let (mean_x, mean_y) = (mean(&x)?, mean(&y)?);
    let squares: f64 = x.iter().map(|v| (v - mean_x) * (v - mean_x)).sum();
    let products: f64 = points.iter().map(|(a, b)| (a - mean_x) * (b - mean_y)).sum();
    if squares > 0.0 { Ok(products / squares) } else { Err(Reason::NoVariation) }
}

/// Means of five bins of equal size from fast to slow (Vincentised quintiles).
///
/// # Errors
/// Fewer than `least` values.
pub fn quintile_means(values: &[f64], least: usize) -> Result<[f64; 5], Reason> {
    need(values, least.max(5))?;
    let sorted = sorted(values);
    let mut means = [0.0; 5];
    for (i, slot) in means.iter_mut().enumerate() {
        let (from, to) = (i * sorted.len() / 5, (i + 1) * sorted.len() / 5);
        *slot = mean(&sorted[from..to])?;
    }
    Ok(means)
}

/// P(X ≥ `hits`) for X ~ Binomial(`n`, `p`), `p` strictly between 0 and 1.
#[must_use]
pub fn binomial_tail(hits: u32, n: u32, p: f64) -> f64 {
    let term = |k: u32| {
        let (n, k) = (f64::from(n), f64::from(k));
        let choose = libm::lgamma(n + 1.0) - libm::lgamma(k + 1.0) - libm::lgamma(n - k + 1.0);
        libm::exp(choose + k * libm::log(p) + (n - k) * libm::log(1.0 - p))
    };
    (hits..=n).map(term).sum::<f64>().min(1.0)
}
