//! Scores of choice reaction time.

use super::params::ChoiceRt;
use crate::{
    params::Params,
    score::{Board, Limits, Sample, median_difference, right, rt, rules, validity},
    stats::{self, Estimated, real},
    tasks::waits,
};
use contract::task::{Reason, Trial};

/// Fewest RTs on either side of the repetition effect.
const REPETITION_LEAST: usize = 5;

/// Writes, in milliseconds unless said otherwise, right answers of the test trials (rules R1 to R4):
///
/// | Metric | Formula | Range |
/// |---|---|---|
/// | `median_rt` | median of RTs | anticipation limit to window |
/// | `mean_rt`, `sd_rt`, `cv_rt` | mean, SD (n − 1), SD / mean, after R5; canonical (Deary et al. 2011) | ≥ 0 |
/// | `iqr_rt` | Q3 − Q1, quantiles of type 7 | ≥ 0 |
/// | `min_rt`, `max_rt` | smallest and largest RT, before R5 | as the median |
/// | `accuracy` | right / answered, anticipations left out; canonical | 0 to 1 |
/// | `repetition_rt` | median RT where the box changed − where it was the same as in the trial before, without trials after an error (R6) and the first of a part; from 5 RTs on either side | any, usually > 0 |
/// | `rate_correct` | right answers / time of all answers, per second (Woltz & Was 2006) | ≥ 0 |
/// | `foreperiod_slope` | least squares of RT on the shown wait, ms per second, after R5 | any |
/// | `exgauss_*` | maximum likelihood, from 40 RTs on | mu any, sigma and tau > 0 |
/// | `anticipations`, `omissions`, `trimmed`, `early_presses` | counts | ≥ 0 |
///
/// The difference to simple RT is that of the two tasks' medians: a module sees its own trials only.
pub(super) fn score(params: &Params, trials: &[&Trial], board: &mut Board) {
    let task = ChoiceRt::new(params).usual;
    let sample = Sample::new(trials, task.anticipation, task.timeout);
    sample.report(board, &[]);
    let rts = sample.rts(board, &|_| true);
    board.put("iqr_rt", "ms", rules::RT, rts.len(), stats::iqr(&rts));
    board.put("min_rt", "ms", rules::RT, rts.len(), stats::quantile_type7(&rts, 0.0));
    board.put("max_rt", "ms", rules::RT, rts.len(), stats::quantile_type7(&rts, 1.0));
    let (repetition, n) = repetition(&sample, board);
    board.put("repetition_rt", "ms", rules::RT_SEQUENCE, n, repetition);
    let (rate, n) = rate_correct(&sample);
    board.put("rate_correct", "per_s", rules::ANSWERED, n, rate);
    board.exgauss("", &rts);
    waits::report(&sample, board);
    validity(board, trials, Limits { chance: Some(0.25) });
}

/// The effect and the RTs on both sides.
fn repetition(sample: &Sample<'_>, board: &Board) -> (Estimated, usize) {
    let mut sides: [Vec<f64>; 2] = Default::default();
    for (before, trial) in sample.pairs().filter(|(before, _)| right(before)) {
        if let Some(rt) = sample.rt(board, trial) {
            sides[usize::from(before.condition != trial.condition)].push(rt);
        }
    }
    let [same, other] = sides;
    let n = same.len() + other.len();
    let effect = || {
        stats::need(&same, REPETITION_LEAST)?;
        stats::need(&other, REPETITION_LEAST)?;
        median_difference(&other, &same)
    };
    (effect(), n)
}

/// Right answers a second of answering, and all answers.
fn rate_correct(sample: &Sample<'_>) -> (Estimated, usize) {
    let times: Vec<(bool, f64)> = sample
        .of(&|t| t.resp_code.is_some() && !sample.is_early(t))
        .filter_map(|t| Some((right(t), rt(t)?)))
        .collect();
    let seconds = times.iter().map(|(_, rt)| rt).sum::<f64>() / 1000.0;
    let hits = times.iter().filter(|(right, _)| *right).count();
    let rate = if seconds > 0.0 { Ok(real(hits) / seconds) } else { Err(Reason::NoTrials) };
    (rate, times.len())
}
