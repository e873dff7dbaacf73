//! Scores of the tower.

use super::{
    board::{Course, State},
    params::{LEVELS, Tower},
    peg_of,
};
use crate::{
    params::Params,
    score::{self, Board, Limits, counts, rules, validity},
    stats::{self, real},
    tasks::{
        parts,
        usual::{int_of, text_of},
    },
};
use contract::task::Trial;

/// A problem of the test, as its presses show it.
struct Problem {
    /// Fewest moves.
    least: u32,
    moves: u32,
    violations: u32,
    solved: bool,
    /// From the display to the first ball lifted, milliseconds.
    initiation: Option<f64>,
    /// From the display to the last press, milliseconds.
    total: Option<f64>,
}

impl Problem {
    fn of(trial: &Trial) -> Option<Self> {
        let goal = State::read(text_of(trial, "goal"))?;
        let mut course = Course::new(State::read(text_of(trial, "start"))?);
        let (mut first, mut last) = (None, None);
        for action in score::answer(trial) {
            if let Some(peg) = peg_of(&action.code) {
                course.press(peg);
                last = Some(action.at_us);
                first = first.or(last.filter(|_| course.begun));
            }
        }
        let since = |at| {
            trial.onset_us.zip(at).map(|(onset, at): (_, contract::task::Micros)| (at - onset).ms())
        };
        Some(Self {
            least: u32::try_from(int_of(trial, "min_moves")?).ok()?,
            moves: course.moves,
            violations: course.violations,
            solved: course.is_at(goal),
            initiation: since(first),
            total: since(last),
        })
    }

    const fn is_shortest(&self) -> bool {
        self.solved && self.moves <= self.least
    }
}

/// Writes over the problems of the test (rule R1), worked out again from the presses:
///
/// | Metric | Formula | Unit, range |
/// |---|---|---|
/// | `n_trials` | problems | count |
/// | `solved` | problems solved in time; each is given once | count |
/// | `solved_in_minimum` | problems solved in the fewest moves; canonical (Shallice 1982, first attempts) | count |
/// | `solved_in_minimum_share` | the same / problems | 0 to 1 |
/// | `solved_in_minimum_2` … `_7` | the same for problems of so many moves, where planned | count |
/// | `excess_moves` | Σ (moves − fewest moves) over solved problems; canonical (Culbertson & Zillmer 1998) | count |
/// | `initiation_time` | median time from the display to the first ball lifted, problems that were begun; canonical | ms, ≥ 0 |
/// | `execution_time` | median time from the first ball lifted to the last press, solved problems | ms, ≥ 0 |
/// | `total_time` | median time from the display to the last press, solved problems | ms, ≥ 0 |
/// | `rule_violations` | attempts to put a ball on a full peg | count |
/// | `time_violations` | problems not solved in time | count |
/// | `clean_share` | problems without Q0 to Q4 / problems | 0 to 1 |
///
/// Moves are balls put on another peg. Shallice's 3, 2 or 1 points by attempt cannot be given: there
/// are no second attempts. Validity: rule R7 without guessing; `too_few_responses` when fewer than
/// half of the problems were begun.
pub(super) fn score(params: &Params, trials: &[&Trial], board: &mut Board) {
    let counted: Vec<&Trial> = trials.iter().copied().filter(|t| counts(t)).collect();
    let all: Vec<Problem> = counted.iter().filter_map(|trial| Problem::of(trial)).collect();
    let n = all.len();
    let count = |which: &dyn Fn(&Problem) -> bool| all.iter().filter(|p| which(p)).count();
    let solved = count(&|p| p.solved);
    let shortest = count(&Problem::is_shortest);
    board.count("n_trials", rules::COUNTED, n, n);
    board.count("solved", rules::COUNTED, n, solved);
    board.count("solved_in_minimum", rules::COUNTED, n, shortest);
    board.share("solved_in_minimum_share", rules::COUNTED, n, shortest);
    let planned = Tower::new(params).problems;
    for (level, _) in LEVELS.into_iter().zip(planned).filter(|(_, planned)| *planned > 0) {
        let of_level = |p: &Problem| p.least == u32::from(level);
        let name = format!("solved_in_minimum_{level}");
        let hits = count(&|p| of_level(p) && p.is_shortest());
        let n = count(&of_level);
        board.put(
            &name,
            "count",
            rules::COUNTED,
            n,
            stats::need(&vec![0.0; n], 1).map(|()| real(hits)),
        );
    }
    let excess: u32 =
        all.iter().filter(|p| p.solved).map(|p| p.moves.saturating_sub(p.least)).sum();
    let excess = stats::need(&vec![0.0; solved], 1).map(|()| f64::from(excess));
    board.put("excess_moves", "count", rules::COUNTED, solved, excess);
    let median = |board: &mut Board, name: &str, times: Vec<f64>| {
        board.put(name, "ms", rules::COUNTED, times.len(), stats::median(&times));
    };
    median(board, "initiation_time", all.iter().filter_map(|p| p.initiation).collect());
    let done = || all.iter().filter(|p| p.solved);
    let execution = |p: &Problem| Some(p.total? - p.initiation?);
    median(board, "execution_time", done().filter_map(execution).collect());
    median(board, "total_time", done().filter_map(|p| p.total).collect());
    let violations: u32 = all.iter().map(|p| p.violations).sum();
    board.count("rule_violations", rules::COUNTED, n, violations as usize);
    board.count("time_violations", rules::COUNTED, n, n - solved);
    parts::clean_share(board, &counted);
    validity(board, trials, Limits { chance: None });
    if n > 0 && count(&|p| p.initiation.is_some()) * 2 < n {
        board.invalid("too_few_responses");
    }
}
