//! Scores of the continuous performance test.

use super::{params::Cpt, standard_error};
use crate::{
    params::Params,
    score::{Board, rules},
    stats::{self, Estimated},
    tasks::{
        streams::{self, Stream, axis, is_go},
        usual::int_of,
    },
};
use contract::task::Trial;

/// Writes, over the test trials (rule R1), RTs in milliseconds of presses at signs other than X:
///
/// | Metric | Formula | Range |
/// |---|---|---|
/// | `omissions`, `omission_rate` | signs other than X without a press; count, and of all such signs; canonical | ≥ 0; 0 to 1 |
/// | `commissions`, `commission_rate` | presses at X; count, and of all X; canonical | ≥ 0; 0 to 1 |
/// | `perseverations` | presses below 100 ms, at any sign, count; canonical | ≥ 0 |
/// | `hit_rt`, `hit_rt_sd` | mean and SD (n − 1) of all RTs from 100 ms on (R1 to R4, no R5); canonical | ≥ 0 |
/// | `hit_rt_se` | SD / √n; canonical | ≥ 0 |
/// | `variability` | SD of the standard errors of the runs; canonical | ≥ 0 |
/// | `block_slope` | least squares of RT on the sixth of the test (1, 2, …), ms per sixth; canonical | any |
/// | `isi_slope` | least squares of RT on the pace (1, 2, 4 s), ms per second; canonical | any |
/// | `d_prime`, `criterion`, `ln_beta` | log-linear (Hautus 1995); signals are the signs other than X; canonical | any |
/// | `median_rt`, `mean_rt`, …, `exgauss_*` | see `streams/tally.rs`; mean, SD, CV after R5 | |
/// | `commission_rt`, `post_error_slowing` | see `streams/tally.rs` | |
///
/// Source: Conners 2000. Not valid with omissions above 20 %, as well as by rule R7.
pub(super) fn score(params: &Params, trials: &[&Trial], board: &mut Board) {
    let task = Cpt::new(params);
    let stream = Stream::new(trials, task.anticipation, task.longest());
    stream.errors(board);
    let counted = &stream.sample.counted;
    let early = counted.iter().filter(|t| stream.sample.is_early(t)).count();
    board.count("perseverations", rules::COUNTED, counted.len(), early);
    let rts = stream.rts(board);
    for (name, value) in [
        ("hit_rt", stats::mean(&rts)),
        ("hit_rt_sd", stats::sd(&rts)),
        ("hit_rt_se", standard_error(&rts)),
    ] {
        board.put(name, "ms", rules::RT, rts.len(), value);
    }
    board.put("variability", "ms", rules::RT, rts.len(), variability(&stream, board, task.runs()));
    let (slope, n) = stream.slope(board, |t| axis(t, "cycle"));
    board.put("block_slope", "ms_per_block", rules::RT, n, slope);
    let (slope, n) = stream.slope(board, |t| axis(t, "isi_ms").map(|ms| ms / 1000.0));
    board.put("isi_slope", "ms_per_s", rules::RT, n, slope);
    stream.report(board);
    Stream::judge(board, trials, Some(streams::OMISSIONS));
}

/// SD of the standard errors of those runs that have one (two RTs or more).
fn variability(stream: &Stream<'_>, board: &Board, runs: u32) -> Estimated {
    let error = |run: u32| {
        let of_run = |t: &Trial| is_go(t) && int_of(t, "run") == Some(run.into());
        standard_error(&stream.sample.rts(board, &of_run)).ok()
    };
    let errors: Vec<f64> = (1..=runs).filter_map(error).collect();
    stats::sd(&errors)
}
