//! Divided attention: two streams, their course and scores.

use super::{
    desk::{Desk, T},
    plans::{answered, plans, reason, score, tally, task, value},
    support::{close, config, module, trials},
};
use contract::task::{Phase, Reason, Trial};
use proptest::prelude::*;
use serde_json::{Value, json};
use task_engine::{
    Choice,
    script::TrialPlan,
    simulate::{self, Kind, Participant, Setup},
};

const TASK: &str = "divided_attention";

fn signs(plan: &TrialPlan) -> (&str, &str) {
    plan.stimulus.split_once(' ').unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn targets_are_as_many_alone_as_with_both_and_never_touch(seed: u64) {
        for (block, plan) in plans(task(TASK, json!({})).as_ref(), seed) {
            prop_assert_eq!(plan.len(), block.trials as usize);
            let each = if block.phase == Phase::Practice { 3 } else { 8 };
            let [letters, shapes] = [block.part != 1, block.part != 0].map(|counts| if counts { each } else { 0 });
            prop_assert_eq!(plan.iter().filter(|t| signs(t).0 == "X").count(), letters);
            prop_assert_eq!(plan.iter().filter(|t| signs(t).1 == "ring").count(), shapes);
            for t in &plan {
                let due = match signs(t) {
                    ("X", "ring") => panic!("two targets at once"),
                    ("X", _) => Some(Choice(0)),
                    (_, "ring") => Some(Choice(1)),
                    _ => None,
                };
                prop_assert_eq!(t.correct, due);
                let load = if block.part == 2 { "both" } else { "single" };
                let part = ["letters", "shapes", "both"][usize::from(block.part)];
                let condition = match due {
                    Some(Choice(0)) => format!("letters_{load}"),
                    Some(_) => format!("shapes_{load}"),
                    None => format!("no_target_{part}"),
                };
                prop_assert_eq!(t.condition, condition);
            }
            for pair in plan.windows(2) {
                prop_assert!(pair[0].correct.is_none() || pair[1].correct.is_none());
                let (a, b) = (signs(&pair[0]), signs(&pair[1]));
                prop_assert!(a.0 != b.0 && a.1 != b.1);
            }
        }
    }
}

#[test]
fn other_signs_come_about_equally_often() {
    let divided = task(TASK, json!({ "practice_trials": 0 }));
    let mut all = Vec::new();
    for seed in 0..10 {
        all.extend(plans(divided.as_ref(), seed).into_iter().flat_map(|(_, trials)| trials));
    }
    let mut letters = tally(all.iter().map(|t| signs(t).0));
    let mut shapes = tally(all.iter().map(|t| signs(t).1));
    for (counts, target) in [(&mut letters, "X"), (&mut shapes, "ring")] {
        assert_eq!(counts.remove(target), Some(10 * 32));
        let expected = counts.values().sum::<usize>() / counts.len();
        assert!(counts.values().all(|n| n.abs_diff(expected) < expected / 5), "{counts:?}");
    }
    assert_eq!((letters.len(), shapes.len()), (6, 3));
}

#[test]
fn parts_come_there_and_back_and_say_what_counts() {
    let blocks = task(TASK, json!({})).blocks();
    let parts: Vec<(Phase, u8, u32)> = blocks.iter().map(|b| (b.phase, b.part, b.trials)).collect();
    let practice = (0..3).map(|part| (Phase::Practice, part, 15));
    let test = [0, 1, 2, 2, 1, 0].map(|part| (Phase::Test, part, 40));
    assert_eq!(parts, practice.chain(test).collect::<Vec<_>>());
    let said: Vec<bool> = blocks.iter().map(|b| b.intro.is_some()).collect();
    assert_eq!(said, [true, true, true, true, true, true, false, true, true]);
    assert!(blocks.iter().all(|b| b.stream == (b.phase == Phase::Test)));
}

#[test]
fn shares_that_cannot_be_kept_are_refused() {
    let refused = |params: Value| {
        let spec = task_engine::tasks::latest(TASK).unwrap();
        let map = params.as_object().unwrap();
        let error = task_engine::tasks::validate_params(spec, map).unwrap_err().remove(0);
        (error.param, error.rule)
    };
    assert_eq!(refused(json!({ "trials": 82 })), ("trials".into(), "multiple"));
    assert_eq!(refused(json!({ "practice_trials": 12 })), ("practice_trials".into(), "multiple"));
    assert_eq!(refused(json!({ "stimulus": 1500 })), ("stimulus".into(), "order"));
}

/// Pairs of signs follow one another at fixed times, and either hand may answer.
#[test]
fn both_streams_go_on_whatever_is_pressed() {
    let mut desk =
        Desk::open(&config(3, vec![module(TASK, json!({ "practice_trials": 0 }))]), false);
    desk.reach_trials();
    let titles: Vec<&str> = desk.screens.iter().map(|s| s.title.as_str()).collect();
    assert_eq!(titles, ["Two things at once", "Only the letters"]);
    let responses = desk.runner.responses();
    assert_eq!(responses.key("KeyF"), responses.point(-200, 100));
    assert_eq!(responses.key("ArrowRight"), responses.point(200, -100));
    let from = desk.flips.len();
    let onsets = |desk: &Desk| -> Vec<i64> {
        let shown = desk.flips[from..].iter().filter(|f| f.2.is_some());
        shown.map(|f| f.0.0).collect()
    };
    while desk.trials().len() < 4 {
        desk.frame();
        if desk.raf.0 % 11 == 0 {
            desk.press(Choice(0), desk.raf);
        }
    }
    let times = onsets(&desk);
    let pairs: Vec<i64> = times.windows(2).map(|t| t[1] - t[0]).collect();
    // Half a second of signs, a second without, from onset to onset
    assert!(pairs.iter().step_by(2).all(|gap| *gap == 30 * T.0), "{pairs:?}");
    assert!(pairs.iter().skip(1).step_by(2).all(|gap| *gap == 60 * T.0), "{pairs:?}");
}

