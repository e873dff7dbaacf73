//! Scores of the vigilance task.

use super::params::Vigilance;
use crate::{
    params::Params,
    score::{Board, rules},
    stats::{self, Detection, real},
    tasks::{
        streams::{Stream, axis, is_go},
        usual::int_of,
    },
};
use contract::task::{Reason, Trial};

/// Writes, over the test trials (rule R1), RTs in milliseconds of presses at targets (R1 to R4):
///
/// | Metric | Formula | Range |
/// |---|---|---|
/// | `hits`, `hit_rate` | targets pressed at; count, and of all targets; canonical | ≥ 0; 0 to 1 |
/// | `false_alarms`, `false_alarm_rate` | other letters pressed at; count, and of all others; canonical | ≥ 0; 0 to 1 |
/// | `d_prime`, `criterion`, `ln_beta` | log-linear (Hautus 1995) over the whole test | any |
/// | `hit_rate_N`, `false_alarm_rate_N`, `d_prime_N`, `criterion_N`, `ln_beta_N`, `median_rt_N` | the same in period N, from 1 | |
/// | `hit_rate_slope`, `d_prime_slope` | least squares of the periods' values on their number, per period; the decrement, below 0 where attention fades (Parasuraman 1979) | any |
/// | `criterion_slope` | the same of c; above 0 where people grow reluctant | any |
/// | `rt_slope` | least squares of RT on the period, ms per period | any |
/// | `median_rt`, `mean_rt`, …, `exgauss_*`, `anticipations` | see `streams/tally.rs` | |
///
/// Missed targets are what is measured: there is no limit of their own, only that of rule R7 (a fifth
/// of all letters).
pub(super) fn score(params: &Params, trials: &[&Trial], board: &mut Board) {
    let task = Vigilance::new(params);
    let stream = Stream::new(trials, task.anticipation, task.soa);
    rates(board, "", stream.detection(&|_| true));
    stream.report(board);
    let mut seen = Vec::new();
    for period in 1..=task.periods {
        let here = |t: &Trial| int_of(t, "period") == Some(period.into());
        let suffix = format!("_{period}");
        let detection = stream.detection(&here);
        rates(board, &suffix, detection);
        stream.detect(board, &suffix, &here);
        let rts = stream.sample.rts(board, &|t| here(t) && is_go(t));
        let median = stats::median(&rts);
        board.put(&format!("median_rt{suffix}"), "ms", rules::RT, rts.len(), median);
        seen.push((f64::from(period), detection));
    }
    slopes(board, &seen);
    let (slope, n) = stream.slope(board, |t| axis(t, "period"));
    board.put("rt_slope", "ms_per_block", rules::RT, n, slope);
    Stream::judge(board, trials, None);
}

fn rates(board: &mut Board, suffix: &str, seen: Detection) {
    if suffix.is_empty() {
        board.count("hits", rules::COUNTED, seen.signals, seen.hits);
        board.count("false_alarms", rules::COUNTED, seen.noises, seen.false_alarms);
    }
    let [hit_rate, false_alarm_rate] =
        ["hit_rate", "false_alarm_rate"].map(|name| [name, suffix].concat());
    board.share(&hit_rate, rules::COUNTED, seen.signals, seen.hits);
    board.share(&false_alarm_rate, rules::COUNTED, seen.noises, seen.false_alarms);
}

/// Slopes over the periods that have targets and other letters; all of them must.
fn slopes(board: &mut Board, seen: &[(f64, Detection)]) {
    let n = seen.iter().map(|(_, detection)| detection.n()).sum();
    let hit_rate = |seen: Detection| match seen.signals {
        0 => Err(Reason::NoTrials),
        signals => Ok(real(seen.hits) / real(signals)),
    };
    let slope = |value: &dyn Fn(Detection) -> stats::Estimated| {
        let points: Result<Vec<(f64, f64)>, Reason> =
            seen.iter().map(|(period, seen)| Ok((*period, value(*seen)?))).collect();
        stats::slope(&points?)
    };
    let slopes = [
        ("hit_rate_slope", slope(&hit_rate)),
        ("d_prime_slope", slope(&Detection::d_prime)),
        ("criterion_slope", slope(&Detection::criterion)),
    ];
    for (name, value) in slopes {
        board.put(name, "per_block", rules::COUNTED, n, value);
    }
}
