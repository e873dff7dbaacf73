//! Effects of tasks with congruent and incongruent trials.

use super::{Board, Sample, Which, median_difference, right, rules};
use crate::stats::{self, Estimated, quintile_means};
use contract::task::{Reason, Trial};

/// Fewest RTs in each of the four cells of the sequence effect.
const SEQUENCE_LEAST: usize = 5;
/// Fewest RTs of a condition for its quintiles: four a bin.
const DELTA_LEAST: usize = 20;

const CONGRUENT: Which<'_> = &|t: &Trial| t.condition == "congruent";
const INCONGRUENT: Which<'_> = &|t: &Trial| t.condition == "incongruent";

/// Writes, over right answers, in milliseconds unless said otherwise:
///
/// | Metric | Formula | Range |
/// |---|---|---|
/// | `{effect}_rt` | median incongruent − median congruent RT | any |
/// | `{effect}_error` | share of errors incongruent − congruent | −1 to 1 |
/// | `sequence_rt` | (cI − cC) − (iI − iC): the effect after congruent minus after incongruent trials, medians, without trials after an error (R6); Gratton, Coles & Donchin 1992 | any |
/// | `delta_slope` | slope of (incongruent − congruent) on their mean over quintiles, ms per ms | any |
/// | `delta_slope_last` | the same between the fourth and the fifth quintile (Ridderinkhof 2002) | any |
pub fn conflict(sample: &Sample<'_>, board: &mut Board, effect: &str) {
    let [con, inc] = [CONGRUENT, INCONGRUENT].map(|which| sample.rts(board, which));
    let both = con.len() + inc.len();
    let difference = median_difference(&inc, &con);
    board.put(&format!("{effect}_rt"), "ms", rules::RT, both, difference);
    let (cost, n) = sample.error_difference(INCONGRUENT, CONGRUENT);
    board.put(&format!("{effect}_error"), "proportion", rules::ANSWERED, n, cost);
    let (value, n) = sequence(sample, board);
    board.put("sequence_rt", "ms", rules::RT_SEQUENCE, n, value);
    let deltas = deltas(&con, &inc);
    let whole = deltas.and_then(|points| stats::slope(&points));
    board.put("delta_slope", "", rules::RT, both, whole);
    let last = deltas.and_then(|[.., (x, y), (later_x, later_y)]| {
        if later_x > x { Ok((later_y - y) / (later_x - x)) } else { Err(Reason::NoVariation) }
    });
    board.put("delta_slope_last", "", rules::RT, both, last);
}

/// Mean of both conditions and their difference, by quintile.
fn deltas(con: &[f64], inc: &[f64]) -> Result<[(f64, f64); 5], Reason> {
    let (con, inc) = (quintile_means(con, DELTA_LEAST)?, quintile_means(inc, DELTA_LEAST)?);
    Ok(core::array::from_fn(|i| (f64::midpoint(con[i], inc[i]), inc[i] - con[i])))
}

/// Sequence effect over pairs of trials that really followed each other in one part.
fn sequence(sample: &Sample<'_>, board: &Board) -> (Estimated, usize) {
    let mut cells: [[Vec<f64>; 2]; 2] = Default::default();
    for (before, trial) in sample.pairs() {
        if right(before)
            && let Some(rt) = sample.rt(board, trial)
            && let (Some(earlier), Some(now)) = (column(before), column(trial))
        {
            cells[earlier][now].push(rt);
        }
    }
    let n = cells.iter().flatten().map(Vec::len).sum();
    let median = |cell: &Vec<f64>| {
        stats::need(cell, SEQUENCE_LEAST)?;
        stats::median(cell)
    };
    let effect = || {
        let after_congruent = median(&cells[0][1])? - median(&cells[0][0])?;
        let after_incongruent = median(&cells[1][1])? - median(&cells[1][0])?;
        Ok(after_congruent - after_incongruent)
    };
    (effect(), n)
}

fn column(trial: &Trial) -> Option<usize> {
    [CONGRUENT, INCONGRUENT].iter().position(|which| which(trial))
}
