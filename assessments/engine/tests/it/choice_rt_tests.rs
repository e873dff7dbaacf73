//! Choice reaction time: order, course and scores.

use super::{
    desk::Desk,
    plans::{answered, longest_run, plans, reason, score, tally, task, value},
    support::{close, config, module},
};
use contract::task::{Extra, Micros, Reason, Trial};
use proptest::prelude::*;
use serde_json::json;
use task_engine::{Choice, tasks};

const TASK: &str = "choice_rt";

proptest! {
    #[test]
    fn boxes_are_balanced_and_never_four_times_in_a_row(seed: u64, max_run in 1_u32..4) {
        let choice = task(TASK, json!({ "blocks": 2, "max_run": max_run }));
        for (block, trials) in plans(choice.as_ref(), seed) {
            let boxes: Vec<&str> = trials.iter().map(|t| t.condition).collect();
            let counts = tally(boxes.iter());
            prop_assert_eq!(counts.len(), 4);
            prop_assert!(counts.values().all(|n| *n == block.trials as usize / 4));
            prop_assert!(longest_run(&boxes) <= max_run as usize);
            for t in &trials {
                let wait = t.script.steps[0].ms;
                prop_assert!((1000.0..=3000.0).contains(&wait));
                prop_assert_eq!(t.stimulus.as_str(), &t.condition[4..]);
            }
        }
    }
}

#[test]
fn counts_that_do_not_divide_by_four_are_refused() {
    let check = |params: serde_json::Value| {
        let map = params.as_object().cloned().unwrap();
        tasks::validate_params(tasks::latest(TASK).unwrap(), &map).unwrap_err()[0].clone()
    };
    let error = check(json!({ "trials": 44, "blocks": 2 }));
    assert_eq!((error.param.as_str(), error.rule), ("trials", "multiple"));
    assert_eq!(check(json!({ "practice_trials": 6 })).param, "practice_trials");
    let error = check(json!({ "foreperiod_min": 2000, "foreperiod_max": 1500 }));
    assert_eq!((error.param.as_str(), error.rule), ("foreperiod_max", "order"));
}

#[test]
fn four_boxes_then_an_x_in_one_of_them_until_the_answer() {
    let params = json!({ "practice_trials": 0, "trials": 8 });
    let mut desk = Desk::open(&config(3, vec![module(TASK, params)]), false);
    desk.reach_trials();
    let mut before: Option<String> = None;
    for n in 0..3 {
        // The count-down of the first trial ends with the boxes
        let shown = loop {
            desk.frame();
            let (raf, scene, cue) = *desk.flips.last().unwrap();
            let name = desk.runner.scenes()[usize::from(scene.0)].name.clone();
            if raf == desk.raf && name.starts_with("box_") {
                desk.stamp(cue.unwrap());
                break name;
            }
        };
        let onset = desk.raf;
        let location = shown[4..].parse::<u8>().unwrap() - 1;
        desk.frames(20);
        desk.press(Choice(location), onset + Micros(320_000));
        desk.frames(3);
        let trial = desk.last_trial();
        assert_eq!(trial.resp_code.as_deref(), Some(shown.as_str()));
        assert_eq!((trial.correct, trial.trial), (Some(true), n));
        assert_eq!(trial.extra.get("location"), Some(&Extra::Int(i64::from(location) + 1)));
        let prev = before.clone().map(Extra::Text);
        assert_eq!(trial.extra.get("prev_location"), prev.as_ref());
        before = Some(shown);
    }
}

#[test]
fn fingers_and_keys_find_their_box() {
    let mut desk = Desk::open(&config(3, vec![module(TASK, json!({}))]), false);
    desk.reach_trials();
    let responses = desk.runner.responses();
    for (key, code) in [
        ("KeyD", "box_1"),
        ("KeyX", "box_2"),
        ("Comma", "box_3"),
        ("Digit4", "box_4"),
        ("Space", "other"),
    ] {
        assert_eq!(responses.code(responses.key(key)), code);
    }
    for (x, code) in [
        (-900, "box_1"),
        (-241, "box_1"),
        (-240, "box_2"),
        (-1, "box_2"),
        (0, "box_3"),
        (240, "box_4"),
    ] {
        assert_eq!(responses.code(responses.point(x, 400)), code, "{x}");
    }
}

