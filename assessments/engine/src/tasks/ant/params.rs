//! Parameters of the attention network test.

use crate::{
    params::{ParamError, ParamKind, ParamSpec, Params, Value},
    spec::{Preset, words},
    tasks::{
        parts,
        usual::{self, Usual},
    },
};

/// Cues (four) × flankers (three).
pub(super) const CELLS: u32 = 12;
/// The same × directions (two) × places (two).
const WHOLE: u32 = 48;

const FAN: Option<&str> = Some("Fan et al. 2002");

const fn ms(
    name: &'static str,
    default: i64,
    [min, max]: [i64; 2],
    label: crate::spec::Words,
    meaning: crate::spec::Words,
) -> ParamSpec {
    let kind = ParamKind::Int { default, min, max };
    ParamSpec { name, kind, unit: "ms", label, meaning, source: FAN }
}

pub(super) const PARAMS: &[ParamSpec] = &[
    usual::trials(
        288,
        576,
        words(
            "Number of trials that count: a multiple of 48 times the parts.",
            "Nombre d’essais qui comptent : un multiple de 48 fois les parties.",
        ),
        FAN,
    ),
    parts::practice_trials(24, FAN),
    ms(
        "fixation_min",
        400,
        [100, 5000],
        words("Shortest fixation", "Fixation la plus courte"),
        words(
            "Shortest time of the cross before the cue; drawn evenly up to the longest.",
            "Durée la plus courte de la croix avant l’indice ; tirée uniformément jusqu’à la plus longue.",
        ),
    ),
    ms(
        "fixation_max",
        1600,
        [100, 5000],
        words("Longest fixation", "Fixation la plus longue"),
        words(
            "Longest time of the cross before the cue.",
            "Durée la plus longue de la croix avant l’indice.",
        ),
    ),
    ms(
        "cue",
        100,
        [17, 1000],
        words("Cue", "Indice"),
        words("Time of the star before the arrows.", "Durée de l’étoile avant les flèches."),
    ),
    ms(
        "cue_delay",
        400,
        [0, 2000],
        words("From cue to arrows", "De l’indice aux flèches"),
        words(
            "Time of the cross between the star and the arrows.",
            "Durée de la croix entre l’étoile et les flèches.",
        ),
    ),
    usual::timeout(1700, FAN),
    ms(
        "trial_time",
        4000,
        [2000, 12_000],
        words("Time of a trial", "Durée d’un essai"),
        words(
            "A trial takes this long in all: the cross stays for what an answer leaves.",
            "Un essai dure ce temps en tout : la croix reste pendant ce que laisse la réponse.",
        ),
    ),
    usual::max_run(
        4,
        words(
            "At most so many trials with the same cue, and with the same neighbours, come in a row.",
            "Au plus autant d’essais avec le même indice, et avec les mêmes voisines, se suivent.",
        ),
        None,
    ),
    parts::anticipation(150),
    parts::blocks_param(3),
    parts::CRITERION_CHOICE,
    parts::ROUNDS,
    parts::DROP_FLAGGED,
];

pub(super) const PRESETS: &[Preset] = &[Preset {
    id: "child",
    name: words("Children", "Enfants"),
    meaning: words(
        "For 6 to 10 years: longer cues and half the trials; with arrows where the publication has fish.",
        "De 6 à 10 ans : indices plus longs et moitié moins d’essais ; avec des flèches au lieu de poissons.",
    ),
    source: "Rueda et al. 2004, Neuropsychologia 42:1029–1040",
    values: &[
        ("trials", Value::Int(144)),
        ("cue", Value::Int(150)),
        ("cue_delay", Value::Int(450)),
    ],
}];

/// Parameters in force. Times are milliseconds.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Ant {
    pub usual: Usual,
    pub fixation_min: i64,
    pub fixation_max: i64,
    pub cue: f64,
    pub cue_delay: f64,
    pub trial_time: f64,
    pub max_run: u32,
}

impl Ant {
    pub(super) fn new(params: &Params) -> Self {
        Self {
            usual: Usual::new(params),
            fixation_min: params.int("fixation_min"),
            fixation_max: params.int("fixation_max"),
            cue: params.number("cue"),
            cue_delay: params.number("cue_delay"),
            trial_time: params.number("trial_time"),
            max_run: params.count("max_run"),
        }
    }
}

pub(super) fn check(params: &Params) -> Vec<ParamError> {
    let task = Ant::new(params);
    let Usual { trials, practice, blocks, .. } = task.usual;
    let mut errors = Vec::new();
    errors.extend(usual::check_multiple("trials", trials, WHOLE, blocks));
    errors.extend(usual::check_multiple("practice_trials", practice.trials, CELLS, 1));
    if task.fixation_min > task.fixation_max {
        let message = format!("must be at least fixation_min, {}.", task.fixation_min);
        errors.push(ParamError::new("fixation_max", "order", message));
    }
    let least = params.int("fixation_max")
        + params.int("cue")
        + params.int("cue_delay")
        + params.int("timeout");
    if params.int("trial_time") < least {
        let message =
            format!("must be at least {least}: fixation_max, cue, cue_delay and timeout.");
        errors.push(ParamError::new("trial_time", "order", message));
    }
    errors.extend(parts::check_anticipation(params));
    errors
}
