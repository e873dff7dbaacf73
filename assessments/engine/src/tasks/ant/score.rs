//! Scores of the attention network test.

use super::{CUES, FLANKERS, params::Ant};
use crate::{
    params::Params,
    score::{Board, Limits, Sample, Which, rules, share, trimmed, validity},
    stats::{self, Estimated},
    tasks::usual::text_of,
};
use contract::task::{Reason, Trial};

/// A value for each cell of cue × flanker, with the number of trials that it rests on.
type Table = [[(Estimated, usize); 3]; 4];

/// Writes, in milliseconds unless said otherwise (all over the test trials, rule R1). Each cell of
/// cue × flanker is summed up first; a network is a difference of means of cells.
///
/// | Metric | Formula | Range |
/// |---|---|---|
/// | `alerting_rt` | no cue − double cue, each the mean of three cells' median RTs; canonical (Fan et al. 2002) | any; about 50 |
/// | `orienting_rt` | center cue − spatial cue, likewise; canonical | any; about 50 |
/// | `conflict_rt` | incongruent − congruent, each the mean of four cells' median RTs; canonical | any; about 85 |
/// | `alerting_mean_rt`, `orienting_mean_rt`, `conflict_mean_rt` | the same over cells' means after R5 | any |
/// | `alerting_error`, `orienting_error`, `conflict_error` | the same over cells' shares of errors | −1 to 1 |
/// | `accuracy*`, `median_rt*`, `mean_rt*`, `sd_rt*`, `cv_rt*` | see [`Sample::describe`]; overall, by cue and by flanker | |
/// | `n_trials`, `trimmed`, `anticipations`, `omissions`, `clean_share` | see [`Sample::report`] | |
///
/// A difference with an empty cell is not estimable. Validity: rule R7 with a chance of one half.
pub(super) fn score(params: &Params, trials: &[&Trial], board: &mut Board) {
    let usual = Ant::new(params).usual;
    let sample = Sample::new(trials, usual.anticipation, usual.timeout);
    let medians = table(&|which| {
        let rts = sample.rts(board, which);
        (stats::median(&rts), rts.len())
    });
    let means = table(&|which| {
        let kept = trimmed(&sample.rts(board, which));
        (stats::mean(&kept), kept.len())
    });
    let errors = table(&|which| {
        let (wrong, n) = sample.errors(which);
        (share(wrong, n), n)
    });
    for (suffix, unit, rules, table) in [
        ("rt", "ms", rules::RT, &medians),
        ("mean_rt", "ms", rules::RT_TRIMMED, &means),
        ("error", "proportion", rules::ANSWERED, &errors),
    ] {
        let row = |cue: usize| table[cue].as_slice();
        let column = |flanker: usize| table.each_ref().map(|row| row[flanker]);
        for (name, (value, n)) in [
            ("alerting", difference(row(0), row(2))),
            ("orienting", difference(row(1), row(3))),
            ("conflict", difference(&column(1), &column(0))),
        ] {
            board.put(&format!("{name}_{suffix}"), unit, rules, n, value);
        }
    }
    let by = |name: &'static str, code: &'static str| move |t: &Trial| text_of(t, name) == code;
    let cues = CUES.map(|code| by("cue", code));
    let flankers = FLANKERS.map(|code| by("flanker", code));
    let cells: [(&str, Which<'_>); 7] = [
        ("_none", &cues[0]),
        ("_center", &cues[1]),
        ("_double", &cues[2]),
        ("_spatial", &cues[3]),
        ("_congruent", &flankers[0]),
        ("_incongruent", &flankers[1]),
        ("_neutral", &flankers[2]),
    ];
    sample.report(board, &cells);
    validity(board, trials, Limits { chance: Some(0.5) });
}

fn table(cell: &dyn Fn(Which<'_>) -> (Estimated, usize)) -> Table {
    CUES.map(|cue| {
        FLANKERS.map(|flanker| {
            cell(&|t: &Trial| text_of(t, "cue") == cue && text_of(t, "flanker") == flanker)
        })
    })
}

/// Mean of some cells minus mean of others, and the trials in all of them.
fn difference(more: &[(Estimated, usize)], less: &[(Estimated, usize)]) -> (Estimated, usize) {
    let n = more.iter().chain(less).map(|cell| cell.1).sum();
    let mean = |cells: &[(Estimated, usize)]| {
        let values: Result<Vec<f64>, Reason> = cells.iter().map(|cell| cell.0).collect();
        stats::mean(&values?)
    };
    (mean(more).and_then(|more| Ok(more - mean(less)?)), n)
}
