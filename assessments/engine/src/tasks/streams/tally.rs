//! What a stream's answers come to: hits, omissions, commissions, RTs, and whether they may be
//! interpreted.

use super::milliseconds;
use crate::{
    score::{Board, Limits, Sample, Which, counts, omitted, rt, rules, trimmed, validity},
    stats::{self, Detection, Estimated, real},
    tasks::{parts, usual::int_of},
};
use contract::task::Trial;

/// Whether a press was due.
pub(in crate::tasks) fn is_go(trial: &Trial) -> bool {
    trial.correct_code.is_some()
}

/// Whether there was a press.
pub(in crate::tasks) fn pressed(trial: &Trial) -> bool {
    trial.resp_code.is_some()
}

/// What two neighbours must be for a sequence metric.
const SEQUENCE_LEAST: usize = 3;

/// The trials of a module that count.
#[derive(Debug)]
pub(in crate::tasks) struct Stream<'a> {
    pub sample: Sample<'a>,
}

impl<'a> Stream<'a> {
    /// RTs from `least` (rule R2) to `window` milliseconds (rule R3).
    pub(in crate::tasks) fn new(trials: &[&'a Trial], least: f64, window: f64) -> Self {
        Self { sample: Sample::new(trials, least, window) }
    }

    /// Answers to the trials picked by `which` (rule R1).
    pub(in crate::tasks) fn detection(&self, which: Which<'_>) -> Detection {
        Detection::count(self.sample.of(which).map(|t| (is_go(t), pressed(t))))
    }

    /// RTs of hits, in order.
    pub(in crate::tasks) fn rts(&self, board: &Board) -> Vec<f64> {
        self.sample.rts(board, &is_go)
    }

    /// Writes of all trials: `n_trials`; `median_rt`, and `mean_rt`, `sd_rt`, `cv_rt` after R5, of
    /// hits, milliseconds; `trimmed`; `exgauss_*` of hits; `d_prime`, `criterion`, `ln_beta` from
    /// log-linear rates (Hautus 1995); `anticipations` (presses before the limit, whatever the
    /// sign, count); `clean_share`.
    pub(in crate::tasks) fn report(&self, board: &mut Board) {
        let n = self.sample.counted.len();
        board.count("n_trials", rules::COUNTED, n, n);
        let rts = self.rts(board);
        board.describe("", &rts);
        board.count("trimmed", rules::RT_TRIMMED, rts.len(), rts.len() - trimmed(&rts).len());
        board.exgauss("", &rts);
        self.detect(board, "", &|_| true);
        let early = self.sample.counted.iter().filter(|t| self.sample.is_early(t)).count();
        board.count("anticipations", rules::COUNTED, n, early);
        parts::clean_share(board, &self.sample.counted);
    }

    /// Writes `d_prime{suffix}`, `criterion{suffix}` and `ln_beta{suffix}`.
    pub(in crate::tasks) fn detect(&self, board: &mut Board, suffix: &str, which: Which<'_>) {
        let seen = self.detection(which);
        for (name, value) in [
            ("d_prime", seen.d_prime()),
            ("criterion", seen.criterion()),
            ("ln_beta", seen.ln_beta()),
        ] {
            board.put(&format!("{name}{suffix}"), "", rules::COUNTED, seen.n(), value);
        }
    }

    /// Writes, where most signs are to be pressed at: `omissions` and `commissions` (counts),
    /// `omission_rate` (of the signs to press at, 0 to 1), `commission_rate` (of the others, 0 to
    /// 1), `commission_rt` (median RT of commissions, R2 and R3, milliseconds) and
    /// `post_error_slowing` (mean RT of hits right after a commission − right after a sign that was
    /// let pass, milliseconds, usually above 0; from 3 RTs on either side).
    pub(in crate::tasks) fn errors(&self, board: &mut Board) {
        let Detection { hits, signals, false_alarms, noises } = self.detection(&|_| true);
        board.count("omissions", rules::COUNTED, signals, signals - hits);
        board.share("omission_rate", rules::COUNTED, signals, signals - hits);
        board.count("commissions", rules::COUNTED, noises, false_alarms);
        board.share("commission_rate", rules::COUNTED, noises, false_alarms);
        let wrong: Vec<f64> = self
            .sample
            .of(&|t| !is_go(t) && !self.sample.is_early(t) && board.keeps(t))
            .filter_map(rt)
            .collect();
        let rules_of_wrong = &["R1", "R2", "R3"];
        board.put("commission_rt", "ms", rules_of_wrong, wrong.len(), stats::median(&wrong));
        let (slowing, n) = self.slowing(board);
        board.put("post_error_slowing", "ms", rules::RT, n, slowing);
    }

    fn slowing(&self, board: &Board) -> (Estimated, usize) {
        let after = |error: bool| -> Vec<f64> {
            let pairs = self.sample.pairs();
            let mine = pairs.filter(|(before, _)| !is_go(before) && pressed(before) == error);
            mine.filter_map(|(_, t)| self.sample.rt(board, t).filter(|_| is_go(t))).collect()
        };
        let (error, passed) = (after(true), after(false));
        let effect = || {
            stats::need(&error, SEQUENCE_LEAST)?;
            stats::need(&passed, SEQUENCE_LEAST)?;
            Ok(stats::mean(&error)? - stats::mean(&passed)?)
        };
        (effect(), error.len() + passed.len())
    }

    /// Slope of RT of hits on `x` of their trial (rules R1 to R4), and the RTs.
    pub(in crate::tasks) fn slope(
        &self,
        board: &Board,
        x: impl Fn(&Trial) -> Option<f64>,
    ) -> (Estimated, usize) {
        let gos = self.sample.of(&is_go);
        let points: Vec<(f64, f64)> =
            gos.filter_map(|t| Some((x(t)?, self.sample.rt(board, t)?))).collect();
        (stats::slope(&points), points.len())
    }

    /// Rule R7 for these tasks, next to what holds for all (`no_trials`, `many_interruptions`):
    ///
    /// - `many_omissions`: above `omissions` (0 to 1) of the signs to press at, where given;
    /// - `accuracy_near_chance`: somebody who presses without looking does as well with a
    ///   probability above 5 % (Fisher's exact test, one-sided);
    /// - `fast_guessing`: median RT of all presses below 200 ms.
    pub(in crate::tasks) fn judge(board: &mut Board, trials: &[&Trial], omissions: Option<f64>) {
        validity(board, trials, Limits { chance: None });
        let counted: Vec<&Trial> = trials.iter().copied().filter(|t| counts(t)).collect();
        if counted.is_empty() {
            return;
        }
        let gos = counted.iter().filter(|t| is_go(t)).count();
        let missed = counted.iter().filter(|t| omitted(t)).count();
        // Said already where they are many among all signs
        let said = real(missed) > OMISSIONS * real(counted.len());
        if !said && omissions.is_some_and(|limit| real(missed) > limit * real(gos)) {
            board.invalid("many_omissions");
        }
        let seen = Detection::count(counted.iter().map(|t| (is_go(t), pressed(t))));
        if seen.by_chance() > ALPHA {
            board.invalid("accuracy_near_chance");
        }
        let rts: Vec<f64> = counted.iter().filter_map(|t| rt(t)).collect();
        if stats::median(&rts).is_ok_and(|median| median < FAST) {
            board.invalid("fast_guessing");
        }
    }
}

/// Probability of somebody who does not look to do as well.
const ALPHA: f64 = 0.05;
/// Smallest median RT, milliseconds.
const FAST: f64 = 200.0;
/// Largest share of omissions where most signs are to be pressed at.
pub(in crate::tasks) const OMISSIONS: f64 = 0.20;

/// A whole number of the row as a value on an axis.
pub(in crate::tasks) fn axis(trial: &Trial, name: &str) -> Option<f64> {
    int_of(trial, name).map(milliseconds)
}
