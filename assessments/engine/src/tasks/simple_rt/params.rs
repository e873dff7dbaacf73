//! Parameters of simple reaction time.

use crate::{
    params::{ParamError, ParamKind, ParamSpec, Params},
    spec::words,
    tasks::parts::{self, Practice},
};

const DEARY: Option<&str> = Some("Deary, Liewald & Nissan 2011");

pub(super) const PARAMS: &[ParamSpec] = &[
    ParamSpec {
        name: "trials",
        kind: ParamKind::Int { default: 20, min: 5, max: 400 },
        unit: "trials",
        label: words("Test trials", "Essais du test"),
        meaning: words("Number of trials that count.", "Nombre d’essais qui comptent."),
        source: DEARY,
    },
    parts::practice_trials(8, DEARY),
    ParamSpec {
        name: "foreperiod_min",
        kind: ParamKind::Int { default: 1000, min: 300, max: 20_000 },
        unit: "ms",
        label: words("Shortest wait", "Attente la plus courte"),
        meaning: words(
            "Shortest time between a response and the next X. The time is drawn evenly between shortest and longest.",
            "Temps le plus court entre une réponse et le X suivant. Le temps est tiré uniformément entre le plus court et le plus long.",
        ),
        source: DEARY,
    },
    ParamSpec {
        name: "foreperiod_max",
        kind: ParamKind::Int { default: 3000, min: 300, max: 20_000 },
        unit: "ms",
        label: words("Longest wait", "Attente la plus longue"),
        meaning: words(
            "Longest time between a response and the next X.",
            "Temps le plus long entre une réponse et le X suivant.",
        ),
        source: DEARY,
    },
    ParamSpec {
        name: "timeout",
        kind: ParamKind::Int { default: 3000, min: 500, max: 30_000 },
        unit: "ms",
        label: words("Response window", "Délai de réponse"),
        meaning: words(
            "The X stays until a response, at most this long. No response by then is an omission.",
            "Le X reste jusqu’à la réponse, au plus ce temps. Sans réponse d’ici là, c’est une omission.",
        ),
        source: None,
    },
    parts::anticipation(150),
    parts::blocks_param(1),
    parts::CRITERION_HALF,
    parts::ROUNDS,
    parts::DROP_FLAGGED,
];

/// Parameters in force.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct SimpleRt {
    pub trials: u32,
    pub practice: Practice,
    pub foreperiod_min: i64,
    pub foreperiod_max: i64,
    /// Milliseconds.
    pub timeout: f64,
    /// Milliseconds.
    pub anticipation: f64,
    pub blocks: u32,
}

impl SimpleRt {
    pub(super) fn new(params: &Params) -> Self {
        Self {
            trials: params.count("trials"),
            practice: Practice::new(params),
            foreperiod_min: params.int("foreperiod_min"),
            foreperiod_max: params.int("foreperiod_max"),
            timeout: params.number("timeout"),
            anticipation: params.number("anticipation"),
            blocks: params.count("blocks"),
        }
    }

    /// One minute of reading, and per trial the mean wait and 0.4 s (practice: 0.8 s of feedback more).
    #[expect(clippy::cast_precision_loss, reason = "milliseconds below 2^53")]
    pub(super) fn minutes(&self) -> f64 {
        let wait = (self.foreperiod_min + self.foreperiod_max) as f64 / 2000.0;
        let test = f64::from(self.trials) * (wait + 0.4);
        let practice = f64::from(self.practice.trials) * (wait + 1.2);
        1.0 + (test + practice) / 60.0
    }
}

pub(super) fn check(params: &Params) -> Vec<ParamError> {
    let mut errors = Vec::new();
    let task = SimpleRt::new(params);
    if task.foreperiod_min > task.foreperiod_max {
        let message = format!("must be at least foreperiod_min, {}.", task.foreperiod_min);
        errors.push(ParamError::new("foreperiod_max", "order", message));
    }
    errors.extend(parts::check_anticipation(params));
    errors.extend(parts::check_blocks(task.blocks, task.trials));
    errors
}
