//! Parameters of letter-number switching.

use crate::{
    params::{ParamError, ParamKind, ParamSpec, Params},
    spec::words,
    tasks::{
        parts,
        usual::{self, Usual},
    },
};

/// Tasks (two) × switch or repetition × congruency (two) × answers (two).
pub(super) const MIXED: u32 = 16;

const ROGERS: Option<&str> = Some("Rogers & Monsell 1995");

pub(super) const PARAMS: &[ParamSpec] = &[
    usual::trials(
        128,
        768,
        words(
            "Trials with both questions mixed: a multiple of 16 times the parts. One more begins each part and does not count.",
            "Essais avec les deux questions mêlées : un multiple de 16 fois les parties. Un de plus commence chaque partie et ne compte pas.",
        ),
        None,
    ),
    parts::practice_trials(8, None),
    ParamSpec {
        name: "cue",
        kind: ParamKind::Choice { default: "place", options: &["place", "word"] },
        unit: "",
        label: words("What tells the question", "Ce qui indique la question"),
        meaning: words(
            "place: pairs go round four boxes; letters count above, numbers below, so every second trial is a switch. word: a word before each pair, in random order, with one half of switches.",
            "place : les paires font le tour de quatre cases ; la lettre compte en haut, le nombre en bas, donc un essai sur deux est un changement. word : un mot avant chaque paire, dans le désordre, avec une moitié de changements.",
        ),
        source: ROGERS,
    },
    ParamSpec {
        name: "rsi",
        kind: ParamKind::Int { default: 600, min: 150, max: 6000 },
        unit: "ms",
        label: words("From answer to pair", "De la réponse à la paire"),
        meaning: words(
            "From an answer to the next pair; the cost of switching falls up to about 600 ms.",
            "D’une réponse à la paire suivante ; le coût du changement baisse jusqu’à 600 ms environ.",
        ),
        source: ROGERS,
    },
    ParamSpec {
        name: "csi",
        kind: ParamKind::Int { default: 400, min: 17, max: 3000 },
        unit: "ms",
        label: words("From word to pair", "Du mot à la paire"),
        meaning: words(
            "Time of the word before the pair, where a word tells the question.",
            "Durée du mot avant la paire, quand un mot indique la question.",
        ),
        source: None,
    },
    usual::timeout(5000, ROGERS),
    ParamSpec {
        name: "reminder",
        kind: ParamKind::Flag { default: true },
        unit: "",
        label: words("Reminder", "Rappel"),
        meaning: words(
            "What each side means stays written below.",
            "Ce que veut dire chaque côté reste écrit en bas.",
        ),
        source: None,
    },
    usual::max_run(
        4,
        words(
            "At most so many trials with the same side come in a row, and so many switches or repetitions.",
            "Au plus autant d’essais du même côté se suivent, et autant de changements ou de répétitions.",
        ),
        None,
    ),
    parts::anticipation(150),
    parts::blocks_param(2),
    parts::CRITERION_CHOICE,
    parts::ROUNDS,
    parts::DROP_FLAGGED,
];

/// Parameters in force. Times are milliseconds.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct LetterNumber {
    pub usual: Usual,
    /// Whether the place of a pair tells the question; else a word does.
    pub by_place: bool,
    pub rsi: f64,
    pub csi: f64,
    pub reminder: bool,
    pub max_run: u32,
}

impl LetterNumber {
    pub(super) fn new(params: &Params) -> Self {
        Self {
            usual: Usual::new(params),
            by_place: params.choice("cue") == "place",
            rsi: params.number("rsi"),
            csi: params.number("csi"),
            reminder: params.flag("reminder"),
            max_run: params.count("max_run"),
        }
    }

    /// Two minutes of reading, half a minute a rest, and per trial 0.9 s and the time to the pair.
    pub(super) fn minutes(&self) -> f64 {
        let Usual { trials, practice, blocks, .. } = self.usual;
        let seconds = self.rsi / 1000.0 + 0.9;
        let test = f64::from(trials) * seconds;
        let practice = f64::from(4 * practice.trials) * (seconds + 0.8);
        2.0 + (test + practice + f64::from(blocks.saturating_sub(1)) * 30.0) / 60.0
    }
}

pub(super) fn check(params: &Params) -> Vec<ParamError> {
    let task = LetterNumber::new(params);
    let Usual { trials, practice, blocks, .. } = task.usual;
    let mut errors = Vec::new();
    errors.extend(usual::check_multiple("trials", trials, MIXED, blocks));
    errors.extend(usual::check_multiple("practice_trials", practice.trials, 4, 1));
    if !task.by_place && task.rsi < task.csi + 100.0 {
        let message = format!("must be at least 100 above csi, {}.", params.int("csi"));
        errors.push(ParamError::new("rsi", "order", message));
    }
    if task.max_run < 2 {
        let message = "must be at least 2: else the sides would only alternate.".into();
        errors.push(ParamError::new("max_run", "order", message));
    }
    errors.extend(parts::check_anticipation(params));
    errors
}
