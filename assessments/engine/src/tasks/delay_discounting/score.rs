//! Scores of delay discounting.

use super::{
    choices, chose_later, curve,
    items::{ADJUSTING, LADDER, MCQ},
    params::{DelayDiscounting, Procedure, RUNGS, STEPS},
};
use crate::{
    params::Params,
    score::{Board, Limits, counts, rt, rules, share, validity},
    stats::{self, Estimated, real},
    tasks::{parts, usual::int_of},
};
use contract::task::{Reason, Trial};

/// Lowest share of choices that agree with one rate (Kaplan et al. 2016, Behav Anal 39:293–304).
const CONSISTENT: f64 = 0.75;
/// A median choice quicker than this was not read, milliseconds.
const UNREAD: f64 = 350.0;

/// Writes (all over the test trials, rule R1; V = A / (1 + k·D), D in days):
///
/// | Metric | Formula | Unit, range |
/// |---|---|---|
/// | `k` | mcq: rate that most choices agree with, canonical (Kirby, Petry & Bickel 1999); adjusting: least squares over ln k through the five indifference points (Mazur 1987); five_trial: 1 / days at which half is worth as much (Koffarnus & Bickel 2014) | per day; mcq 0.00016 to 0.25 |
/// | `ln_k` | natural logarithm of `k`: the form to do statistics with | any |
/// | `k_small`, `k_medium`, `k_large` | the same over the nine questions of one size of the later amount | per day |
/// | `k_geomean` | geometric mean of these three | per day |
/// | `consistency`, `consistency_small`, `_medium`, `_large` | share of choices that agree with the rate | 0 to 1 |
/// | `later_share`, `later_share_small`, `_medium`, `_large` | choices of the later amount / choices (Myerson, Baumann & Green 2014) | 0 to 1 |
/// | `auc` | area under value on delay, both scaled to 1, from (0, 1) (Myerson, Green & Warusawitharana 2001) | 0 to 1 |
/// | `value_week`, `_month`, `_half_year`, `_year`, `_5_years` | indifference points of the adjusting procedure as shares of the later amount | 0 to 1 |
/// | `rises` | Johnson & Bickel (2008), criterion 1: values above the one before by more than 0.2, count | 0 to 4 |
/// | `median_rt` | median time to choose, all choices | ms |
/// | `n_choices`, `omissions`, `clean_share` | counts; share of trials without Q0 to Q4 | |
///
/// What another procedure would give is `NotPlanned`; a rate needs all its choices. Not valid: rule
/// R7 without a right answer; `inconsistent_choices` (mcq, consistency below 0.75);
/// `nonsystematic_choices` (adjusting, either criterion of Johnson and Bickel); `choices_not_read`
/// (median below 350 ms). Flag `rate_at_limit`: all choices the same (mcq, five_trial).
pub(super) fn score(params: &Params, trials: &[&Trial], board: &mut Board) {
    let task = DelayDiscounting::new(params);
    let counted: Vec<&Trial> = trials.iter().copied().filter(|t| counts(t)).collect();
    let made = choices(counted.iter().copied());
    board.count("n_choices", rules::COUNTED, counted.len(), made.len());
    let k = match task.procedure {
        Procedure::Mcq => questionnaire(&counted, board),
        Procedure::Adjusting => adjusting(&counted, board),
        Procedure::FiveTrial => five_trial(&made),
    };
    board.put("k", "per_day", rules::COUNTED, made.len(), k);
    board.put("ln_k", "", rules::COUNTED, made.len(), k.map(libm::log));
    let later = made.iter().filter(|later| **later).count();
    board.share("later_share", rules::COUNTED, made.len(), later);
    let one_way = !made.is_empty() && (later == 0 || later == made.len());
    if one_way && task.procedure != Procedure::Adjusting {
        board.flag("rate_at_limit");
    }
    by_size(&task, &counted, board);
    curves(&task, &counted, board);
    let rts: Vec<f64> = counted.iter().filter_map(|t| rt(t)).collect();
    let median = stats::median(&rts);
    board.put("median_rt", "ms", rules::COUNTED, rts.len(), median);
    if median.is_ok_and(|median| median < UNREAD) {
        board.invalid("choices_not_read");
    }
    let omissions = counted.len() - made.len();
    board.count("omissions", rules::COUNTED, counted.len(), omissions);
    parts::clean_share(board, &counted);
    validity(board, trials, Limits { chance: None });
}

/// Rank and choice of the questions; of one size, or of all.
fn ranks(counted: &[&Trial], size: Option<&str>) -> Vec<curve::Choice> {
    let mine = counted.iter().filter(|t| size.is_none_or(|size| t.condition == size));
    mine.filter_map(|t| {
        let rank = u8::try_from(int_of(t, "rank")?).ok()?;
        Some((rank, chose_later(t)?))
    })
    .collect()
}

