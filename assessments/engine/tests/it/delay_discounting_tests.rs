//! Delay discounting: what is offered, and scores against values worked out by hand.

use super::{
    desk::Desk,
    plans::{
        answered, field, longest_run, plans, reason, score, tally, task, value, with_int, with_text,
    },
    support::{close, config, module, trials},
};
use contract::task::{Extra, Micros, Reason, Trial};
use proptest::prelude::*;
use serde_json::json;
use task_engine::{
    Choice,
    script::TrialPlan,
    simulate::{self, Setup},
};

const TASK: &str = "delay_discounting";

fn int(plan: &TrialPlan, name: &str) -> i64 {
    match plan.get(name) {
        Some(Extra::Int(n)) => *n,
        other => panic!("{name}: {other:?}"),
    }
}

/// The 27 questions as planned, answered by `later`.
fn questionnaire(later: impl Fn(i64, &str) -> bool) -> Vec<Trial> {
    let (_, plan) = plans(task(TASK, json!({})).as_ref(), 1).pop().unwrap();
    let mut i = 0;
    plan.iter()
        .map(|t| {
            let side = if later(int(t, "rank"), t.condition) { "left" } else { "right" };
            let trial = answered(TASK, i, t.condition, 2000.0, [None, Some(side)]);
            i += 1;
            with_int(with_text(trial, "later_side", "left"), "rank", int(t, "rank"))
        })
        .collect()
}

proptest! {
    #[test]
    fn the_questions_come_in_their_order_with_balanced_sides(seed: u64) {
        let (_, plan) = plans(task(TASK, json!({})).as_ref(), seed).pop().unwrap();
        prop_assert_eq!(plan.len(), 27);
        prop_assert_eq!(plan[0].stimulus.as_str(), "54 now, 55 in 117 days");
        prop_assert_eq!(plan[26].stimulus.as_str(), "20 now, 55 in 7 days");
        let cells = tally(plan.iter().map(|t| (t.condition, int(t, "rank"))));
        prop_assert!(cells.len() == 27 && cells.values().all(|n| *n == 1));
        let sides: Vec<&str> = plan.iter().map(|t| field(t, "later_side")).collect();
        let left = sides.iter().filter(|side| **side == "left").count();
        prop_assert!((13..=14).contains(&left) && longest_run(&sides) <= 4);
        prop_assert!(plan.iter().all(|t| t.open && t.correct.is_none()));
    }
}

#[test]
fn each_question_is_indifferent_at_the_rate_of_its_rank() {
    let rates = [0.00016, 0.0004, 0.001, 0.0025, 0.006, 0.016, 0.041, 0.1, 0.25];
    let (_, plan) = plans(task(TASK, json!({})).as_ref(), 1).pop().unwrap();
    for t in &plan {
        let [sooner, later, days] = ["sooner", "later", "days"].map(|name| int(t, name) as f64);
        let k = (later / sooner - 1.0) / days;
        let rate = rates[usize::try_from(int(t, "rank")).unwrap()];
        assert!((k / rate - 1.0).abs() < 0.06, "{} {k} {rate}", t.stimulus);
    }
}

#[test]
fn a_consistent_person_has_the_rate_between_two_ranks() {
    // Waits from rank 4 (0.0060) on: between 0.0025 and 0.0060
    let summary = score(TASK, json!({}), questionnaire(|rank, _| rank >= 4));
    close(value(&summary, "k"), (0.0025_f64 * 0.006).sqrt(), 1e-12);
    close(value(&summary, "ln_k"), (0.0025_f64 * 0.006).sqrt().ln(), 1e-12);
    assert_eq!(value(&summary, "consistency"), 1.0);
    close(value(&summary, "later_share"), 15.0 / 27.0, 1e-12);
    assert!(summary.flags.iter().all(|flag| flag == "incomplete" || flag == "practice_not_passed"));
    assert_eq!(summary.metric("k").unwrap().unit, "per_day");
}

#[test]
fn the_ends_of_the_grid_are_flagged() {
    for (waits, k) in [(true, 0.00016), (false, 0.25)] {
        let summary = score(TASK, json!({}), questionnaire(|_, _| waits));
        close(value(&summary, "k"), k, 1e-12);
        assert!(summary.flags.contains(&"rate_at_limit".to_owned()));
    }
}