#[test]
fn who_takes_part_is_valid_and_who_presses_one_key_is_not() {
    let of = |kind: Kind| {
        let setup = Setup { participant: Participant::new(kind, 40.0), ..Setup::honest(40.0) };
        let log = simulate::run(&config(4, vec![module(TASK, json!({}))]), 4, &setup).unwrap();
        assert_eq!(trials(&log.items).iter().filter(|t| t.phase == Phase::Test).count(), 240);
        log.summaries[0].clone()
    };
    let honest = of(Kind::Honest);
    assert!(honest.valid && value(&honest, "hit_rate_letters_both") > 0.8);
    assert!(!of(Kind::FastGuesser).valid);
}

/// A trial: condition, RT (0: no press), and the side pressed.
fn row(i: u32, (condition, rt, side): (&str, f64, &str)) -> Trial {
    let due = match condition {
        "letters_single" | "letters_both" => Some("left"),
        "shapes_single" | "shapes_both" => Some("right"),
        _ => None,
    };
    answered(TASK, i, condition, rt, [due, (rt > 0.0).then_some(side)])
}

fn rows(list: &[(&str, f64, &str)]) -> Vec<Trial> {
    (0..).zip(list).map(|(i, one)| row(i, *one)).collect()
}

fn table() -> Vec<(&'static str, f64, &'static str)> {
    vec![
        ("letters_single", 400.0, "left"),
        ("letters_single", 420.0, "left"),
        ("no_target_letters", 0.0, ""),
        ("no_target_letters", 500.0, "left"),
        ("shapes_single", 450.0, "right"),
        ("shapes_single", 470.0, "right"),
        ("no_target_shapes", 0.0, ""),
        ("no_target_shapes", 0.0, ""),
        ("letters_both", 500.0, "left"),
        ("letters_both", 0.0, ""),
        ("shapes_both", 600.0, "right"),
        ("shapes_both", 480.0, "left"),
        ("no_target_both", 0.0, ""),
        ("no_target_both", 100.0, "right"),
    ]
}

#[test]
fn costs_compare_both_with_each_alone() {
    let summary = score(TASK, json!({}), rows(&table()));
    assert_eq!(value(&summary, "median_rt_letters_single"), 410.0);
    assert_eq!(value(&summary, "median_rt_shapes_both"), 600.0);
    assert_eq!(value(&summary, "dual_cost_rt_letters"), 500.0 - 410.0);
    assert_eq!(value(&summary, "dual_cost_rt_shapes"), 600.0 - 460.0);
    assert_eq!(value(&summary, "dual_cost_rt"), 115.0);
    assert_eq!(summary.metric("dual_cost_rt").unwrap().n_used, 6);
    assert_eq!(value(&summary, "hit_rate_letters_single"), 1.0);
    assert_eq!(value(&summary, "hit_rate_letters_both"), 0.5);
    // A ring answered on the left is a miss of the shapes and a false alarm of the letters
    assert_eq!(value(&summary, "hit_rate_shapes_both"), 0.5);
    assert_eq!(value(&summary, "false_alarm_rate_letters_both"), 0.25);
    assert_eq!(value(&summary, "false_alarm_rate_shapes_both"), 0.25);
    assert_eq!(value(&summary, "false_alarm_rate_letters_single"), 0.5);
    assert_eq!(value(&summary, "dual_cost_hit"), 0.5);
    // H = 2.5 / 3, F = 1.5 / 3: z(0.8333) − z(0.5)
    close(value(&summary, "d_prime_letters_single"), 0.967_421_566, 1e-6);
    assert_eq!(value(&summary, "anticipations"), 1.0);
    assert_eq!(summary.metric("dual_cost_rt_letters").unwrap().rules, ["R1", "R2", "R3", "R4"]);
}

#[test]
fn without_one_of_the_loads_no_cost_can_be_told() {
    let alone: Vec<_> = table().into_iter().filter(|row| !row.0.ends_with("both")).collect();
    let summary = score(TASK, json!({}), rows(&alone));
    assert_eq!(value(&summary, "median_rt_shapes_single"), 460.0);
    for name in ["dual_cost_rt", "dual_cost_hit_letters", "hit_rate_shapes_both"] {
        assert_eq!(reason(&summary, name), Reason::NoTrials, "{name}");
    }
    let none = score(TASK, json!({}), Vec::new());
    assert!(!none.valid && none.flags.contains(&"no_trials".into()));
}

#[test]
fn missing_most_targets_is_not_valid() {
    let list: Vec<_> = (0..40)
        .map(|i| match i % 8 {
            0 => ("letters_both", if i < 8 { 450.0 } else { 0.0 }, "left"),
            4 => ("shapes_both", if i < 8 { 450.0 } else { 0.0 }, "right"),
            _ => ("no_target_both", 0.0, ""),
        })
        .collect();
    let summary = score(TASK, json!({}), rows(&list));
    assert!(summary.flags.contains(&"many_omissions".into()), "{:?}", summary.flags);
}