/// The rate over all questions of a kind, of which there should be `n`.
fn rate(choices: &[curve::Choice], n: usize) -> Result<curve::Rate, Reason> {
    if choices.is_empty() {
        Err(Reason::NoTrials)
    } else if choices.len() < n {
        Err(Reason::TooFewTrials)
    } else {
        curve::questionnaire(choices)
    }
}

fn questionnaire(counted: &[&Trial], board: &mut Board) -> Estimated {
    let choices = ranks(counted, None);
    let rate = rate(&choices, MCQ.len());
    let consistency = rate.map(|rate| rate.consistency);
    board.put("consistency", "proportion", rules::COUNTED, choices.len(), consistency);
    if consistency.is_ok_and(|share| share < CONSISTENT) {
        board.invalid("inconsistent_choices");
    }
    rate.map(|rate| rate.k)
}

fn by_size(task: &DelayDiscounting, counted: &[&Trial], board: &mut Board) {
    let planned = task.procedure == Procedure::Mcq;
    let mut logs = Ok(0.0);
    for size in ["small", "medium", "large"] {
        let choices = ranks(counted, Some(size));
        let n = choices.len();
        let rate = if planned { rate(&choices, MCQ.len() / 3) } else { Err(Reason::NotPlanned) };
        logs = logs.and_then(|sum| Ok(sum + libm::log(rate?.k)));
        board.put(&format!("k_{size}"), "per_day", rules::COUNTED, n, rate.map(|r| r.k));
        let consistency = rate.map(|r| r.consistency);
        board.put(&format!("consistency_{size}"), "proportion", rules::COUNTED, n, consistency);
        let later = choices.iter().filter(|choice| choice.1).count();
        let later = if planned { share(later, n) } else { Err(Reason::NotPlanned) };
        board.put(&format!("later_share_{size}"), "proportion", rules::COUNTED, n, later);
    }
    let mean = logs.map(|sum| libm::exp(sum / 3.0));
    let n = ranks(counted, None).len();
    board.put("k_geomean", "per_day", rules::COUNTED, n, mean);
    if !planned {
        board.put("consistency", "proportion", rules::COUNTED, 0, Err(Reason::NotPlanned));
    }
}

/// Days and values of the delays with all their choices, from short to long.
fn points(counted: &[&Trial]) -> Vec<(f64, Option<f64>)> {
    let value = |delay: i64| {
        let mine = counted.iter().copied().filter(|t| int_of(t, "delay") == Some(delay));
        curve::indifference(&choices(mine))
    };
    (0..).zip(&ADJUSTING).map(|(i, delay)| (delay.days, value(i))).collect()
}

fn adjusting(counted: &[&Trial], board: &mut Board) -> Estimated {
    let known = known(counted)?;
    if curve::rises(&known) > 0 || curve::is_flat(&known) {
        board.invalid("nonsystematic_choices");
    }
    curve::hyperbola(&known)
}

/// All five points, or why not.
fn known(counted: &[&Trial]) -> Result<Vec<(f64, f64)>, Reason> {
    let all = points(counted);
    let known: Vec<(f64, f64)> = all.iter().filter_map(|(d, v)| Some((*d, (*v)?))).collect();
    if known.len() == all.len() {
        Ok(known)
    } else if counted.is_empty() {
        Err(Reason::NoTrials)
    } else {
        Err(Reason::TooFewTrials)
    }
}

fn curves(task: &DelayDiscounting, counted: &[&Trial], board: &mut Board) {
    let planned = task.procedure == Procedure::Adjusting;
    let n = if planned { choices(counted.iter().copied()).len() } else { 0 };
    let known = if planned { known(counted) } else { Err(Reason::NotPlanned) };
    let area = known.as_ref().map_err(|why| *why).and_then(|known| curve::area(known));
    board.put("auc", "", rules::COUNTED, n, area);
    let rises = known.map(|known| real(curve::rises(&known)));
    board.put("rises", "count", rules::COUNTED, n, rises);
    let names = ["week", "month", "half_year", "year", "5_years"];
    for (name, (_, value)) in names.into_iter().zip(points(counted)) {
        let missing = match n {
            0 if planned => Reason::NoTrials,
            0 => Reason::NotPlanned,
            _ => Reason::TooFewTrials,
        };
        let used = value.map_or(0, |_| STEPS as usize);
        let name = format!("value_{name}");
        board.put(&name, "proportion", rules::COUNTED, used, value.ok_or(missing));
    }
}

fn five_trial(made: &[bool]) -> Estimated {
    let missing = if made.is_empty() { Reason::NoTrials } else { Reason::TooFewTrials };
    let whole = made.len() == RUNGS as usize;
    let days = curve::half_life(made, &LADDER).filter(|_| whole).ok_or(missing)?;
    Ok(1.0 / days)
}
