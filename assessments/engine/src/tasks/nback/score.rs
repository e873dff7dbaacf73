//! Scores of the n-back task.

use super::params::Nback;
use crate::{
    params::Params,
    score::{Board, Sample, Which, rules, share, trimmed},
    stats::{self, Detection, Estimated},
    tasks::{parts, usual::int_of},
};
use contract::task::{Quality, Reason, Trial};

/// A level is mastered from this difference of hit and false-alarm rates on.
const MASTERED: f64 = 0.5;
/// Probability of somebody who presses without looking to do as well.
const ALPHA: f64 = 0.05;
/// Largest share of trials with Q5, Q6 or Q7.
const INTERRUPTED: f64 = 0.10;

/// Writes over the letters that can be matches (rule R1, and the first n of each part left out); at
/// each level n (`d_prime_2back`) and, where it says so, over the levels:
///
/// | Metric | Formula | Unit, range |
/// |---|---|---|
/// | `hit_rate_nback` | matches pressed at / matches | 0 to 1 |
/// | `false_alarm_rate_nback` | presses at no match / letters that are none, lures included | 0 to 1 |
/// | `lure_false_alarm_rate_nback` | presses at lures / lures | 0 to 1 |
/// | `d_prime_nback` | z(H) − z(F) of log-linear rates (Hautus 1995); canonical | any |
/// | `criterion_nback` | −(z(H) + z(F)) / 2 | any |
/// | `pr_nback` | hit rate − false-alarm rate (Snodgrass & Corwin 1988; Jaeggi et al. 2010) | −1 to 1 |
/// | `median_rt_nback`, `mean_rt_nback`, `sd_rt_nback`, `cv_rt_nback` | RTs of hits (R2), mean, SD and CV after R5 | ms |
/// | `pr`, `d_prime` | means over the levels that were planned | |
/// | `level` | highest level with `pr` of 0.5 or more there and at all levels below it; one below the lowest when there is none (own rule) | |
/// | `load_slope_rt` | least squares of median RT of hits on level, from three levels on | ms per level |
/// | `n_trials`, `anticipations`, `clean_share` | counts; share of letters without Q0 to Q4 | |
///
/// Not valid: `accuracy_near_chance` (at the lowest level, somebody who presses without looking does as well
/// with a probability above 5 %, Fisher's exact test), `many_interruptions` (rule R7). Missed matches
/// are what is measured and make nothing invalid.
pub(super) fn score(params: &Params, trials: &[&Trial], board: &mut Board) {
    let task = Nback::new(params);
    let mut sample = Sample::new(trials, task.anticipation, task.soa);
    sample.counted.retain(|t| t.condition != "start");
    let n = sample.counted.len();
    board.count("n_trials", rules::COUNTED, n, n);
    let mut all: Vec<Level> = Vec::new();
    for level in task.each_level() {
        all.push(put_level(&sample, i64::from(level), board));
    }
    let mean = |value: &dyn Fn(&Level) -> Estimated| {
        let values: Result<Vec<f64>, Reason> = all.iter().map(value).collect();
        stats::mean(&values?)
    };
    board.put("pr", "", rules::COUNTED, n, mean(&|level| level.pr));
    board.put("d_prime", "", rules::COUNTED, n, mean(&|level| level.d_prime));
    let mastered = all.iter().take_while(|l| l.pr.is_ok_and(|pr| pr >= MASTERED)).count();
    let level = stats::real(usize::from(task.levels[0].saturating_sub(1)) + mastered);
    let known =
        if all.iter().all(|level| level.pr.is_ok()) { Ok(level) } else { Err(Reason::NoTrials) };
    board.put("level", "", rules::COUNTED, n, known);
    let points: Vec<(f64, f64)> = task
        .each_level()
        .zip(&all)
        .filter_map(|(level, found)| Some((f64::from(level), found.median_rt.ok()?)))
        .collect();
    let planned = task.each_level().count() >= 3;
    let slope = if planned { stats::slope(&points) } else { Err(Reason::NotPlanned) };
    board.put("load_slope_rt", "ms", rules::RT, points.len(), slope);
    let early = sample.counted.iter().filter(|t| sample.is_early(t)).count();
    board.count("anticipations", rules::COUNTED, n, early);
    parts::clean_share(board, &sample.counted);
    judge(&all, trials, board);
}

/// What one level gave.
struct Level {
    pr: Estimated,
    d_prime: Estimated,
    median_rt: Estimated,
    by_chance: f64,
}

fn put_level(sample: &Sample<'_>, level: i64, board: &mut Board) -> Level {
    let mine = |t: &Trial| int_of(t, "level") == Some(level);
    let here: Which<'_> = &mine;
    let detection =
        Detection::count(sample.of(here).map(|t| (t.condition == "target", t.resp_code.is_some())));
    let Detection { hits, signals, false_alarms, noises } = detection;
    let name = |metric: &str| format!("{metric}_{level}back");
    board.share(&name("hit_rate"), rules::COUNTED, signals, hits);
    board.share(&name("false_alarm_rate"), rules::COUNTED, noises, false_alarms);
    let lures = Detection::count(
        sample.of(&|t| mine(t) && t.condition == "lure").map(|t| (true, t.resp_code.is_some())),
    );
    let lured = if lures.signals == 0 && noises > 0 {
        Err(Reason::NotPlanned)
    } else {
        share(lures.hits, lures.signals)
    };
    let unit = "proportion";
    board.put(&name("lure_false_alarm_rate"), unit, rules::COUNTED, lures.signals, lured);
    let d_prime = detection.d_prime();
    board.put(&name("d_prime"), "", rules::COUNTED, detection.n(), d_prime);
    board.put(&name("criterion"), "", rules::COUNTED, detection.n(), detection.criterion());
    let pr = share(hits, signals).and_then(|h| Ok(h - share(false_alarms, noises)?));
    board.put(&name("pr"), "", rules::COUNTED, detection.n(), pr);
    let rts = sample.rts(board, here);
    board.describe(&format!("_{level}back"), &rts);
    let cut = rts.len() - trimmed(&rts).len();
    board.count(&name("trimmed"), rules::RT_TRIMMED, rts.len(), cut);
    let median_rt = stats::median(&rts);
    Level { pr, d_prime, median_rt, by_chance: detection.by_chance() }
}

fn judge(all: &[Level], trials: &[&Trial], board: &mut Board) {
    let test = || trials.iter().filter(|t| t.phase == contract::task::Phase::Test);
    if !test().any(|t| !t.interrupted) {
        board.invalid("no_trials");
        return;
    }
    let lost = Quality::HIDDEN | Quality::BLUR | Quality::FULLSCREEN_LOST;
    let interrupted = test().filter(|t| t.quality.any(lost)).count();
    if stats::real(interrupted) > INTERRUPTED * stats::real(test().count()) {
        board.invalid("many_interruptions");
    }
    if all.first().is_some_and(|level| level.by_chance > ALPHA) {
        board.invalid("accuracy_near_chance");
    }
}
