//! Scores of go/no-go.

use super::params::GoNogo;
use crate::{
    params::Params,
    score::Board,
    tasks::streams::{self, Stream},
};
use contract::task::Trial;

/// Writes, over the test trials (rule R1), RTs in milliseconds:
///
/// | Metric | Formula | Range |
/// |---|---|---|
/// | `commission_rate` | presses at no-go signs / no-go signs; canonical | 0 to 1 |
/// | `omission_rate` | go signs without a press / go signs; canonical | 0 to 1 |
/// | `median_rt`, `sd_rt`, … | RT of presses at go signs (R1 to R4; mean, SD and CV after R5); canonical | ≥ 0 |
/// | `d_prime` | z(H) − z(F), log-linear (Hautus 1995); signals are the go signs | any |
/// | `criterion`, `ln_beta` | −(z(H) + z(F)) / 2, and d' · c | any |
/// | `commission_rt`, `post_error_slowing`, `exgauss_*` | see `streams/tally.rs` | |
/// | `commissions`, `omissions`, `anticipations`, `trimmed` | counts | ≥ 0 |
///
/// Not valid with omissions above 20 % of the go signs, as well as by rule R7.
pub(super) fn score(params: &Params, trials: &[&Trial], board: &mut Board) {
    let task = GoNogo::new(params);
    let stream = Stream::new(trials, task.anticipation, task.longest());
    stream.errors(board);
    stream.report(board);
    Stream::judge(board, trials, Some(streams::OMISSIONS));
}
