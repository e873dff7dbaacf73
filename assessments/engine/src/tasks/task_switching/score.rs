//! Scores of task switching.

use super::params::TaskSwitching;
use crate::{
    params::Params,
    score::{Board, Limits, Sample, Which, median_difference, right, rules, share, validity},
    stats::Estimated,
    tasks::usual::{int_of, text_of},
};
use contract::task::Trial;

/// Trials of one kind after a right answer, with their RTs and errors.
#[derive(Default)]
struct Cell {
    rts: Vec<f64>,
    wrong: usize,
    answered: usize,
}

/// Writes, in milliseconds unless said otherwise, over trials that follow a right answer in the same
/// part, its first trial left out (rules R1, R6):
///
/// | Metric | Formula | Range |
/// |---|---|---|
/// | `switch_cost_rt` | median switch − median repeat RT of the mixed parts; canonical (Rogers & Monsell 1995) | any |
/// | `mixing_cost_rt` | median repeat RT of the mixed parts − median RT of one task alone; canonical (Los 1996) | any |
/// | `switch_cost_short_rt`, `switch_cost_long_rt` | the switch cost with short and with long preparation | any |
/// | `preparation_rt` | switch cost with short − with long preparation (Meiran 1996) | any; usually above 0 |
/// | `congruency_rt` | median incongruent − median congruent RT of the mixed parts | any |
/// | `…_error` | the same differences of shares of errors | −2 to 2 |
/// | `accuracy*`, `median_rt*`, `mean_rt*`, `sd_rt*`, `cv_rt*` | see [`Sample::describe`]; overall, `_single`, `_repeat` and `_switch`, without R6 | |
/// | `n_trials`, `trimmed`, `anticipations`, `omissions`, `clean_share` | see [`Sample::report`] | |
///
/// Validity: rule R7 with a chance of one half.
pub(super) fn score(params: &Params, trials: &[&Trial], board: &mut Board) {
    let task = TaskSwitching::new(params);
    let sample = Sample::new(trials, task.usual.anticipation, task.usual.timeout);
    let [short, long] = task.csi;
    let after = |t: &Trial, condition: &str| t.condition == condition;
    let prepared = |t: &Trial, ms: i64| int_of(t, "csi_ms") == Some(ms);
    let mixed = |t: &Trial| after(t, "switch") || after(t, "repeat");
    let all = [
        cell(&sample, board, &|t| after(t, "single")),
        cell(&sample, board, &|t| after(t, "repeat")),
        cell(&sample, board, &|t| after(t, "switch")),
        cell(&sample, board, &|t| after(t, "repeat") && prepared(t, short)),
        cell(&sample, board, &|t| after(t, "switch") && prepared(t, short)),
        cell(&sample, board, &|t| after(t, "repeat") && prepared(t, long)),
        cell(&sample, board, &|t| after(t, "switch") && prepared(t, long)),
        cell(&sample, board, &|t| mixed(t) && text_of(t, "congruency") == "congruent"),
        cell(&sample, board, &|t| mixed(t) && text_of(t, "congruency") == "incongruent"),
    ];
    let [single, repeat, switch, short_rep, short_sw, long_rep, long_sw, con, inc] = &all;
    for (name, more, less) in [
        ("switch_cost", switch, repeat),
        ("mixing_cost", repeat, single),
        ("switch_cost_short", short_sw, short_rep),
        ("switch_cost_long", long_sw, long_rep),
        ("congruency", inc, con),
    ] {
        put(board, name, [cost_rt(more, less), cost_error(more, less)], &[more, less]);
    }
    let less = |short: Estimated, long: Estimated| short.and_then(|short| Ok(short - long?));
    let rt = less(cost_rt(short_sw, short_rep), cost_rt(long_sw, long_rep));
    let error = less(cost_error(short_sw, short_rep), cost_error(long_sw, long_rep));
    put(board, "preparation", [rt, error], &[short_sw, short_rep, long_sw, long_rep]);
    let cells: [(&str, Which<'_>); 3] = [
        ("_single", &|t| after(t, "single")),
        ("_repeat", &|t| after(t, "repeat")),
        ("_switch", &|t| after(t, "switch")),
    ];
    sample.report(board, &cells);
    validity(board, trials, Limits { chance: Some(0.5) });
}

fn cell(sample: &Sample<'_>, board: &Board, which: Which<'_>) -> Cell {
    let mut cell = Cell::default();
    for (before, trial) in sample.pairs() {
        if !right(before) || !which(trial) {
            continue;
        }
        cell.rts.extend(sample.rt(board, trial));
        if trial.resp_code.is_some() && !sample.is_early(trial) {
            cell.answered += 1;
            cell.wrong += usize::from(!right(trial));
        }
    }
    cell
}

fn cost_rt(more: &Cell, less: &Cell) -> Estimated {
    median_difference(&more.rts, &less.rts)
}

fn cost_error(more: &Cell, less: &Cell) -> Estimated {
    Ok(share(more.wrong, more.answered)? - share(less.wrong, less.answered)?)
}

fn put(board: &mut Board, name: &str, [rt, error]: [Estimated; 2], cells: &[&Cell]) {
    let rts = cells.iter().map(|cell| cell.rts.len()).sum();
    let answered = cells.iter().map(|cell| cell.answered).sum();
    board.put(&format!("{name}_rt"), "ms", rules::RT_SEQUENCE, rts, rt);
    board.put(&format!("{name}_error"), "proportion", ERRORS, answered, error);
}

/// Answers after a right answer.
const ERRORS: &[&str] = &["R1", "R2", "R6"];
