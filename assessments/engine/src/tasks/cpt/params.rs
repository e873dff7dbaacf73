//! Parameters of the continuous performance test.

use crate::{
    params::{ParamError, ParamKind, ParamSpec, Params, Value},
    spec::{Preset, words},
    tasks::{
        parts::{self, Practice},
        streams::{self, milliseconds},
    },
};

const CONNERS: Option<&str> = Some("Conners 2000, CPT II");

const fn isi(
    name: &'static str,
    [default, min]: [i64; 2],
    label: crate::spec::Words,
    meaning: crate::spec::Words,
) -> ParamSpec {
    ParamSpec {
        name,
        kind: ParamKind::Int { default, min, max: 8000 },
        unit: "ms",
        label,
        meaning,
        source: CONNERS,
    }
}

pub(super) const PARAMS: &[ParamSpec] = &[
    ParamSpec {
        name: "cycles",
        kind: ParamKind::Int { default: 6, min: 1, max: 12 },
        unit: "",
        label: words("Stretches of the test", "Tranches du test"),
        meaning: words(
            "The test has so many stretches without a rest between them; each has one run of every pace.",
            "Le test a autant de tranches sans pause entre elles ; chacune a une série de chaque rythme.",
        ),
        source: CONNERS,
    },
    ParamSpec {
        name: "run_trials",
        kind: ParamKind::Int { default: 20, min: 10, max: 60 },
        unit: "trials",
        label: words("Trials of a run", "Essais d’une série"),
        meaning: words(
            "So many signs follow one another at the same pace.",
            "Autant de signes se suivent au même rythme.",
        ),
        source: CONNERS,
    },
    ParamSpec {
        name: "run_x",
        kind: ParamKind::Int { default: 2, min: 1, max: 10 },
        unit: "trials",
        label: words("X in a run", "X dans une série"),
        meaning: words(
            "So many of them are an X. It is never among the first two and never follows another X.",
            "Autant d’entre eux sont un X. Il n’est jamais parmi les deux premiers et ne suit jamais un autre X.",
        ),
        source: CONNERS,
    },
    parts::practice_trials(20, None),
    streams::stimulus(250, CONNERS),
    isi(
        "isi_1",
        [1000, 500],
        words("Quick pace", "Rythme rapide"),
        words(
            "From the onset of one sign to the onset of the next in quick runs.",
            "De l’apparition d’un signe à celle du suivant dans les séries rapides.",
        ),
    ),
    isi(
        "isi_2",
        [2000, 500],
        words("Middle pace", "Rythme moyen"),
        words(
            "The same in middle runs, and in practice.",
            "De même dans les séries moyennes et dans l’entraînement.",
        ),
    ),
    isi(
        "isi_3",
        [4000, 0],
        words("Slow pace", "Rythme lent"),
        words(
            "The same in slow runs; 0 for two paces only.",
            "De même dans les séries lentes ; 0 pour deux rythmes seulement.",
        ),
    ),
    ParamSpec {
        name: "signs",
        kind: ParamKind::Choice { default: "letters", options: &["letters", "shapes"] },
        unit: "",
        label: words("Signs", "Signes"),
        meaning: words(
            "Letters, or shapes for those who do not read yet. The X is the same.",
            "Des lettres, ou des formes pour qui ne lit pas encore. Le X est le même.",
        ),
        source: CONNERS,
    },
    parts::anticipation(100),
    parts::CRITERION_CHOICE,
    parts::ROUNDS,
    parts::DROP_FLAGGED,
];

pub(super) const PRESETS: &[Preset] = &[Preset {
    id: "age_4_7",
    name: words("4 to 7 years", "4 à 7 ans"),
    meaning: words(
        "Half as long, two slower paces, longer signs, shapes instead of letters.",
        "Deux fois plus court, deux rythmes plus lents, signes plus longs, formes au lieu de lettres.",
    ),
    source: "Conners 2015, K-CPT 2 (times; the shapes are our own)",
    values: &[
        ("cycles", Value::Int(5)),
        ("stimulus", Value::Int(500)),
        ("isi_1", Value::Int(1500)),
        ("isi_2", Value::Int(3000)),
        ("isi_3", Value::Int(0)),
        ("signs", Value::Choice("shapes")),
    ],
}];

/// Parameters in force. Times are milliseconds.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cpt {
    pub cycles: u32,
    pub run_trials: u32,
    pub run_x: u32,
    pub practice: Practice,
    pub stimulus: f64,
    /// Two or three paces.
    pub isis: Vec<i64>,
    pub shapes: bool,
    pub anticipation: f64,
}

impl Cpt {
    pub(super) fn new(params: &Params) -> Self {
        let isis = ["isi_1", "isi_2", "isi_3"].map(|name| params.int(name));
        Self {
            cycles: params.count("cycles"),
            run_trials: params.count("run_trials"),
            run_x: params.count("run_x"),
            practice: Practice::new(params),
            stimulus: params.number("stimulus"),
            isis: isis.into_iter().filter(|isi| *isi > 0).collect(),
            shapes: params.choice("signs") == "shapes",
            anticipation: params.number("anticipation"),
        }
    }

    pub(super) fn runs(&self) -> u32 {
        self.cycles * u32::try_from(self.isis.len()).unwrap_or(0)
    }

    pub(super) fn trials(&self) -> u32 {
        self.runs() * self.run_trials
    }

    /// Longest window for a press, milliseconds.
    pub(super) fn longest(&self) -> f64 {
        self.isis.iter().map(|isi| milliseconds(*isi)).fold(0.0, f64::max)
    }

    pub(super) fn minutes(&self) -> f64 {
        let paces = self.isis.iter().map(|isi| milliseconds(*isi) / 1000.0);
        let mean = paces.sum::<f64>() / crate::stats::real(self.isis.len().max(1));
        streams::minutes(self.practice, self.trials(), 1, mean)
    }
}

pub(super) fn check(params: &Params) -> Vec<ParamError> {
    let task = Cpt::new(params);
    let crowded = (2 * task.run_x + 1 > task.run_trials).then(|| {
        let message = format!("must leave room between them in {} trials.", task.run_trials);
        ParamError::new("run_x", "unsolvable", message)
    });
    let few = (1..super::PRACTICE_LEAST).contains(&task.practice.trials).then(|| {
        let message = format!("must be 0 or at least {}.", super::PRACTICE_LEAST);
        ParamError::new("practice_trials", "too_small", message)
    });
    let slow = task.isis.get(2).filter(|isi| milliseconds(**isi) <= task.stimulus);
    let gone =
        slow.map(|_| ParamError::new("isi_3", "order", "must be above stimulus, or 0.".into()));
    let mut errors: Vec<ParamError> = [crowded, few, gone].into_iter().flatten().collect();
    for pace in ["isi_1", "isi_2"] {
        errors.extend(streams::check_stimulus(params, pace));
    }
    errors.extend(streams::check_anticipation(params, "isi_1"));
    errors
}
