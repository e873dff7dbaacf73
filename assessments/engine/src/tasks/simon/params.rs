//! Parameters of the Simon task.

use crate::{
    params::{ParamError, ParamKind, ParamSpec, Params},
    spec::words,
    tasks::{
        parts,
        usual::{self, Usual},
    },
};

/// Colour (two) × side (two).
pub(super) const CELLS: u32 = 4;

const LU: Option<&str> = Some("Lu & Proctor 1995");

pub(super) const PARAMS: &[ParamSpec] = &[
    usual::trials(
        96,
        480,
        words(
            "Number of trials that count: a multiple of 4 times the parts.",
            "Nombre d’essais qui comptent : un multiple de 4 fois les parties.",
        ),
        None,
    ),
    parts::practice_trials(12, None),
    ParamSpec {
        name: "mapping",
        kind: ParamKind::Choice { default: "blue_left", options: &["blue_left", "yellow_left"] },
        unit: "",
        label: words("Colour for the left answer", "Couleur de la réponse de gauche"),
        meaning: words(
            "Which colour is answered on the left; change it for half of the participants.",
            "Couleur à laquelle on répond à gauche ; à inverser pour la moitié des participants.",
        ),
        source: None,
    },
    usual::fixation(500, None),
    usual::timeout(1500, LU),
    usual::iti(500, None),
    usual::max_run(
        3,
        words(
            "At most so many trials of the same congruency, and of the same answer, come in a row.",
            "Au plus autant d’essais de même congruence, et de même réponse, se suivent.",
        ),
        None,
    ),
    parts::anticipation(150),
    parts::blocks_param(2),
    parts::CRITERION_CHOICE,
    parts::ROUNDS,
    parts::DROP_FLAGGED,
];

/// Parameters in force.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Simon {
    pub usual: Usual,
    pub blue_left: bool,
    pub max_run: u32,
}

impl Simon {
    pub(super) fn new(params: &Params) -> Self {
        Self {
            usual: Usual::new(params),
            blue_left: params.choice("mapping") == "blue_left",
            max_run: params.count("max_run"),
        }
    }
}

pub(super) fn check(params: &Params) -> Vec<ParamError> {
    let Usual { trials, practice, blocks, .. } = Usual::new(params);
    let mut errors = Vec::new();
    errors.extend(usual::check_multiple("trials", trials, CELLS, blocks));
    errors.extend(usual::check_multiple("practice_trials", practice.trials, CELLS, 1));
    errors.extend(parts::check_anticipation(params));
    errors
}
