//! The attention network test: order, timing and scores.

use super::{
    plans::{answered, field, longest_run, plans, reason, score, tally, task, value, with_text},
    support::{close, config, module, trials},
};
use contract::task::{Extra, Phase, Reason, Trial};
use proptest::prelude::*;
use serde_json::json;
use task_engine::simulate::{self, Setup};

fn whole(trial: &Trial, name: &str) -> i64 {
    match trial.extra.get(name) {
        Some(Extra::Int(n)) => *n,
        other => panic!("{name}: {other:?}"),
    }
}

fn row(i: u32, cue: &str, flanker: &str, rt: f64, right: bool) -> Trial {
    let given = Some(if right { "left" } else { "right" });
    let trial = answered("ant", i, &format!("{cue}_{flanker}"), rt, [Some("left"), given]);
    with_text(with_text(trial, "cue", cue), "flanker", flanker)
}

/// Three RTs around a median in each cell: 500, plus what cue and flanker cost.
fn table() -> Vec<Trial> {
    let mut rows = Vec::new();
    for (cue, cost) in [("none", 60.0), ("center", 20.0), ("double", 10.0), ("spatial", -25.0)] {
        for (flanker, more) in [("congruent", 0.0), ("incongruent", 90.0), ("neutral", 5.0)] {
            for off in [-30.0, 0.0, 45.0] {
                let i = u32::try_from(rows.len()).unwrap();
                rows.push(row(i, cue, flanker, 500.0 + cost + more + off, true));
            }
        }
    }
    rows
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn everything_is_balanced_in_every_part(seed: u64) {
        let ant = task("ant", json!({}));
        for (block, trials) in plans(ant.as_ref(), seed) {
            let conditions = tally(trials.iter().map(|t| t.condition));
            prop_assert_eq!(conditions.len(), 12);
            prop_assert!(conditions.values().all(|n| *n == block.trials as usize / 12));
            if block.criterion.is_none() {
                let whole = tally(trials.iter().map(|t| (t.condition, t.correct, field(t, "place"))));
                prop_assert_eq!(whole.len(), 48);
                prop_assert!(whole.values().all(|n| *n == 2));
            }
            for name in ["cue", "flanker"] {
                let levels: Vec<&str> = trials.iter().map(|t| field(t, name)).collect();
                prop_assert!(longest_run(&levels) <= 4);
            }
            for t in &trials {
                let Some(Extra::Int(fixation)) = t.get("fixation_ms") else { panic!() };
                prop_assert!((400..=1600).contains(fixation));
            }
        }
    }
}

#[test]
fn trials_last_four_seconds_whatever_the_answer_and_the_cue_comes_half_a_second_before() {
    let run = config(5, vec![module("ant", json!({ "trials": 144, "practice_trials": 0 }))]);
    let setup = Setup { late_frames: 0.0, ..Setup::honest(25.0) };
    let log = simulate::run(&run, 3, &setup).unwrap();
    let rows = trials(&log.items);
    assert_eq!(rows.len(), 144);
    // The cross of each trial begins where its own share of the time begins
    let began = |t: &Trial| {
        t.raf_n_us.unwrap().ms()
            - 500.0
            - f64::from(i32::try_from(whole(t, "fixation_ms")).unwrap())
    };
    for pair in rows.windows(2).filter(|pair| pair[0].block == pair[1].block) {
        close(began(pair[1]) - began(pair[0]), 4000.0, 40.0);
    }
    for t in &rows {
        close(whole(t, "signal_soa_us") as f64 / 1000.0, -500.0, 1.0);
    }
    assert!(log.summaries[0].valid, "{:?}", log.summaries[0].flags);
}

#[test]
fn networks_are_differences_of_means_of_medians() {
    let summary = score("ant", json!({}), table());
    close(value(&summary, "alerting_rt"), 60.0 - 10.0, 1e-9);
    close(value(&summary, "orienting_rt"), 20.0 + 25.0, 1e-9);
    close(value(&summary, "conflict_rt"), 90.0, 1e-9);
    assert_eq!(summary.metric("alerting_rt").unwrap().n_used, 18);
    assert_eq!(summary.metric("conflict_rt").unwrap().n_used, 24);
    // The mean of each cell lies 5 above its median
    close(value(&summary, "alerting_mean_rt"), 50.0, 1e-9);
    close(value(&summary, "conflict_mean_rt"), 90.0, 1e-9);
    close(value(&summary, "conflict_error"), 0.0, 1e-9);
    // 450, 480, 485, 495, 515, 525, 525, 535, 560, 565, 570, 610
    assert_eq!(value(&summary, "median_rt_neutral"), 525.0);
}

#[test]
fn errors_count_by_cell_and_an_empty_cell_leaves_no_difference() {
    let mut rows = table();
    for (i, right) in [(100, false), (101, true)] {
        rows.push(row(i, "none", "incongruent", 700.0, right));
    }
    let summary = score("ant", json!({}), rows.clone());
    // One of five in a cell of none: a fifth, a third of that in the row, a quarter in the column
    close(value(&summary, "alerting_error"), 0.2 / 3.0, 1e-12);
    close(value(&summary, "conflict_error"), 0.2 / 4.0, 1e-12);
    close(value(&summary, "orienting_error"), 0.0, 1e-9);
    rows.retain(|t| t.condition != "double_neutral");
    let summary = score("ant", json!({}), rows);
    assert_eq!(reason(&summary, "alerting_rt"), Reason::NoTrials);
    close(value(&summary, "orienting_rt"), 45.0, 1e-9);
}

#[test]
fn practice_and_test_are_as_published() {
    let ant = task("ant", json!({}));
    let blocks: Vec<(Phase, u32)> = ant.blocks().iter().map(|b| (b.phase, b.trials)).collect();
    let test = (Phase::Test, 96);
    assert_eq!(blocks, [(Phase::Practice, 24), test, test, test]);
    let too_short = json!({ "trial_time": 3000 });
    let spec = task_engine::tasks::latest("ant").unwrap();
    let map = too_short.as_object().cloned().unwrap();
    let errors = task_engine::tasks::validate_params(spec, &map).unwrap_err();
    assert_eq!((errors[0].param.as_str(), errors[0].rule), ("trial_time", "order"));
}
