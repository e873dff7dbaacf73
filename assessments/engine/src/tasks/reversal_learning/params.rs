//! Parameters of probabilistic reversal learning.

use crate::{
    params::{ParamError, ParamKind, ParamSpec, Params},
    spec::words,
    tasks::{
        parts,
        usual::{self, Usual},
    },
};

const SWAINSON: Option<&str> = Some("Swainson et al. 2000");

/// Trials in which misleading feedback is counted out.
pub(super) const ROUND: u32 = 10;

pub(super) const PARAMS: &[ParamSpec] = &[
    usual::trials(
        120,
        480,
        words(
            "Number of choices that count: a multiple of 10.",
            "Nombre de choix qui comptent : un multiple de 10.",
        ),
        None,
    ),
    parts::practice_trials(8, None),
    ParamSpec {
        name: "misleading",
        kind: ParamKind::Int { default: 2, min: 0, max: 4 },
        unit: "trials",
        label: words("Misleading feedback", "Retour trompeur"),
        meaning: words(
            "In so many of each ten trials the better picture loses and the other one wins.",
            "Dans autant d’essais sur dix, la meilleure image perd et l’autre gagne.",
        ),
        source: SWAINSON,
    },
    ParamSpec {
        name: "criterion",
        kind: ParamKind::Int { default: 8, min: 3, max: 40 },
        unit: "trials",
        label: words("Choices until a reversal", "Choix avant un renversement"),
        meaning: words(
            "After so many choices of the better picture in a row, the other one becomes the better.",
            "Après autant de choix de suite de la meilleure image, l’autre devient la meilleure.",
        ),
        source: SWAINSON,
    },
    ParamSpec {
        name: "stage_trials",
        kind: ParamKind::Int { default: 40, min: 10, max: 480 },
        unit: "trials",
        label: words("Longest stage", "Étape la plus longue"),
        meaning: words(
            "After so many trials the pictures change over in any case.",
            "Après autant d’essais, les images changent de rôle de toute façon.",
        ),
        source: SWAINSON,
    },
    usual::timeout(3000, None),
    ParamSpec {
        name: "feedback_time",
        kind: ParamKind::Int { default: 1000, min: 200, max: 5000 },
        unit: "ms",
        label: words("Feedback", "Retour"),
        meaning: words(
            "How long gain or loss is shown.",
            "Durée de l’annonce du gain ou de la perte.",
        ),
        source: None,
    },
    usual::fixation(500, None),
    usual::iti(300, None),
    parts::anticipation(150),
    parts::CRITERION_CHOICE,
    parts::ROUNDS,
    parts::DROP_FLAGGED,
];

/// Parameters in force.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ReversalLearning {
    pub usual: Usual,
    pub misleading: u32,
    pub criterion: usize,
    pub stage_trials: usize,
    /// Milliseconds.
    pub feedback_time: f64,
}

impl ReversalLearning {
    pub(super) fn new(params: &Params) -> Self {
        Self {
            usual: Usual::new(params),
            misleading: params.count("misleading"),
            criterion: params.count("criterion") as usize,
            stage_trials: params.count("stage_trials") as usize,
            feedback_time: params.number("feedback_time"),
        }
    }
}

pub(super) fn check(params: &Params) -> Vec<ParamError> {
    let task = ReversalLearning::new(params);
    let mut errors = Vec::new();
    if !task.usual.trials.is_multiple_of(ROUND) {
        let message = format!("must be a multiple of {ROUND}.");
        errors.push(ParamError::new("trials", "multiple", message));
    }
    if task.stage_trials < task.criterion {
        let message = format!("must be at least criterion, {}.", task.criterion);
        errors.push(ParamError::new("stage_trials", "order", message));
    }
    errors.extend(parts::check_anticipation(params));
    errors
}