#[test]
fn ties_give_the_geometric_mean_and_sizes_their_own_rates() {
    let odd = |rank: i64, size: &str| match size {
        "large" => rank == 2 || rank >= 4,
        "medium" => rank >= 6,
        _ => rank >= 8,
    };
    let summary = score(TASK, json!({}), questionnaire(odd));
    // Large: waiting from rank 2 on misses the choice at 3 alone, from rank 4 on that at 2 alone
    let tie = (0.0004_f64.ln() + 0.001_f64.ln() + 0.0025_f64.ln() + 0.006_f64.ln()) / 4.0;
    let medium = (0.016_f64.ln() + 0.041_f64.ln()) / 2.0;
    let small = (0.1_f64.ln() + 0.25_f64.ln()) / 2.0;
    close(value(&summary, "k_large"), tie.exp(), 1e-12);
    close(value(&summary, "k_medium"), medium.exp(), 1e-12);
    close(value(&summary, "k_small"), small.exp(), 1e-12);
    close(value(&summary, "k_geomean"), ((tie + medium + small) / 3.0).exp(), 1e-12);
    close(value(&summary, "consistency_large"), 8.0 / 9.0, 1e-12);
    assert_eq!(value(&summary, "consistency_small"), 1.0);
}

#[test]
fn choices_without_a_rate_are_not_valid_and_missing_ones_leave_none() {
    let summary = score(TASK, json!({}), questionnaire(|rank, _| rank % 2 == 0));
    assert!(summary.flags.contains(&"inconsistent_choices".to_owned()));
    let mut rows = questionnaire(|rank, _| rank >= 4);
    rows[3].resp_code = None;
    let summary = score(TASK, json!({}), rows);
    assert_eq!(reason(&summary, "k"), Reason::TooFewTrials);
    assert_eq!(value(&summary, "omissions"), 1.0);
    assert_eq!(reason(&summary, "auc"), Reason::NotPlanned);
}

/// Six choices at each delay, by what a person with these shares would take.
fn adjusting(shares: [f64; 5]) -> Vec<Trial> {
    let mut rows = Vec::new();
    for (delay, share) in (0..).zip(shares) {
        let (mut offer, mut step) = (0.5, 0.25);
        for _ in 0..6 {
            let later = offer < share;
            let side = if later { "right" } else { "left" };
            let i = u32::try_from(rows.len()).unwrap();
            let trial = answered(TASK, i, "adjusting", 1500.0, [None, Some(side)]);
            rows.push(with_int(with_text(trial, "later_side", "right"), "delay", delay));
            offer += if later { step } else { -step };
            step /= 2.0;
        }
    }
    rows
}

#[test]
fn indifference_points_area_and_rate_of_the_adjusting_amount() {
    let month = 30.4375;
    let days = [7.0, month, 6.0 * month, 365.25, 5.0 * 365.25];
    // Indifference points are odd numbers of 128ths
    let shares = days.map(|d: f64| {
        let exact = 1.0 / (1.0 + 0.01 * d);
        ((exact * 64.0).floor() * 2.0 + 1.0) / 128.0
    });
    let params = json!({ "procedure": "adjusting" });
    let summary = score(TASK, params.clone(), adjusting(shares));
    let names = ["week", "month", "half_year", "year", "5_years"];
    for (name, share) in names.iter().zip(shares) {
        close(value(&summary, &format!("value_{name}")), share, 1e-12);
    }
    let mut area = 0.0;
    let (mut x, mut y) = (0.0, 1.0);
    for (d, share) in days.iter().zip(shares) {
        area += (d / days[4] - x) * (y + share) / 2.0;
        (x, y) = (d / days[4], share);
    }
    close(value(&summary, "auc"), area, 1e-12);
    let k = value(&summary, "k");
    assert!((k / 0.01 - 1.0).abs() < 0.1, "{k}");
    // No other rate fits better
    let cost = |k: f64| -> f64 {
        days.iter().zip(shares).map(|(d, v)| (v - 1.0 / (1.0 + k * d)).powi(2)).sum()
    };
    assert!(cost(k) <= cost(k * 1.001) && cost(k) <= cost(k * 0.999));
    assert_eq!(value(&summary, "rises"), 0.0);
    assert!(!summary.flags.contains(&"nonsystematic_choices".to_owned()));
    let rising = score(TASK, params.clone(), adjusting([0.8, 0.3, 0.7, 0.3, 0.2]));
    assert_eq!(value(&rising, "rises"), 1.0);
    assert!(rising.flags.contains(&"nonsystematic_choices".to_owned()));
    let flat = score(TASK, params, adjusting([0.6, 0.6, 0.58, 0.57, 0.56]));
    assert!(flat.flags.contains(&"nonsystematic_choices".to_owned()));
}

