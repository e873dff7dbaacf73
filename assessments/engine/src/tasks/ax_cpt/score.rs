//! Scores of the AX-CPT.

use super::{Pair, params::AxCpt};
use crate::{
    params::Params,
    score::{Board, Limits, Sample, Which, rules, validity},
    stats::{self, Detection, Estimated, log_linear, z},
};
use contract::task::{Reason, Trial};

const AX: Which<'_> = &|t| t.condition == Pair::Ax.word();
const AY: Which<'_> = &|t| t.condition == Pair::Ay.word();
const BX: Which<'_> = &|t| t.condition == Pair::Bx.word();
const BY: Which<'_> = &|t| t.condition == Pair::By.word();

/// Writes, over the test trials, answers without anticipations (R1, R2), RTs of right answers in
/// milliseconds (R1 to R4):
///
/// | Metric | Formula | Range |
/// |---|---|---|
/// | `error_rate_ax`, `…_ay`, `…_bx`, `…_by` | wrong / answered; canonical | 0 to 1 |
/// | `median_rt_ax`, … | median RT; canonical | ≥ 0 |
/// | `d_context` | z(hits on AX) − z(false alarms on BX), log-linear; Cohen et al. 1999; canonical | any |
/// | `pbi_errors` | (AY − BX) / (AY + BX) of error rates (e + 0.5) / (n + 1); above 0: proactive (Braver et al. 2009); canonical | −1 to 1 |
/// | `pbi_rt` | the same of the median RTs; canonical | −1 to 1 |
/// | `a_cue_bias` | (z(hits on AX) + z(false alarms on AY)) / 2, log-linear; above 0: ready to say yes after A (Richmond et al. 2015) | any |
/// | `accuracy*`, `mean_rt*`, `sd_rt*`, `cv_rt*` | overall and by kind; mean, SD, CV after R5 | |
/// | `anticipations`, `omissions`, `trimmed` | counts | ≥ 0 |
///
/// Chance of rule R7 is the share of the more frequent answer.
pub(super) fn score(params: &Params, trials: &[&Trial], board: &mut Board) {
    let task = AxCpt::new(params);
    let sample = Sample::new(trials, task.usual.anticipation, task.usual.timeout);
    for (suffix, which) in [("ax", AX), ("ay", AY), ("bx", BX), ("by", BY)] {
        let (wrong, n) = sample.errors(which);
        board.share(&format!("error_rate_{suffix}"), rules::ANSWERED, n, wrong);
    }
    let [ax, ay, bx] = [AX, AY, BX].map(|which| sample.errors(which));
    let context = Detection { hits: ax.1 - ax.0, signals: ax.1, false_alarms: bx.0, noises: bx.1 };
    board.put("d_context", "", rules::ANSWERED, context.n(), context.d_prime());
    let some = |cells: [(usize, usize); 2]| {
        if cells.iter().all(|(_, n)| *n > 0) { Ok(()) } else { Err(Reason::NoTrials) }
    };
    let rate = |(wrong, n): (usize, usize)| log_linear(wrong, n);
    let pbi = some([ay, bx]).and_then(|()| balance(rate(ay), rate(bx)));
    board.put("pbi_errors", "", rules::ANSWERED, ay.1 + bx.1, pbi);
    let [slow, quick] = [AY, BX].map(|which| sample.rts(board, which));
    let medians = stats::median(&slow).and_then(|ay| Ok((ay, stats::median(&quick)?)));
    let pbi = medians.and_then(|(ay, bx)| balance(ay, bx));
    board.put("pbi_rt", "", rules::RT, slow.len() + quick.len(), pbi);
    let bias = some([ax, ay]).map(|()| {
        let hits = z(log_linear(ax.1 - ax.0, ax.1));
        f64::midpoint(hits, z(rate(ay)))
    });
    board.put("a_cue_bias", "", rules::ANSWERED, ax.1 + ay.1, bias);
    sample.report(board, &[("_ax", AX), ("_ay", AY), ("_bx", BX), ("_by", BY)]);
    let yes = f64::from(task.percent) / 100.0;
    let chance = if yes > 0.5 { yes } else { 1.0 - yes };
    validity(board, trials, Limits { chance: Some(chance) });
}

/// (a − b) / (a + b).
fn balance(a: f64, b: f64) -> Estimated {
    if a + b > 0.0 { Ok((a - b) / (a + b)) } else { Err(Reason::NoVariation) }
}
