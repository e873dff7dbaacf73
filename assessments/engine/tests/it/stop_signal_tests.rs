//! The stop-signal task: order, staircase, signal timing and scores.

use super::{
    desk::Desk,
    plans::{answered, field, plans, reason, score, tally, task, value, with_int},
    support::{close, config, module, trials},
};
use contract::task::{Extra, Micros, Phase, Reason, Trial};
use proptest::prelude::*;
use serde_json::json;
use task_engine::{
    Choice,
    simulate::{self, Kind, Participant, Setup},
    stats::quantile_type6,
};

const TASK: &str = "stop_signal";

fn whole(trial: &Trial, name: &str) -> Option<i64> {
    match trial.extra.get(name) {
        Some(Extra::Int(n)) => Some(*n),
        _ => None,
    }
}

proptest! {
    #[test]
    fn a_quarter_are_stop_trials_at_most_three_in_a_row(seed: u64) {
        for (block, plan) in plans(task(TASK, json!({})).as_ref(), seed) {
            let eighth = block.trials as usize / 8;
            let cells = tally(plan.iter().map(|t| (t.condition, field(t, "direction"))));
            for side in ["left", "right"] {
                prop_assert_eq!(cells[&("go", side)], 3 * eighth);
                prop_assert_eq!(cells[&("stop", side)], eighth);
            }
            let stops: Vec<bool> = plan.iter().map(|t| t.condition == "stop").collect();
            let runs = stops.chunk_by(|a, b| a == b).filter(|run| run[0]);
            prop_assert!(runs.map(<[bool]>::len).max().unwrap_or(0) <= 3);
            for t in &plan {
                prop_assert_eq!(t.correct.is_none(), t.condition == "stop");
                prop_assert_eq!(t.script.steps.len(), if t.condition == "stop" { 3 } else { 2 });
                close(t.script.window_ms(), 1250.0, 1e-9);
            }
        }
    }
}

#[test]
fn practice_and_parts_are_as_published() {
    let stop = task(TASK, json!({}));
    let blocks: Vec<(Phase, u32)> = stop.blocks().iter().map(|b| (b.phase, b.trials)).collect();
    let test = (Phase::Test, 64);
    assert_eq!(blocks, [(Phase::Practice, 32), test, test, test, test]);
}

/// Runs through a test; answers stop trials where told. The rows of the stop trials.
fn staircase(stops: &[bool], late_frame: bool) -> Vec<Trial> {
    let params = json!({ "practice_trials": 0, "trials": 64, "blocks": 1 });
    let mut desk = Desk::open(&config(4, vec![module(TASK, params)]), false);
    desk.reach_trials();
    let mut seen = 0;
    while seen < stops.len() {
        desk.until("fixation");
        let cue = loop {
            desk.frame();
            let (raf, scene, cue) = *desk.flips.last().unwrap();
            let name = &desk.runner.scenes()[usize::from(scene.0)].name;
            if raf == desk.raf && (name == "<" || name == ">") {
                break cue.unwrap();
            }
        };
        desk.stamp(cue);
        let (onset, before) = (desk.raf, desk.items.len());
        if late_frame {
            desk.frame_after(3);
        }
        let mut signal = false;
        let mut pressed = false;
        for _ in 0..100 {
            desk.frame();
            let (raf, scene, cue) = *desk.flips.last().unwrap();
            let name = desk.runner.scenes()[usize::from(scene.0)].name.clone();
            if raf == desk.raf && name.ends_with("stop") {
                signal = true;
                desk.stamp(cue.unwrap());
            }
            // Go trials are answered after 1.1 s, failed stops soon after the signal
            let answer = if signal { !stops[seen] } else { desk.raf - onset > Micros(1_150_000) };
            if answer && !pressed {
                pressed = true;
                desk.press(Choice(0), desk.raf + Micros(5000));
            }
            if desk.items.len() > before {
                break;
            }
        }
        seen += usize::from(signal);
    }
    desk.trials().into_iter().filter(|t| t.condition == "stop").cloned().collect()
}

