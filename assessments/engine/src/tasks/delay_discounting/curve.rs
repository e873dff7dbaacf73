//! From choices to a rate of discounting. V = A / (1 + k·D) throughout (Mazur 1987), D in days.

use super::items::{Delay, RATES};
use crate::stats::Estimated;
use contract::task::Reason;

/// A choice of the questionnaire: rank of the question, and whether the later amount was taken.
pub(super) type Choice = (u8, bool);

/// Rate and share of choices that agree with it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rate {
    pub k: f64,
    pub consistency: f64,
}

/// The rate that agrees with most choices (Kirby, Petry & Bickel 1999): candidates are the ends of
/// the grid and the geometric means of neighbouring rates; several equally good ones give their
/// geometric mean.
///
/// # Errors
/// No choices.
pub(super) fn questionnaire(choices: &[Choice]) -> Result<Rate, Reason> {
    if choices.is_empty() {
        return Err(Reason::NoTrials);
    }
    // Candidate s takes the sooner amount below rank s and the later one from there on
    let agreeing = |s: u8| choices.iter().filter(|(rank, later)| *later == (*rank >= s)).count();
    let last = u8::try_from(RATES.len()).unwrap_or(0);
    let most = (0..=last).map(agreeing).max().unwrap_or(0);
    let best: Vec<f64> = (0..=last).filter(|s| agreeing(*s) == most).map(ln_candidate).collect();
    let ln_k = crate::stats::mean(&best)?;
    let consistency = crate::stats::real(most) / crate::stats::real(choices.len());
    Ok(Rate { k: libm::exp(ln_k), consistency })
}

/// ln of candidate `s`: between rank s − 1 and rank s.
fn ln_candidate(s: u8) -> f64 {
    let ln = |rank: usize| libm::log(RATES[rank]);
    match usize::from(s) {
        0 => ln(0),
        s if s >= RATES.len() => ln(RATES.len() - 1),
        s => f64::midpoint(ln(s - 1), ln(s)),
    }
}

/// What the adjusting-amount procedure offers today after these choices, in sixty-fourths of the
/// later amount: begun at one half, moved by a quarter, an eighth and so on, up after a choice of the
/// later amount, down after one of the sooner (Du, Green & Myerson 2002). Five moves at most.
pub(super) fn sixty_fourths(choices: &[bool]) -> u32 {
    let (mut share, mut step) = (32, 16);
    for later in choices.iter().take(5) {
        share = if *later { share + step } else { share - step };
        step /= 2;
    }
    share
}

/// Indifference point after six choices, as a share of the later amount: what a seventh would
/// offer, half of a sixty-fourth further on. None with fewer choices.
pub(super) fn indifference(choices: &[bool]) -> Option<f64> {
    let last = *choices.get(5)?;
    let half = if last { 0.5 } else { -0.5 };
    Some((f64::from(sixty_fourths(choices)) + half) / 64.0)
}

/// Days at which half the amount now is as good as all of it later, from the five choices: the
/// geometric mean of the last rung and its neighbour towards the last choice; beyond the ends of
/// the ladder the end itself (Koffarnus & Bickel 2014). None with fewer choices.
pub(super) fn half_life(choices: &[bool], ladder: &[Delay]) -> Option<f64> {
    let last = *choices.get(4)?;
    let at = rung(choices);
    let here = ladder.get(at)?.days;
    let beside =
        if last { ladder.get(at + 1) } else { at.checked_sub(1).and_then(|i| ladder.get(i)) };
    Some(beside.map_or(here, |beside| libm::sqrt(here * beside.days)))
}

/// Place on the ladder of 31 that comes after these choices: first the middle, then 8, 4, 2 and 1
/// rungs up after a choice of the later amount, down after one of the sooner.
pub(super) fn rung(choices: &[bool]) -> usize {
    let (mut at, mut step) = (15, 8);
    for later in choices.iter().take(4) {
        at = if *later { at + step } else { at - step };
        step /= 2;
    }
    at
}

/// k of the hyperbola through shares of value at delays, by least squares over ln k: the best of a
/// grid from 10⁻⁶ to 10² a day, then golden section to one part in 10⁹.
///
/// # Errors
/// Fewer than three points.
pub(super) fn hyperbola(points: &[(f64, f64)]) -> Estimated {
    if points.len() < 3 {
        return Err(if points.is_empty() { Reason::NoTrials } else { Reason::TooFewTrials });
    }
    let cost = |ln_k: f64| -> f64 {
        let k = libm::exp(ln_k);
        let miss = |(days, value): &(f64, f64)| {
            let off = value - 1.0 / (1.0 + k * days);
            off * off
        };
        points.iter().map(miss).sum()
    };
    let (low, high) = (libm::log(1e-6), libm::log(1e2));
    let width = (high - low) / 400.0;
    let at = |i: u32| low + width * f64::from(i);
    let best = (0..=400_u32).fold(0, |best, i| if cost(at(i)) < cost(at(best)) { i } else { best });
    if best == 0 || best == 400 {
        return Err(Reason::NoConvergence);
    }
    let (mut from, mut to) = (at(best - 1), at(best + 1));
    let golden = 0.618_033_988_749_894_9;
    while to - from > 1e-9 {
        let (left, right) = (to - golden * (to - from), from + golden * (to - from));
        if cost(left) <= cost(right) {
            to = right;
        } else {
            from = left;
        }
    }
    Ok(libm::exp(f64::midpoint(from, to)))
}

/// Area under the curve of value on delay, both from 0 to 1, by trapezia from the point (0, 1);
/// `points` in order of delay (Myerson, Green & Warusawitharana 2001).
///
/// # Errors
/// No points.
pub(super) fn area(points: &[(f64, f64)]) -> Estimated {
    let longest = points.last().ok_or(Reason::NoTrials)?.0;
    let mut area = 0.0;
    let mut before = (0.0, 1.0);
    for (days, value) in points {
        let here = (days / longest, *value);
        area += (here.0 - before.0) * (before.1 + here.1) / 2.0;
        before = here;
    }
    Ok(area)
}

/// Criteria of Johnson and Bickel (2008) for data that no discounting explains: values that rise by
/// more than a fifth of the amount from one delay to the next, and values that have not fallen by a
/// tenth from the shortest to the longest.
pub(super) fn rises(points: &[(f64, f64)]) -> usize {
    points.windows(2).filter(|pair| pair[1].1 > pair[0].1 + 0.2).count()
}

/// See [`rises`].
pub(super) fn is_flat(points: &[(f64, f64)]) -> bool {
    match (points.first(), points.last()) {
        (Some(first), Some(last)) => last.1 > first.1 - 0.1,
        _ => false,
    }
}
