//! Parameters of the Stroop task.

use crate::{
    params::{ParamError, ParamSpec, Params},
    spec::words,
    tasks::{
        parts,
        usual::{self, Usual},
    },
};

/// Conditions (three) × inks (four).
pub(super) const CELLS: u32 = 12;

const MACLEOD: Option<&str> = Some("MacLeod 1991");

pub(super) const PARAMS: &[ParamSpec] = &[
    usual::trials(
        108,
        480,
        words(
            "Number of trials that count: a multiple of 12 times the parts; 36 a part balance all words as well.",
            "Nombre d’essais qui comptent : un multiple de 12 fois les parties ; 36 par partie équilibrent aussi les mots.",
        ),
        None,
    ),
    parts::practice_trials(12, None),
    usual::fixation(500, None),
    usual::timeout(2000, MACLEOD),
    usual::iti(500, None),
    usual::max_run(
        3,
        words(
            "At most so many trials of the same condition come in a row.",
            "Au plus autant d’essais de même condition se suivent.",
        ),
        None,
    ),
    parts::anticipation(150),
    parts::blocks_param(3),
    parts::CRITERION_CHOICE,
    parts::ROUNDS,
    parts::DROP_FLAGGED,
];

/// Parameters in force.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Stroop {
    pub usual: Usual,
    pub max_run: u32,
}

impl Stroop {
    pub(super) fn new(params: &Params) -> Self {
        Self { usual: Usual::new(params), max_run: params.count("max_run") }
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