#[test]
fn the_delay_goes_up_after_a_stop_and_down_after_a_failure_but_not_below_a_step() {
    let stops = [true, true, false, false, false, false, false, false, true];
    let rows = staircase(&stops, false);
    let planned: Vec<i64> = rows.iter().map(|t| whole(t, "ssd_plan_ms").unwrap()).collect();
    assert_eq!(planned, [200, 250, 300, 250, 200, 150, 100, 50, 50]);
    for (row, stopped) in rows.iter().zip(stops) {
        assert_eq!(row.correct, Some(stopped));
        // At 60 Hz: shown in whole frames from the arrow's own frame
        let frames = (whole(row, "ssd_plan_ms").unwrap() as f64 / 16.667).round();
        close(whole(row, "signal_soa_us").unwrap() as f64, frames * 16_667.0, 1.0);
    }
}

#[test]
fn a_late_frame_after_the_arrow_does_not_move_the_signal() {
    let rows = staircase(&[true, true], true);
    let shown: Vec<i64> = rows.iter().map(|t| whole(t, "signal_soa_us").unwrap()).collect();
    assert_eq!(shown, [12 * 16_667, 15 * 16_667]);
}

#[test]
fn near_the_window_the_delay_stays_a_step_below_it() {
    let params =
        json!({ "practice_trials": 0, "ssd_start": 1000, "ssd_step": 100, "timeout": 1250 });
    let run = config(4, vec![module(TASK, params)]);
    let mut desk = Desk::open(&run, false);
    desk.reach_trials();
    // Nobody ever answers
    while desk.trials().iter().filter(|t| t.condition == "stop").count() < 4 {
        desk.frame();
        assert!(desk.flips.len() < 5000);
    }
    let stops = desk.trials().into_iter().filter(|t| t.condition == "stop");
    let planned: Vec<i64> = stops.map(|t| whole(t, "ssd_plan_ms").unwrap()).collect();
    assert_eq!(planned, [1000, 1100, 1200, 1150]);
}

fn go(i: u32, rt: Option<f64>, right: bool) -> Trial {
    let given = rt.map(|_| if right { "left" } else { "right" });
    answered(TASK, i, "go", rt.unwrap_or(0.0), [Some("left"), given])
}

fn stop(i: u32, rt: Option<f64>, planned: i64, shown: Option<f64>) -> Trial {
    let trial = answered(TASK, i, "stop", rt.unwrap_or(0.0), [None, rt.map(|_| "left")]);
    let trial = with_int(trial, "ssd_plan_ms", planned);
    match shown {
        Some(ms) => with_int(trial, "signal_soa_us", Micros::from_ms(ms).0),
        None => trial,
    }
}

/// Nine go RTs of 400 to 560, one omission; of `n` stop trials half are answered.
fn table(n: u32, failed: f64) -> Vec<Trial> {
    let mut rows: Vec<Trial> =
        (0..9).map(|i| go(i, Some(400.0 + 20.0 * f64::from(i)), i != 3)).collect();
    rows.push(go(9, None, true));
    for i in 0..n {
        let rt = (i % 2 == 0).then_some(failed);
        rows.push(stop(10 + i, rt, 200, Some(if i % 4 < 2 { 201.0 } else { 249.0 })));
    }
    rows
}

#[test]
fn ssrt_by_integration_with_replacement_of_omissions() {
    let summary = score(TASK, json!({}), table(60, 430.0));
    assert_eq!(value(&summary, "stop_response_rate"), 0.5);
    assert_eq!(value(&summary, "mean_ssd"), 225.0);
    assert_eq!(value(&summary, "mean_ssd_plan"), 200.0);
    // 400, 420 … 560 and the omission as 560: position 5.5 of ten is between 480 and 500
    assert_eq!(value(&summary, "nth_rt"), 490.0);
    assert_eq!(value(&summary, "ssrt"), 265.0);
    assert_eq!(value(&summary, "go_mean_rt"), 480.0);
    assert_eq!(value(&summary, "failed_stop_rt"), 430.0);
    close(value(&summary, "go_omission_rate"), 0.1, 1e-12);
    close(value(&summary, "go_error_rate"), 1.0 / 9.0, 1e-12);
    for flag in ["stop_rate_extreme", "race_violated", "ssrt_short", "few_stop_trials"] {
        assert!(!summary.flags.contains(&flag.to_owned()), "{flag}");
    }
}

