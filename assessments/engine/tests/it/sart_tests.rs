//! SART: order, course and scores.

use super::{
    desk::{Desk, T},
    plans::{answered, plans, reason, score, tally, task, value},
    support::{close, config, module},
};
use contract::task::{Extra, Reason, Trial};
use proptest::prelude::*;
use serde_json::json;
use task_engine::tasks;

const TASK: &str = "sart";

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn every_digit_comes_in_every_size_and_never_after_itself(seed: u64, no_go in 1_i64..10) {
        let sart = task(TASK, json!({ "no_go": no_go }));
        for (block, trials) in plans(sart.as_ref(), seed) {
            let each = block.trials as usize / 9;
            let digits = tally(trials.iter().map(|t| t.stimulus.as_str()));
            prop_assert_eq!(digits.len(), 9);
            prop_assert!(digits.values().all(|n| *n == each));
            prop_assert!(trials.windows(2).all(|pair| pair[0].stimulus != pair[1].stimulus));
            for t in &trials {
                let is_no_go = t.stimulus == no_go.to_string();
                prop_assert_eq!(t.correct.is_none(), is_no_go);
                prop_assert_eq!(t.condition == "no_go", is_no_go);
            }
            if each == 25 {
                let cells = tally(trials.iter().map(|t| {
                    let Some(Extra::Int(font)) = t.get("font") else { panic!("no size") };
                    (t.stimulus.clone(), *font)
                }));
                prop_assert_eq!(cells.len(), 45);
                prop_assert!(cells.values().all(|n| *n == 5));
            }
        }
    }

    #[test]
    fn in_fixed_order_the_digits_count(seed: u64) {
        let preset = tasks::latest(TASK).unwrap().presets[0].params();
        let sart = task(TASK, preset.into());
        for (_, trials) in plans(sart.as_ref(), seed) {
            for (i, t) in trials.iter().enumerate() {
                prop_assert_eq!(&t.stimulus, &(i % 9 + 1).to_string());
                prop_assert_eq!(t.script.steps[0].ms + t.script.steps[1].ms, 1439.0);
            }
        }
    }
}

#[test]
fn practice_takes_all_digits() {
    let map = json!({ "practice_trials": 10 }).as_object().cloned().unwrap();
    let errors = tasks::validate_params(tasks::latest(TASK).unwrap(), &map).unwrap_err();
    assert_eq!((errors[0].param.as_str(), errors[0].rule), ("practice_trials", "multiple"));
}

/// 250 ms of the digit, 900 ms of the mask, on and on; presses on the mask count for the digit.
#[test]
fn digit_mask_digit_mask() {
    let params = json!({ "practice_trials": 0, "rounds": 3 });
    let mut desk = Desk::open(&config(4, vec![module(TASK, params)]), false);
    desk.reach_trials();
    let from = desk.flips.len();
    desk.until("mask");
    let onset = desk.flips[from].0;
    assert_eq!(desk.raf - onset, contract::task::Micros(15 * T.0));
    desk.press(task_engine::Choice(0), onset + contract::task::Micros(600_000));
    desk.frames(69 * 3);
    let names: Vec<(i64, String)> = desk.flips[from..]
        .iter()
        .map(|f| ((f.0 - onset).0 / T.0, desk.runner.scenes()[usize::from(f.1.0)].name.clone()))
        .collect();
    for (n, (frame, name)) in (0_i64..).zip(&names) {
        assert_eq!(*frame, n / 2 * 69 + n % 2 * 15, "1150 ms are 69 frames");
        assert_eq!(name == "mask", n % 2 == 1);
    }
    assert!(names.len() >= 6);
    let first = desk.trials()[0];
    assert_eq!(first.resp_code.as_deref(), Some("press"));
    assert_eq!(names[0].1.split('.').next(), Some(first.stimulus.as_str()));
    assert_eq!(first.frames_plan, Some(15));
}

/// Rows by RT at a digit (g) or the 3 (n); 0 for no press.
fn rows(list: &[(char, f64)]) -> Vec<Trial> {
    (0..)
        .zip(list)
        .map(|(i, (kind, rt))| {
            let condition = if *kind == 'g' { "go" } else { "no_go" };
            let correct = (*kind == 'g').then_some("press");
            answered(TASK, i, condition, *rt, [correct, (*rt > 0.0).then_some("press")])
        })
        .collect()
}

/// Four digits around a mean RT, then a 3.
fn unit(mean: f64, no_go: f64) -> Vec<(char, f64)> {
    let gos = [-15.0, -5.0, 5.0, 15.0].map(|by| ('g', mean + by));
    gos.into_iter().chain([('n', no_go)]).collect()
}

#[test]
fn people_speed_up_before_an_error() {
    let list = [
        unit(300.0, 280.0),
        unit(310.0, 260.0),
        unit(320.0, 270.0),
        unit(340.0, 0.0),
        unit(350.0, 0.0),
        unit(360.0, 0.0),
        // Only three digits since the last 3: no such run
        vec![('g', 900.0), ('g', 900.0), ('g', 900.0), ('n', 250.0)],
    ]
    .concat();
    let summary = score(TASK, json!({}), rows(&list));
    assert_eq!(value(&summary, "pre_error_speeding"), 310.0 - 350.0);
    assert_eq!(summary.metric("pre_error_speeding").unwrap().n_used, 6);
    assert_eq!((value(&summary, "commissions"), value(&summary, "omissions")), (4.0, 0.0));
    close(value(&summary, "commission_rate"), 4.0 / 7.0, 1e-12);
    // First digits after errors: 295, 305, 325 (and nothing after the last); after others: 335 …
    close(
        value(&summary, "post_error_slowing"),
        (295.0 + 305.0 + 325.0) / 3.0 - (335.0 + 345.0 + 900.0) / 3.0,
        1e-9,
    );
    assert_eq!(value(&summary, "commission_rt"), 265.0);
}

#[test]
fn speed_and_misses() {
    let gos = [300.0, 320.0, 340.0, 360.0, 0.0, 60.0].map(|rt| ('g', rt));
    let summary =
        score(TASK, json!({}), rows(&[gos.as_slice(), &[('n', 0.0), ('n', 50.0)]].concat()));
    assert_eq!((value(&summary, "mean_rt"), value(&summary, "median_rt")), (330.0, 330.0));
    close(value(&summary, "sd_rt"), (2000.0_f64 / 3.0).sqrt(), 1e-12);
    close(value(&summary, "cv_rt"), (2000.0_f64 / 3.0).sqrt() / 330.0, 1e-12);
    assert_eq!((value(&summary, "omissions"), value(&summary, "anticipations")), (1.0, 2.0));
    assert_eq!(value(&summary, "commission_rate"), 0.5);
    assert_eq!(reason(&summary, "commission_rt"), Reason::NoTrials);
    assert_eq!(reason(&summary, "pre_error_speeding"), Reason::NoTrials);
}

#[test]
fn an_interruption_breaks_the_run_of_four() {
    let mut list: Vec<(char, f64)> = Vec::new();
    (0..3).for_each(|_| list.extend(unit(300.0, 280.0)));
    (0..4).for_each(|_| list.extend(unit(340.0, 0.0)));
    let mut rows = rows(&list);
    let used = |rows: &[Trial]| {
        score(TASK, json!({}), rows.to_vec()).metric("pre_error_speeding").unwrap().n_used
    };
    assert_eq!(used(&rows), 7);
    rows[31].interrupted = true;
    assert_eq!(used(&rows), 6);
}
