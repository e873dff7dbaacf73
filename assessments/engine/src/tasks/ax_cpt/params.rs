//! Parameters of the AX-CPT.

use crate::{
    params::{ParamError, ParamKind, ParamSpec, Params},
    spec::words,
    tasks::{
        parts,
        streams::{self, milliseconds},
        usual::{self, Usual},
    },
};

const BARCH: Option<&str> = Some("Barch et al. 1997");

const fn time(
    name: &'static str,
    [default, min, max]: [i64; 3],
    label: crate::spec::Words,
    meaning: crate::spec::Words,
    source: Option<&'static str>,
) -> ParamSpec {
    ParamSpec {
        name,
        kind: ParamKind::Int { default, min, max },
        unit: "ms",
        label,
        meaning,
        source,
    }
}

pub(super) const PARAMS: &[ParamSpec] = &[
    usual::trials(
        100,
        480,
        words(
            "Number of trials that count; the shares of the four kinds must be whole in each part.",
            "Nombre d’essais qui comptent ; les parts des quatre sortes doivent être entières dans chaque partie.",
        ),
        None,
    ),
    parts::practice_trials(10, None),
    ParamSpec {
        name: "ax",
        kind: ParamKind::Int { default: 70, min: 25, max: 85 },
        unit: "%",
        label: words("AX trials", "Essais AX"),
        meaning: words(
            "Share of pairs A then X. The other three kinds share the rest equally.",
            "Part des paires A puis X. Les trois autres sortes se partagent le reste également.",
        ),
        source: BARCH,
    },
    ParamSpec {
        name: "max_others",
        kind: ParamKind::Int { default: 3, min: 1, max: 20 },
        unit: "trials",
        label: words("Longest run of other pairs", "Plus longue série d’autres paires"),
        meaning: words(
            "At most so many pairs other than A then X come in a row.",
            "Au plus autant de paires autres que A puis X se suivent.",
        ),
        source: None,
    },
    time(
        "cue",
        [500, 100, 3000],
        words("First letter", "Première lettre"),
        words("How long the first letter is shown.", "Durée de la première lettre."),
        BARCH,
    ),
    time(
        "delay_min",
        [1000, 100, 20_000],
        words("Shortest delay", "Délai le plus court"),
        words(
            "Empty time between the two letters, drawn evenly between shortest and longest.",
            "Temps vide entre les deux lettres, tiré uniformément entre le plus court et le plus long.",
        ),
        BARCH,
    ),
    time(
        "delay_max",
        [5000, 100, 20_000],
        words("Longest delay", "Délai le plus long"),
        words(
            "Longest empty time between the two letters.",
            "Temps vide le plus long entre les deux lettres.",
        ),
        BARCH,
    ),
    time(
        "probe",
        [500, 100, 3000],
        words("Second letter", "Seconde lettre"),
        words("How long the second letter is shown.", "Durée de la seconde lettre."),
        BARCH,
    ),
    time(
        "timeout",
        [1300, 300, 10_000],
        words("Response window", "Délai de réponse"),
        words(
            "From the onset of the second letter. No response by then is an omission.",
            "À partir de l’apparition de la seconde lettre. Sans réponse d’ici là, c’est une omission.",
        ),
        BARCH,
    ),
    usual::iti(1000, BARCH),
    parts::anticipation(150),
    parts::blocks_param(2),
    parts::CRITERION_CHOICE,
    parts::ROUNDS,
    parts::DROP_FLAGGED,
];

/// Parameters in force. Times are milliseconds.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct AxCpt {
    pub usual: Usual,
    pub percent: u32,
    pub max_others: u32,
    pub cue: f64,
    pub delay_min: i64,
    pub delay_max: i64,
    pub probe: f64,
}

impl AxCpt {
    pub(super) fn new(params: &Params) -> Self {
        Self {
            usual: Usual::new(params),
            percent: params.count("ax"),
            max_others: params.count("max_others"),
            cue: params.number("cue"),
            delay_min: params.int("delay_min"),
            delay_max: params.int("delay_max"),
            probe: params.number("probe"),
        }
    }

    /// AX trials among so many, and trials of each other kind.
    pub(super) const fn split(&self, trials: u32) -> (u32, u32) {
        let ax = trials * self.percent / 100;
        (ax, (trials - ax) / 3)
    }

    pub(super) fn minutes(&self) -> f64 {
        let delay = milliseconds(self.delay_min + self.delay_max) / 2.0;
        self.usual.minutes((self.cue + delay + self.usual.timeout) / 1000.0)
    }

    /// Why a block of so many trials cannot be put together.
    fn fault(&self, trials: u32) -> Option<&'static str> {
        let (ax, each) = self.split(trials);
        if ax + 3 * each != trials {
            Some("must divide by three without a rest after the AX trials.")
        } else if 3 * each > self.max_others * (ax + 1) {
            Some("leaves too few AX trials to part the others.")
        } else {
            None
        }
    }
}

pub(super) fn check(params: &Params) -> Vec<ParamError> {
    let task = AxCpt::new(params);
    let Usual { trials, practice, blocks, .. } = task.usual;
    let order = (task.delay_min > task.delay_max).then(|| {
        let message = format!("must be at least delay_min, {}.", task.delay_min);
        ParamError::new("delay_max", "order", message)
    });
    let probe = (task.probe > task.usual.timeout).then(|| {
        ParamError::new(
            "probe",
            "order",
            format!("must be at most timeout, {}.", params.int("timeout")),
        )
    });
    let mut errors: Vec<ParamError> = [
        streams::check_share("trials", trials, task.percent, blocks),
        streams::check_share("practice_trials", practice.trials, task.percent, 1),
        order,
        probe,
        parts::check_anticipation(params),
    ]
    .into_iter()
    .flatten()
    .collect();
    if errors.is_empty() {
        let of = |name: &str, trials| {
            task.fault(trials).map(|why| ParamError::new(name, "unsolvable", why.into()))
        };
        errors.extend(of("trials", trials / blocks.max(1)));
        errors.extend(of("practice_trials", practice.trials));
    }
    errors
}
