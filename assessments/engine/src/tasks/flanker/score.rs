//! Scores of the flanker.

use super::{Congruency, params::Flanker};
use crate::{
    params::Params,
    score::{
        Board, Limits, counts, omitted, right, rt, rt_within, rules, share, trimmed, validity,
    },
    stats::{self, Estimated, quintile_means},
    tasks::parts,
};
use contract::task::{Reason, Trial};

/// Fewest RTs in each of the four cells of the sequence effect.
const SEQUENCE_LEAST: usize = 5;
/// Fewest RTs of a condition for its quintiles: four a bin.
const DELTA_LEAST: usize = 20;

/// The trials that a metric may rest on.
struct Sample<'a> {
    task: &'a Flanker,
    counted: Vec<&'a Trial>,
}

impl Sample<'_> {
    /// RT by rules R1 to R4 (and RQ where in force).
    fn rt(&self, board: &Board, trial: &Trial) -> Option<f64> {
        let usable = right(trial) && board.keeps(trial);
        rt_within(trial, self.task.anticipation, self.task.timeout).filter(|_| usable)
    }

    fn of(&self, condition: Congruency) -> impl Iterator<Item = &Trial> {
        self.counted.iter().copied().filter(move |t| t.condition == condition.word())
    }

    fn rts(&self, board: &Board, condition: Congruency) -> Vec<f64> {
        self.of(condition).filter_map(|trial| self.rt(board, trial)).collect()
    }

    fn is_early(&self, trial: &Trial) -> bool {
        rt(trial).is_some_and(|rt| rt < self.task.anticipation)
    }

    /// Wrong answers and all answers of a condition, anticipations left out (rules R1, R2).
    fn errors(&self, condition: Congruency) -> (usize, usize) {
        let answered = || self.of(condition).filter(|t| !omitted(t) && !self.is_early(t));
        (answered().filter(|t| !right(t)).count(), answered().count())
    }
}

/// Writes, in milliseconds unless said otherwise (all over the test trials, rule R1):
///
/// | Metric | Formula |
/// |---|---|
/// | `interference_rt` | median incongruent − median congruent RT, right answers; canonical (Eriksen 1974) |
/// | `error_interference` | share of errors incongruent − congruent; −1 to 1 |
/// | `facilitation_rt` | median neutral − median congruent RT |
/// | `gratton_rt` | (cI − cC) − (iI − iC): interference after congruent minus after incongruent trials, medians, without trials after an error (R6); Gratton, Coles & Donchin 1992 |
/// | `delta_slope` | slope of (incongruent − congruent) on their mean over quintiles; per ms |
/// | `delta_slope_last` | the same between the fourth and the fifth quintile (Ridderinkhof 2002) |
/// | `median_rt*`, `mean_rt*`, `sd_rt*`, `cv_rt*` | overall and by condition; mean, SD and CV after R5 within the cell |
/// | `accuracy*` | right / answered, anticipations left out; 0 to 1 |
/// | `exgauss_*` | by condition, maximum likelihood, from 40 RTs on |
/// | `anticipations`, `omissions`, `trimmed` | counts |
pub(super) fn score(params: &Params, trials: &[&Trial], board: &mut Board) {
    let task = Flanker::new(params);
    let counted: Vec<&Trial> = trials.iter().copied().filter(|t| counts(t)).collect();
    let sample = Sample { task: &task, counted };
    let n = sample.counted.len();
    board.count("n_trials", rules::COUNTED, n, n);
    contrasts(&sample, board);
    accuracy(&sample, board);
    let all: Vec<f64> = sample.counted.iter().filter_map(|t| sample.rt(board, t)).collect();
    board.describe("", &all);
    let mut cut = 0;
    for condition in task.congruencies() {
        let rts = sample.rts(board, *condition);
        let suffix = format!("_{}", condition.word());
        board.describe(&suffix, &rts);
        board.exgauss(&suffix, &rts);
        cut += rts.len() - trimmed(&rts).len();
    }
    board.count("trimmed", rules::RT_TRIMMED, all.len(), cut);
    let early = sample.counted.iter().filter(|t| sample.is_early(t)).count();
    board.count("anticipations", rules::COUNTED, n, early);
    let omissions = sample.counted.iter().filter(|t| omitted(t)).count();
    board.count("omissions", rules::COUNTED, n, omissions);
    parts::clean_share(board, &sample.counted);
    validity(board, trials, Limits { chance: Some(0.5) });
}

