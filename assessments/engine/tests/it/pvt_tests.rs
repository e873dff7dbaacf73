//! Psychomotor vigilance task: intervals, clock, false starts and scores.

use super::{
    desk::Desk,
    plans::{answered, plans, reason, score, task, value, with_int},
    support::{close, config, module, trials},
};
use contract::task::{Extra, Micros, Phase, Reason, Trial};
use proptest::prelude::*;
use serde_json::json;
use task_engine::{
    Choice,
    simulate::{self, Kind, Participant, Setup},
    tasks,
};

const TASK: &str = "pvt";

fn pvt_b() -> serde_json::Value {
    tasks::latest(TASK).unwrap().presets[0].params().into()
}

proptest! {
    #[test]
    fn intervals_are_drawn_between_their_limits(seed: u64) {
        for (params, limits) in [(json!({}), 2000..=10_000), (pvt_b(), 1000..=4000)] {
            let pvt = task(TASK, params);
            for (_, trials) in plans(pvt.as_ref(), seed) {
                for t in &trials {
                    let Some(Extra::Int(rsi)) = t.get("rsi_ms") else { panic!("no interval") };
                    prop_assert!(limits.contains(rsi));
                    // The second in which the RT before is shown is part of it
                    prop_assert_eq!(t.script.steps[0].ms, f64::from(i32::try_from(*rsi - 1000).unwrap()));
                }
            }
        }
    }
}

#[test]
fn intervals_are_even() {
    let pvt = task(TASK, json!({}));
    let mut bins = [0_u32; 8];
    for seed in 0..20 {
        for t in &plans(pvt.as_ref(), seed)[1].1 {
            let Some(Extra::Int(rsi)) = t.get("rsi_ms") else { panic!("no interval") };
            bins[usize::try_from((rsi - 2000) / 1000).unwrap().min(7)] += 1;
        }
    }
    let expected = f64::from(bins.iter().sum::<u32>()) / 8.0;
    let chi_square: f64 = bins.iter().map(|n| (f64::from(*n) - expected).powi(2) / expected).sum();
    // 99.9 % point of chi-square with 7 degrees of freedom
    assert!(chi_square < 24.32, "{bins:?} {chi_square}");
}

/// The test ends with the trial in which the clock runs out, however slow somebody is.
#[test]
fn three_minutes_are_three_minutes() {
    for age in [8.0, 30.0, 80.0] {
        let run = config(9, vec![module(TASK, pvt_b())]);
        let log = simulate::run(&run, 9, &Setup::honest(age)).unwrap();
        assert!(log.complete);
        let rows = trials(&log.items);
        let test: Vec<_> = rows.iter().filter(|t| t.phase == Phase::Test).collect();
        let over = |t: &Trial| match t.extra.get("block_time_us") {
            Some(Extra::Int(us)) => *us >= 180_000_000,
            other => panic!("{other:?}"),
        };
        assert!(over(test[test.len() - 1]));
        assert!(test[..test.len() - 1].iter().all(|t| !over(t)));
        assert!((40..100).contains(&test.len()), "{}", test.len());
        let summary = &log.summaries[0];
        assert!(summary.valid, "{:?}", summary.flags);
    }
}

#[test]
fn ten_minutes_give_some_ninety_responses() {
    let run = config(9, vec![module(TASK, json!({}))]);
    let setup = Setup { participant: Participant::new(Kind::Honest, 30.0), ..Setup::honest(30.0) };
    let summary = simulate::run(&run, 9, &setup).unwrap().summaries.remove(0);
    assert!((75.0..115.0).contains(&value(&summary, "n_trials")));
    assert!((3.0..5.0).contains(&value(&summary, "response_speed")));
    assert!(summary.valid);
}

/// Too soon: told so, a row of its own, a new interval. In time: the RT in milliseconds.
#[test]
fn a_false_start_and_then_a_response_with_its_time() {
    let params = json!({ "practice_trials": 0, "minutes": 1, "rsi_min": 3000, "rsi_max": 3000 });
    let mut desk = Desk::open(&config(1, vec![module(TASK, params)]), false);
    desk.reach_trials();
    desk.until("box");
    desk.frames(30);
    let early = desk.raf;
    desk.press(Choice(0), early);
    desk.until("feedback.early");
    desk.until("box");
    desk.frame();
    let row = desk.last_trial();
    assert_eq!(row.extra.get("false_start"), Some(&Extra::Flag(true)));
    assert_eq!((row.onset_us, row.correct), (None, Some(false)));
    let cue = desk.until("target").unwrap();
    // 3 s since the press was answered: 1 s of feedback and 2 s of waiting
    close((desk.raf - early).ms(), 3000.0, 40.0);
    desk.stamp(cue);
    let onset = desk.raf;
    desk.frames(18);
    desk.press(Choice(0), onset + Micros(287_400));
    desk.until("feedback.right");
    let shown: String = desk
        .over
        .iter()
        .filter(|scene| scene.0 > 0)
        .map(|scene| desk.runner.scenes()[usize::from(scene.0)].name.clone())
        .collect::<Vec<_>>()
        .join(" ");
    // By what is known so far: from the end of the frame's callback, 0.4 ms after its beginning
    assert_eq!(shown, "digit.0.7 digit.1.8 digit.2.2");
    desk.until("box");
    desk.frame();
    assert_eq!(desk.last_trial().correct, Some(true));
    let summary = desk.runner.summaries().remove(0);
    assert_eq!(value(&summary, "false_starts"), 1.0);
    assert_eq!(value(&summary, "n_trials"), 2.0);
}

