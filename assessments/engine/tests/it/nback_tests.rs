//! The n-back task: sequences, course and scores.

use super::{
    desk::Desk,
    plans::{answered, field, longest_run, plans, reason, score, task, value, with_int},
    support::{close, config, module, trials},
};
use contract::task::{EventKind, Micros, Phase, Reason, Trial};
use proptest::prelude::*;
use serde_json::json;
use task_engine::{
    Choice,
    script::TrialPlan,
    simulate::{self, Kind, Participant, Setup},
};

/// Whether letter `i` is the same as `back` before.
fn same(plan: &[TrialPlan], i: usize, back: usize) -> bool {
    back > 0 && i >= back && plan[i - back].stimulus == plan[i].stimulus
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn matches_and_lures_are_as_many_as_planned_and_none_by_accident(seed: u64, level in 1_usize..=4) {
        let params = json!({ "level_min": level, "level_max": level, "lures": 3 });
        for (block, plan) in plans(task("nback", params).as_ref(), seed) {
            let test = block.phase == Phase::Test;
            prop_assert_eq!(plan.len(), if test { 20 } else { 12 } + level);
            let count = |kind: &str| plan.iter().filter(|t| t.condition == kind).count();
            prop_assert_eq!(count("start"), level);
            prop_assert_eq!(count("target"), if test { 6 } else { 4 });
            prop_assert_eq!(count("lure"), if test { 3 } else { 0 });
            for (i, t) in plan.iter().enumerate() {
                prop_assert_eq!(same(&plan, i, level), t.condition == "target");
                prop_assert_eq!(t.correct.is_some(), t.condition == "target");
                let near = same(&plan, i, level - 1);
                let far = same(&plan, i, level + 1);
                match field(t, "lure") {
                    "n-1" => prop_assert!(near && t.condition == "lure"),
                    "n+1" => prop_assert!(far && t.condition == "lure"),
                    _ => prop_assert!(t.condition == "target" || !(near || far)),
                }
                prop_assert!(t.condition != "start" || i < level);
            }
            let targets: Vec<bool> = plan.iter().map(|t| t.condition == "target").collect();
            let runs = targets.chunk_by(|a, b| a == b).filter(|run| run[0]);
            prop_assert!(runs.map(<[bool]>::len).max().unwrap_or(0) <= 3);
            let letters: Vec<&String> = plan.iter().map(|t| &t.stimulus).collect();
            let most = if level == 1 { 4 } else { 2 };
            prop_assert!(longest_run(&letters) <= most);
        }
    }
}

#[test]
fn each_level_has_its_page_its_practice_and_three_streams() {
    let nback = task("nback", json!({}));
    let blocks = nback.blocks();
    let shape: Vec<_> = blocks.iter().map(|b| (b.part, b.phase, b.stream, b.intro)).collect();
    assert_eq!(shape.len(), 12);
    for (level, intro) in (1..).zip(["intro.back1", "intro.back2", "intro.back3"]) {
        let mine: Vec<_> = shape.iter().filter(|b| b.0 == level).collect();
        assert_eq!(*mine[0], (level, Phase::Practice, false, Some(intro)));
        assert!(mine[1..].iter().all(|b| **b == (level, Phase::Test, true, None)));
        assert!(nback.picture(intro).is_some());
    }
}

#[test]
fn letters_come_every_three_seconds_for_half_a_second() {
    let params = json!({ "practice_trials": 0, "level_max": 1, "blocks": 1 });
    let mut desk = Desk::open(&config(3, vec![module("nback", params)]), false);
    desk.reach_trials();
    desk.frames(20);
    let onsets = |desk: &Desk| -> Vec<Micros> {
        let shown = desk.flips.iter().filter(|f| {
            let name = &desk.runner.scenes()[usize::from(f.1.0)].name;
            name.len() == 1 && !["1", "2", "3"].contains(&name.as_str())
        });
        shown.map(|f| f.0).collect()
    };
    for _ in 0..3 {
        desk.press(Choice(0), desk.raf);
        desk.frames(180);
    }
    let seen = onsets(&desk);
    assert!(seen.len() >= 3);
    for pair in seen.windows(2) {
        close((pair[1] - pair[0]).ms(), 3000.0, 1.0);
    }
    assert!(desk.trials().iter().all(|t| t.frames_plan == Some(30)));
}

