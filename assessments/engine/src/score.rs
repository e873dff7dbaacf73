//! Scoring shared by all tasks: rules, samples of RTs, and the board that metrics are written on.
//!
//! | Rule | Meaning |
//! |---|---|
//! | R1 | practice, interrupted trials and abandoned attempts are left out |
//! | R2 | anticipations (RT below the task's limit, negative ones included) are left out, counted apart |
//! | R3 | RTs above the response window are left out |
//! | R4 | only right answers |
//! | R5 | of each cell, RTs with abs(x − median) > 3 · 1.4826 · MAD are left out; the number is reported |
//! | R6 | trials after an error and the first trial of a block are left out |
//! | R7 | verdict on the whole module, see [`validity`] |
//! | RQ | trials with one of the flags Q0 to Q4 are left out (only where the parameter says so) |
//!
//! RTs are computed from the stamps (whole microseconds), never read from `rt_ms`: a fraction may
//! change its last bit on the way through JSON, and a score must not.

mod conflict;
mod sample;
mod validity;

pub use conflict::conflict;
pub use sample::{Sample, Which, follows, median_difference};
pub use validity::{Limits, validity};

use crate::stats::{self, Estimated};
use contract::task::{Action, Estimate, Extra, Metric, ModuleSummary, Phase, Quality, Trial};

/// Rule sets in use.
pub mod rules {
    pub const COUNTED: &[&str] = &["R1"];
    pub const ANSWERED: &[&str] = &["R1", "R2"];
    pub const RT: &[&str] = &["R1", "R2", "R3", "R4"];
    pub const RT_TRIMMED: &[&str] = &["R1", "R2", "R3", "R4", "R5"];
    pub const RT_SEQUENCE: &[&str] = &["R1", "R2", "R3", "R4", "R6"];
    /// In front of the others when flagged trials are left out.
    pub const FLAGGED: &str = "RQ";
}

/// Metrics and verdict of a module in the making.
#[derive(Debug, Default)]
pub struct Board {
    metrics: Vec<Metric>,
    flags: Vec<&'static str>,
    invalid: bool,
    drop_flagged: bool,
}

impl Board {
    /// A board; with `drop_flagged`, [`Board::keeps`] refuses trials with Q0 to Q4 and RT metrics
    /// name the rule RQ.
    #[must_use]
    pub fn new(drop_flagged: bool) -> Self {
        Self { drop_flagged, ..Self::default() }
    }

    /// Whether rule RQ, if in force, keeps the trial for RT metrics.
    #[must_use]
    pub const fn keeps(&self, trial: &Trial) -> bool {
        !(self.drop_flagged && trial.quality.any(Quality::TIMING))
    }

    /// Writes a metric that rests on `n` trials chosen by `rules`.
    pub fn put(&mut self, name: &str, unit: &str, rules: &[&str], n: usize, value: Estimated) {
        let flagged = self.drop_flagged && rules.contains(&"R4");
        let names = rules.iter().copied().chain(flagged.then_some(rules::FLAGGED));
        self.metrics.push(Metric {
            name: name.into(),
            estimate: match value {
                Ok(value) if value.is_finite() => Estimate::Value { value },
                Ok(_) => Estimate::NotEstimable { reason: contract::task::Reason::NoConvergence },
                Err(reason) => Estimate::NotEstimable { reason },
            },
            unit: unit.into(),
            n_used: u32::try_from(n).unwrap_or(u32::MAX),
            rules: names.map(Into::into).collect(),
        });
    }

    /// Writes a count.
    pub fn count(&mut self, name: &str, rules: &[&str], n: usize, count: usize) {
        self.put(name, "count", rules, n, Ok(stats::real(count)));
    }

    /// Writes a proportion; without trials it cannot be told.
    pub fn share(&mut self, name: &str, rules: &[&str], n: usize, hits: usize) {
        self.put(name, "proportion", rules, n, share(hits, n));
    }

