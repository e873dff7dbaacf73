//! Scores of the psychomotor vigilance task.

use super::params::Pvt;
use crate::{
    params::Params,
    score::{Board, Limits, Sample, omitted, rules, validity},
    stats::{self, Estimated, real},
    tasks::{parts::clean_share, usual::int_of},
};
use contract::task::{Micros, Reason, Trial};

/// Fewest valid responses a minute: 15 in three minutes.
const LEAST_A_MINUTE: f64 = 5.0;

/// Writes, over the test trials (rule R1); a valid RT is one from 100 ms to the window (R2, R3):
///
/// | Metric | Formula | Unit, range |
/// |---|---|---|
/// | `lapses` | RTs from the lapse limit on, and trials without a response; canonical | count |
/// | `lapse_share` | lapses / (valid RTs + trials without a response) | 0 to 1 |
/// | `response_speed` | mean of 1000 / RT; canonical | per s, > 0 |
/// | `median_rt`, `mean_rt_all` | of valid RTs, no R5; canonical | ms |
/// | `slowest_speed` | mean of 1000 / RT over the slowest tenth (rounded up); canonical | per s |
/// | `fastest_rt` | mean RT over the fastest tenth (rounded up); canonical | ms |
/// | `false_starts` | presses without a target, and RTs below 100 ms; canonical | count |
/// | `performance_score` | 1 − (lapses + false starts) / (valid RTs + trials without a response + false starts); Basner & Dinges 2011 | at most 1 |
/// | `speed_slope` | least squares of 1000 / RT on the minutes of the test so far, without pauses; below 0 where people tire | per s and minute |
/// | `mean_rt`, `sd_rt`, `cv_rt` | after R5 | ms |
/// | `omissions` | trials without a response | count |
/// | `exgauss_*` | maximum likelihood, from 40 RTs on | ms |
///
/// Not valid with fewer than 5 valid RTs a minute (15 in three minutes), as well as by rule R7.
/// Whether the device's timing is good enough (bias within 5 ms, SD within 10 ms; Basner et al.
/// 2021) is in the timing report.
pub(super) fn score(params: &Params, trials: &[&Trial], board: &mut Board) {
    let task = Pvt::new(params);
    let sample = Sample::new(trials, task.anticipation, task.timeout);
    let n = sample.counted.len();
    let rts = sample.rts(board, &|_| true);
    let missed = sample.counted.iter().filter(|t| omitted(t)).count();
    let lapses = rts.iter().filter(|rt| **rt >= task.lapse).count() + missed;
    let starts = false_starts(&sample);
    let answered = rts.len() + missed;
    let speeds: Vec<f64> = rts.iter().map(|rt| 1000.0 / rt).collect();
    board.count("n_trials", rules::COUNTED, n, n);
    board.count("lapses", rules::RT, answered, lapses);
    board.share("lapse_share", rules::RT, answered, lapses);
    board.put("response_speed", "per_s", rules::RT, rts.len(), stats::mean(&speeds));
    board.put("mean_rt_all", "ms", rules::RT, rts.len(), stats::mean(&rts));
    let (slowest, fastest) = tenths(&rts);
    let slow_speeds: Vec<f64> = slowest.iter().map(|rt| 1000.0 / rt).collect();
    board.put("slowest_speed", "per_s", rules::RT, slowest.len(), stats::mean(&slow_speeds));
    board.put("fastest_rt", "ms", rules::RT, fastest.len(), stats::mean(&fastest));
    board.count("false_starts", rules::COUNTED, n, starts);
    let performance = performance(lapses, starts, answered);
    board.put("performance_score", "", rules::RT, answered, performance);
    let (slope, used) = tiring(&sample, board);
    board.put("speed_slope", "per_s_min", rules::RT, used, slope);
    board.describe("", &rts);
    board.count("omissions", rules::COUNTED, n, missed);
    board.exgauss("", &rts);
    clean_share(board, &sample.counted);
    validity(board, trials, Limits { chance: None });
    if real(rts.len()) < LEAST_A_MINUTE * task.minutes {
        board.invalid("too_few_responses");
    }
}

/// Presses without a target end their trial before its onset; the others came too soon after it.
fn false_starts(sample: &Sample<'_>) -> usize {
    let without_target = |t: &&&Trial| t.resp_code.is_some() && t.onset_us.is_none();
    let counted = &sample.counted;
    let too_soon = counted.iter().filter(|t| sample.is_early(t)).count();
    counted.iter().filter(without_target).count() + too_soon
}

fn performance(lapses: usize, starts: usize, answered: usize) -> Estimated {
    if answered + starts == 0 {
        return Err(Reason::NoTrials);
    }
    Ok(1.0 - real(lapses + starts) / real(answered + starts))
}

/// The slowest and the fastest tenth, rounded up.
fn tenths(rts: &[f64]) -> (Vec<f64>, Vec<f64>) {
    let sorted = stats::sorted(rts);
    let n = sorted.len().div_ceil(10);
    (sorted[sorted.len() - n..].to_vec(), sorted[..n].to_vec())
}

/// Slope of speed on the minutes of the test before the target, pauses left out.
fn tiring(sample: &Sample<'_>, board: &Board) -> (Estimated, usize) {
    let point = |t: &Trial| {
        let minutes = Micros(int_of(t, "time_on_task_us")?).ms() / 60_000.0;
        Some((minutes, 1000.0 / sample.rt(board, t)?))
    };
    let points: Vec<(f64, f64)> = sample.of(&|_| true).filter_map(point).collect();
    (stats::slope(&points), points.len())
}
