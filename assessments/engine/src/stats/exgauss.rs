//! The ex-Gaussian distribution: a normal (mu, sigma) plus an exponential (tau).

use super::{mean, need, real, sd, within};
use contract::task::Reason;

/// Parameters of an ex-Gaussian, in the unit of the data. Mean mu + tau, variance sigma² + tau².
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ExGauss {
    pub mu: f64,
    pub sigma: f64,
    pub tau: f64,
}

/// Fewest values for an estimate.
const LEAST: usize = 40;

/// Maximum likelihood by the simplex of Nelder and Mead (1965) over (mu, ln sigma, ln tau), begun at
/// the estimates by moments (Heathcote 1996). Deterministic: fixed start, fixed steps, no chance.
///
/// # Errors
/// Fewer than 40 values; all values alike; or no maximum inside: the data have no exponential tail
/// or no normal part (sigma or tau below 1 % of the SD), where the parameters mean nothing.
pub fn exgauss(values: &[f64]) -> Result<ExGauss, Reason> {
    need(values, LEAST)?;
    let (centre, spread) = (mean(values)?, sd(values)?);
    if spread <= 0.0 {
        return Err(Reason::NoVariation);
    }
    let cubes: f64 = values.iter().map(|v| cube((v - centre) / spread)).sum();
    let skew = within(cubes / real(values.len()), 0.02, 1.7);
    // Skewness of an ex-Gaussian is 2 (tau / SD)³
    let share = libm::cbrt(skew / 2.0);
    let tau = spread * share;
    let sigma = spread * libm::sqrt(1.0 - share * share);
    let start = [centre - tau, libm::log(sigma), libm::log(tau)];
    let cost = |at: [f64; 3]| {
        let model = ExGauss { mu: at[0], sigma: libm::exp(at[1]), tau: libm::exp(at[2]) };
        -values.iter().map(|v| model.log_density(*v)).sum::<f64>()
    };
    let at = simplex(start, [spread * 0.1, 0.1, 0.1], cost).ok_or(Reason::NoConvergence)?;
    let model = ExGauss { mu: at[0], sigma: libm::exp(at[1]), tau: libm::exp(at[2]) };
    let inside = model.sigma > 0.01 * spread && model.tau > 0.01 * spread;
    if inside { Ok(model) } else { Err(Reason::NoConvergence) }
}

fn cube(x: f64) -> f64 {
    x * x * x
}

impl ExGauss {
    /// Logarithm of the density at `x`.
    #[must_use]
    pub fn log_density(&self, x: f64) -> f64 {
        let Self { mu, sigma, tau } = *self;
        let ratio = sigma / tau;
        let z = (x - mu) / sigma - ratio;
        // exp(…)·Φ(z) overflows and underflows apart; together they stay finite
        if z < -25.0 {
            let distance = (x - mu) / sigma;
            return -libm::log(tau) - distance * distance / 2.0 + log_mills(z);
        }
        -libm::log(tau) + ratio * ratio / 2.0 - (x - mu) / tau + log_normal_cdf(z)
    }
}

/// ln Φ(z) for z ≥ −25.
fn log_normal_cdf(z: f64) -> f64 {
    libm::log(0.5 * libm::erfc(-z * core::f64::consts::FRAC_1_SQRT_2))
}

/// ln Φ(z) + z²/2 for z < −25, by the asymptotic series of Mills' ratio.
fn log_mills(z: f64) -> f64 {
    let square = z * z;
    let series = 1.0 - 1.0 / square + 3.0 / (square * square);
    let root = libm::sqrt(2.0 * core::f64::consts::PI);
    libm::log(series / (-z * root))
}

type Point = [f64; 3];

/// Minimum of `cost` by Nelder and Mead; none when it does not settle within 2,000 steps.
fn simplex(start: Point, size: Point, cost: impl Fn(Point) -> f64) -> Option<Point> {
    let mut corners: [(f64, Point); 4] = [(0.0, start); 4];
    for (i, corner) in corners.iter_mut().enumerate() {
        if let Some(axis) = i.checked_sub(1) {
            corner.1[axis] += size[axis];
        }
        corner.0 = cost(corner.1);
    }
    for _ in 0..2000 {
        order(&mut corners);
        let (best, worst) = (corners[0], corners[3]);
        if !worst.0.is_finite() && !best.0.is_finite() {
            return None;
        }
        let wide = (0..3).map(|axis| (worst.1[axis] - best.1[axis]).abs()).fold(0.0, f64::max);
        if worst.0 - best.0 < 1e-9 && wide < 1e-4 {
            return Some(best.1);
        }
        let mut middle = [0.0; 3];
        for corner in &corners[..3] {
            for (sum, x) in middle.iter_mut().zip(corner.1) {
                *sum += x / 3.0;
            }
        }
        let along = |by: f64| {
            let mut point = middle;
            for (axis, x) in point.iter_mut().enumerate() {
                *x += by * (worst.1[axis] - middle[axis]);
            }
            (cost(point), point)
        };
        let reflected = along(-1.0);
        let next = if reflected.0 < best.0 {
            let further = along(-2.0);
            Some(if further.0 < reflected.0 { further } else { reflected })
        } else if reflected.0 < corners[2].0 {
            Some(reflected)
        } else {
            let nearer = along(if reflected.0 < worst.0 { -0.5 } else { 0.5 });
            (nearer.0 < reflected.0.min(worst.0)).then_some(nearer)
        };
        match next {
            Some(corner) => corners[3] = corner,
            None => {
                for corner in &mut corners[1..] {
                    for (x, b) in corner.1.iter_mut().zip(best.1) {
                        *x = b + 0.5 * (*x - b);
                    }
                    corner.0 = cost(corner.1);
                }
            }
        }
    }
    None
}

/// From the lowest to the highest.
fn order(corners: &mut [(f64, Point); 4]) {
    for i in 1..corners.len() {
        let mut at = i;
        while at > 0 && corners[at - 1].0.total_cmp(&corners[at].0).is_gt() {
            corners.swap(at - 1, at);
            at -= 1;
        }
    }
}
