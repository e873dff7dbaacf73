//! Which trials of a choice task a metric rests on: rules R1 to R4 and RQ in one place.

use super::{Board, counts, omitted, right, rt, rt_within, rules, share, trimmed};
use crate::stats::{self, Estimated};
use contract::task::{Quality, Trial};

/// Picks trials, e.g. those of a condition.
pub type Which<'a> = &'a dyn Fn(&Trial) -> bool;

/// The trials of a module that count, with the limits of its RTs.
#[derive(Debug)]
pub struct Sample<'a> {
    /// Rule R1, in order.
    pub counted: Vec<&'a Trial>,
    least: f64,
    window: f64,
}

impl<'a> Sample<'a> {
    /// The sample of `trials` with RTs from `least` (rule R2) to `window` milliseconds (rule R3).
    #[must_use]
    pub fn new(trials: &[&'a Trial], least: f64, window: f64) -> Self {
        let counted = trials.iter().copied().filter(|t| counts(t)).collect();
        Self { counted, least, window }
    }

    /// The trials among the counted ones.
    pub fn of(&self, which: Which<'_>) -> impl Iterator<Item = &'a Trial> {
        self.counted.iter().copied().filter(move |t| which(t))
    }

    /// RT of a right answer by rules R2 to R4 (and RQ where in force), milliseconds.
    #[must_use]
    pub fn rt(&self, board: &Board, trial: &Trial) -> Option<f64> {
        let usable = right(trial) && board.keeps(trial);
        rt_within(trial, self.least, self.window).filter(|_| usable)
    }

    /// RTs of right answers, in order.
    #[must_use]
    pub fn rts(&self, board: &Board, which: Which<'_>) -> Vec<f64> {
        self.of(which).filter_map(|trial| self.rt(board, trial)).collect()
    }

    /// Rule R2: whether the answer came before anybody could have reacted.
    #[must_use]
    pub fn is_early(&self, trial: &Trial) -> bool {
        rt(trial).is_some_and(|rt| rt < self.least)
    }

    /// Wrong answers and all answers, anticipations and omissions left out (rules R1, R2).
    #[must_use]
    pub fn errors(&self, which: Which<'_>) -> (usize, usize) {
        let answered = || self.of(which).filter(|t| t.resp_code.is_some() && !self.is_early(t));
        (answered().filter(|t| !right(t)).count(), answered().count())
    }

    /// Share of errors of one cell minus that of another, −1 to 1, and the answers in both.
    pub fn error_difference(&self, more: Which<'_>, less: Which<'_>) -> (Estimated, usize) {
        let ((wrong, n), (wrong_less, n_less)) = (self.errors(more), self.errors(less));
        let cost = share(wrong, n).and_then(|cost| Ok(cost - share(wrong_less, n_less)?));
        (cost, n + n_less)
    }

    /// Writes of one cell: `accuracy{suffix}` (right / answered without anticipations, 0 to 1),
    /// median, mean, SD and CV of its RTs, mean, SD and CV after R5 within the cell. Gives the
    /// number of RTs that R5 left out.
    pub fn describe(&self, board: &mut Board, suffix: &str, which: Which<'_>) -> usize {
        let (wrong, n) = self.errors(which);
        board.share(&format!("accuracy{suffix}"), rules::ANSWERED, n, n - wrong);
        let rts = self.rts(board, which);
        board.describe(suffix, &rts);
        rts.len() - trimmed(&rts).len()
    }

    /// Writes what every choice task reports: `n_trials`, `accuracy` and RTs over all trials and for
    /// each of `cells` (suffix and trials), `trimmed` (RTs that R5 left out in the cells, count),
    /// `anticipations`, `omissions` (counts) and `clean_share` (trials without Q0 to Q4, 0 to 1).
    pub fn report(&self, board: &mut Board, cells: &[(&str, Which<'_>)]) {
        let n = self.counted.len();
        board.count("n_trials", rules::COUNTED, n, n);
        let whole = self.describe(board, "", &|_| true);
        let mut cut = if cells.is_empty() { whole } else { 0 };
        for (suffix, which) in cells {
            cut += self.describe(board, suffix, *which);
        }
        let rts = self.rts(board, &|_| true).len();
        board.count("trimmed", rules::RT_TRIMMED, rts, cut);
        let early = self.counted.iter().filter(|t| self.is_early(t)).count();
        board.count("anticipations", rules::COUNTED, n, early);
        let omissions = self.counted.iter().filter(|t| omitted(t)).count();
        board.count("omissions", rules::COUNTED, n, omissions);
        let clean = self.counted.iter().filter(|t| !t.quality.any(Quality::TIMING)).count();
        board.share("clean_share", rules::COUNTED, n, clean);
    }

    /// Neighbours in time within one attempt at a part, none between them: (before, trial).
    pub fn pairs(&self) -> impl Iterator<Item = (&'a Trial, &'a Trial)> {
        self.counted.windows(2).filter_map(|pair| match pair {
            [before, trial] if follows(before, trial) => Some((*before, *trial)),
            _ => None,
        })
    }
}

/// Whether `trial` was run right after `before`, without a rest or an interrupted trial between them.
#[must_use]
pub fn follows(before: &Trial, trial: &Trial) -> bool {
    (before.block, before.attempt, before.trial + 1) == (trial.block, trial.attempt, trial.trial)
}

/// Difference of the medians of two cells, milliseconds.
///
/// # Errors
/// A cell is empty.
pub fn median_difference(more: &[f64], less: &[f64]) -> Estimated {
    Ok(stats::median(more)? - stats::median(less)?)
}
