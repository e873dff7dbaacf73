//! Tower of London: problems, moves and scores.

use super::{
    desk::Desk,
    plans::{field, plans, reason, score, tally, task, value, with_int, with_text},
    support::{config, module, row, trials},
};
use contract::task::{Action, Extra, Micros, Phase, Reason, Trial};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::{BTreeSet, VecDeque};
use task_engine::{
    Choice, SceneId,
    script::TrialPlan,
    simulate::{self, Kind, Participant, Setup},
};

/// Balls of the three pegs from the bottom, as rows write them.
type Pegs = [String; 3];

fn pegs(text: &str) -> Pegs {
    let mut pegs = text.split('/').map(|peg| peg.replace('-', ""));
    core::array::from_fn(|_| pegs.next().unwrap())
}

/// All states that one move leads to, written independently of the engine.
fn next(state: &Pegs) -> Vec<Pegs> {
    let mut found = Vec::new();
    for from in 0..3 {
        for to in (0..3).filter(|to| *to != from) {
            let mut other = state.clone();
            if other[to].len() < 3 - to
                && let Some(ball) = other[from].pop()
            {
                other[to].push(ball);
                found.push(other);
            }
        }
    }
    found
}

/// Fewest moves by a search in breadth, and how many states were seen when nothing is left.
fn fewest(start: &Pegs, goal: &Pegs) -> usize {
    let mut seen = BTreeSet::from([start.clone()]);
    let mut queue = VecDeque::from([(start.clone(), 0)]);
    while let Some((state, moves)) = queue.pop_front() {
        if state == *goal {
            return moves;
        }
        for other in next(&state) {
            if seen.insert(other.clone()) {
                queue.push_back((other, moves + 1));
            }
        }
    }
    panic!("{goal:?} cannot be reached from {start:?}, only {}", seen.len());
}

/// The problem without its colours: letters by the order in which the start has them.
fn shape(plan: &TrialPlan) -> String {
    let start: Vec<char> = field(plan, "start").chars().filter(|c| c.is_alphabetic()).collect();
    let number =
        |c: char| start.iter().position(|s| *s == c).map_or(c.to_string(), |i| i.to_string());
    plan.stimulus.chars().map(number).collect()
}

