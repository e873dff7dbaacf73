//! Parameters and steps that choice tasks have in common: fixation, response window, pause, runs.

use crate::{
    SceneId,
    params::{ParamError, ParamKind, ParamSpec, Params},
    script::{Ends, Feedback, Script, Step},
    spec::{Words, words},
    tasks::parts::Practice,
};
use contract::task::{Extra, Trial};

/// Times and counts of a choice task, as its parameters give them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Usual {
    pub trials: u32,
    pub practice: Practice,
    pub blocks: u32,
    /// Milliseconds; 0 where the task has no such parameter.
    pub fixation: f64,
    /// Milliseconds.
    pub timeout: f64,
    /// Milliseconds; 0 where the task has no such parameter.
    pub iti: f64,
    /// Milliseconds.
    pub anticipation: f64,
}

impl Usual {
    pub(super) fn new(params: &Params) -> Self {
        Self {
            trials: params.count("trials"),
            practice: Practice::new(params),
            blocks: params.count("blocks"),
            fixation: params.number("fixation"),
            timeout: params.number("timeout"),
            iti: params.number("iti"),
            anticipation: params.number("anticipation"),
        }
    }

    /// A script that ends with the response and leaves `rest` on the stage.
    pub(super) fn script(
        &self,
        steps: Vec<Step>,
        feedback: Option<Feedback>,
        rest: SceneId,
    ) -> Script {
        Script {
            steps: steps.into(),
            ends: Ends::OnResponse,
            feedback,
            rest,
            iti_ms: self.iti,
            anticipation_ms: self.anticipation,
            ..Script::default()
        }
    }

    /// One minute of reading, half a minute a rest, and per trial `seconds` and the fixation and
    /// pause (practice: 0.8 s of feedback more).
    pub(super) fn minutes(&self, seconds: f64) -> f64 {
        let trial = (self.fixation + self.iti) / 1000.0 + seconds;
        let test = f64::from(self.trials) * trial;
        let practice = f64::from(self.practice.trials) * (trial + 0.8);
        let rests = f64::from(self.blocks.saturating_sub(1)) * 30.0;
        1.0 + (test + practice + rests) / 60.0
    }
}

/// `trials`, with what it must be a multiple of in its meaning.
pub(super) const fn trials(
    default: i64,
    max: i64,
    meaning: Words,
    source: Option<&'static str>,
) -> ParamSpec {
    ParamSpec {
        name: "trials",
        kind: ParamKind::Int { default, min: 8, max },
        unit: "trials",
        label: words("Test trials", "Essais du test"),
        meaning,
        source,
    }
}

pub(super) const fn fixation(default: i64, source: Option<&'static str>) -> ParamSpec {
    ParamSpec {
        name: "fixation",
        kind: ParamKind::Int { default, min: 100, max: 3000 },
        unit: "ms",
        label: words("Fixation", "Fixation"),
        meaning: words(
            "Time of the cross before the stimulus.",
            "Durée de la croix avant le stimulus.",
        ),
        source,
    }
}

pub(super) const fn timeout(default: i64, source: Option<&'static str>) -> ParamSpec {
    ParamSpec {
        name: "timeout",
        kind: ParamKind::Int { default, min: 300, max: 10_000 },
        unit: "ms",
        label: words("Response window", "Délai de réponse"),
        meaning: words(
            "The stimulus stays until a response, at most this long. No response by then is an omission.",
            "Le stimulus reste jusqu’à la réponse, au plus ce temps. Sans réponse d’ici là, c’est une omission.",
        ),
        source,
    }
}

pub(super) const fn iti(default: i64, source: Option<&'static str>) -> ParamSpec {
    ParamSpec {
        name: "iti",
        kind: ParamKind::Int { default, min: 100, max: 5000 },
        unit: "ms",
        label: words("Pause between trials", "Pause entre les essais"),
        meaning: words("Empty screen after each trial.", "Écran vide après chaque essai."),
        source,
    }
}

pub(super) const fn max_run(
    default: i64,
    meaning: Words,
    source: Option<&'static str>,
) -> ParamSpec {
    ParamSpec {
        name: "max_run",
        kind: ParamKind::Int { default, min: 1, max: 20 },
        unit: "trials",
        label: words("Longest run", "Plus longue série"),
        meaning,
        source,
    }
}

/// `count` must fill `cells` equally in each of `blocks` parts.
pub(super) fn check_multiple(
    param: &'static str,
    count: u32,
    cells: u32,
    blocks: u32,
) -> Option<ParamError> {
    let step = cells.saturating_mul(blocks.max(1));
    let message = || {
        let parts = if blocks > 1 { format!(" in each of {blocks} parts") } else { String::new() };
        ParamError::new(
            param,
            "multiple",
            format!("must be a multiple of {step}: {cells} cells{parts}."),
        )
    };
    (!count.is_multiple_of(step)).then(message)
}

/// Writes `value` of the trial that was really run before, if there was one in this part.
pub(super) fn note_before(
    trial: &mut Trial,
    before: &[Trial],
    name: &str,
    value: impl Fn(&Trial) -> String,
) {
    let here = |t: &&Trial| (t.block, t.attempt) == (trial.block, trial.attempt);
    if let Some(last) = before.last().filter(here) {
        trial.extra.insert(name.into(), Extra::Text(value(last)));
    }
}

/// The text of a trial's own field; empty where there is none.
pub(super) fn text_of<'a>(trial: &'a Trial, name: &str) -> &'a str {
    match trial.extra.get(name) {
        Some(Extra::Text(text)) => text,
        _ => "",
    }
}

/// The whole number of a trial's own field.
pub(super) fn int_of(trial: &Trial, name: &str) -> Option<i64> {
    match trial.extra.get(name) {
        Some(Extra::Int(number)) => Some(*number),
        _ => None,
    }
}
