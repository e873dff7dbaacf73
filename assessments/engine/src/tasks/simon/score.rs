//! Scores of the Simon task.

use super::params::Simon;
use crate::{
    params::Params,
    score::{Board, Limits, Sample, conflict, validity},
};
use contract::task::Trial;

/// Writes, in milliseconds unless said otherwise (all over the test trials, rule R1):
///
/// | Metric | Formula | Range |
/// |---|---|---|
/// | `simon_rt` | median incongruent − median congruent RT, right answers; canonical (Simon & Rudell 1967) | any; usually 20 to 50 |
/// | `simon_error` | share of errors incongruent − congruent | −1 to 1 |
/// | `sequence_rt`, `delta_slope`, `delta_slope_last` | see [`conflict`]: effect after congruent minus after incongruent trials (Stürmer et al. 2002); slope over quintiles, usually negative here (De Jong, Liang & Lauber 1994) | any |
/// | `accuracy*`, `median_rt*`, `mean_rt*`, `sd_rt*`, `cv_rt*` | see [`Sample::describe`]; overall and by condition | |
/// | `n_trials`, `trimmed`, `anticipations`, `omissions`, `clean_share` | see [`Sample::report`] | |
///
/// Validity: rule R7 with a chance of one half.
pub(super) fn score(params: &Params, trials: &[&Trial], board: &mut Board) {
    let usual = Simon::new(params).usual;
    let sample = Sample::new(trials, usual.anticipation, usual.timeout);
    conflict(&sample, board, "simon");
    sample.report(
        board,
        &[
            ("_congruent", &|t| t.condition == "congruent"),
            ("_incongruent", &|t| t.condition == "incongruent"),
        ],
    );
    validity(board, trials, Limits { chance: Some(0.5) });
}