fn contrasts(sample: &Sample<'_>, board: &mut Board) {
    use Congruency::{Congruent, Incongruent, Neutral};
    let [con, inc, neutral] =
        [Congruent, Incongruent, Neutral].map(|condition| sample.rts(board, condition));
    let both = con.len() + inc.len();
    board.put("interference_rt", "ms", rules::RT, both, difference(&inc, &con));
    let facilitation =
        if sample.task.neutral { difference(&neutral, &con) } else { Err(Reason::NotPlanned) };
    let n = if sample.task.neutral { neutral.len() + con.len() } else { 0 };
    board.put("facilitation_rt", "ms", rules::RT, n, facilitation);
    let (value, n) = gratton(sample, board);
    board.put("gratton_rt", "ms", rules::RT_SEQUENCE, n, value);
    let deltas = deltas(&con, &inc);
    let whole = deltas.and_then(|points| stats::slope(&points));
    board.put("delta_slope", "", rules::RT, both, whole);
    let last = deltas.and_then(|[.., (x, y), (later_x, later_y)]| {
        if later_x > x { Ok((later_y - y) / (later_x - x)) } else { Err(Reason::NoVariation) }
    });
    board.put("delta_slope_last", "", rules::RT, both, last);
}

fn difference(more: &[f64], less: &[f64]) -> Estimated {
    Ok(stats::median(more)? - stats::median(less)?)
}

/// Mean of both conditions and their difference, by quintile.
fn deltas(con: &[f64], inc: &[f64]) -> Result<[(f64, f64); 5], Reason> {
    let (con, inc) = (quintile_means(con, DELTA_LEAST)?, quintile_means(inc, DELTA_LEAST)?);
    Ok(core::array::from_fn(|i| (f64::midpoint(con[i], inc[i]), inc[i] - con[i])))
}

/// Sequence effect over pairs of trials that really followed each other in one part.
fn gratton(sample: &Sample<'_>, board: &Board) -> (Estimated, usize) {
    let mut cells: [[Vec<f64>; 2]; 2] = Default::default();
    for pair in sample.counted.windows(2) {
        let &[before, trial] = pair else { continue };
        let follows = (before.block, before.attempt, before.trial + 1)
            == (trial.block, trial.attempt, trial.trial);
        if follows
            && right(before)
            && let Some(rt) = sample.rt(board, trial)
            && let (Some(earlier), Some(now)) = (column(before), column(trial))
        {
            cells[earlier][now].push(rt);
        }
    }
    let n = cells.iter().flatten().map(Vec::len).sum();
    let median = |cell: &Vec<f64>| {
        stats::need(cell, SEQUENCE_LEAST)?;
        stats::median(cell)
    };
    let effect = || {
        let after_congruent = median(&cells[0][1])? - median(&cells[0][0])?;
        let after_incongruent = median(&cells[1][1])? - median(&cells[1][0])?;
        Ok(after_congruent - after_incongruent)
    };
    (effect(), n)
}

fn column(trial: &Trial) -> Option<usize> {
    [Congruency::Congruent, Congruency::Incongruent]
        .iter()
        .position(|condition| trial.condition == condition.word())
}

fn accuracy(sample: &Sample<'_>, board: &mut Board) {
    let conditions = sample.task.congruencies();
    let errors: Vec<(usize, usize)> = conditions.iter().map(|c| sample.errors(*c)).collect();
    let (wrong, n) = errors.iter().fold((0, 0), |sum, cell| (sum.0 + cell.0, sum.1 + cell.1));
    board.share("accuracy", rules::ANSWERED, n, n - wrong);
    for (condition, (wrong, n)) in conditions.iter().zip(&errors) {
        board.share(&format!("accuracy_{}", condition.word()), rules::ANSWERED, *n, n - wrong);
    }
    let (con, inc) = (errors[0], errors[1]);
    let cost = share(inc.0, inc.1).and_then(|inc| Ok(inc - share(con.0, con.1)?));
    board.put("error_interference", "proportion", rules::ANSWERED, con.1 + inc.1, cost);
}
