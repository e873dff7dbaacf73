//! Parameters of the vigilance task.

use crate::{
    params::{ParamError, ParamKind, ParamSpec, Params},
    spec::words,
    tasks::{
        parts::{self, Practice},
        streams,
    },
};

const ROSVOLD: Option<&str> = Some("Rosvold et al. 1956");

pub(super) const PARAMS: &[ParamSpec] = &[
    ParamSpec {
        name: "periods",
        kind: ParamKind::Int { default: 6, min: 3, max: 20 },
        unit: "",
        label: words("Periods", "Périodes"),
        meaning: words(
            "The test has so many equal periods without a rest between them; scores are given for each.",
            "Le test a autant de périodes égales sans pause entre elles ; les scores sont donnés pour chacune.",
        ),
        source: None,
    },
    ParamSpec {
        name: "period_trials",
        kind: ParamKind::Int { default: 80, min: 20, max: 400 },
        unit: "trials",
        label: words("Letters of a period", "Lettres d’une période"),
        meaning: words(
            "So many letters come in each period.",
            "Autant de lettres viennent dans chaque période.",
        ),
        source: None,
    },
    parts::practice_trials(20, None),
    ParamSpec {
        name: "targets",
        kind: ParamKind::Int { default: 25, min: 5, max: 40 },
        unit: "%",
        label: words("Targets", "Cibles"),
        meaning: words(
            "Share of letters that are an X, the same in each period. The rarer, the more attention fades.",
            "Part des lettres qui sont un X, la même dans chaque période. Plus elle est faible, plus l’attention baisse.",
        ),
        source: ROSVOLD,
    },
    streams::stimulus(200, ROSVOLD),
    streams::soa(920, ROSVOLD),
    parts::anticipation(100),
    parts::CRITERION_CHOICE,
    parts::ROUNDS,
    parts::DROP_FLAGGED,
];

/// Parameters in force. Times are milliseconds.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Vigilance {
    pub periods: u32,
    pub period_trials: u32,
    pub practice: Practice,
    pub percent: u32,
    pub stimulus: f64,
    pub soa: f64,
    pub anticipation: f64,
}

impl Vigilance {
    pub(super) fn new(params: &Params) -> Self {
        Self {
            periods: params.count("periods"),
            period_trials: params.count("period_trials"),
            practice: Practice::new(params),
            percent: params.count("targets"),
            stimulus: params.number("stimulus"),
            soa: params.number("soa"),
            anticipation: params.number("anticipation"),
        }
    }

    pub(super) const fn trials(&self) -> u32 {
        self.periods * self.period_trials
    }

    /// Targets among so many letters.
    pub(super) const fn targets(&self, trials: u32) -> u32 {
        trials * self.percent / 100
    }

    pub(super) fn minutes(&self) -> f64 {
        streams::minutes(self.practice, self.trials(), 1, self.soa / 1000.0)
    }
}

pub(super) fn check(params: &Params) -> Vec<ParamError> {
    let task = Vigilance::new(params);
    [
        streams::check_share("period_trials", task.period_trials, task.percent, 1),
        streams::check_share("practice_trials", task.practice.trials, task.percent, 1),
        streams::check_stimulus(params, "soa"),
        streams::check_anticipation(params, "soa"),
    ]
    .into_iter()
    .flatten()
    .collect()
}