    /// Writes mean, SD, CV (rule R5) and median (without R5) of a cell's RTs under `…_rt{suffix}`.
    pub fn describe(&mut self, suffix: &str, rts: &[f64]) {
        let kept = trimmed(rts);
        self.put(&format!("median_rt{suffix}"), "ms", rules::RT, rts.len(), stats::median(rts));
        self.put(
            &format!("mean_rt{suffix}"),
            "ms",
            rules::RT_TRIMMED,
            kept.len(),
            stats::mean(&kept),
        );
        self.put(&format!("sd_rt{suffix}"), "ms", rules::RT_TRIMMED, kept.len(), stats::sd(&kept));
        self.put(&format!("cv_rt{suffix}"), "", rules::RT_TRIMMED, kept.len(), stats::cv(&kept));
    }

    /// Writes mu, sigma and tau of a cell's RTs under `exgauss_…{suffix}`.
    pub fn exgauss(&mut self, suffix: &str, rts: &[f64]) {
        let model = stats::exgauss(rts);
        for (name, value) in [
            ("mu", model.map(|m| m.mu)),
            ("sigma", model.map(|m| m.sigma)),
            ("tau", model.map(|m| m.tau)),
        ] {
            self.put(&format!("exgauss_{name}{suffix}"), "ms", rules::RT, rts.len(), value);
        }
    }

    /// Notes something odd that leaves the module valid.
    pub fn flag(&mut self, word: &'static str) {
        self.flags.push(word);
    }

    /// Notes why the module must not be interpreted.
    pub fn invalid(&mut self, word: &'static str) {
        self.flags.push(word);
        self.invalid = true;
    }

    /// Moves everything into `summary`.
    pub(crate) fn finish(self, summary: &mut ModuleSummary) {
        summary.metrics = self.metrics;
        summary.flags = self.flags.into_iter().map(Into::into).collect();
        summary.valid = !self.invalid;
    }
}

/// `hits / n`.
///
/// # Errors
/// `n` is 0.
pub fn share(hits: usize, n: usize) -> Estimated {
    if n == 0 {
        Err(contract::task::Reason::NoTrials)
    } else {
        Ok(stats::real(hits) / stats::real(n))
    }
}

/// Response minus onset in milliseconds, from the stamps.
#[must_use]
pub fn rt(trial: &Trial) -> Option<f64> {
    trial.ts_resp_us.zip(trial.onset_us).map(|(response, onset)| (response - onset).ms())
}

/// Whether the answer was right, from codes and stamps: the right code at or after the onset, or
/// none where none is right.
#[must_use]
pub fn right(trial: &Trial) -> bool {
    match &trial.resp_code {
        Some(_) => trial.resp_code == trial.correct_code && rt(trial).is_some_and(|rt| rt >= 0.0),
        None => trial.correct_code.is_none(),
    }
}

/// Whether an answer was due and none came.
#[must_use]
pub fn omitted(trial: &Trial) -> bool {
    trial.correct_code.is_some() && trial.resp_code.is_none()
}

/// The presses that make the answer, where a task ends its trials itself
/// ([`crate::script::Ends::WhenTold`]): those from the target on, the one that ended the trial last.
#[must_use]
pub fn answer(trial: &Trial) -> &[Action] {
    let early = match trial.extra.get("early_presses") {
        Some(Extra::Int(n)) => usize::try_from(*n).unwrap_or(usize::MAX),
        _ => 0,
    };
    trial.actions.get(early..).unwrap_or_default()
}

/// Rule R1.
#[must_use]
pub fn counts(trial: &Trial) -> bool {
    trial.phase == Phase::Test && !trial.interrupted
}

/// Rules R2 and R3: the RT, if it lies from `least` to `window` milliseconds.
#[must_use]
pub fn rt_within(trial: &Trial, least: f64, window: f64) -> Option<f64> {
    rt(trial).filter(|rt| *rt >= least && *rt <= window)
}

/// Rule R5: values with abs(x − median) ≤ 3 · 1.4826 · MAD, in their order. With a MAD of 0
/// (more than half of the values alike) nothing is left out.
#[must_use]
pub fn trimmed(values: &[f64]) -> Vec<f64> {
    let bounds = stats::median(values).and_then(|centre| Ok((centre, stats::mad(values)?)));
    let Ok((centre, mad)) = bounds else {
        return Vec::new();
    };
    let limit = if mad > 0.0 { 3.0 * 1.4826 * mad } else { f64::INFINITY };
    values.iter().copied().filter(|value| (value - centre).abs() <= limit).collect()
}
