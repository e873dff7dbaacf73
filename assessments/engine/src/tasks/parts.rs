//! What several tasks share: practice, feedback, blocks and their parameters.

use crate::{
    Scene, SceneBook, SceneId,
    params::{ParamError, ParamKind, ParamSpec, Params},
    scene::{Ink, Shape},
    score::Board,
    script::Feedback,
    spec::{Block, Criterion, words},
};
use contract::task::{Quality, Trial};

/// How long feedback stays, milliseconds.
const FEEDBACK_MS: f64 = 800.0;

/// Practice of a task.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Practice {
    pub trials: u32,
    pub criterion: Criterion,
}

impl Practice {
    pub(super) fn new(params: &Params) -> Self {
        let share = params.number("practice_criterion");
        let rounds = params.count("practice_rounds");
        Self { trials: params.count("practice_trials"), criterion: Criterion { share, rounds } }
    }
}

/// Practice and `blocks` blocks of the test that differ by one trial at most.
pub(super) fn blocks(practice: Practice, trials: u32, blocks: u32) -> Vec<Block> {
    let blocks = blocks.max(1);
    let first = Block::practice(practice.trials, practice.criterion);
    let test = (0..blocks).map(|i| Block::test(trials / blocks + u32::from(i < trials % blocks)));
    core::iter::once(first).chain(test).collect()
}

/// The scenes of feedback, from the task's texts `feedback.*`.
pub(super) fn feedback(text: &dyn Fn(&str) -> String, scenes: &mut SceneBook) -> Feedback {
    let mut scene = |key: &str, ink: Ink| -> SceneId {
        let words = Shape::Text(text(key));
        scenes.add(Scene::new(key).with(words, [0, 0, 900, 90], ink))
    };
    Feedback {
        right: scene("feedback.right", Ink::Good),
        wrong: scene("feedback.wrong", Ink::Bad),
        slow: scene("feedback.slow", Ink::Bad),
        early: scene("feedback.early", Ink::Bad),
        ms: FEEDBACK_MS,
        rt: None,
    }
}

/// Writes the share of test trials without any of Q0 to Q4.
pub(super) fn clean_share(board: &mut Board, counted: &[&Trial]) {
    let clean = counted.iter().filter(|t| !t.quality.any(Quality::TIMING)).count();
    board.share("clean_share", crate::score::rules::COUNTED, counted.len(), clean);
}

pub(super) const fn practice_trials(default: i64, source: Option<&'static str>) -> ParamSpec {
    ParamSpec {
        name: "practice_trials",
        kind: ParamKind::Int { default, min: 0, max: 60 },
        unit: "trials",
        label: words("Practice trials", "Essais d’entraînement"),
        meaning: words(
            "Trials with feedback before the test; 0 for none.",
            "Essais avec retour avant le test ; 0 pour aucun.",
        ),
        source,
    }
}

pub(super) const fn anticipation(default: i64) -> ParamSpec {
    ParamSpec {
        name: "anticipation",
        kind: ParamKind::Int { default, min: 0, max: 400 },
        unit: "ms",
        label: words("Anticipation limit", "Limite d’anticipation"),
        meaning: words(
            "Responses faster than this cannot be reactions; they are counted apart.",
            "Une réponse plus rapide ne peut pas être une réaction ; elle est comptée à part.",
        ),
        source: None,
    }
}

pub(super) const fn blocks_param(default: i64) -> ParamSpec {
    ParamSpec {
        name: "blocks",
        kind: ParamKind::Int { default, min: 1, max: 12 },
        unit: "",
        label: words("Parts", "Parties"),
        meaning: words(
            "The test is cut into so many parts, with a rest between them.",
            "Le test est divisé en autant de parties, avec une pause entre elles.",
        ),
        source: None,
    }
}

const fn criterion(default: f64) -> ParamSpec {
    ParamSpec {
        name: "practice_criterion",
        kind: ParamKind::Number { default, min: 0.0, max: 1.0 },
        unit: "",
        label: words("Practice criterion", "Critère d’entraînement"),
        meaning: words(
            "Share of right practice trials (0 to 1) that is enough to go on.",
            "Part d’essais d’entraînement justes (0 à 1) qui suffit pour continuer.",
        ),
        source: None,
    }
}

pub(super) const CRITERION_HALF: ParamSpec = criterion(0.5);
pub(super) const CRITERION_CHOICE: ParamSpec = criterion(0.75);

pub(super) const ROUNDS: ParamSpec = ParamSpec {
    name: "practice_rounds",
    kind: ParamKind::Int { default: 3, min: 1, max: 5 },
    unit: "",
    label: words("Practice rounds", "Tours d’entraînement"),
    meaning: words(
        "Practice is run this often at most. After that the test begins, with a flag.",
        "L’entraînement est fait au plus ce nombre de fois. Ensuite le test commence, avec une marque.",
    ),
    source: None,
};

pub(super) const DROP_FLAGGED: ParamSpec = ParamSpec {
    name: "drop_flagged",
    kind: ParamKind::Flag { default: false },
    unit: "",
    label: words("Leave out flagged trials", "Écarter les essais marqués"),
    meaning: words(
        "Leave trials with timing flags Q0 to Q4 out of RT scores (rule RQ).",
        "Écarter des scores de TR les essais portant une marque de chronométrage Q0 à Q4 (règle RQ).",
    ),
    source: None,
};

pub(super) fn check_anticipation(params: &Params) -> Option<ParamError> {
    let timeout = params.int("timeout");
    (params.int("anticipation") >= timeout).then(|| {
        ParamError::new("anticipation", "order", format!("must be below timeout, {timeout}."))
    })
}

pub(super) fn check_blocks(blocks: u32, trials: u32) -> Option<ParamError> {
    (blocks > trials)
        .then(|| ParamError::new("blocks", "order", format!("must be at most trials, {trials}.")))
}