#[test]
fn an_answer_before_the_signal_counts_as_one_and_has_no_shown_delay() {
    let mut rows = table(60, 430.0);
    for i in 0..20 {
        rows.push(stop(100 + i, Some(180.0), 300, None));
    }
    let summary = score(TASK, json!({}), rows);
    close(value(&summary, "stop_response_rate"), 50.0 / 80.0, 1e-12);
    assert_eq!(value(&summary, "mean_ssd"), 225.0);
    assert_eq!(value(&summary, "mean_ssd_plan"), 225.0);
    assert_eq!(value(&summary, "unshown_signals"), 20.0);
    // Position 0.625 · 11 = 6.875: 500 + 0.875 · 20
    close(value(&summary, "nth_rt"), 517.5, 1e-9);
    close(value(&summary, "ssrt"), 292.5, 1e-9);
    close(value(&summary, "failed_stop_rt"), (30.0 * 430.0 + 20.0 * 180.0) / 50.0, 1e-9);
}

#[test]
fn each_rule_of_validity() {
    let flags = |rows: Vec<Trial>| score(TASK, json!({}), rows).flags;
    let has = |rows: Vec<Trial>, flag: &str| flags(rows).contains(&flag.to_owned());
    assert!(has(table(40, 430.0), "few_stop_trials"));
    assert!(has(table(60, 480.0), "race_violated"), "not quicker than going");
    let answering = |share: u32| {
        let mut rows = table(0, 430.0);
        rows.extend((0..100).map(|i| stop(10 + i, (i < share).then_some(430.0), 200, Some(200.0))));
        rows
    };
    assert!(has(answering(24), "stop_rate_extreme") && has(answering(76), "stop_rate_extreme"));
    assert!(!has(answering(25), "stop_rate_extreme") && !has(answering(75), "stop_rate_extreme"));
    let mut short = table(0, 430.0);
    short.extend((0..60).map(|i| stop(10 + i, (i % 2 == 0).then_some(430.0), 450, Some(450.0))));
    assert!(has(short, "ssrt_short"));
    let never = score(TASK, json!({}), answering(0));
    assert_eq!(reason(&never, "ssrt"), Reason::NoVariation);
    assert_eq!(reason(&never, "failed_stop_rt"), Reason::NoTrials);
    assert_eq!(reason(&score(TASK, json!({}), Vec::new()), "ssrt"), Reason::NoTrials);
}

#[test]
fn the_simulated_stopping_time_is_found_again() {
    let run = config(11, vec![module(TASK, json!({}))]);
    // Stopping takes 220 ms on the average; the delay that varies hides a little of it
    let sessions: Vec<_> = (0..12)
        .map(|seed| simulate::run(&run, seed, &Setup::honest(25.0)).unwrap().summaries.remove(0))
        .collect();
    for summary in &sessions {
        assert!(summary.valid, "{:?}", summary.flags);
        close(value(summary, "stop_response_rate"), 0.5, 0.12);
    }
    close(sessions.iter().map(|s| value(s, "ssrt")).sum::<f64>() / 12.0, 220.0, 30.0);
    let log = simulate::run(&run, 5, &Setup::honest(25.0)).unwrap();
    for t in trials(&log.items).iter().filter(|t| t.condition == "stop") {
        if let Some(shown) = whole(t, "signal_soa_us") {
            let planned = whole(t, "ssd_plan_ms").unwrap() as f64;
            assert!((shown as f64 / 1000.0 - planned).abs() < 60.0, "{shown} {planned}");
        }
    }
    for kind in [Kind::FastGuesser, Kind::OneKey] {
        let setup = Setup { participant: Participant::new(kind, 25.0), ..Setup::honest(25.0) };
        assert!(!simulate::run(&run, 5, &setup).unwrap().summaries[0].valid, "{kind:?}");
    }
}

#[test]
fn quantiles_of_type_6() {
    let values = [15.0, 20.0, 35.0, 40.0, 50.0];
    let q = |p| quantile_type6(&values, p).unwrap();
    // R: quantile(c(15, 20, 35, 40, 50), c(.05, .3, .4, .5, .9), type = 6)
    for (p, wanted) in [(0.05, 15.0), (0.3, 19.0), (0.4, 26.0), (0.5, 35.0), (0.9, 50.0)] {
        close(q(p), wanted, 1e-9);
    }
    assert_eq!(quantile_type6(&[7.0], 0.3), Ok(7.0));
    assert_eq!(quantile_type6(&[], 0.3), Err(Reason::NoTrials));
}
