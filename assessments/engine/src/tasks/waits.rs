//! What tasks with a wait before the target share: its draw, presses ahead of it, its slope.

use super::{streams::milliseconds, usual::int_of};
use crate::{
    params::{ParamError, ParamKind, ParamSpec, Params},
    rng::Rng,
    score::{Board, Sample, rules, trimmed},
    script::TrialPlan,
    spec::words,
    stats,
};
use contract::task::{Extra, Micros, Trial};

/// A wait drawn evenly from `min` to `max` milliseconds; whole ones, as the row keeps them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Wait {
    pub min: i64,
    pub max: i64,
}

impl Wait {
    pub(super) fn new(params: &Params) -> Self {
        Self { min: params.int("foreperiod_min"), max: params.int("foreperiod_max") }
    }

    /// Draws the wait of `plan`, whose first step it is.
    pub(super) fn draw(self, plan: &mut TrialPlan, rng: &mut Rng) {
        let ms = rng.whole(self.min, self.max);
        if let Some(first) = plan.script.steps.first_mut() {
            first.ms = milliseconds(ms);
        }
        plan.set("foreperiod_ms", Extra::Int(ms));
    }

    /// Mean wait, milliseconds.
    pub(super) fn mean(self) -> f64 {
        f64::midpoint(milliseconds(self.min), milliseconds(self.max))
    }
}

pub(super) const fn shortest(default: i64, source: Option<&'static str>) -> ParamSpec {
    ParamSpec {
        name: "foreperiod_min",
        kind: ParamKind::Int { default, min: 300, max: 20_000 },
        unit: "ms",
        label: words("Shortest wait", "Attente la plus courte"),
        meaning: words(
            "Shortest time between a response and the next target. The time is drawn evenly between shortest and longest.",
            "Temps le plus court entre une réponse et la cible suivante. Le temps est tiré uniformément entre le plus court et le plus long.",
        ),
        source,
    }
}

pub(super) const fn longest(default: i64, source: Option<&'static str>) -> ParamSpec {
    ParamSpec {
        name: "foreperiod_max",
        kind: ParamKind::Int { default, min: 300, max: 20_000 },
        unit: "ms",
        label: words("Longest wait", "Attente la plus longue"),
        meaning: words(
            "Longest time between a response and the next target.",
            "Temps le plus long entre une réponse et la cible suivante.",
        ),
        source,
    }
}

pub(super) fn check(params: &Params) -> Option<ParamError> {
    let Wait { min, max } = Wait::new(params);
    let message = || format!("must be at least foreperiod_min, {min}.");
    (min > max).then(|| ParamError::new("foreperiod_max", "order", message()))
}

/// Writes `foreperiod_slope` (least squares of RT on the shown wait, milliseconds per second, over
/// right answers that R5 keeps; any value, usually negative) and `early_presses` (presses before
/// the target, count over all trials).
pub(super) fn report(sample: &Sample<'_>, board: &mut Board) {
    let pairs: Vec<(&Trial, f64)> =
        sample.of(&|_| true).filter_map(|t| Some((t, sample.rt(board, t)?))).collect();
    let kept = trimmed(&pairs.iter().map(|pair| pair.1).collect::<Vec<f64>>());
    let lowest = kept.iter().copied().fold(f64::INFINITY, f64::min);
    let highest = kept.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let point = |(trial, rt): &(&Trial, f64)| {
        let us = int_of(trial, "lead_us").filter(|_| *rt >= lowest && *rt <= highest)?;
        Some((Micros(us).ms() / 1000.0, *rt))
    };
    let points: Vec<(f64, f64)> = pairs.iter().filter_map(point).collect();
    let slope = stats::slope(&points);
    board.put("foreperiod_slope", "ms_per_s", rules::RT_TRIMMED, kept.len(), slope);
    let n = sample.counted.len();
    let presses =
        |t: &&Trial| usize::try_from(int_of(t, "early_presses").unwrap_or(0)).unwrap_or(0);
    board.count("early_presses", rules::COUNTED, n, sample.counted.iter().map(presses).sum());
}
