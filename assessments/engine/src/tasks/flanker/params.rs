//! Parameters of the flanker.

use crate::{
    params::{ParamError, ParamKind, ParamSpec, Params},
    spec::words,
    tasks::parts::{self, Practice},
};

pub(super) const PARAMS: &[ParamSpec] = &[
    ParamSpec {
        name: "trials",
        kind: ParamKind::Int { default: 96, min: 8, max: 480 },
        unit: "trials",
        label: words("Test trials", "Essais du test"),
        meaning: words(
            "Number of trials that count: a multiple of 4 times the parts (of 6 times, with neutral trials).",
            "Nombre d’essais qui comptent : un multiple de 4 fois les parties (de 6 fois, avec essais neutres).",
        ),
        source: None,
    },
    parts::practice_trials(12, None),
    ParamSpec {
        name: "neutral",
        kind: ParamKind::Flag { default: false },
        unit: "",
        label: words("Neutral trials", "Essais neutres"),
        meaning: words(
            "A third of the trials has bars instead of arrows beside the target.",
            "Un tiers des essais a des barres au lieu de flèches à côté de la cible.",
        ),
        source: None,
    },
    ParamSpec {
        name: "fixation",
        kind: ParamKind::Int { default: 500, min: 100, max: 3000 },
        unit: "ms",
        label: words("Fixation", "Fixation"),
        meaning: words(
            "Time of the cross before the arrows.",
            "Durée de la croix avant les flèches.",
        ),
        source: None,
    },
    ParamSpec {
        name: "flanker_lead",
        kind: ParamKind::Int { default: 0, min: 0, max: 500 },
        unit: "ms",
        label: words("Neighbours first", "Voisines d’abord"),
        meaning: words(
            "The neighbours come this long before the middle arrow; 100 to 200 makes them harder to ignore.",
            "Les voisines apparaissent ce temps avant la flèche du milieu ; de 100 à 200, elles sont plus dures à ignorer.",
        ),
        source: None,
    },
    ParamSpec {
        name: "timeout",
        kind: ParamKind::Int { default: 1500, min: 300, max: 10_000 },
        unit: "ms",
        label: words("Response window", "Délai de réponse"),
        meaning: words(
            "The arrows stay until a response, at most this long. No response by then is an omission.",
            "Les flèches restent jusqu’à la réponse, au plus ce temps. Sans réponse d’ici là, c’est une omission.",
        ),
        source: None,
    },
    ParamSpec {
        name: "iti",
        kind: ParamKind::Int { default: 500, min: 100, max: 5000 },
        unit: "ms",
        label: words("Pause between trials", "Pause entre les essais"),
        meaning: words("Empty screen after each trial.", "Écran vide après chaque essai."),
        source: None,
    },
    ParamSpec {
        name: "max_run",
        kind: ParamKind::Int { default: 3, min: 1, max: 20 },
        unit: "trials",
        label: words("Longest run", "Plus longue série"),
        meaning: words(
            "At most so many trials of the same congruency come in a row.",
            "Au plus autant d’essais de même congruence se suivent.",
        ),
        source: None,
    },
    parts::anticipation(150),
    parts::blocks_param(2),
    parts::CRITERION_CHOICE,
    parts::ROUNDS,
    parts::DROP_FLAGGED,
];

/// Parameters in force. Times are milliseconds.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Flanker {
    pub trials: u32,
    pub practice: Practice,
    pub neutral: bool,
    pub fixation: f64,
    pub flanker_lead: f64,
    pub timeout: f64,
    pub iti: f64,
    pub max_run: u32,
    pub anticipation: f64,
    pub blocks: u32,
}

impl Flanker {
    pub(super) fn new(params: &Params) -> Self {
        Self {
            trials: params.count("trials"),
            practice: Practice::new(params),
            neutral: params.flag("neutral"),
            fixation: params.number("fixation"),
            flanker_lead: params.number("flanker_lead"),
            timeout: params.number("timeout"),
            iti: params.number("iti"),
            max_run: params.count("max_run"),
            anticipation: params.number("anticipation"),
            blocks: params.count("blocks"),
        }
    }

    /// One minute of reading, half a minute a rest, and per trial its times and 0.6 s (practice:
    /// 0.8 s of feedback more).
    pub(super) fn minutes(&self) -> f64 {
        let trial = (self.fixation + self.flanker_lead + self.iti) / 1000.0 + 0.6;
        let test = f64::from(self.trials) * trial;
        let practice = f64::from(self.practice.trials) * (trial + 0.8);
        let rests = f64::from(self.blocks.saturating_sub(1)) * 30.0;
        1.0 + (test + practice + rests) / 60.0
    }

    /// Cells of congruency × direction.
    const fn cells(&self) -> u32 {
        if self.neutral { 6 } else { 4 }
    }
}

pub(super) fn check(params: &Params) -> Vec<ParamError> {
    let mut errors = Vec::new();
    let task = Flanker::new(params);
    let step = task.cells() * task.blocks;
    if !task.trials.is_multiple_of(step) {
        let message = format!(
            "must be a multiple of {step}: {} cells in each of {} parts.",
            task.cells(),
            task.blocks
        );
        errors.push(ParamError::new("trials", "multiple", message));
    }
    if !task.practice.trials.is_multiple_of(task.cells()) {
        let message = format!("must be a multiple of {}, the number of cells.", task.cells());
        errors.push(ParamError::new("practice_trials", "multiple", message));
    }
    errors.extend(parts::check_anticipation(params));
    errors
}
