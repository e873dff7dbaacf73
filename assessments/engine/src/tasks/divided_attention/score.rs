//! Scores of divided attention.

use super::{STREAMS, params::Divided};
use crate::{
    params::Params,
    score::{Board, Sample, median_difference, right, rules, share},
    stats::{Detection, Estimated},
    tasks::{parts, streams::Stream},
};
use contract::task::Trial;

/// One stream under one load.
struct Cell {
    rts: Vec<f64>,
    hits: usize,
    targets: usize,
}

/// Writes over the test trials (rule R1), for each stream (`letters`, `shapes`) alone (`_single`) and
/// with both (`_both`); a press belongs to the stream of its side:
///
/// | Metric | Formula | Unit, range |
/// |---|---|---|
/// | `hit_rate_{stream}_{load}` | targets answered on their side / targets | 0 to 1 |
/// | `false_alarm_rate_{stream}_{load}` | presses on its side without a target in it / trials without one | 0 to 1 |
/// | `d_prime_{stream}_{load}` | z(H) − z(F), log-linear (Hautus 1995) | any |
/// | `median_rt_{stream}_{load}` | median RT of hits (R1 to R4) | ms, ≥ 0 |
/// | `dual_cost_rt_{stream}` | median RT with both − alone; canonical (Pashler 1994) | ms, usually above 0 |
/// | `dual_cost_hit_{stream}` | hit rate alone − with both | −1 to 1 |
/// | `dual_cost_rt`, `dual_cost_hit` | mean of the costs of both streams | as above |
/// | `n_trials`, `anticipations` | trials; presses before the limit | count |
/// | `clean_share` | trials without Q0 to Q4 / trials | 0 to 1 |
///
/// Validity: as other streams, of all targets against all other trials: `many_omissions` above one
/// half of the targets, `accuracy_near_chance`, `fast_guessing`, and rule R7 for all tasks.
pub(super) fn score(params: &Params, trials: &[&Trial], board: &mut Board) {
    let task = Divided::new(params);
    let sample = Sample::new(trials, task.anticipation, task.soa);
    let mut costs: [Vec<Estimated>; 2] = Default::default();
    for (stream, key) in STREAMS {
        let cells = ["single", "both"].map(|load| cell(&sample, board, [stream, key, load]));
        let [single, both] = &cells;
        let rt = median_difference(&both.rts, &single.rts);
        let n = both.rts.len() + single.rts.len();
        board.put(&format!("dual_cost_rt_{stream}"), "ms", rules::RT, n, rt);
        let hit = share(single.hits, single.targets)
            .and_then(|alone| Ok(alone - share(both.hits, both.targets)?));
        let n = single.targets + both.targets;
        board.put(&format!("dual_cost_hit_{stream}"), "proportion", rules::COUNTED, n, hit);
        costs[0].push(rt);
        costs[1].push(hit);
    }
    let [rt, hit] = costs.map(|costs| mean(&costs));
    let hits = sample.of(&|t| t.correct_code.is_some() && right(t)).count();
    board.put("dual_cost_rt", "ms", rules::RT, hits, rt);
    let targets = sample.of(&|t| t.correct_code.is_some()).count();
    board.put("dual_cost_hit", "proportion", rules::COUNTED, targets, hit);
    let n = sample.counted.len();
    board.count("n_trials", rules::COUNTED, n, n);
    let early = sample.counted.iter().filter(|t| sample.is_early(t)).count();
    board.count("anticipations", rules::COUNTED, n, early);
    parts::clean_share(board, &sample.counted);
    Stream::judge(board, trials, Some(OMISSIONS));
}

/// Largest share of targets missed: with less, nobody knows what was attended to.
const OMISSIONS: f64 = 0.5;

/// Writes what one stream shows under one load.
fn cell(sample: &Sample<'_>, board: &mut Board, [stream, key, load]: [&str; 3]) -> Cell {
    let target = format!("{stream}_{load}");
    let part = if load == "both" { "both" } else { stream };
    let other = format!("no_target_{part}");
    let of_other = |t: &Trial| load == "both" && t.condition.ends_with("_both");
    let mine = |t: &Trial| t.condition == target || t.condition == other || of_other(t);
    let pressed = |t: &Trial| t.resp_code.as_deref() == Some(key);
    let seen = Detection::count(sample.of(&mine).map(|t| (t.condition == target, pressed(t))));
    board.share(&format!("hit_rate_{target}"), rules::COUNTED, seen.signals, seen.hits);
    let name = format!("false_alarm_rate_{target}");
    board.share(&name, rules::COUNTED, seen.noises, seen.false_alarms);
    board.put(&format!("d_prime_{target}"), "", rules::COUNTED, seen.n(), seen.d_prime());
    let rts = sample.rts(board, &|t| t.condition == target);
    let median = crate::stats::median(&rts);
    board.put(&format!("median_rt_{target}"), "ms", rules::RT, rts.len(), median);
    Cell { rts, hits: seen.hits, targets: seen.signals }
}

fn mean(costs: &[Estimated]) -> Estimated {
    let known: Result<Vec<f64>, _> = costs.iter().copied().collect();
    crate::stats::mean(&known?)
}