/// Ten valid RTs, one too early, one trial without a response, one press without a target.
fn worked() -> Vec<Trial> {
    let rts =
        [200.0, 220.0, 240.0, 260.0, 280.0, 300.0, 320.0, 340.0, 600.0, 1000.0, 90.0, 0.0, 50.0];
    let mut rows: Vec<Trial> = (0..)
        .zip(rts)
        .map(|(i, rt)| {
            let given = (rt > 0.0).then_some("press");
            let row = answered(TASK, i, "target", rt, [Some("press"), given]);
            // A target every 15 s
            with_int(row, "time_on_task_us", i64::from(i) * 15_000_000)
        })
        .collect();
    rows[12].onset_us = None;
    rows[12].extra.insert("false_start".into(), Extra::Flag(true));
    rows
}

#[test]
fn lapses_false_starts_and_performance() {
    let summary = score(TASK, json!({ "minutes": 3 }), worked());
    // 600, 1000 and the one without a response, of eleven
    assert_eq!(value(&summary, "lapses"), 3.0);
    close(value(&summary, "lapse_share"), 3.0 / 11.0, 1e-12);
    assert_eq!((value(&summary, "false_starts"), value(&summary, "omissions")), (2.0, 1.0));
    close(value(&summary, "performance_score"), 1.0 - 5.0 / 13.0, 1e-12);
    let brief = score(TASK, json!({ "minutes": 3, "lapse": 320 }), worked());
    assert_eq!(value(&brief, "lapses"), 5.0);
    assert!(summary.flags.contains(&"too_few_responses".into()), "10 are fewer than 15");
    assert!(
        !score(TASK, json!({ "minutes": 2 }), worked()).flags.contains(&"too_few_responses".into())
    );
}

#[test]
fn speed_of_all_and_of_the_slowest_and_fastest_tenth() {
    let summary = score(TASK, json!({ "minutes": 3 }), worked());
    close(value(&summary, "response_speed"), 3.319_588_010_029_187, 1e-12);
    assert_eq!(summary.metric("response_speed").unwrap().unit, "per_s");
    assert_eq!((value(&summary, "mean_rt_all"), value(&summary, "median_rt")), (376.0, 290.0));
    assert_eq!((value(&summary, "slowest_speed"), value(&summary, "fastest_rt")), (1.0, 200.0));
    // Eleven RTs: the tenth is rounded up to two
    let mut rows = worked();
    rows[11] = answered(TASK, 11, "target", 500.0, [Some("press"); 2]);
    let summary = score(TASK, json!({ "minutes": 3 }), rows);
    close(value(&summary, "slowest_speed"), f64::midpoint(1.0, 1000.0 / 600.0), 1e-12);
    assert_eq!(value(&summary, "fastest_rt"), 210.0);
    assert_eq!(value(&summary, "lapses"), 3.0, "500 ms is a lapse");
}

#[test]
fn tiring_shows_in_the_slope_of_speed() {
    // 5, 4.5, 4, 3.5 responses a second at 0, 1, 2, 3 minutes
    let rows: Vec<Trial> = (0..4)
        .map(|i| {
            let speed = 5.0 - 0.5 * f64::from(i);
            let row = answered(TASK, i, "target", 1000.0 / speed, [Some("press"); 2]);
            with_int(row, "time_on_task_us", i64::from(i) * 60_000_000)
        })
        .collect();
    let summary = score(TASK, json!({}), rows);
    close(value(&summary, "speed_slope"), -0.5, 1e-4);
    assert_eq!(reason(&score(TASK, json!({}), Vec::new()), "speed_slope"), Reason::NoTrials);
}

#[test]
fn limits_must_be_in_order() {
    let check = |params: serde_json::Value| {
        let map = params.as_object().cloned().unwrap();
        let error = tasks::validate_params(tasks::latest(TASK).unwrap(), &map).unwrap_err();
        (error[0].param.clone(), error[0].rule)
    };
    assert_eq!(check(json!({ "rsi_min": 5000, "rsi_max": 4000 })), ("rsi_max".into(), "order"));
    assert_eq!(check(json!({ "lapse": 2000, "timeout": 1500 })), ("lapse".into(), "order"));
    assert_eq!(check(json!({ "rsi_min": 500 })), ("rsi_min".into(), "range"));
}
