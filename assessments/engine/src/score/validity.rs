//! Rule R7: whether a module may be interpreted at all.

use super::{Board, counts, omitted, right, rt};
use crate::stats;
use contract::task::{Phase, Quality, Trial};

/// What a task demands beyond what all tasks do.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// Chance of a right answer by guessing, for tasks with several answers; none for one answer.
    pub chance: Option<f64>,
}

/// Largest share of omissions.
const OMISSIONS: f64 = 0.20;
/// Largest share of one answer in choice tasks.
const ONE_KEY: f64 = 0.90;
/// Largest share of trials with Q5, Q6 or Q7.
const INTERRUPTED: f64 = 0.10;
/// Smallest median RT in choice tasks, milliseconds; all answers, anticipations too.
const FAST: f64 = 200.0;
/// Probability of a guesser to do as well.
const ALPHA: f64 = 0.05;

/// Rule R7 over all test trials of a module, interrupted ones included:
///
/// - `accuracy_near_chance`: a guesser gets as many right with a probability above 5 % (exact
///   binomial, answered trials);
/// - `many_omissions`: above 20 %;
/// - `one_key`: above 90 % of at least 10 answers are the same;
/// - `many_interruptions`: above 10 % of the trials carry Q5, Q6 or Q7;
/// - `fast_guessing`: median RT below 200 ms, of all answers;
/// - `no_trials`: nothing to judge.
///
/// The first, third and fifth are for choice tasks.
pub fn validity(board: &mut Board, trials: &[&Trial], limits: Limits) {
    let test: Vec<&Trial> = trials.iter().copied().filter(|t| t.phase == Phase::Test).collect();
    let counted: Vec<&Trial> = test.iter().copied().filter(|t| counts(t)).collect();
    if counted.is_empty() {
        board.invalid("no_trials");
        return;
    }
    let omissions = counted.iter().filter(|t| omitted(t)).count();
    if above(omissions, counted.len(), OMISSIONS) {
        board.invalid("many_omissions");
    }
    let lost = Quality::HIDDEN | Quality::BLUR | Quality::FULLSCREEN_LOST;
    let interrupted = test.iter().filter(|t| t.quality.any(lost)).count();
    if above(interrupted, test.len(), INTERRUPTED) {
        board.invalid("many_interruptions");
    }
    let Some(chance) = limits.chance else {
        return;
    };
    let answered: Vec<&Trial> = counted.into_iter().filter(|t| t.resp_code.is_some()).collect();
    let hits = answered.iter().filter(|t| right(t)).count();
    let [hits, n] = [hits, answered.len()].map(|n| u32::try_from(n).unwrap_or(u32::MAX));
    if stats::binomial_tail(hits, n, chance) > ALPHA {
        board.invalid("accuracy_near_chance");
    }
    let most = answered
        .iter()
        .map(|t| answered.iter().filter(|other| other.resp_code == t.resp_code).count())
        .max();
    if answered.len() >= 10 && above(most.unwrap_or(0), answered.len(), ONE_KEY) {
        board.invalid("one_key");
    }
    let rts: Vec<f64> = answered.iter().filter_map(|t| rt(t)).collect();
    if stats::median(&rts).is_ok_and(|median| median < FAST) {
        board.invalid("fast_guessing");
    }
}

fn above(hits: usize, n: usize, limit: f64) -> bool {
    stats::real(hits) > limit * stats::real(n)
}
