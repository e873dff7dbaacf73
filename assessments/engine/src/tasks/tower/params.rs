//! Parameters of the tower.

use super::board::State;
use crate::{
    params::{ParamError, ParamKind, ParamSpec, Params},
    spec::words,
    tasks::parts::{self, Practice},
};

/// Fewest moves of the shortest and the longest problems.
pub(super) const LEVELS: [u8; 6] = [2, 3, 4, 5, 6, 7];

const SHALLICE: Option<&str> = Some("Shallice 1982");

const fn problems(
    name: &'static str,
    default: i64,
    [en, fr]: [&'static str; 2],
    source: Option<&'static str>,
) -> ParamSpec {
    ParamSpec {
        name,
        kind: ParamKind::Int { default, min: 0, max: 12 },
        unit: "trials",
        label: words(en, fr),
        meaning: words(
            "How many problems cannot be solved in fewer moves than these; easy ones come first.",
            "Nombre de problèmes qui ne se résolvent pas en moins de coups ; les faciles viennent en premier.",
        ),
        source,
    }
}

pub(super) const PARAMS: &[ParamSpec] = &[
    problems("moves_2", 2, ["Problems of 2 moves", "Problèmes en 2 coups"], SHALLICE),
    problems("moves_3", 2, ["Problems of 3 moves", "Problèmes en 3 coups"], SHALLICE),
    problems("moves_4", 4, ["Problems of 4 moves", "Problèmes en 4 coups"], SHALLICE),
    problems("moves_5", 4, ["Problems of 5 moves", "Problèmes en 5 coups"], SHALLICE),
    problems("moves_6", 0, ["Problems of 6 moves", "Problèmes en 6 coups"], None),
    problems("moves_7", 0, ["Problems of 7 moves", "Problèmes en 7 coups"], None),
    ParamSpec {
        name: "timeout",
        kind: ParamKind::Int { default: 60_000, min: 10_000, max: 180_000 },
        unit: "ms",
        label: words("Time for a problem", "Temps par problème"),
        meaning: words(
            "A problem that is not solved after this time is over.",
            "Un problème qui n’est pas résolu après ce temps est terminé.",
        ),
        source: SHALLICE,
    },
    parts::practice_trials(2, None),
    parts::CRITERION_HALF,
    parts::ROUNDS,
];

/// Parameters in force.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tower {
    /// How many problems of each of [`LEVELS`].
    pub problems: [u32; 6],
    /// Milliseconds.
    pub timeout: f64,
    pub practice: Practice,
}

impl Tower {
    pub(super) fn new(params: &Params) -> Self {
        let names = ["moves_2", "moves_3", "moves_4", "moves_5", "moves_6", "moves_7"];
        Self {
            problems: names.map(|name| params.count(name)),
            timeout: params.number("timeout"),
            practice: Practice::new(params),
        }
    }

    /// Fewest moves of each problem of the test, in order.
    pub(super) fn levels(&self) -> Vec<u8> {
        let level = |(level, n): (u8, u32)| core::iter::repeat_n(level, n as usize);
        LEVELS.into_iter().zip(self.problems).flat_map(level).collect()
    }

    /// One minute of reading, and per problem 8 s of thinking and 3 s a move.
    pub(super) fn minutes(&self) -> f64 {
        let problem = |moves: u8| 8.0 + 3.0 * f64::from(moves);
        let test: f64 = self.levels().into_iter().map(problem).sum();
        let practice = f64::from(self.practice.trials) * problem(2);
        1.0 + (test + practice) / 60.0
    }
}

pub(super) fn check(params: &Params) -> Vec<ParamError> {
    let none = Tower::new(params).levels().is_empty();
    let message = || "or another number of problems must be above 0.".into();
    none.then(|| ParamError::new("moves_2", "order", message())).into_iter().collect()
}

/// Every problem of so many moves, each shape once: other colours make no other problem.
pub(super) fn problems_of(level: u8) -> Vec<[State; 2]> {
    let goals = |start: State| {
        let far = start.distances().into_iter().filter(move |(_, moves)| *moves == level);
        far.map(move |(goal, _)| [start, goal])
    };
    State::shapes().into_iter().flat_map(goals).collect()
}
