//! Task switching: order, course and scores.

use super::{
    desk::Desk,
    plans::{
        answered, field, longest_run, plans, reason, score, tally, task, value, with_int, with_text,
    },
    support::{close, config, module, trials},
};
use contract::task::{Extra, Interruption, Reason, Trial};
use proptest::prelude::*;
use serde_json::json;
use task_engine::{
    script::TrialPlan,
    simulate::{self, Setup},
};

fn digit(plan: &TrialPlan) -> &str {
    plan.stimulus.split_once(' ').unwrap().1
}

fn csi(plan: &TrialPlan) -> i64 {
    match plan.get("csi_ms") {
        Some(Extra::Int(ms)) => *ms,
        other => panic!("{other:?}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn half_of_the_mixed_trials_are_switches_and_digits_never_repeat(seed: u64) {
        let switching = task("task_switching", json!({}));
        for (block, trials) in plans(switching.as_ref(), seed) {
            prop_assert!(trials.windows(2).all(|pair| digit(&pair[0]) != digit(&pair[1])));
            prop_assert_eq!(trials.len(), block.trials as usize);
            for pair in trials.windows(2) {
                let same = field(&pair[0], "task") == field(&pair[1], "task");
                let wanted = if block.part < 2 { "single" } else if same { "repeat" } else { "switch" };
                prop_assert_eq!(pair[1].condition, wanted);
            }
            if block.criterion.is_some() {
                continue;
            }
            prop_assert_eq!(trials[0].condition, "first");
            let rest = &trials[1..];
            if block.part == 2 {
                let kinds = tally(rest.iter().map(|t| (t.condition, t.stimulus.as_str(), csi(t))));
                prop_assert_eq!(kinds.len(), 64);
                prop_assert!(kinds.values().all(|n| *n == 1));
                let conditions: Vec<&str> = rest.iter().map(|t| t.condition).collect();
                prop_assert!(longest_run(&conditions) <= 4);
            } else {
                let kinds = tally(rest.iter().map(|t| (t.stimulus.as_str(), csi(t))));
                prop_assert_eq!(kinds.len(), 16);
                prop_assert!(kinds.values().all(|n| *n == 2));
            }
            let congruent = rest.iter().filter(|t| field(t, "congruency") == "congruent").count();
            prop_assert_eq!(congruent * 2, rest.len());
        }
    }
}

#[test]
fn each_task_alone_first_then_both() {
    let parts = |first: &str| -> Vec<(u8, u32, bool)> {
        let switching = task("task_switching", json!({ "first_task": first }));
        let blocks = switching.blocks();
        blocks.iter().map(|b| (b.part, b.trials, b.intro.is_some())).collect()
    };
    let both = [(2, 16, true), (2, 65, false), (2, 65, false)];
    let alone = |part| [(part, 8, true), (part, 33, false)];
    assert_eq!(parts("parity"), [&alone(0)[..], &alone(1), &both].concat());
    assert_eq!(parts("size"), [&alone(1)[..], &alone(0), &both].concat());
    let unpractised = task("task_switching", json!({ "practice_trials": 0 }));
    let intros: Vec<bool> = unpractised.blocks().iter().map(|b| b.intro.is_some()).collect();
    assert_eq!(intros, [true, true, true, false]);
}

#[test]
fn the_question_comes_before_the_digit_and_stays() {
    let params = json!({ "practice_trials": 0 });
    let mut desk = Desk::open(&config(6, vec![module("task_switching", params)]), false);
    desk.reach_trials();
    let titles: Vec<&str> = desk.screens.iter().map(|s| s.title.as_str()).collect();
    assert_eq!(titles, ["Two questions", "Odd or even?"]);
    desk.until("reminder");
    let name =
        |desk: &Desk, i: usize| desk.runner.scenes()[usize::from(desk.over[i].0)].name.clone();
    let (mut asked, mut shown) = (None, None);
    for _ in 0..120 {
        desk.frame();
        asked = asked.or((name(&desk, 0) == "question.parity").then_some(desk.raf));
        shown = shown.or(name(&desk, 1).starts_with("digit").then_some(desk.raf));
    }
    let csi = (shown.unwrap() - asked.unwrap()).ms();
    assert!((csi - 100.0).abs() < 1.0 || (csi - 900.0).abs() < 1.0, "{csi}");
}

fn row(i: u32, condition: &str, csi: i64, rt: f64, right: bool) -> Trial {
    let given = Some(if right { "left" } else { "right" });
    let trial = answered("task_switching", i, condition, rt, [Some("left"), given]);
    with_int(
        with_text(
            trial,
            "congruency",
            if i.is_multiple_of(2) { "congruent" } else { "incongruent" },
        ),
        "csi_ms",
        csi,
    )
}

fn table() -> Vec<Trial> {
    [
        (100, "first", 999.0, true),
        (100, "repeat", 600.0, true),
        (100, "switch", 800.0, true),
        (900, "repeat", 560.0, true),
        (900, "switch", 640.0, true),
        (100, "repeat", 620.0, true),
        (100, "switch", 840.0, true),
        (900, "repeat", 580.0, true),
        (900, "switch", 660.0, false),
        (900, "switch", 990.0, true),
        (900, "switch", 700.0, true),
    ]
    .into_iter()
    .zip(0..)
    .map(|((csi, condition, rt, right), i)| row(i, condition, csi, rt, right))
    .collect()
}

#[test]
fn costs_are_differences_of_medians_after_right_answers() {
    let summary = score("task_switching", json!({}), table());
    // Repeats 600, 560, 620, 580; switches 800, 640, 840, 700 (990 follows an error)
    assert_eq!(value(&summary, "switch_cost_rt"), 750.0 - 590.0);
    assert_eq!(value(&summary, "switch_cost_short_rt"), 820.0 - 610.0);
    assert_eq!(value(&summary, "switch_cost_long_rt"), 670.0 - 570.0);
    assert_eq!(value(&summary, "preparation_rt"), 210.0 - 100.0);
    assert_eq!(summary.metric("switch_cost_rt").unwrap().n_used, 8);
    assert_eq!(summary.metric("switch_cost_rt").unwrap().rules, ["R1", "R2", "R3", "R4", "R6"]);
    close(value(&summary, "switch_cost_error"), 1.0 / 5.0, 1e-12);
    close(value(&summary, "preparation_error"), -1.0 / 3.0, 1e-12);
    assert_eq!(reason(&summary, "mixing_cost_rt"), Reason::NoTrials);
    assert_eq!(value(&summary, "median_rt_switch"), 800.0);
}

#[test]
fn mixing_costs_compare_repeats_with_one_task_alone() {
    let mut rows = table();
    for (i, rt) in (20..).zip([500.0, 510.0, 530.0]) {
        rows.push(row(i, "single", 100, rt, true));
    }
    let summary = score("task_switching", json!({}), rows);
    // The first of them follows nothing
    assert_eq!(value(&summary, "mixing_cost_rt"), 590.0 - 520.0);
}

#[test]
fn a_trial_that_is_run_again_is_what_it_then_is() {
    let run = config(8, vec![module("task_switching", json!({ "practice_trials": 0 }))]);
    let setup = Setup { interrupt_after: Some((100, Interruption::Hidden)), ..Setup::honest(30.0) };
    let log = simulate::run(&run, 1, &setup).unwrap();
    let rows = trials(&log.items);
    let lost = rows.iter().position(|t| t.interrupted).unwrap();
    assert_eq!(rows[lost + 1].condition, "first", "it follows no trial");
    let again = rows.iter().filter(|t| t.block == rows[lost].block && t.plan == rows[lost].plan);
    let again = again.max_by_key(|t| t.trial).unwrap();
    let before =
        rows.iter().find(|t| t.block == again.block && t.trial + 1 == again.trial).unwrap();
    let same = before.extra["task"] == again.extra["task"];
    assert_eq!(again.condition, if same { "repeat" } else { "switch" });
    assert!(log.summaries[0].valid);
}
