//! Parameters of the psychomotor vigilance task.

use crate::{
    params::{ParamError, ParamKind, ParamSpec, Params, Value},
    spec::{Preset, words},
    tasks::{
        parts::{self, Practice},
        streams::milliseconds,
    },
};

const DINGES: Option<&str> = Some("Dinges & Powell 1985; Basner & Dinges 2011");

/// How long an RT is shown, milliseconds; part of the interval to the next target.
pub(super) const SHOWN: i64 = 1000;

pub(super) const PARAMS: &[ParamSpec] = &[
    ParamSpec {
        name: "minutes",
        kind: ParamKind::Int { default: 10, min: 1, max: 20 },
        unit: "min",
        label: words("Length", "Durée"),
        meaning: words(
            "The test ends with the answer after so many minutes.",
            "Le test se termine avec la réponse qui suit ce nombre de minutes.",
        ),
        source: DINGES,
    },
    parts::practice_trials(4, None),
    ParamSpec {
        name: "rsi_min",
        kind: ParamKind::Int { default: 2000, min: SHOWN, max: 30_000 },
        unit: "ms",
        label: words("Shortest interval", "Intervalle le plus court"),
        meaning: words(
            "From a response to the next target, the second in which the time is shown included. Drawn evenly between shortest and longest.",
            "D’une réponse à la cible suivante, y compris la seconde où le temps est montré. Tiré uniformément entre le plus court et le plus long.",
        ),
        source: DINGES,
    },
    ParamSpec {
        name: "rsi_max",
        kind: ParamKind::Int { default: 10_000, min: SHOWN, max: 30_000 },
        unit: "ms",
        label: words("Longest interval", "Intervalle le plus long"),
        meaning: words(
            "Longest time from a response to the next target.",
            "Temps le plus long d’une réponse à la cible suivante.",
        ),
        source: DINGES,
    },
    ParamSpec {
        name: "timeout",
        kind: ParamKind::Int { default: 30_000, min: 1000, max: 60_000 },
        unit: "ms",
        label: words("Response window", "Délai de réponse"),
        meaning: words(
            "The target stays until a response, at most this long. No response by then is a lapse.",
            "La cible reste jusqu’à la réponse, au plus ce temps. Sans réponse d’ici là, c’est une défaillance.",
        ),
        source: DINGES,
    },
    ParamSpec {
        name: "lapse",
        kind: ParamKind::Int { default: 500, min: 200, max: 5000 },
        unit: "ms",
        label: words("Lapse", "Défaillance"),
        meaning: words(
            "Responses from this time on are lapses of attention.",
            "Les réponses à partir de ce temps sont des défaillances de l’attention.",
        ),
        source: DINGES,
    },
    parts::anticipation(100),
    parts::CRITERION_HALF,
    parts::ROUNDS,
    parts::DROP_FLAGGED,
];

pub(super) const PRESETS: &[Preset] = &[Preset {
    id: "pvt_b",
    name: words("PVT-B, 3 minutes", "PVT-B, 3 minutes"),
    meaning: words(
        "The brief version: 3 minutes, shorter intervals, lapses from 355 ms.",
        "La version brève : 3 minutes, intervalles plus courts, défaillances dès 355 ms.",
    ),
    source: "Basner, Mollicone & Dinges 2011, Acta Astronautica 69:949–959",
    values: &[
        ("minutes", Value::Int(3)),
        ("rsi_min", Value::Int(1000)),
        ("rsi_max", Value::Int(4000)),
        ("lapse", Value::Int(355)),
    ],
}];

/// Parameters in force. Times are milliseconds.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Pvt {
    pub minutes: f64,
    pub practice: Practice,
    pub rsi_min: i64,
    pub rsi_max: i64,
    pub timeout: f64,
    pub lapse: f64,
    pub anticipation: f64,
}

impl Pvt {
    pub(super) fn new(params: &Params) -> Self {
        Self {
            minutes: params.number("minutes"),
            practice: Practice::new(params),
            rsi_min: params.int("rsi_min"),
            rsi_max: params.int("rsi_max"),
            timeout: params.number("timeout"),
            lapse: params.number("lapse"),
            anticipation: params.number("anticipation"),
        }
    }

    /// Trials that fit into the test if every interval were the shortest and every RT as short as can be.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "at most 20 minutes of trials of a second"
    )]
    pub(super) fn most_trials(&self) -> u32 {
        let shortest = milliseconds(self.rsi_min) + self.anticipation;
        (self.minutes * 60_000.0 / shortest.max(1.0)) as u32 + 2
    }

    /// One minute of reading, the test, and practice.
    pub(super) fn planned_minutes(&self) -> f64 {
        let trial = milliseconds(self.rsi_min + self.rsi_max) / 2000.0 + 0.3;
        1.0 + self.minutes + f64::from(self.practice.trials) * trial / 60.0
    }
}

pub(super) fn check(params: &Params) -> Vec<ParamError> {
    let task = Pvt::new(params);
    let order = (task.rsi_min > task.rsi_max).then(|| {
        let message = format!("must be at least rsi_min, {}.", task.rsi_min);
        ParamError::new("rsi_max", "order", message)
    });
    let lapse = (task.lapse >= task.timeout).then(|| {
        let message = format!("must be below timeout, {}.", params.int("timeout"));
        ParamError::new("lapse", "order", message)
    });
    [order, lapse, parts::check_anticipation(params)].into_iter().flatten().collect()
}
