//! Parameters of the n-back task.

use crate::{
    params::{ParamError, ParamKind, ParamSpec, Params},
    spec::{Words, words},
    tasks::parts::{self, Practice},
};

const JAEGGI: Option<&str> = Some("Jaeggi et al. 2010");

const fn int(
    name: &'static str,
    unit: &'static str,
    [default, min, max]: [i64; 3],
    label: Words,
    meaning: Words,
    source: Option<&'static str>,
) -> ParamSpec {
    let kind = ParamKind::Int { default, min, max };
    ParamSpec { name, kind, unit, label, meaning, source }
}

pub(super) const PARAMS: &[ParamSpec] = &[
    int(
        "level_min",
        "",
        [1, 1, 4],
        words("Lowest level", "Niveau le plus bas"),
        words(
            "How many letters back at first; all levels up to the highest follow.",
            "De combien de lettres en arrière au début ; tous les niveaux jusqu’au plus haut suivent.",
        ),
        JAEGGI,
    ),
    int(
        "level_max",
        "",
        [3, 1, 4],
        words("Highest level", "Niveau le plus haut"),
        words("How many letters back at the end.", "De combien de lettres en arrière à la fin."),
        JAEGGI,
    ),
    int(
        "blocks",
        "",
        [3, 1, 10],
        words("Parts of each level", "Parties de chaque niveau"),
        words(
            "So many sequences of letters at each level, with a rest between them.",
            "Autant de suites de lettres à chaque niveau, avec une pause entre elles.",
        ),
        JAEGGI,
    ),
    int(
        "trials",
        "trials",
        [20, 10, 100],
        words("Letters of a part", "Lettres d’une partie"),
        words(
            "Letters that can be matches; as many more as the level come before them.",
            "Lettres qui peuvent être des répétitions ; autant que le niveau viennent avant elles.",
        ),
        JAEGGI,
    ),
    int(
        "targets",
        "trials",
        [6, 2, 50],
        words("Matches of a part", "Répétitions d’une partie"),
        words("Letters that are matches.", "Lettres qui sont des répétitions."),
        JAEGGI,
    ),
    int(
        "lures",
        "trials",
        [2, 0, 20],
        words("Lures of a part", "Leurres d’une partie"),
        words(
            "Letters that match one place nearer or further than the level: at most 15 %.",
            "Lettres qui répètent une place plus près ou plus loin que le niveau : au plus 15 %.",
        ),
        None,
    ),
    int(
        "stimulus",
        "ms",
        [500, 100, 5000],
        words("Letter", "Lettre"),
        words("Time of each letter.", "Durée de chaque lettre."),
        JAEGGI,
    ),
    int(
        "soa",
        "ms",
        [3000, 500, 10_000],
        words("From letter to letter", "D’une lettre à l’autre"),
        words(
            "From the onset of one letter to that of the next; an answer counts until then.",
            "Du début d’une lettre à celui de la suivante ; une réponse compte jusque-là.",
        ),
        JAEGGI,
    ),
    parts::practice_trials(12, None),
    parts::anticipation(150),
    parts::CRITERION_CHOICE,
    parts::ROUNDS,
    parts::DROP_FLAGGED,
];

/// Parameters in force.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Nback {
    pub levels: [u8; 2],
    pub blocks: u32,
    pub trials: u32,
    pub targets: u32,
    pub lures: u32,
    /// Milliseconds.
    pub stimulus: f64,
    /// Milliseconds.
    pub soa: f64,
    pub practice: Practice,
    /// Milliseconds.
    pub anticipation: f64,
}

impl Nback {
    pub(super) fn new(params: &Params) -> Self {
        let level = |name| u8::try_from(params.count(name)).unwrap_or(1);
        Self {
            levels: [level("level_min"), level("level_max")],
            blocks: params.count("blocks"),
            trials: params.count("trials"),
            targets: params.count("targets"),
            lures: params.count("lures"),
            stimulus: params.number("stimulus"),
            soa: params.number("soa"),
            practice: Practice::new(params),
            anticipation: params.number("anticipation"),
        }
    }

    pub(super) fn each_level(&self) -> impl Iterator<Item = u8> {
        self.levels[0]..=self.levels[1]
    }

    /// A minute of reading and a quarter a level, 20 s a rest; practice with 0.9 s of feedback and pause.
    pub(super) fn minutes(&self) -> f64 {
        let soa = self.soa / 1000.0;
        let level = |n: u8| {
            let n = u32::from(n);
            let test = f64::from((self.trials + n) * self.blocks) * soa;
            let practice = f64::from(self.practice.trials + n) * (soa + 0.9);
            let practice = if self.practice.trials > 0 { practice } else { 0.0 };
            15.0 + test + practice + f64::from(self.blocks) * 20.0
        };
        1.0 + self.each_level().map(level).sum::<f64>() / 60.0
    }
}

pub(super) fn check(params: &Params) -> Vec<ParamError> {
    let task = Nback::new(params);
    let mut errors = Vec::new();
    let [low, high] = task.levels;
    if low > high {
        let message = format!("must be at least level_min, {low}.");
        errors.push(ParamError::new("level_max", "order", message));
    }
    if task.targets * 2 > task.trials {
        let message = format!("must be at most half of trials, {}.", task.trials / 2);
        errors.push(ParamError::new("targets", "order", message));
    }
    let most = task.trials * 15 / 100;
    if task.lures > most {
        let message = format!("must be at most 15 % of trials, {most}.");
        errors.push(ParamError::new("lures", "order", message));
    }
    if task.stimulus >= task.soa {
        let message = format!("must be below soa, {}.", params.int("soa"));
        errors.push(ParamError::new("stimulus", "order", message));
    }
    if task.anticipation >= task.soa {
        let message = format!("must be below soa, {}.", params.int("soa"));
        errors.push(ParamError::new("anticipation", "order", message));
    }
    if task.practice.trials > 0 && task.practice.trials < 6 {
        let message = "must be 0 or at least 6.".into();
        errors.push(ParamError::new("practice_trials", "range", message));
    }
    errors
}
