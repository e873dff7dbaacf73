//! Parameters of delay discounting.

use super::items::{ADJUSTING, MCQ};
use crate::{
    params::{ParamError, ParamKind, ParamSpec, Params},
    spec::words,
    tasks::parts::{self, Practice},
};

/// Choices for each delay of the adjusting-amount procedure.
pub(super) const STEPS: u32 = 6;
/// Choices of the 5-trial procedure.
pub(super) const RUNGS: u32 = 5;

pub(super) const PARAMS: &[ParamSpec] = &[
    ParamSpec {
        name: "procedure",
        kind: ParamKind::Choice { default: "mcq", options: &["mcq", "adjusting", "five_trial"] },
        unit: "",
        label: words("Procedure", "Procédure"),
        meaning: words(
            "mcq: the 27 questions of Kirby. adjusting: six choices at each of five delays. five_trial: five choices, half the amount now or all of it later.",
            "mcq : les 27 questions de Kirby. adjusting : six choix à chacun de cinq délais. five_trial : cinq choix, la moitié maintenant ou tout plus tard.",
        ),
        source: Some(
            "Kirby, Petry & Bickel 1999; Du, Green & Myerson 2002; Koffarnus & Bickel 2014",
        ),
    },
    ParamSpec {
        name: "amount",
        kind: ParamKind::Int { default: 1000, min: 64, max: 9999 },
        unit: "",
        label: words("Later amount", "Montant différé"),
        meaning: words(
            "The amount that is paid later, in the adjusting and the 5-trial procedure; the 27 questions have their own.",
            "Le montant payé plus tard, dans les procédures adjusting et five_trial ; les 27 questions ont les leurs.",
        ),
        source: Some("Koffarnus & Bickel 2014"),
    },
    ParamSpec {
        name: "currency",
        kind: ParamKind::Choice { default: "eur", options: &["eur", "usd", "gbp", "chf", "cad"] },
        unit: "",
        label: words("Currency", "Monnaie"),
        meaning: words(
            "Sign beside the amounts; the amounts stay the same.",
            "Signe à côté des montants ; les montants restent les mêmes.",
        ),
        source: None,
    },
    parts::practice_trials(4, None),
    ParamSpec {
        name: "timeout",
        kind: ParamKind::Int { default: 60_000, min: 5_000, max: 300_000 },
        unit: "ms",
        label: words("Response window", "Délai de réponse"),
        meaning: words(
            "The offer stays until a choice, at most this long. No choice by then is an omission.",
            "L’offre reste jusqu’au choix, au plus ce temps. Sans choix d’ici là, c’est une omission.",
        ),
        source: None,
    },
    ParamSpec {
        name: "iti",
        kind: ParamKind::Int { default: 500, min: 100, max: 5000 },
        unit: "ms",
        label: words("Pause between choices", "Pause entre les choix"),
        meaning: words("Empty screen after each choice.", "Écran vide après chaque choix."),
        source: None,
    },
    parts::anticipation(200),
    parts::CRITERION_CHOICE,
    parts::ROUNDS,
    parts::DROP_FLAGGED,
];

/// How the choices are made up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Procedure {
    Mcq,
    Adjusting,
    FiveTrial,
}

/// Parameters in force.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct DelayDiscounting {
    pub procedure: Procedure,
    pub amount: u32,
    /// Key of the text of an amount.
    pub currency: &'static str,
    pub practice: Practice,
    /// Milliseconds.
    pub timeout: f64,
    /// Milliseconds.
    pub iti: f64,
    /// Milliseconds.
    pub anticipation: f64,
}

impl DelayDiscounting {
    pub(super) fn new(params: &Params) -> Self {
        Self {
            procedure: match params.choice("procedure") {
                "adjusting" => Procedure::Adjusting,
                "five_trial" => Procedure::FiveTrial,
                _ => Procedure::Mcq,
            },
            amount: params.count("amount"),
            currency: match params.choice("currency") {
                "usd" => "amount.usd",
                "gbp" => "amount.gbp",
                "chf" => "amount.chf",
                "cad" => "amount.cad",
                _ => "amount.eur",
            },
            practice: Practice::new(params),
            timeout: params.number("timeout"),
            iti: params.number("iti"),
            anticipation: params.number("anticipation"),
        }
    }

    pub(super) fn trials(&self) -> u32 {
        let count = |list: usize| u32::try_from(list).unwrap_or(0);
        match self.procedure {
            Procedure::Mcq => count(MCQ.len()),
            Procedure::Adjusting => count(ADJUSTING.len()) * STEPS,
            Procedure::FiveTrial => RUNGS,
        }
    }

    /// One minute of reading and four seconds a choice.
    pub(super) fn minutes(&self) -> f64 {
        let choices = f64::from(self.trials() + self.practice.trials);
        1.0 + choices * (4.0 + self.iti / 1000.0) / 60.0
    }
}

pub(super) fn check(params: &Params) -> Vec<ParamError> {
    parts::check_anticipation(params).into_iter().collect()
}