fn all_levels() -> Value {
    json!({
        "moves_2": 12, "moves_3": 12, "moves_4": 12, "moves_5": 12, "moves_6": 12, "moves_7": 12,
        "practice_trials": 4,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn every_problem_needs_exactly_its_moves_and_none_comes_twice(seed: u64) {
        for (block, plan) in plans(task("tower", all_levels()).as_ref(), seed) {
            prop_assert_eq!(plan.len(), block.trials as usize);
            for t in &plan {
                let [start, goal] = ["start", "goal"].map(|name| pegs(field(t, name)));
                let moves = fewest(&start, &goal);
                prop_assert_eq!(t.get("min_moves"), Some(&Extra::Int(i64::try_from(moves).unwrap())));
                prop_assert_eq!(t.condition, format!("moves_{moves}"));
            }
            for pair in plan.windows(2) {
                prop_assert!(field(&pair[0], "start") != field(&pair[1], "start"));
                prop_assert!(field(&pair[0], "goal") != field(&pair[1], "goal"));
            }
            let shapes: BTreeSet<String> = plan.iter().map(shape).collect();
            prop_assert_eq!(shapes.len(), plan.len());
            let counts = tally(plan.iter().map(|t| t.condition));
            if block.phase == Phase::Practice {
                prop_assert_eq!(counts, [("moves_2", 4)].into());
            } else {
                prop_assert!(counts.len() == 6 && counts.values().all(|n| *n == 12));
                prop_assert!(plan.is_sorted_by_key(|t| t.condition), "easy ones first");
            }
        }
    }

    #[test]
    fn what_is_practised_is_not_tested(seed: u64) {
        let blocks = plans(task("tower", all_levels()).as_ref(), seed);
        let shapes = |i: usize| blocks[i].1.iter().map(shape).collect::<BTreeSet<_>>();
        prop_assert!(shapes(0).is_disjoint(&shapes(1)));
    }
}

#[test]
fn by_default_twelve_problems_of_two_to_five_moves() {
    let (_, test) = plans(task("tower", json!({})).as_ref(), 1).pop().unwrap();
    let counts = tally(test.iter().map(|t| t.condition));
    assert_eq!(counts, [("moves_2", 2), ("moves_3", 2), ("moves_4", 4), ("moves_5", 4)].into());
}

#[test]
fn a_test_without_problems_is_refused() {
    let none = json!({ "moves_2": 0, "moves_3": 0, "moves_4": 0, "moves_5": 0 });
    let spec = task_engine::tasks::latest("tower").unwrap();
    let errors = task_engine::tasks::validate_params(spec, none.as_object().unwrap()).unwrap_err();
    assert_eq!((errors[0].param.as_str(), errors[0].rule), ("moves_2", "order"));
}

/// Names of the layers that are on the board.
fn balls(desk: &Desk) -> BTreeSet<String> {
    let mut on: BTreeSet<SceneId> =
        desk.over.into_iter().filter(|l| *l != SceneId::BLANK).collect();
    for (layer, shown) in &desk.lays {
        if *shown {
            on.insert(*layer);
        } else {
            assert!(on.remove(layer), "{layer:?} was not there");
        }
    }
    let name = |layer: SceneId| desk.runner.scenes()[usize::from(layer.0)].name.clone();
    on.into_iter().map(name).filter(|name| name.starts_with("ball")).collect()
}

fn begin(params: Value) -> Desk {
    let mut desk = Desk::open(&config(9, vec![module("tower", params)]), false);
    desk.reach_trials();
    desk
}

/// Shows the next problem; its start and goal.
fn problem(desk: &mut Desk) -> [Pegs; 2] {
    let stimulus = desk.runner.position().to_come[0].1.clone();
    let before = desk.flips.len();
    while desk.flips[before..].iter().all(|flip| flip.2.is_none()) {
        desk.frame();
    }
    desk.lays.clear();
    let cue = desk.flips.last().unwrap().2.unwrap();
    desk.stamp(cue);
    let (start, goal) = stimulus.split_once(' ').unwrap();
    [pegs(start), pegs(goal)]
}

fn touch(desk: &mut Desk, peg: u8) {
    desk.frames(20);
    desk.press(Choice(peg), desk.raf);
    desk.frame();
}

/// Presses of a shortest way.
fn way(start: &Pegs, goal: &Pegs) -> Vec<u8> {
    let mut presses = Vec::new();
    let mut state = start.clone();
    while state != *goal {
        let left = fewest(&state, goal);
        let better = next(&state).into_iter().find(|s| fewest(s, goal) < left).unwrap();
        let changed = |grows: bool| {
            (0..3).find(|i| {
                let i = usize::from(*i);
                if grows {
                    better[i].len() > state[i].len()
                } else {
                    better[i].len() < state[i].len()
                }
            })
        };
        presses.extend([changed(false).unwrap(), changed(true).unwrap()]);
        state = better;
    }
    presses
}

#[test]
fn pegs_answer_to_keys_and_to_touches_anywhere_on_their_column() {
    let desk = begin(json!({ "practice_trials": 0 }));
    let responses = desk.runner.responses();
    for (key, code) in [("Digit1", "1"), ("Numpad2", "2"), ("ArrowRight", "3"), ("KeyX", "other")] {
        assert_eq!(responses.code(responses.key(key)), code);
    }
    for ((x, y), code) in [((-400, 300), "1"), ((0, -100), "2"), ((300, 480), "3")] {
        assert_eq!(responses.code(responses.point(x, y)), code);
    }
    assert_eq!(responses.live().count(), 0, "the board is what is touched");
}

#[test]
fn a_ball_rises_and_goes_where_it_is_put_and_the_goal_ends_the_problem() {
    let mut desk = begin(json!({ "practice_trials": 0 }));
    let [start, goal] = problem(&mut desk);
    let first = balls(&desk);
    assert_eq!(first.len(), 3);
    let presses = way(&start, &goal);
    for (i, peg) in presses.iter().enumerate() {
        assert!(desk.trials().is_empty());
        touch(&mut desk, *peg);
        let lifted = |name: &String| ["7", "8", "9"].iter().any(|place| name.ends_with(place));
        if i + 1 < presses.len() {
            assert_eq!(
                balls(&desk).iter().filter(|name| lifted(name)).count(),
                usize::from(i % 2 == 0)
            );
        }
    }
    desk.frames(10);
    let trial = desk.last_trial();
    assert_eq!((trial.correct, trial.omission), (Some(true), false));
    assert_eq!(trial.resp_code, trial.correct_code);
    assert_eq!(trial.extra["moves"], trial.extra["min_moves"]);
    assert_eq!(trial.actions.len(), presses.len());
}

#[test]
fn a_full_peg_takes_nothing_and_going_back_is_no_move() {
    let mut desk = begin(json!({ "practice_trials": 0, "moves_2": 1 }));
    let [start, goal] = problem(&mut desk);
    let filled = |peg: usize| start[peg].len() == 3 - peg;
    let from = (0..3_u8).find(|peg| !start[usize::from(*peg)].is_empty()).unwrap();
    // Nothing to lift on an empty peg; then up and down again
    if let Some(empty) = (0..3_u8).find(|peg| start[usize::from(*peg)].is_empty()) {
        touch(&mut desk, empty);
    }
    let before = balls(&desk);
    touch(&mut desk, from);
    assert_ne!(balls(&desk), before);
    let full = (0..3_u8).find(|peg| *peg != from && filled(usize::from(*peg)));
    if let Some(full) = full {
        touch(&mut desk, full);
    }
    touch(&mut desk, from);
    assert_eq!(balls(&desk), before);
    for peg in way(&start, &goal) {
        touch(&mut desk, peg);
    }
    desk.frames(10);
    let trial = desk.last_trial();
    assert_eq!(trial.extra["moves"], Extra::Int(2));
    assert_eq!(trial.extra["rule_violations"], Extra::Int(full.is_some().into()));
}

#[test]
fn time_runs_out_on_what_is_not_solved() {
    let mut desk = begin(json!({ "practice_trials": 0, "timeout": 10_000 }));
    let [start, _] = problem(&mut desk);
    let from = (0..3_u8).find(|peg| !start[usize::from(*peg)].is_empty()).unwrap();
    touch(&mut desk, from);
    desk.frames(640);
    let trial = desk.last_trial();
    assert_eq!((trial.correct, trial.omission), (Some(false), false));
    let begun = trial.stimulus.split(' ').next();
    assert_eq!(trial.resp_code.as_deref(), begun, "the ball is back on its peg");
    problem(&mut desk);
    desk.frames(640);
    assert!(desk.last_trial().omission && desk.last_trial().resp_code.is_none());
}

#[test]
fn practice_says_when_fewer_moves_are_enough() {
    let mut desk = begin(json!({}));
    let said = |desk: &Desk| {
        let names = desk.flips.iter().map(|f| &desk.runner.scenes()[usize::from(f.1.0)].name);
        names.filter(|name| name.starts_with("feedback")).cloned().collect::<Vec<_>>()
    };
    let [start, goal] = problem(&mut desk);
    for peg in way(&start, &goal) {
        touch(&mut desk, peg);
    }
    desk.frames(3);
    assert_eq!(said(&desk), ["feedback.right"]);
    desk.frames(80);
    let [start, goal] = problem(&mut desk);
    // There and back again first
    let other = next(&start).remove(0);
    for peg in [way(&start, &other), way(&other, &start), way(&start, &goal)].concat() {
        touch(&mut desk, peg);
    }
    desk.frames(3);
    assert_eq!(said(&desk), ["feedback.right", "feedback.wrong"]);
}

#[test]
fn who_plans_solves_and_who_guesses_does_not() {
    let of = |kind: Kind| {
        let setup = Setup { participant: Participant::new(kind, 40.0), ..Setup::honest(40.0) };
        let run = config(4, vec![module("tower", json!({}))]);
        let log = simulate::run(&run, 4, &setup).unwrap();
        assert_eq!(trials(&log.items).iter().filter(|t| t.phase == Phase::Test).count(), 12);
        value(&log.summaries[0], "solved_in_minimum")
    };
    assert!(of(Kind::Honest) >= 8.0);
    assert!(of(Kind::OneKey) <= 2.0);
}

/// A problem with presses of pegs, from one second after the display, then one every half second.
fn solved(index: u32, [start, goal]: [&str; 2], least: i64, presses: &str) -> Trial {
    let mut trial = row("tower", index, "moves_2", Some(9000.0), true);
    let onset = trial.onset_us.unwrap();
    let press = |(i, code): (i64, char)| Action {
        at_us: onset + Micros(1_000_000 + i * 500_000),
        code: code.into(),
        pointer: None,
    };
    trial.actions = (0..).zip(presses.chars()).map(press).collect();
    trial.correct_code = Some(goal.into());
    trial.resp_code = (!presses.is_empty()).then(|| goal.into());
    with_int(with_text(with_text(trial, "start", start), "goal", goal), "min_moves", least)
}

#[test]
fn scores_of_four_problems_by_hand() {
    let rows = vec![
        // Yellow to the middle, red to the right: 2 moves, presses at 1.0, 1.5, 2.0, 2.5 s
        solved(0, ["bry/-/-", "b/y/r"], 2, "1213"),
        // The same with a way round over the right peg: 3 moves, last press at 3.5 s
        solved(1, ["bry/-/-", "b/y/r"], 2, "133213"),
        // A try to put red on the full right peg, then back: not solved
        solved(2, ["br/-/y", "r/b/y"], 3, "131"),
        // Never begun
        solved(3, ["br/-/y", "r/b/y"], 3, ""),
    ];
    let summary = score("tower", json!({ "moves_2": 2, "moves_3": 2 }), rows);
    assert_eq!(value(&summary, "n_trials"), 4.0);
    assert_eq!(value(&summary, "solved"), 2.0);
    assert_eq!(value(&summary, "solved_in_minimum"), 1.0);
    assert_eq!(value(&summary, "solved_in_minimum_share"), 0.25);
    assert_eq!(value(&summary, "solved_in_minimum_2"), 1.0);
    assert_eq!(value(&summary, "solved_in_minimum_3"), 0.0);
    assert_eq!(reason(&summary, "solved_in_minimum_5"), Reason::NoTrials);
    assert!(summary.metric("solved_in_minimum_6").is_none(), "not planned");
    assert_eq!(value(&summary, "excess_moves"), 1.0);
    assert_eq!(value(&summary, "initiation_time"), 1000.0);
    assert_eq!(summary.metric("initiation_time").unwrap().n_used, 3);
    // 1.5 s and 2.5 s; 2.5 s and 3.5 s
    assert_eq!(value(&summary, "execution_time"), 2000.0);
    assert_eq!(value(&summary, "total_time"), 3000.0);
    assert_eq!(value(&summary, "rule_violations"), 1.0);
    assert_eq!(value(&summary, "time_violations"), 2.0);
    assert_eq!(summary.metric("solved").unwrap().rules, ["R1"]);
}

#[test]
fn an_empty_peg_is_no_beginning() {
    let summary = score("tower", json!({}), vec![solved(0, ["bry/-/-", "br/y/-"], 1, "3212")]);
    assert_eq!(value(&summary, "initiation_time"), 2000.0);
    assert_eq!(value(&summary, "execution_time"), 500.0);
    assert_eq!(value(&summary, "solved_in_minimum"), 1.0);
}

#[test]
fn without_problems_nothing_can_be_told_and_who_does_not_begin_is_not_judged() {
    let none = score("tower", json!({}), Vec::new());
    assert_eq!(reason(&none, "solved_in_minimum_share"), Reason::NoTrials);
    assert_eq!(reason(&none, "excess_moves"), Reason::NoTrials);
    assert!(!none.valid);
    let idle = (0..4).map(|i| solved(i, ["br/-/y", "r/b/y"], 3, "")).collect();
    let idle = score("tower", json!({}), idle);
    assert!(idle.flags.contains(&"too_few_responses".into()));
    assert_eq!(reason(&idle, "initiation_time"), Reason::NoTrials);
}
