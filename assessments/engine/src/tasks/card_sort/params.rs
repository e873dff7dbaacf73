//! Parameters of card sorting.

use crate::{
    params::{ParamError, ParamKind, ParamSpec, Params, Value},
    spec::{Preset, words},
    tasks::{
        parts,
        usual::{self, Usual},
    },
};

/// Cards that share one feature each with three of the four key cards.
pub(super) const CARDS: u32 = 24;

const NELSON: Option<&str> = Some("Nelson 1976");

pub(super) const PARAMS: &[ParamSpec] = &[
    usual::trials(
        48,
        192,
        words(
            "Cards at most: a multiple of 24, so that each card comes equally often.",
            "Nombre maximal de cartes : un multiple de 24, pour que chaque carte vienne aussi souvent.",
        ),
        NELSON,
    ),
    ParamSpec {
        name: "run",
        kind: ParamKind::Int { default: 6, min: 3, max: 20 },
        unit: "trials",
        label: words("Cards until the rule changes", "Cartes avant un changement de règle"),
        meaning: words(
            "After so many right cards in a row a category is complete and the rule changes.",
            "Après autant de cartes justes de suite, une catégorie est complète et la règle change.",
        ),
        source: NELSON,
    },
    ParamSpec {
        name: "categories",
        kind: ParamKind::Int { default: 6, min: 1, max: 32 },
        unit: "",
        label: words("Categories", "Catégories"),
        meaning: words(
            "The task ends when so many categories are complete.",
            "La tâche se termine quand autant de catégories sont complètes.",
        ),
        source: NELSON,
    },
    parts::practice_trials(0, NELSON),
    usual::timeout(10_000, None),
    ParamSpec {
        name: "feedback_time",
        kind: ParamKind::Int { default: 900, min: 300, max: 5000 },
        unit: "ms",
        label: words("Feedback", "Retour"),
        meaning: words(
            "How long right or wrong is shown.",
            "Durée de l’affichage de juste ou faux.",
        ),
        source: None,
    },
    usual::iti(400, None),
    parts::anticipation(200),
    parts::CRITERION_HALF,
    parts::ROUNDS,
    parts::DROP_FLAGGED,
];

pub(super) const PRESETS: &[Preset] = &[Preset {
    id: "long",
    name: words("Ten in a row", "Dix de suite"),
    meaning: words(
        "For healthy adults: a rule changes after ten right cards in a row, 120 cards at most.",
        "Pour adultes en bonne santé : la règle change après dix cartes justes de suite, 120 cartes au plus.",
    ),
    source: "Berg 1948, J Gen Psychol 39:15–22; Heaton et al. 1993",
    values: &[("trials", Value::Int(120)), ("run", Value::Int(10))],
}];

/// Parameters in force.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct CardSort {
    pub usual: Usual,
    pub run: usize,
    pub categories: usize,
    /// Milliseconds.
    pub feedback_time: f64,
}

impl CardSort {
    pub(super) fn new(params: &Params) -> Self {
        Self {
            usual: Usual::new(params),
            run: params.count("run") as usize,
            categories: params.count("categories") as usize,
            feedback_time: params.number("feedback_time"),
        }
    }
}

pub(super) fn check(params: &Params) -> Vec<ParamError> {
    let Usual { trials, practice, .. } = Usual::new(params);
    let mut errors = Vec::new();
    if !trials.is_multiple_of(CARDS) {
        let message = format!("must be a multiple of {CARDS}.");
        errors.push(ParamError::new("trials", "multiple", message));
    }
    if practice.trials > CARDS {
        let message = format!("must be at most {CARDS}.");
        errors.push(ParamError::new("practice_trials", "range", message));
    }
    errors.extend(parts::check_anticipation(params));
    errors
}
