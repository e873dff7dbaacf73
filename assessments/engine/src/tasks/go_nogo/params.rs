//! Parameters of go/no-go.

use crate::{
    params::{ParamError, ParamKind, ParamSpec, Params, Value},
    spec::{Preset, words},
    tasks::{
        parts::{self, Practice},
        streams::{self, milliseconds},
        usual,
    },
};

pub(super) const PARAMS: &[ParamSpec] = &[
    usual::trials(
        160,
        800,
        words(
            "Number of trials that count; the share of no-go trials must be whole in each part.",
            "Nombre d’essais qui comptent ; la part d’essais no-go doit être entière dans chaque partie.",
        ),
        None,
    ),
    parts::practice_trials(20, None),
    ParamSpec {
        name: "no_go",
        kind: ParamKind::Int { default: 25, min: 10, max: 50 },
        unit: "%",
        label: words("No-go trials", "Essais no-go"),
        meaning: words(
            "Share of trials at which not to press; 20 to 25 makes pressing a habit.",
            "Part d’essais où il ne faut pas appuyer ; de 20 à 25, appuyer devient une habitude.",
        ),
        source: None,
    },
    ParamSpec {
        name: "max_gos",
        kind: ParamKind::Int { default: 4, min: 1, max: 30 },
        unit: "trials",
        label: words("Longest run of go trials", "Plus longue série d’essais go"),
        meaning: words(
            "At least one and at most so many go trials come before each no-go trial.",
            "Au moins un et au plus autant d’essais go précèdent chaque essai no-go.",
        ),
        source: None,
    },
    streams::stimulus(300, None),
    ParamSpec {
        name: "soa_min",
        kind: ParamKind::Int { default: 1000, min: 500, max: 6000 },
        unit: "ms",
        label: words("Shortest time between signs", "Temps le plus court entre les signes"),
        meaning: words(
            "From the onset of one sign to the onset of the next, drawn evenly between shortest and longest.",
            "De l’apparition d’un signe à celle du suivant, tiré uniformément entre le plus court et le plus long.",
        ),
        source: None,
    },
    ParamSpec {
        name: "soa_max",
        kind: ParamKind::Int { default: 1500, min: 500, max: 6000 },
        unit: "ms",
        label: words("Longest time between signs", "Temps le plus long entre les signes"),
        meaning: words(
            "Longest time from the onset of one sign to the onset of the next.",
            "Temps le plus long de l’apparition d’un signe à celle du suivant.",
        ),
        source: None,
    },
    parts::anticipation(150),
    parts::blocks_param(2),
    parts::CRITERION_CHOICE,
    parts::ROUNDS,
    parts::DROP_FLAGGED,
];

pub(super) const PRESETS: &[Preset] = &[Preset {
    id: "children",
    name: words("Young children", "Jeunes enfants"),
    meaning: words(
        "From about 4 years: longer signs, more time to answer, fewer trials. The times are our own.",
        "À partir de 4 ans environ : signes plus longs, plus de temps, moins d’essais. Les temps sont les nôtres.",
    ),
    source: "After Simpson & Riggs 2006, Journal of Experimental Child Psychology 94:18–30",
    values: &[
        ("trials", Value::Int(80)),
        ("stimulus", Value::Int(1000)),
        ("soa_min", Value::Int(2000)),
        ("soa_max", Value::Int(2500)),
    ],
}];

/// Parameters in force. Times are milliseconds.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct GoNogo {
    pub trials: u32,
    pub practice: Practice,
    pub percent: u32,
    pub max_gos: u32,
    pub stimulus: f64,
    pub soa_min: i64,
    pub soa_max: i64,
    pub anticipation: f64,
    pub blocks: u32,
}

impl GoNogo {
    pub(super) fn new(params: &Params) -> Self {
        Self {
            trials: params.count("trials"),
            practice: Practice::new(params),
            percent: params.count("no_go"),
            max_gos: params.count("max_gos"),
            stimulus: params.number("stimulus"),
            soa_min: params.int("soa_min"),
            soa_max: params.int("soa_max"),
            anticipation: params.number("anticipation"),
            blocks: params.count("blocks"),
        }
    }

    /// Go and no-go trials among so many.
    pub(super) const fn split(&self, trials: u32) -> (u32, u32) {
        let no_gos = trials * self.percent / 100;
        (trials - no_gos, no_gos)
    }

    pub(super) fn minutes(&self) -> f64 {
        let seconds = milliseconds(self.soa_min + self.soa_max) / 2000.0;
        streams::minutes(self.practice, self.trials, self.blocks, seconds)
    }

    /// Longest window for a press, milliseconds.
    pub(super) const fn longest(&self) -> f64 {
        milliseconds(self.soa_max)
    }

    /// Whether a block of so many trials has an order.
    fn fits(&self, trials: u32) -> bool {
        let (gos, no_gos) = self.split(trials);
        gos >= no_gos && gos <= self.max_gos * (no_gos + 1)
    }
}

pub(super) fn check(params: &Params) -> Vec<ParamError> {
    let task = GoNogo::new(params);
    let order = (task.soa_min > task.soa_max).then(|| {
        let message = format!("must be at least soa_min, {}.", task.soa_min);
        ParamError::new("soa_max", "order", message)
    });
    let fits = task.fits(task.trials / task.blocks.max(1)) && task.fits(task.practice.trials);
    let unsolvable = (!fits).then(|| {
        let message = "leaves too few no-go trials to part the go trials.".into();
        ParamError::new("max_gos", "unsolvable", message)
    });
    [
        streams::check_share("trials", task.trials, task.percent, task.blocks),
        streams::check_share("practice_trials", task.practice.trials, task.percent, 1),
        streams::check_stimulus(params, "soa_min"),
        streams::check_anticipation(params, "soa_min"),
        order,
        unsolvable,
    ]
    .into_iter()
    .flatten()
    .collect()
}
