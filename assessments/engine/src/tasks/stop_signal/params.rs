//! Parameters of the stop-signal task.

use crate::{
    params::{ParamError, ParamKind, ParamSpec, Params},
    spec::{Words, words},
    tasks::{
        parts,
        usual::{self, Usual},
    },
};

/// Go left, go right (three each) and stop left, stop right.
pub(super) const CELLS: u32 = 8;

const VERBRUGGEN: Option<&str> = Some("Verbruggen et al. 2019");

const fn ms(
    name: &'static str,
    default: i64,
    [min, max]: [i64; 2],
    label: Words,
    meaning: Words,
) -> ParamSpec {
    let kind = ParamKind::Int { default, min, max };
    ParamSpec { name, kind, unit: "ms", label, meaning, source: VERBRUGGEN }
}

pub(super) const PARAMS: &[ParamSpec] = &[
    usual::trials(
        256,
        640,
        words(
            "Number of trials that count, a quarter with a stop signal: a multiple of 8 times the parts; 200 or more give the 50 stop trials that a score needs.",
            "Nombre d’essais qui comptent, un quart avec signal d’arrêt : un multiple de 8 fois les parties ; 200 ou plus donnent les 50 essais d’arrêt qu’exige le score.",
        ),
        VERBRUGGEN,
    ),
    parts::practice_trials(32, VERBRUGGEN),
    usual::fixation(250, VERBRUGGEN),
    usual::timeout(1250, VERBRUGGEN),
    usual::iti(500, VERBRUGGEN),
    ms(
        "ssd_start",
        200,
        [50, 1000],
        words("First delay", "Premier délai"),
        words(
            "From arrow to stop signal in the first stop trial of the practice and of the test.",
            "De la flèche au signal d’arrêt dans le premier essai d’arrêt de l’entraînement et du test.",
        ),
    ),
    ms(
        "ssd_step",
        50,
        [10, 200],
        words("Step of the delay", "Pas du délai"),
        words(
            "The delay grows by so much after a stop and shrinks by so much after a failure; also its smallest value.",
            "Le délai augmente d’autant après un arrêt et diminue d’autant après un échec ; c’est aussi sa valeur minimale.",
        ),
    ),
    usual::max_run(
        3,
        words(
            "At most so many stop trials come in a row.",
            "Au plus autant d’essais d’arrêt se suivent.",
        ),
        VERBRUGGEN,
    ),
    parts::anticipation(100),
    parts::blocks_param(4),
    parts::CRITERION_HALF,
    parts::ROUNDS,
    parts::DROP_FLAGGED,
];

/// Parameters in force.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct StopSignal {
    pub usual: Usual,
    /// Milliseconds.
    pub ssd_start: i64,
    /// Milliseconds.
    pub ssd_step: i64,
    pub max_run: u32,
}

impl StopSignal {
    pub(super) fn new(params: &Params) -> Self {
        Self {
            usual: Usual::new(params),
            ssd_start: params.int("ssd_start"),
            ssd_step: params.int("ssd_step"),
            max_run: params.count("max_run"),
        }
    }
}

pub(super) fn check(params: &Params) -> Vec<ParamError> {
    let Usual { trials, practice, blocks, .. } = Usual::new(params);
    let mut errors = Vec::new();
    errors.extend(usual::check_multiple("trials", trials, CELLS, blocks));
    errors.extend(usual::check_multiple("practice_trials", practice.trials, CELLS, 1));
    let timeout = params.int("timeout");
    if params.int("ssd_start") + params.int("ssd_step") > timeout {
        let message = format!("must be at least ssd_step below timeout, {timeout}.");
        errors.push(ParamError::new("ssd_start", "order", message));
    }
    errors.extend(parts::check_anticipation(params));
    errors
}