/// Rows by box, RT, and box that was pressed.
fn rows(list: &[(&str, f64, &str)]) -> Vec<Trial> {
    (0..)
        .zip(list)
        .map(|(i, (shown, rt, given))| {
            answered(TASK, i, shown, *rt, [Some(shown), (!given.is_empty()).then_some(given)])
        })
        .collect()
}

#[test]
fn speed_and_accuracy() {
    let summary = score(
        TASK,
        json!({}),
        rows(&[
            ("box_1", 400.0, "box_1"),
            ("box_2", 500.0, "box_2"),
            ("box_3", 450.0, "box_3"),
            ("box_4", 550.0, "box_4"),
            ("box_1", 350.0, "box_2"),
            ("box_2", 120.0, "box_2"),
            ("box_3", 0.0, ""),
        ]),
    );
    assert_eq!(value(&summary, "median_rt"), 475.0);
    assert_eq!(value(&summary, "mean_rt"), 475.0);
    close(value(&summary, "sd_rt"), (12_500.0_f64 / 3.0).sqrt(), 1e-12);
    // Type 7: Q1 at 437.5, Q3 at 512.5
    assert_eq!(value(&summary, "iqr_rt"), 75.0);
    assert_eq!(value(&summary, "accuracy"), 0.8);
    assert_eq!((value(&summary, "anticipations"), value(&summary, "omissions")), (1.0, 1.0));
    // Four right answers in 0.4 + 0.5 + 0.45 + 0.55 + 0.35 s
    close(value(&summary, "rate_correct"), 4.0 / 2.25, 1e-12);
    assert_eq!(summary.metric("rate_correct").unwrap().n_used, 5);
    assert_eq!(reason(&summary, "repetition_rt"), Reason::NoTrials);
    assert_eq!(reason(&summary, "exgauss_mu"), Reason::TooFewTrials);
}

#[test]
fn a_repeated_box_is_compared_with_a_new_one() {
    // 1 1 2 2 3 3 … : repetitions take 400 ms, changes 460, the first 999
    let boxes = ["box_1", "box_2", "box_3", "box_4"];
    let list: Vec<(&str, f64, &str)> = (0..24)
        .map(|i| {
            let shown = boxes[i / 2 % 4];
            let rt = if i == 0 {
                999.0
            } else if i % 2 == 1 {
                400.0
            } else {
                460.0
            };
            (shown, rt, shown)
        })
        .collect();
    let mut all = rows(&list);
    let summary = score(TASK, json!({}), all.clone());
    assert_eq!(value(&summary, "repetition_rt"), 60.0);
    assert_eq!(summary.metric("repetition_rt").unwrap().n_used, 23);
    // An error takes itself and the trial after it out
    all[5].resp_code = Some("box_1".into());
    let summary = score(TASK, json!({}), all);
    assert_eq!(summary.metric("repetition_rt").unwrap().n_used, 21);
}

#[test]
fn longer_waits_and_quicker_answers_make_a_falling_slope() {
    let mut rows = rows(&[
        ("box_1", 500.0, "box_1"),
        ("box_2", 480.0, "box_2"),
        ("box_3", 460.0, "box_3"),
        ("box_4", 440.0, "box_4"),
    ]);
    for (i, row) in (0..).zip(&mut rows) {
        row.extra.insert("lead_us".into(), Extra::Int(1_000_000 + i * 500_000));
    }
    rows[1].extra.insert("early_presses".into(), Extra::Int(2));
    let summary = score(TASK, json!({}), rows);
    close(value(&summary, "foreperiod_slope"), -40.0, 1e-9);
    assert_eq!(value(&summary, "early_presses"), 2.0);
}
