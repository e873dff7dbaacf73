//! Parameters of task switching.

use crate::{
    params::{ParamError, ParamKind, ParamSpec, Params},
    spec::{Words, words},
    tasks::{
        parts,
        usual::{self, Usual},
    },
};

/// Tasks (two) × switch or repetition × delays (two) × digits (eight).
pub(super) const MIXED: u32 = 64;
/// Delays (two) × digits (eight).
pub(super) const SINGLE: u32 = 16;

const MEIRAN: Option<&str> = Some("Meiran 1996");
const ROGERS: Option<&str> = Some("Rogers & Monsell 1995");

const fn ms(
    name: &'static str,
    default: i64,
    [min, max]: [i64; 2],
    label: Words,
    meaning: Words,
    source: Option<&'static str>,
) -> ParamSpec {
    let kind = ParamKind::Int { default, min, max };
    ParamSpec { name, kind, unit: "ms", label, meaning, source }
}

pub(super) const PARAMS: &[ParamSpec] = &[
    usual::trials(
        128,
        640,
        words(
            "Trials with both tasks mixed: a multiple of 64 times the parts. One more begins each part and does not count.",
            "Essais avec les deux tâches mêlées : un multiple de 64 fois les parties. Un de plus commence chaque partie et ne compte pas.",
        ),
        ROGERS,
    ),
    ParamSpec {
        name: "single_trials",
        kind: ParamKind::Int { default: 32, min: 16, max: 160 },
        unit: "trials",
        label: words("Trials of one task", "Essais d’une seule tâche"),
        meaning: words(
            "Trials of each task alone, before the mixed ones: a multiple of 16.",
            "Essais de chaque tâche seule, avant les essais mêlés : un multiple de 16.",
        ),
        source: None,
    },
    parts::practice_trials(8, None),
    ParamSpec {
        name: "first_task",
        kind: ParamKind::Choice { default: "parity", options: &["parity", "size"] },
        unit: "",
        label: words("First task", "Première tâche"),
        meaning: words(
            "Which task comes first alone; change it for half of the participants.",
            "Quelle tâche vient seule en premier ; à inverser pour la moitié des participants.",
        ),
        source: None,
    },
    ms(
        "csi_short",
        100,
        [17, 3000],
        words("Short preparation", "Préparation courte"),
        words(
            "From the question to the digit, in half of the trials.",
            "De la question au chiffre, dans la moitié des essais.",
        ),
        MEIRAN,
    ),
    ms(
        "csi_long",
        900,
        [17, 3000],
        words("Long preparation", "Préparation longue"),
        words(
            "From the question to the digit, in the other half.",
            "De la question au chiffre, dans l’autre moitié.",
        ),
        MEIRAN,
    ),
    ms(
        "rsi",
        1200,
        [200, 6000],
        words("From answer to digit", "De la réponse au chiffre"),
        words(
            "From an answer to the next digit: the same for both preparations, so that only preparing differs.",
            "D’une réponse au chiffre suivant : égal pour les deux préparations, pour que seule la préparation diffère.",
        ),
        MEIRAN,
    ),
    usual::timeout(2500, None),
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
            "At most so many switches, and so many repetitions, come in a row.",
            "Au plus autant de changements, et autant de répétitions, se suivent.",
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
pub(super) struct TaskSwitching {
    pub usual: Usual,
    pub single_trials: u32,
    pub parity_first: bool,
    /// From cue to digit: short and long.
    pub csi: [i64; 2],
    pub rsi: i64,
    pub reminder: bool,
    pub max_run: u32,
}

impl TaskSwitching {
    pub(super) fn new(params: &Params) -> Self {
        Self {
            usual: Usual::new(params),
            single_trials: params.count("single_trials"),
            parity_first: params.choice("first_task") == "parity",
            csi: ["csi_short", "csi_long"].map(|name| params.int(name)),
            rsi: params.int("rsi"),
            reminder: params.flag("reminder"),
            max_run: params.count("max_run"),
        }
    }

    /// Two minutes of reading, half a minute a rest, and per trial 0.7 s and the time to the digit.
    #[expect(clippy::cast_precision_loss, reason = "milliseconds far below 2^53")]
    pub(super) fn minutes(&self) -> f64 {
        let Usual { trials, practice, blocks, .. } = self.usual;
        let seconds = self.rsi as f64 / 1000.0 + 0.7;
        let test = f64::from(trials + 2 * self.single_trials) * seconds;
        let practice = f64::from(4 * practice.trials) * (seconds + 0.8);
        2.0 + (test + practice + f64::from(blocks + 1) * 30.0) / 60.0
    }
}

pub(super) fn check(params: &Params) -> Vec<ParamError> {
    let task = TaskSwitching::new(params);
    let Usual { trials, practice, blocks, .. } = task.usual;
    let mut errors = Vec::new();
    errors.extend(usual::check_multiple("trials", trials, MIXED, blocks));
    errors.extend(usual::check_multiple("single_trials", task.single_trials, SINGLE, 1));
    errors.extend(usual::check_multiple("practice_trials", practice.trials, 4, 1));
    let [short, long] = task.csi;
    if short >= long {
        let message = format!("must be above csi_short, {short}.");
        errors.push(ParamError::new("csi_long", "order", message));
    }
    if task.rsi < long + 100 {
        let message = format!("must be at least 100 above csi_long, {long}.");
        errors.push(ParamError::new("rsi", "order", message));
    }
    errors.extend(parts::check_anticipation(params));
    errors
}
