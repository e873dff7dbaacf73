//! Parameters of divided attention.

use crate::{
    params::{ParamError, ParamKind, ParamSpec, Params},
    spec::words,
    tasks::{
        parts::{self, Practice},
        streams::{self, milliseconds},
        usual,
    },
};

/// Each part comes twice, in halves: what is learned on the way is the same for all.
pub(super) const HALVES: u32 = 2;

pub(super) const PARAMS: &[ParamSpec] = &[
    usual::trials(
        80,
        400,
        words(
            "Trials with letters alone, with shapes alone, and with both, each; the share of targets must be whole in each half.",
            "Essais avec les lettres seules, avec les formes seules, et avec les deux, chacun ; la part de cibles doit être entière dans chaque moitié.",
        ),
        None,
    ),
    parts::practice_trials(15, None),
    ParamSpec {
        name: "targets",
        kind: ParamKind::Int { default: 20, min: 10, max: 25 },
        unit: "%",
        label: words("Targets", "Cibles"),
        meaning: words(
            "Share of trials with a target in a stream that counts; the same alone and with both.",
            "Part d’essais avec une cible dans un flux qui compte ; la même seul et avec les deux.",
        ),
        source: None,
    },
    streams::stimulus(500, None),
    streams::soa(1500, None),
    parts::anticipation(150),
    // Who never presses is right in 80 % of the practice
    ParamSpec {
        kind: ParamKind::Number { default: 0.85, min: 0.0, max: 1.0 },
        ..parts::CRITERION_CHOICE
    },
    parts::ROUNDS,
    parts::DROP_FLAGGED,
];

/// Parameters in force. Times are milliseconds.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Divided {
    /// Of each part, both halves together.
    pub trials: u32,
    pub practice: Practice,
    pub percent: u32,
    pub stimulus: f64,
    pub soa: f64,
    pub anticipation: f64,
}

impl Divided {
    pub(super) fn new(params: &Params) -> Self {
        Self {
            trials: params.count("trials"),
            practice: Practice::new(params),
            percent: params.count("targets"),
            stimulus: params.number("stimulus"),
            soa: milliseconds(params.int("soa")),
            anticipation: params.number("anticipation"),
        }
    }

    /// Targets of one stream among so many trials.
    pub(super) const fn targets(&self, trials: u32) -> u32 {
        trials * self.percent / 100
    }

    pub(super) fn minutes(&self) -> f64 {
        let practice = Practice { trials: 3 * self.practice.trials, ..self.practice };
        streams::minutes(practice, 3 * self.trials, 3 * HALVES, self.soa / 1000.0)
    }
}

pub(super) fn check(params: &Params) -> Vec<ParamError> {
    let task = Divided::new(params);
    [
        streams::check_share("trials", task.trials, task.percent, HALVES),
        streams::check_share("practice_trials", task.practice.trials, task.percent, 1),
        streams::check_stimulus(params, "soa"),
        streams::check_anticipation(params, "soa"),
    ]
    .into_iter()
    .flatten()
    .collect()
}
