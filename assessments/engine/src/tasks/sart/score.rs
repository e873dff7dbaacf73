//! Scores of the SART.

use super::params::Sart;
use crate::{
    params::Params,
    score::{Board, follows, rules},
    stats::{self, Estimated},
    tasks::streams::{self, Stream, is_go, pressed},
};
use contract::task::Trial;

/// Digits before a 3 that tell how somebody came to it.
const BEFORE: usize = 4;
/// Fewest RTs among them.
const BEFORE_LEAST: usize = 2;
/// Fewest 3s of each kind for the difference.
const SPEEDING_LEAST: usize = 3;

/// Writes, over the test trials (rule R1), RTs in milliseconds of presses at other digits than 3:
///
/// | Metric | Formula | Range |
/// |---|---|---|
/// | `commissions`, `commission_rate` | presses at the 3; count, and of all 3s; canonical | ≥ 0; 0 to 1 |
/// | `omissions`, `omission_rate` | other digits without a press; canonical | ≥ 0; 0 to 1 |
/// | `mean_rt`, `sd_rt`, `cv_rt`, `median_rt` | R1 to R4, mean, SD, CV after R5; canonical | ≥ 0 |
/// | `anticipations` | presses below 100 ms at any digit, count | ≥ 0 |
/// | `pre_error_speeding` | mean over commissions − mean over 3s let pass, of the mean RT of the four digits before; below 0: quicker before an error (canonical); from two RTs each and 3 of each kind on | any |
/// | `post_error_slowing` | see `streams/tally.rs` | any |
/// | `d_prime`, `criterion`, `ln_beta` | log-linear (Hautus 1995); signals are the digits to press at | any |
///
/// Source: Robertson et al. 1997. Not valid with omissions above 20 %, as well as by rule R7.
pub(super) fn score(params: &Params, trials: &[&Trial], board: &mut Board) {
    let task = Sart::new(params);
    let stream = Stream::new(trials, task.anticipation, task.soa);
    stream.errors(board);
    let (speeding, n) = speeding(&stream, board);
    board.put("pre_error_speeding", "ms", rules::RT, n, speeding);
    stream.report(board);
    Stream::judge(board, trials, Some(streams::OMISSIONS));
}

/// The difference, and the no-go digits on which it rests.
fn speeding(stream: &Stream<'_>, board: &Board) -> (Estimated, usize) {
    let counted = &stream.sample.counted;
    let (mut failed, mut passed) = (Vec::new(), Vec::new());
    for (i, trial) in counted.iter().enumerate().filter(|(_, t)| !is_go(t)) {
        let unbroken = (1..=BEFORE).all(|back| {
            let pair = i.checked_sub(back).and_then(|i| counted.get(i).zip(counted.get(i + 1)));
            pair.is_some_and(|(before, after)| follows(before, after) && is_go(before))
        });
        if !unbroken {
            continue;
        }
        let rts: Vec<f64> =
            counted[i - BEFORE..i].iter().filter_map(|t| stream.sample.rt(board, t)).collect();
        if rts.len() >= BEFORE_LEAST
            && let Ok(mean) = stats::mean(&rts)
        {
            (if pressed(trial) { &mut failed } else { &mut passed }).push(mean);
        }
    }
    let difference = || {
        stats::need(&failed, SPEEDING_LEAST)?;
        stats::need(&passed, SPEEDING_LEAST)?;
        Ok(stats::mean(&failed)? - stats::mean(&passed)?)
    };
    (difference(), failed.len() + passed.len())
}