#[test]
fn five_choices_lead_to_the_half_life() {
    let params = json!({ "procedure": "five_trial" });
    let k = |choices: [bool; 5]| {
        let row = |(i, later): (u32, bool)| {
            let side = if later { "left" } else { "right" };
            let trial = answered(TASK, i, "five_trial", 1500.0, [None, Some(side)]);
            with_text(trial, "later_side", "left")
        };
        value(&score(TASK, params.clone(), (0..).zip(choices).map(row).collect()), "k")
    };
    // Always now: an hour; always later: 25 years
    close(k([false; 5]), 24.0, 1e-9);
    close(k([true; 5]), 1.0 / (25.0 * 365.25), 1e-12);
    // Three weeks, a day, four days, two days, a day and a half; then less
    close(k([false, true, false, false, false]), 1.0 / (1.0_f64 * 1.5).sqrt(), 1e-9);
    close(k([true, false, false, false, false]), 1.0 / (21.0 * 30.4375_f64).sqrt(), 1e-9);
}

#[test]
fn the_offer_follows_the_choices() {
    for (procedure, n) in [("adjusting", 30), ("five_trial", 5)] {
        let params = json!({ "procedure": procedure, "practice_trials": 0 });
        let run = config(5, vec![module(TASK, params)]);
        let log = simulate::run(&run, 2, &Setup::honest(30.0)).unwrap();
        let rows = trials(&log.items);
        assert_eq!(rows.len(), n);
        let number = |t: &Trial, name: &str| match t.extra.get(name) {
            Some(Extra::Int(n)) => *n,
            other => panic!("{name}: {other:?}"),
        };
        let later = |t: &Trial| match &t.extra["later_side"] {
            Extra::Text(side) => t.resp_code.as_deref().map(|code| code == side),
            other => panic!("{other:?}"),
        };
        for pair in rows.windows(2) {
            let Some(waited) = later(pair[0]) else { continue };
            if procedure == "five_trial" {
                assert_eq!(number(pair[1], "rung") > number(pair[0], "rung"), waited);
            } else if number(pair[0], "delay") == number(pair[1], "delay") {
                assert_eq!(number(pair[1], "sooner") > number(pair[0], "sooner"), waited);
            } else {
                assert_eq!(number(pair[1], "sooner"), 500);
            }
        }
        let k = value(&log.summaries[0], "k");
        assert!((0.006..0.024).contains(&k), "{procedure} {k}");
        assert!(log.summaries[0].valid, "{:?}", log.summaries[0].flags);
    }
}

#[test]
fn what_is_shown_is_what_is_recorded() {
    let params = json!({ "procedure": "adjusting", "practice_trials": 0 });
    let mut desk = Desk::open(&config(5, vec![module(TASK, params)]), false);
    desk.reach_trials();
    let mut sooner = Vec::new();
    for _ in 0..4 {
        while desk.runner.scenes()[usize::from(desk.over[0].0)].pieces.is_empty() {
            desk.frame();
        }
        let layer = desk.runner.scenes()[usize::from(desk.over[0].0)].clone();
        let task_engine::scene::Shape::Text(text) = &layer.pieces[0].shape else { panic!() };
        sooner.push(text.clone());
        let (onset, _, cue) = *desk.flips.last().unwrap();
        desk.stamp(cue.unwrap());
        desk.frames(60);
        desk.press(Choice(0), onset + Micros(900_000));
        desk.frames(4);
        let row = desk.last_trial();
        assert!(row.stimulus.starts_with(&format!("{} now", text.trim_start_matches('€'))));
        assert_eq!((row.correct, row.omission), (None, false));
    }
    assert_eq!(sooner[0], "€500");
    assert!(["€250", "€750"].contains(&sooner[1].as_str()));
}

#[test]
fn practice_has_a_right_answer() {
    let (block, plan) = plans(task(TASK, json!({})).as_ref(), 3).swap_remove(0);
    assert!(block.criterion.is_some());
    for t in &plan {
        let side = if t.correct == Some(Choice(0)) { "left" } else { "right" };
        assert_eq!(field(t, "later_side"), side);
        assert!(!t.open);
    }
}
