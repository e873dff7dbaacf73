//! Scores of letter-number switching.

use super::params::LetterNumber;
use crate::{
    params::Params,
    score::{Board, Limits, Sample, Which, median_difference, right, rules, share, validity},
    tasks::usual::text_of,
};
use contract::task::Trial;

/// Answers after a right answer.
const ERRORS: &[&str] = &["R1", "R2", "R6"];

/// Writes over the mixed trials, in milliseconds unless said otherwise; costs over those that follow a
/// right answer in the same part, its first trial left out (rules R1, R6):
///
/// | Metric | Formula | Range |
/// |---|---|---|
/// | `switch_cost_rt` | median switch − median repeat RT; canonical (Rogers & Monsell 1995, with means) | any |
/// | `switch_cost_error` | share of errors switch − repeat | −1 to 1 |
/// | `congruency_rt` | median incongruent − median congruent RT | any |
/// | `congruency_error` | share of errors incongruent − congruent | −1 to 1 |
/// | `accuracy_letter`, `accuracy_number` | right / answered without anticipations, by question | 0 to 1 |
/// | `accuracy*`, `median_rt*`, `mean_rt*`, `sd_rt*`, `cv_rt*` | see [`Sample::describe`]; overall, `_repeat` and `_switch`, without R6 | |
/// | `n_trials`, `trimmed`, `anticipations`, `omissions`, `clean_share` | see [`Sample::report`] | |
///
/// Validity: rule R7 with a chance of one half.
pub(super) fn score(params: &Params, trials: &[&Trial], board: &mut Board) {
    let task = LetterNumber::new(params);
    let sample = Sample::new(trials, task.usual.anticipation, task.usual.timeout);
    let kind = |t: &Trial, condition: &str| t.condition == condition;
    let congruency = |t: &Trial, word: &str| text_of(t, "congruency") == word && !kind(t, "first");
    let contrasts: [(&str, Which<'_>, Which<'_>); 2] = [
        ("switch_cost", &|t| kind(t, "switch"), &|t| kind(t, "repeat")),
        ("congruency", &|t| congruency(t, "incongruent"), &|t| congruency(t, "congruent")),
    ];
    for (name, more, less) in contrasts {
        let (more, less) = (Cell::of(&sample, board, more), Cell::of(&sample, board, less));
        let rt = median_difference(&more.rts, &less.rts);
        let rts = more.rts.len() + less.rts.len();
        board.put(&format!("{name}_rt"), "ms", rules::RT_SEQUENCE, rts, rt);
        let error = share(more.wrong, more.answered)
            .and_then(|wrong| Ok(wrong - share(less.wrong, less.answered)?));
        let answered = more.answered + less.answered;
        board.put(&format!("{name}_error"), "proportion", ERRORS, answered, error);
    }
    for question in ["letter", "number"] {
        let (wrong, n) = sample.errors(&|t| text_of(t, "task") == question);
        board.share(&format!("accuracy_{question}"), rules::ANSWERED, n, n - wrong);
    }
    let cells: [(&str, Which<'_>); 2] =
        [("_repeat", &|t| kind(t, "repeat")), ("_switch", &|t| kind(t, "switch"))];
    sample.report(board, &cells);
    validity(board, trials, Limits { chance: Some(0.5) });
}

/// Trials of one kind after a right answer.
#[derive(Default)]
struct Cell {
    rts: Vec<f64>,
    wrong: usize,
    answered: usize,
}

impl Cell {
    fn of(sample: &Sample<'_>, board: &Board, which: Which<'_>) -> Self {
        let mut cell = Self::default();
        let pairs = sample.pairs().filter(|(before, trial)| right(before) && which(trial));
        for (_, trial) in pairs {
            cell.rts.extend(sample.rt(board, trial));
            let answered = trial.resp_code.is_some() && !sample.is_early(trial);
            cell.answered += usize::from(answered);
            cell.wrong += usize::from(answered && !right(trial));
        }
        cell
    }
}
