//! Scores of simple reaction time.

use super::params::SimpleRt;
use crate::{
    params::Params,
    score::{Board, Limits, counts, omitted, right, rt, rt_within, rules, trimmed, validity},
    stats::{self, real},
    tasks::parts,
};
use contract::task::{Extra, Trial};

/// A lapse is an RT from here on, milliseconds: the line of the psychomotor vigilance task
/// (Basner and Dinges 2011).
const LAPSE: f64 = 500.0;

/// Writes, in milliseconds unless said otherwise (all over the test trials, rule R1):
///
/// | Metric | Formula | Range |
/// |---|---|---|
/// | `median_rt` | median of RTs (canonical: Deary et al. report means and SDs; the median is robust) | anticipation limit to window |
/// | `mean_rt`, `sd_rt`, `cv_rt` | mean, SD (n − 1), SD / mean, after R5; canonical | ≥ 0 |
/// | `iqr_rt` | Q3 − Q1, quantiles of type 7 | ≥ 0 |
/// | `min_rt`, `max_rt` | smallest and largest RT, before R5 | as the median |
/// | `trimmed` | RTs that R5 left out, count | ≥ 0 |
/// | `lapses` | RTs of 500 or more, count | ≥ 0 |
/// | `anticipations` | RTs below the limit, count | ≥ 0 |
/// | `omissions` | no response in the window, count | ≥ 0 |
/// | `early_presses` | presses before the X came, count over all trials | ≥ 0 |
/// | `foreperiod_slope` | least squares of RT on the shown wait, ms per second; usually negative | any |
/// | `exgauss_*` | maximum likelihood, from 40 RTs on | mu any, sigma and tau > 0 |
pub(super) fn score(params: &Params, trials: &[&Trial], board: &mut Board) {
    let task = SimpleRt::new(params);
    let counted: Vec<&Trial> = trials.iter().copied().filter(|t| counts(t)).collect();
    let n = counted.len();
    let pairs: Vec<(&Trial, f64)> = counted
        .iter()
        .filter(|t| right(t) && board.keeps(t))
        .filter_map(|t| Some((*t, rt_within(t, task.anticipation, task.timeout)?)))
        .collect();
    let rts: Vec<f64> = pairs.iter().map(|pair| pair.1).collect();
    let kept = trimmed(&rts);

    board.count("n_trials", rules::COUNTED, n, n);
    board.describe("", &rts);
    board.put("iqr_rt", "ms", rules::RT, rts.len(), stats::iqr(&rts));
    board.put("min_rt", "ms", rules::RT, rts.len(), stats::quantile_type7(&rts, 0.0));
    board.put("max_rt", "ms", rules::RT, rts.len(), stats::quantile_type7(&rts, 1.0));
    board.count("trimmed", rules::RT_TRIMMED, rts.len(), rts.len() - kept.len());
    board.count("lapses", rules::RT, rts.len(), rts.iter().filter(|rt| **rt >= LAPSE).count());
    let early = |t: &&&Trial| rt(t).is_some_and(|rt| rt < task.anticipation);
    board.count("anticipations", rules::COUNTED, n, counted.iter().filter(early).count());
    board.count("omissions", rules::COUNTED, n, counted.iter().filter(|t| omitted(t)).count());
    board.put("early_presses", "count", rules::COUNTED, n, Ok(early_presses(&counted)));
    board.put("foreperiod_slope", "ms_per_s", rules::RT_TRIMMED, kept.len(), slope(&pairs, &kept));
    board.exgauss("", &rts);
    parts::clean_share(board, &counted);
    validity(board, trials, Limits { chance: None });
}

fn early_presses(trials: &[&Trial]) -> f64 {
    let presses = |t: &&Trial| match t.extra.get("early_presses") {
        Some(Extra::Int(n)) => usize::try_from(*n).unwrap_or(0),
        _ => 0,
    };
    real(trials.iter().map(presses).sum())
}

/// RT on the shown wait in seconds, over the RTs that R5 keeps.
fn slope(pairs: &[(&Trial, f64)], kept: &[f64]) -> stats::Estimated {
    let lowest = kept.iter().copied().fold(f64::INFINITY, f64::min);
    let highest = kept.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let point = |(trial, rt): &(&Trial, f64)| match trial.extra.get("lead_us") {
        Some(Extra::Int(us)) if *rt >= lowest && *rt <= highest => {
            Some((contract::task::Micros(*us).ms() / 1000.0, *rt))
        }
        _ => None,
    };
    let points: Vec<(f64, f64)> = pairs.iter().filter_map(point).collect();
    stats::slope(&points)
}
