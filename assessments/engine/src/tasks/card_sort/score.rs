//! Scores of card sorting.

use super::{
    params::CardSort,
    sorting::{KEYS, Rule, State, sorted_by},
};
use crate::{
    params::Params,
    score::{Board, Limits, Sample, rules, share, validity},
    stats::real,
};
use contract::task::{Reason, Trial};

/// One sorted card, in order.
struct Step {
    state: State,
    /// None where no card was chosen.
    answered: bool,
    sorted: Option<Rule>,
}

impl Step {
    fn is_right(&self) -> bool {
        self.sorted == Some(self.state.rule())
    }

    fn is_wrong(&self) -> bool {
        self.answered && !self.is_right()
    }
}

/// Writes over the sorted cards in their order (rule R1). The state is worked out again from the
/// answers, by the parameters in force. Each card fits one rule at most with each key card.
///
/// | Metric | Formula | Unit, range |
/// |---|---|---|
/// | `categories` | categories complete; canonical (Nelson 1976) | count, 0 to the limit |
/// | `cards` | cards sorted, until the last category or the last card | count |
/// | `errors`, `error_share` | wrong answers; / answers | count; 0 to 1 |
/// | `perseverative_errors`, `perseverative_share` | wrong answers by the rule of the category before (Milner 1963; Heaton et al. 1993 without ambiguous cards); / answers after the first category | count; 0 to 1 |
/// | `repeated_errors`, `repeated_share` | wrong answers by the same rule as the wrong answer just before; canonical (Nelson 1976); / errors | count; 0 to 1 |
/// | `unique_errors` | answers that fit no rule | count |
/// | `cards_to_first` | cards until the first category was complete | count |
/// | `set_losses` | wrong answers after at least half a run of right ones (half rounded up), before the category was complete (failure to maintain set; Heaton et al. 1993) | count |
/// | `conceptual_share` | right answers in runs of three or more / answers (Heaton et al. 1993) | 0 to 1 |
/// | `accuracy`, `median_rt`, `mean_rt`, `sd_rt`, `cv_rt`, `n_trials`, `trimmed`, `anticipations`, `omissions`, `clean_share` | see [`Sample::report`] | |
///
/// Validity: rule R7 without a limit of accuracy, which is what is measured; `one_key` from 90 % of
/// answers with the same key card; `fast_guessing` below a median of 200 ms.
pub(super) fn score(params: &Params, trials: &[&Trial], board: &mut Board) {
    let task = CardSort::new(params);
    let sample = Sample::new(trials, task.usual.anticipation, task.usual.timeout);
    let mut state = State::default();
    let mut steps = Vec::new();
    let mut first = Err(Reason::NoConvergence);
    for trial in &sample.counted {
        let sorted = sorted_by(trial);
        steps.push(Step { state, answered: trial.resp_code.is_some(), sorted });
        state = state.after(sorted, task.run);
        if state.categories == 1 && first.is_err() {
            first = Ok(real(steps.len()));
        }
    }
    let n = steps.len();
    if n == 0 {
        first = Err(Reason::NoTrials);
    }
    let answered = steps.iter().filter(|step| step.answered).count();
    let count = |which: &dyn Fn(&Step) -> bool| steps.iter().filter(|step| which(step)).count();
    let errors = count(&Step::is_wrong);
    board.count("categories", rules::COUNTED, n, state.categories.min(task.categories));
    board.count("cards", rules::COUNTED, n, n);
    board.count("errors", rules::COUNTED, answered, errors);
    board.share("error_share", rules::COUNTED, answered, errors);
    let later = count(&|step| step.answered && step.state.categories > 0);
    let stuck = count(&|step| {
        let before = step.state.categories.checked_sub(1).map(Rule::of);
        step.is_wrong() && before.is_some() && step.sorted == before
    });
    board.count("perseverative_errors", rules::COUNTED, later, stuck);
    board.share("perseverative_share", rules::COUNTED, later, stuck);
    let repeated = steps.windows(2).filter(|pair| repeats(&pair[0], &pair[1])).count();
    board.count("repeated_errors", rules::COUNTED, answered, repeated);
    board.put("repeated_share", "proportion", rules::COUNTED, errors, share(repeated, errors));
    board.count(
        "unique_errors",
        rules::COUNTED,
        answered,
        count(&|s| s.answered && s.sorted.is_none()),
    );
    board.put("cards_to_first", "count", rules::COUNTED, n, first);
    let half = task.run.div_ceil(2);
    let losses = count(&|step| step.is_wrong() && step.state.run >= half);
    board.count("set_losses", rules::COUNTED, answered, losses);
    board.share("conceptual_share", rules::COUNTED, answered, conceptual(&steps));
    sample.report(board, &[]);
    judge(&sample, trials, board);
}

fn repeats(before: &Step, step: &Step) -> bool {
    before.is_wrong() && step.is_wrong() && step.sorted.is_some() && step.sorted == before.sorted
}

/// Right answers in runs of three or more.
fn conceptual(steps: &[Step]) -> usize {
    let runs = steps.chunk_by(|a, b| a.is_right() == b.is_right());
    runs.filter(|run| run.len() >= 3 && run[0].is_right()).map(<[Step]>::len).sum()
}

fn judge(sample: &Sample<'_>, trials: &[&Trial], board: &mut Board) {
    validity(board, trials, Limits { chance: None });
    let answered = || sample.counted.iter().filter_map(|t| t.resp_code.as_deref());
    let n = answered().count();
    let most = KEYS.iter().map(|key| answered().filter(|code| code == key).count()).max();
    if n >= 10 && real(most.unwrap_or(0)) > 0.9 * real(n) {
        board.invalid("one_key");
    }
    let rts: Vec<f64> = sample.counted.iter().filter_map(|t| crate::score::rt(t)).collect();
    if crate::stats::median(&rts).is_ok_and(|median| median < 200.0) {
        board.invalid("fast_guessing");
    }
}
