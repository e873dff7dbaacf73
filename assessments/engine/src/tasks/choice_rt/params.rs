//! Parameters of choice reaction time.

use crate::{
    params::{ParamError, ParamSpec, Params},
    spec::words,
    tasks::{
        parts,
        usual::{self, Usual},
        waits::{self, Wait},
    },
};

/// Boxes on the stage.
pub(super) const BOXES: u32 = 4;

const DEARY: Option<&str> = Some("Deary, Liewald & Nissan 2011");

pub(super) const PARAMS: &[ParamSpec] = &[
    usual::trials(
        40,
        480,
        words(
            "Number of trials that count: a multiple of 4 times the parts.",
            "Nombre d’essais qui comptent : un multiple de 4 fois les parties.",
        ),
        DEARY,
    ),
    parts::practice_trials(8, DEARY),
    waits::shortest(1000, DEARY),
    waits::longest(3000, DEARY),
    usual::timeout(3000, None),
    usual::max_run(
        3,
        words(
            "At most so many trials in a row have the X in the same box.",
            "Au plus autant d’essais de suite ont le X dans le même carré.",
        ),
        None,
    ),
    parts::anticipation(150),
    parts::blocks_param(1),
    parts::CRITERION_CHOICE,
    parts::ROUNDS,
    parts::DROP_FLAGGED,
];

/// Parameters in force.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ChoiceRt {
    pub usual: Usual,
    pub wait: Wait,
    pub max_run: u32,
}

impl ChoiceRt {
    pub(super) fn new(params: &Params) -> Self {
        let (usual, wait) = (Usual::new(params), Wait::new(params));
        Self { usual, wait, max_run: params.count("max_run") }
    }
}

pub(super) fn check(params: &Params) -> Vec<ParamError> {
    let Usual { trials, practice, blocks, .. } = Usual::new(params);
    [
        usual::check_multiple("trials", trials, BOXES, blocks),
        usual::check_multiple("practice_trials", practice.trials, BOXES, 1),
        waits::check(params),
        parts::check_anticipation(params),
    ]
    .into_iter()
    .flatten()
    .collect()
}