#[test]
fn an_interruption_begins_the_sequence_again() {
    let run = config(8, vec![module("nback", json!({ "level_max": 1, "blocks": 1 }))]);
    let why = contract::task::Interruption::Hidden;
    let setup = Setup { interrupt_after: Some((20, why)), ..Setup::honest(30.0) };
    let log = simulate::run(&run, 1, &setup).unwrap();
    let again = log.items.iter().any(|item| match item {
        contract::task::Item::Event(event) => {
            matches!(event.what, EventKind::BlockStarted { block: 1, attempt: 1, .. })
        }
        contract::task::Item::Trial(_) => false,
    });
    assert!(again);
    let last: Vec<&Trial> =
        trials(&log.items).into_iter().filter(|t| (t.block, t.attempt) == (1, 1)).collect();
    assert_eq!(last.len(), 21);
}

fn row(i: u32, level: i64, kind: &str, pressed: Option<f64>) -> Trial {
    let correct = (kind == "target").then_some("match");
    let rt = pressed.unwrap_or(0.0);
    let trial = answered("nback", i, kind, rt, [correct, pressed.map(|_| "match")]);
    with_int(trial, "level", level)
}

/// A level with so many hits of 6, presses at so many of 2 lures and of 12 others.
fn level(rows: &mut Vec<Trial>, level: i64, [hits, lured, others]: [usize; 3], rt: f64) {
    for (kind, n, pressed) in
        [("start", 2, 1), ("target", 6, hits), ("lure", 2, lured), ("other", 12, others)]
    {
        for k in 0..n {
            let i = u32::try_from(rows.len()).unwrap();
            rows.push(row(i, level, kind, (k < pressed).then_some(rt + 10.0 * k as f64)));
        }
    }
}

#[test]
fn rates_and_sensitivity_of_each_level() {
    let mut rows = Vec::new();
    level(&mut rows, 1, [6, 0, 0], 500.0);
    level(&mut rows, 2, [5, 1, 1], 600.0);
    level(&mut rows, 3, [3, 1, 3], 700.0);
    let summary = score("nback", json!({}), rows);
    assert_eq!(value(&summary, "n_trials"), 60.0);
    assert_eq!(value(&summary, "hit_rate_1back"), 1.0);
    close(value(&summary, "false_alarm_rate_2back"), 2.0 / 14.0, 1e-12);
    close(value(&summary, "lure_false_alarm_rate_2back"), 0.5, 1e-12);
    close(value(&summary, "pr_2back"), 5.0 / 6.0 - 2.0 / 14.0, 1e-12);
    close(value(&summary, "pr_3back"), 0.5 - 4.0 / 14.0, 1e-12);
    close(value(&summary, "pr"), (1.0 + 5.0 / 6.0 - 2.0 / 14.0 + 0.5 - 4.0 / 14.0) / 3.0, 1e-12);
    // Log-linear: H 6.5/7, F 0.5/15; z 1.465234 and −1.833915
    close(value(&summary, "d_prime_1back"), 1.465_234 + 1.833_915, 1e-5);
    // H 5.5/7, F 2.5/15; z 0.791639 and −0.967422
    close(value(&summary, "d_prime_2back"), 0.791_639 + 0.967_422, 1e-5);
    assert_eq!(value(&summary, "level"), 2.0);
    assert_eq!(value(&summary, "median_rt_1back"), 525.0);
    // Medians 525, 620, 710
    close(value(&summary, "load_slope_rt"), (710.0 - 525.0) / 2.0, 1e-9);
    assert!(!summary.flags.contains(&"accuracy_near_chance".to_owned()));
}

#[test]
fn what_was_not_planned_is_said_and_pressing_blindly_is_not_valid() {
    let mut rows = Vec::new();
    level(&mut rows, 1, [2, 1, 4], 500.0);
    let params = json!({ "level_max": 1, "lures": 0 });
    let summary = score("nback", params, rows.clone());
    assert_eq!(reason(&summary, "load_slope_rt"), Reason::NotPlanned);
    assert_eq!(value(&summary, "level"), 0.0);
    assert!(summary.flags.contains(&"accuracy_near_chance".to_owned()));
    let summary = score("nback", json!({}), rows);
    assert_eq!(reason(&summary, "pr_2back"), Reason::NoTrials);
    assert_eq!(reason(&summary, "level"), Reason::NoTrials);
}

#[test]
fn honest_people_are_valid_and_blind_pressers_are_not() {
    let run = config(5, vec![module("nback", json!({ "level_max": 1 }))]);
    let valid = |kind| {
        let setup = Setup { participant: Participant::new(kind, 30.0), ..Setup::honest(30.0) };
        simulate::run(&run, 3, &setup).unwrap().summaries[0].valid
    };
    assert!(valid(Kind::Honest));
    assert!(!valid(Kind::FastGuesser) && !valid(Kind::OneKey));
}
