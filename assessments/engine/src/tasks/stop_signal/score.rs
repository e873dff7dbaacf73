//! Scores of the stop-signal task.

use super::params::StopSignal;
use crate::{
    params::Params,
    score::{Board, Limits, Sample, rt, rules, share, validity},
    stats::{self, Estimated, quantile_type6},
    tasks::usual::int_of,
};
use contract::task::{Micros, Reason, Trial};

/// Fewest stop trials for a score (Verbruggen et al. 2019).
const STOPS: usize = 50;
/// Between these shares of answered stop trials the method holds.
const SHARES: core::ops::RangeInclusive<f64> = 0.25..=0.75;
/// Nobody stops in less, milliseconds.
const SHORTEST: f64 = 50.0;

/// Go and stop trials apart.
struct Trials<'a> {
    gos: Vec<&'a Trial>,
    stops: Vec<&'a Trial>,
}

/// Writes, in milliseconds unless said otherwise (all over the test trials, rule R1):
///
/// | Metric | Formula | Range |
/// |---|---|---|
/// | `ssrt` | nth go RT − `mean_ssd`, where the nth RT is the quantile (type 6) at `stop_response_rate` of all go RTs, wrong answers and anticipations included, omissions replaced by the longest one: integration method with replacement of omissions; canonical (Verbruggen et al. 2019) | any; valid from 50 |
/// | `stop_response_rate` | stop trials with an answer / stop trials; p(respond given signal) | 0 to 1 |
/// | `mean_ssd` | mean delay between arrow and signal as shown, over the stop trials in which the signal was shown | > 0 |
/// | `mean_ssd_plan` | mean planned delay, all stop trials | > 0 |
/// | `unshown_signals` | stop trials that were answered before the signal, count | ≥ 0 |
/// | `nth_rt` | the quantile of go RTs above | > 0 |
/// | `failed_stop_rt` | mean RT of answered stop trials, those before the signal included | any |
/// | `go_mean_rt`, `go_sd_rt` | mean and SD of all go RTs, wrong answers included | any |
/// | `go_omission_rate` | go trials without an answer / go trials | 0 to 1 |
/// | `go_error_rate` | wrong answers / answered go trials | 0 to 1 |
/// | `n_go`, `n_stop` | go and stop trials, count | ≥ 0 |
/// | `accuracy`, `median_rt`, `mean_rt`, `sd_rt`, `cv_rt`, `n_trials`, `trimmed`, `anticipations`, `omissions`, `clean_share` | of go trials, see [`Sample::report`] | |
///
/// Not valid (Verbruggen et al. 2019): `stop_rate_extreme` (`stop_response_rate` below 0.25 or above
/// 0.75), `race_violated` (`failed_stop_rt` not below `go_mean_rt`), `ssrt_short` (below 50 ms),
/// `few_stop_trials` (below 50); and rule R7 over the go trials with a chance of one half.
pub(super) fn score(params: &Params, trials: &[&Trial], board: &mut Board) {
    let usual = StopSignal::new(params).usual;
    let of = |condition: &str| -> Vec<&Trial> {
        trials.iter().copied().filter(|t| t.condition == condition).collect()
    };
    let all_gos = of("go");
    let sample = Sample::new(&all_gos, usual.anticipation, usual.timeout);
    let stops = Sample::new(&of("stop"), usual.anticipation, usual.timeout).counted;
    let found = Trials { gos: sample.counted.clone(), stops };
    stopping(&found, board);
    sample.report(board, &[]);
    validity(board, &all_gos, Limits { chance: Some(0.5) });
}

fn stopping(found: &Trials<'_>, board: &mut Board) {
    let Trials { gos, stops } = found;
    let (n_go, n_stop) = (gos.len(), stops.len());
    let answered: Vec<f64> = gos.iter().filter_map(|t| rt(t)).collect();
    let failed: Vec<f64> = stops.iter().filter_map(|t| rt(t)).collect();
    let rate = share(stops.iter().filter(|t| t.resp_code.is_some()).count(), n_stop);
    let shown: Vec<f64> = stops.iter().filter_map(|t| shown_delay(t)).collect();
    let planned: Vec<f64> = stops
        .iter()
        .filter_map(|t| int_of(t, "ssd_plan_ms"))
        .map(|ms| Micros(ms * 1000).ms())
        .collect();
    let mean_ssd = stats::mean(&shown);
    let nth = rate.and_then(|rate| nth_rt(&answered, n_go, rate));
    let ssrt = nth.and_then(|nth| Ok(nth - mean_ssd?));
    let go_mean = stats::mean(&answered);
    let failed_mean = stats::mean(&failed);

    board.put("ssrt", "ms", rules::COUNTED, n_go + n_stop, ssrt);
    board.put("stop_response_rate", "proportion", rules::COUNTED, n_stop, rate);
    board.put("mean_ssd", "ms", rules::COUNTED, shown.len(), mean_ssd);
    board.put("mean_ssd_plan", "ms", rules::COUNTED, planned.len(), stats::mean(&planned));
    board.count("unshown_signals", rules::COUNTED, n_stop, n_stop - shown.len());
    board.put("nth_rt", "ms", rules::COUNTED, n_go, nth);
    board.put("failed_stop_rt", "ms", rules::COUNTED, failed.len(), failed_mean);
    board.put("go_mean_rt", "ms", rules::COUNTED, answered.len(), go_mean);
    board.put("go_sd_rt", "ms", rules::COUNTED, answered.len(), stats::sd(&answered));
    let wrong = gos.iter().filter(|t| t.resp_code.is_some() && t.resp_code != t.correct_code);
    board.share("go_omission_rate", rules::COUNTED, n_go, n_go - answered.len());
    board.share("go_error_rate", rules::COUNTED, answered.len(), wrong.count());
    board.count("n_go", rules::COUNTED, n_go, n_go);
    board.count("n_stop", rules::COUNTED, n_stop, n_stop);

    if rate.is_ok_and(|rate| !SHARES.contains(&rate)) {
        board.invalid("stop_rate_extreme");
    }
    if let (Ok(failed), Ok(go)) = (failed_mean, go_mean)
        && failed >= go
    {
        board.invalid("race_violated");
    }
    if ssrt.is_ok_and(|ssrt| ssrt < SHORTEST) {
        board.invalid("ssrt_short");
    }
    if n_stop < STOPS {
        board.invalid("few_stop_trials");
    }
}

/// Quantile of the go RTs at `rate`, with the longest one in place of each omission. Where all stop
/// trials or none were answered, it says nothing about stopping.
fn nth_rt(answered: &[f64], n_go: usize, rate: f64) -> Estimated {
    if rate <= 0.0 || rate >= 1.0 {
        return Err(Reason::NoVariation);
    }
    stats::need(answered, 1)?;
    let longest = answered.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mut rts = answered.to_vec();
    rts.resize(n_go, longest);
    quantile_type6(&rts, rate)
}

/// Delay between arrow and signal as shown, milliseconds; none where the signal was not shown.
fn shown_delay(trial: &Trial) -> Option<f64> {
    int_of(trial, "signal_soa_us").map(|us| Micros(us).ms())
}
