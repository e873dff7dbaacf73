//! Scores of probabilistic reversal learning.

use super::{
    params::ReversalLearning,
    stage::{Stage, chosen},
    told,
};
use crate::{
    params::Params,
    score::{Board, Limits, Sample, rules, share, validity},
    stats::{self, Estimated, real},
};
use contract::task::{Extra, Reason, Trial};

/// One choice, in order.
struct Step<'a> {
    trial: &'a Trial,
    /// The stage in which it was made.
    stage: Stage,
    chosen: Option<usize>,
}

impl Step<'_> {
    fn is_better(&self) -> bool {
        self.chosen == Some(self.stage.better())
    }
}

/// Writes over the test choices in their order (rule R1). The stages are worked out again from the
/// choices, by the parameters in force.
///
/// | Metric | Formula | Unit, range |
/// |---|---|---|
/// | `reversals` | changes of the pictures that followed a criterion reached; canonical (Cools et al. 2002) | count |
/// | `stages` | stages begun, the first included | count |
/// | `better_share`, `better_share_acquisition`, `better_share_reversal` | choices of the better picture / choices; in the first stage; in later ones | 0 to 1 |
/// | `trials_to_criterion` | choices of the first stage up to its criterion (Swainson et al. 2000); not estimable when it was not reached | count |
/// | `perseverative_errors` | choices of the picture that had been better, from a reversal to the first choice of the other one; mean over reversals (Jones & Mishkin 1972) | ≥ 0 |
/// | `win_stay` | after a gain, the same picture again / choices after a gain | 0 to 1 |
/// | `lose_shift` | after a loss, the other picture / choices after a loss | 0 to 1 |
/// | `misleading_shift` | after a misleading loss (the better picture lost), the other picture / such choices; canonical (Cools et al. 2002) | 0 to 1 |
/// | `points` | 10 × (gains − losses) | points |
/// | `accuracy`, `median_rt`, `mean_rt`, `sd_rt`, `cv_rt`, `n_trials`, `trimmed`, `anticipations`, `omissions`, `clean_share` | see [`Sample::report`]; right is the better picture | |
///
/// Validity: rule R7 without a limit of accuracy, which is what is measured; `one_key` from 90 % on
/// the same side.
pub(super) fn score(params: &Params, trials: &[&Trial], board: &mut Board) {
    let task = ReversalLearning::new(params);
    let sample = Sample::new(trials, task.usual.anticipation, task.usual.timeout);
    let mut stage = Stage::default();
    let mut reached = 0;
    let mut steps = Vec::new();
    let mut first = Err(Reason::NoConvergence);
    for trial in &sample.counted {
        let chosen = chosen(trial);
        steps.push(Step { trial, stage, chosen });
        let after = stage.after(chosen, task.criterion, task.stage_trials);
        let learned = chosen == Some(stage.better()) && stage.run + 1 >= task.criterion;
        if after.number > stage.number && learned {
            reached += 1;
            if stage.number == 0 {
                first = Ok(real(stage.trials + 1));
            }
        }
        stage = after;
    }
    let n = steps.len();
    if n == 0 {
        first = Err(Reason::NoTrials);
    }
    board.count("reversals", rules::COUNTED, n, reached);
    let stages = steps.last().map_or(0, |step| step.stage.number + 1);
    board.count("stages", rules::COUNTED, n, stages);
    put_share(board, "better_share", &steps, |_| true);
    put_share(board, "better_share_acquisition", &steps, |step| step.stage.number == 0);
    put_share(board, "better_share_reversal", &steps, |step| step.stage.number > 0);
    board.put("trials_to_criterion", "count", rules::COUNTED, n, first);
    let (errors, n_errors) = perseveration(&steps);
    board.put("perseverative_errors", "", rules::COUNTED, n_errors, errors);
    let misleading = |t: &Trial| matches!(t.extra.get("misleading"), Some(Extra::Flag(true)));
    follow(board, "win_stay", &steps, true, |before| told(before.trial) == "gain");
    follow(board, "lose_shift", &steps, false, |before| told(before.trial) == "loss");
    follow(board, "misleading_shift", &steps, false, |before| {
        before.is_better() && misleading(before.trial)
    });
    let count = |what: &str| real(steps.iter().filter(|step| told(step.trial) == what).count());
    board.put("points", "points", rules::COUNTED, n, Ok(10.0 * (count("gain") - count("loss"))));
    sample.report(board, &[]);
    validity(board, trials, Limits { chance: None });
    one_side(&steps, board);
}

fn put_share(board: &mut Board, name: &str, steps: &[Step<'_>], which: impl Fn(&Step<'_>) -> bool) {
    let made = || steps.iter().filter(|step| step.chosen.is_some() && which(step));
    let better = made().filter(|step| step.is_better()).count();
    board.share(name, rules::COUNTED, made().count(), better);
}

/// Mean over the stages after the first with any choice, and the choices in them.
fn perseveration(steps: &[Step<'_>]) -> (Estimated, usize) {
    let mut errors = Vec::new();
    let mut n = 0;
    let mut at = 0;
    while at < steps.len() {
        let number = steps[at].stage.number;
        let length = steps[at..].iter().take_while(|step| step.stage.number == number).count();
        let made: Vec<&Step<'_>> =
            steps[at..at + length].iter().filter(|step| step.chosen.is_some()).collect();
        if number > 0 && !made.is_empty() {
            errors.push(real(made.iter().take_while(|step| !step.is_better()).count()));
            n += made.len();
        }
        at += length;
    }
    (stats::mean(&errors), n)
}

/// Share of the same (`stay`) or the other picture after choices of a kind.
fn follow(
    board: &mut Board,
    name: &str,
    steps: &[Step<'_>],
    stay: bool,
    which: impl Fn(&Step<'_>) -> bool,
) {
    let pairs = steps.windows(2).filter_map(|pair| match pair {
        [before, step] if which(before) => Some(before.chosen? == step.chosen?),
        _ => None,
    });
    let same: Vec<bool> = pairs.collect();
    let hits = same.iter().filter(|same| **same == stay).count();
    board.put(name, "proportion", rules::COUNTED, same.len(), share(hits, same.len()));
}

fn one_side(steps: &[Step<'_>], board: &mut Board) {
    let made = || steps.iter().filter_map(|step| step.trial.resp_code.as_deref());
    let n = made().count();
    let most = ["left", "right"].map(|side| made().filter(|code| *code == side).count());
    if n >= 10 && real(most[0].max(most[1])) > 0.9 * real(n) {
        board.invalid("one_key");
    }
}
