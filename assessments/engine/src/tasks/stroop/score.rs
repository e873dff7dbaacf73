//! Scores of the Stroop task.

use super::{Condition, params::Stroop};
use crate::{
    params::Params,
    score::{Board, Limits, Sample, conflict, median_difference, rules, validity},
};
use contract::task::Trial;

/// Writes, in milliseconds unless said otherwise (all over the test trials, rule R1):
///
/// | Metric | Formula | Range |
/// |---|---|---|
/// | `interference_rt` | median incongruent − median congruent RT, right answers; canonical (Stroop 1935; MacLeod 1991) | any; usually 50 to 200 |
/// | `interference_error` | share of errors incongruent − congruent | −1 to 1 |
/// | `interference_neutral_rt` | median incongruent − median neutral RT | any |
/// | `interference_neutral_error` | share of errors incongruent − neutral | −1 to 1 |
/// | `facilitation_rt` | median neutral − median congruent RT | any |
/// | `facilitation_error` | share of errors neutral − congruent | −1 to 1 |
/// | `sequence_rt`, `delta_slope`, `delta_slope_last` | see [`conflict`] | any |
/// | `accuracy*`, `median_rt*`, `mean_rt*`, `sd_rt*`, `cv_rt*` | see [`Sample::describe`]; overall and by condition | |
/// | `exgauss_*` | by condition, maximum likelihood, from 40 RTs on (Heathcote, Popiel & Mewhort 1991) | |
/// | `n_trials`, `trimmed`, `anticipations`, `omissions`, `clean_share` | see [`Sample::report`] | |
///
/// Golden's predicted colour-word score needs timed cards and is not worked out.
/// Validity: rule R7 with a chance of one quarter.
pub(super) fn score(params: &Params, trials: &[&Trial], board: &mut Board) {
    let usual = Stroop::new(params).usual;
    let sample = Sample::new(trials, usual.anticipation, usual.timeout);
    conflict(&sample, board, "interference");
    let [con, inc, neutral] = Condition::ALL.map(|c| move |t: &Trial| t.condition == c.word());
    for (name, more, less) in [
        ("interference_neutral", &inc as &dyn Fn(&Trial) -> bool, &neutral),
        ("facilitation", &neutral, &con),
    ] {
        let [slow, quick] = [more, less].map(|which| sample.rts(board, which));
        let n = slow.len() + quick.len();
        let difference = median_difference(&slow, &quick);
        board.put(&format!("{name}_rt"), "ms", rules::RT, n, difference);
        let (cost, n) = sample.error_difference(more, less);
        board.put(&format!("{name}_error"), "proportion", rules::ANSWERED, n, cost);
    }
    for condition in Condition::ALL {
        let rts = sample.rts(board, &|t| t.condition == condition.word());
        board.exgauss(&format!("_{}", condition.word()), &rts);
    }
    sample.report(board, &[("_congruent", &con), ("_incongruent", &inc), ("_neutral", &neutral)]);
    validity(board, trials, Limits { chance: Some(0.25) });
}
