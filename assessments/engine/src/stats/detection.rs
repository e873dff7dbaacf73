//! Signal detection: how well somebody tells signals from noise, and how readily they answer.

use super::{Estimated, real};
use contract::task::Reason;

/// Answers to signals and to noise, counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Detection {
    /// Signals answered as signals.
    pub hits: usize,
    pub signals: usize,
    /// Noise answered as signals.
    pub false_alarms: usize,
    pub noises: usize,
}

impl Detection {
    /// Counts `trials` as `(is a signal, was answered as one)`.
    #[must_use]
    pub fn count(trials: impl Iterator<Item = (bool, bool)>) -> Self {
        let mut seen = Self::default();
        for (signal, yes) in trials {
            let (n, answered) = if signal {
                (&mut seen.signals, &mut seen.hits)
            } else {
                (&mut seen.noises, &mut seen.false_alarms)
            };
            *n += 1;
            *answered += usize::from(yes);
        }
        seen
    }

    /// Signals and noise together.
    #[must_use]
    pub const fn n(self) -> usize {
        self.signals + self.noises
    }

    /// Log-linear hit and false-alarm rates, (x + 0.5) / (n + 1), never 0 or 1 (Hautus 1995,
    /// Behavior Research Methods 27:46–51); applied always, not only to extreme rates.
    ///
    /// # Errors
    /// No signals or no noise.
    pub fn rates(self) -> Result<(f64, f64), Reason> {
        if self.signals == 0 || self.noises == 0 {
            return Err(Reason::NoTrials);
        }
        Ok((log_linear(self.hits, self.signals), log_linear(self.false_alarms, self.noises)))
    }

    /// Sensitivity d' = z(H) − z(F), over log-linear rates; 0 at chance.
    ///
    /// # Errors
    /// No signals or no noise.
    pub fn d_prime(self) -> Estimated {
        let (h, f) = self.rates()?;
        Ok(z(h) - z(f))
    }

    /// Criterion c = −(z(H) + z(F)) / 2; positive: reluctant to answer.
    ///
    /// # Errors
    /// No signals or no noise.
    pub fn criterion(self) -> Estimated {
        let (h, f) = self.rates()?;
        Ok(-(z(h) + z(f)) / 2.0)
    }

    /// Bias ln β = d' · c.
    ///
    /// # Errors
    /// No signals or no noise.
    pub fn ln_beta(self) -> Estimated {
        Ok(self.d_prime()? * self.criterion()?)
    }

    /// A', sensitivity without the normal distribution, 0 to 1, 0.5 at chance (Grier 1971), over
    /// log-linear rates: 0.5 + (H − F)(1 + H − F) / (4 H (1 − F)) for H ≥ F, mirrored otherwise.
    ///
    /// # Errors
    /// No signals or no noise.
    pub fn a_prime(self) -> Estimated {
        let (h, f) = self.rates()?;
        let area = |h: f64, f: f64| (h - f) * (1.0 + h - f) / (4.0 * h * (1.0 - f));
        Ok(if h >= f { 0.5 + area(h, f) } else { 0.5 - area(f, h) })
    }

    /// Probability to tell signals from noise as well as this or better by pressing without
    /// looking: Fisher's exact test, one-sided (hypergeometric); 1 without signals or noise.
    #[must_use]
    pub fn by_chance(self) -> f64 {
        let (pressed, all) = (self.hits + self.false_alarms, self.n());
        let most = self.signals.min(pressed);
        let term = |hits: usize| {
            let misses = pressed - hits;
            if misses > self.noises {
                return 0.0;
            }
            let ways = ln_choose(self.signals, hits) + ln_choose(self.noises, misses);
            libm::exp(ways - ln_choose(all, pressed))
        };
        let tail: f64 = (self.hits..=most).map(term).sum();
        if tail < 1.0 { tail } else { 1.0 }
    }
}

/// (x + 0.5) / (n + 1): a rate that is never 0 or 1.
#[must_use]
pub fn log_linear(x: usize, n: usize) -> f64 {
    (real(x) + 0.5) / (real(n) + 1.0)
}

fn ln_choose(n: usize, k: usize) -> f64 {
    let [n, k] = [real(n), real(k)];
    libm::lgamma(n + 1.0) - libm::lgamma(k + 1.0) - libm::lgamma(n - k + 1.0)
}

/// Quantile of the standard normal distribution at `p`, kept within 1e−12 of 0 and 1.
///
/// Newton's steps on the tail from its middle outwards: the tail is convex there, so that every
/// step stays on this side of the answer and comes nearer.
#[must_use]
pub fn z(p: f64) -> f64 {
    let half = if p < 0.5 { p } else { 1.0 - p };
    let tail = if half > 1e-12 { half } else { 1e-12 };
    let mut x = 0.0;
    for _ in 0..100 {
        let above = 0.5 * libm::erfc(x * core::f64::consts::FRAC_1_SQRT_2) - tail;
        let density = libm::exp(-x * x / 2.0) / libm::sqrt(2.0 * core::f64::consts::PI);
        let step = above / density;
        x += step;
        if step < 1e-14 {
            break;
        }
    }
    if p < 0.5 { -x } else { x }
}
