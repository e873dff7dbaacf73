//! Parameters of the SART.

use crate::{
    params::{ParamError, ParamKind, ParamSpec, Params, Value},
    spec::{Preset, words},
    tasks::{
        parts::{self, Practice},
        streams,
    },
};

const ROBERTSON: Option<&str> = Some("Robertson et al. 1997");

pub(super) const PARAMS: &[ParamSpec] = &[
    ParamSpec {
        name: "rounds",
        kind: ParamKind::Int { default: 25, min: 3, max: 60 },
        unit: "",
        label: words("Times of each digit", "Fois de chaque chiffre"),
        meaning: words(
            "Each of the nine digits comes so often; 25 makes 225 trials.",
            "Chacun des neuf chiffres vient autant de fois ; 25 donne 225 essais.",
        ),
        source: ROBERTSON,
    },
    parts::practice_trials(18, ROBERTSON),
    ParamSpec {
        name: "no_go",
        kind: ParamKind::Int { default: 3, min: 1, max: 9 },
        unit: "",
        label: words("Digit to let pass", "Chiffre à laisser passer"),
        meaning: words(
            "The one digit at which not to press.",
            "Le seul chiffre auquel il ne faut pas appuyer.",
        ),
        source: ROBERTSON,
    },
    ParamSpec {
        name: "order",
        kind: ParamKind::Choice { default: "random", options: &["random", "fixed"] },
        unit: "",
        label: words("Order", "Ordre"),
        meaning: words(
            "Random, no digit after itself; or fixed, from 1 to 9 again and again.",
            "Au hasard, aucun chiffre après lui-même ; ou fixe, de 1 à 9 encore et encore.",
        ),
        source: ROBERTSON,
    },
    streams::stimulus(250, ROBERTSON),
    streams::soa(1150, ROBERTSON),
    parts::anticipation(100),
    parts::CRITERION_CHOICE,
    parts::ROUNDS,
    parts::DROP_FLAGGED,
];

pub(super) const PRESETS: &[Preset] = &[Preset {
    id: "fixed_children",
    name: words("Children, fixed order", "Enfants, ordre fixe"),
    meaning: words(
        "Digits in order and at a slower pace: the 3 can be seen coming, so that only attention is asked for.",
        "Chiffres dans l’ordre et plus lents : on voit venir le 3, seule l’attention est demandée.",
    ),
    source: "Johnson et al. 2007, Neuropsychologia 45:2234–2245",
    values: &[
        ("order", Value::Choice("fixed")),
        ("stimulus", Value::Int(313)),
        ("soa", Value::Int(1439)),
    ],
}];

/// Parameters in force. Times are milliseconds.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sart {
    pub rounds: u32,
    pub practice: Practice,
    pub no_go: u32,
    pub fixed: bool,
    pub stimulus: f64,
    pub soa: f64,
    pub anticipation: f64,
}

impl Sart {
    pub(super) fn new(params: &Params) -> Self {
        Self {
            rounds: params.count("rounds"),
            practice: Practice::new(params),
            no_go: params.count("no_go"),
            fixed: params.choice("order") == "fixed",
            stimulus: params.number("stimulus"),
            soa: params.number("soa"),
            anticipation: params.number("anticipation"),
        }
    }

    pub(super) const fn trials(&self) -> u32 {
        self.rounds * super::DIGITS
    }

    pub(super) fn minutes(&self) -> f64 {
        streams::minutes(self.practice, self.trials(), 1, self.soa / 1000.0)
    }
}

pub(super) fn check(params: &Params) -> Vec<ParamError> {
    let task = Sart::new(params);
    let uneven = (!task.practice.trials.is_multiple_of(super::DIGITS)).then(|| {
        let message = "must be a multiple of 9, the number of digits.".into();
        ParamError::new("practice_trials", "multiple", message)
    });
    [uneven, streams::check_stimulus(params, "soa"), streams::check_anticipation(params, "soa")]
        .into_iter()
        .flatten()
        .collect()
}
