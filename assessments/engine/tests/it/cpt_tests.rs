//! Continuous performance test: order, pace and scores.

use super::{
    plans::{answered, plan, plans, reason, score, tally, task, value, with_int},
    support::{close, config, module, trials},
};
use contract::task::{Extra, Phase, Reason, Trial};
use proptest::prelude::*;
use serde_json::json;
use std::collections::BTreeMap;
use task_engine::{
    script::TrialPlan,
    simulate::{self, Setup},
    tasks,
};

const TASK: &str = "cpt";

fn int(plan: &TrialPlan, name: &str) -> i64 {
    match plan.get(name) {
        Some(Extra::Int(value)) => *value,
        other => panic!("{name}: {other:?}"),
    }
}

fn check_order(test: &[TrialPlan], run_trials: usize, isis: &[i64]) -> Result<(), TestCaseError> {
    for (i, run) in test.chunks(run_trials).enumerate() {
        prop_assert_eq!(run.len(), run_trials);
        let x: Vec<usize> = (0..run_trials).filter(|i| run[*i].correct.is_none()).collect();
        prop_assert_eq!(x.len(), 2);
        prop_assert!(x[0] >= 2 && x[1] > x[0] + 1, "{:?}", x);
        for t in run {
            prop_assert_eq!(int(t, "run"), i64::try_from(i).unwrap() + 1);
            prop_assert_eq!(int(t, "isi_ms"), int(&run[0], "isi_ms"));
            prop_assert_eq!(t.correct.is_none(), t.stimulus == "X");
        }
    }
    // Every pace once in each stretch
    for cycle in test.chunks(run_trials * isis.len()) {
        let mut seen: Vec<i64> =
            cycle.chunks(run_trials).map(|run| int(&run[0], "isi_ms")).collect();
        seen.sort_unstable();
        prop_assert_eq!(&seen, isis);
        prop_assert!(cycle.iter().all(|t| int(t, "cycle") == int(&cycle[0], "cycle")));
    }
    let signs: Vec<&str> =
        test.iter().filter(|t| t.stimulus != "X").map(|t| t.stimulus.as_str()).collect();
    prop_assert!(signs.windows(2).all(|pair| pair[0] != pair[1]), "no sign follows itself");
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn every_run_has_its_x_and_every_stretch_its_paces(seed: u64) {
        let cpt = task(TASK, json!({}));
        let blocks = plans(cpt.as_ref(), seed);
        prop_assert_eq!((blocks[0].1.len(), blocks[1].1.len(), blocks.len()), (20, 360, 2));
        check_order(&blocks[1].1, 20, &[1000, 2000, 4000])?;
        let letters = tally(blocks[1].1.iter().map(|t| t.stimulus.as_str()));
        for (letter, n) in &letters {
            prop_assert_eq!(*n, 36, "{}", letter);
        }
        prop_assert_eq!(letters.into_keys().collect::<String>(), "ABCDFILOTX");
        let practice = &blocks[0].1;
        prop_assert_eq!(practice.iter().filter(|t| t.stimulus == "X").count(), 2);
        prop_assert!(practice[0].stimulus != "X" && practice[1].stimulus != "X");
    }

    #[test]
    fn the_young_see_shapes_at_two_paces(seed: u64) {
        let preset = tasks::latest(TASK).unwrap().presets[0].params();
        let cpt = task(TASK, preset.into());
        let blocks = plans(cpt.as_ref(), seed);
        prop_assert_eq!(blocks[1].1.len(), 200);
        check_order(&blocks[1].1, 20, &[1500, 3000])?;
        prop_assert!(blocks[1].1.iter().all(|t| t.stimulus == "X" || t.stimulus.len() > 1));
    }
}

#[test]
fn every_place_but_the_first_two_can_be_an_x() {
    let cpt = task(TASK, json!({}));
    let block = cpt.blocks()[1];
    let mut places = [0_u32; 20];
    for seed in 0..100 {
        for (i, t) in plan(cpt.as_ref(), &block, seed).iter().enumerate() {
            places[i % 20] += u32::from(t.stimulus == "X");
        }
    }
    assert_eq!(places[..2], [0, 0]);
    // 3600 X in 18 places; the ends, with one neighbour only, a little more often
    assert!(places[2..].iter().all(|n| (150..260).contains(n)), "{places:?}");
}

#[test]
fn what_does_not_fit_is_refused() {
    let check = |params: serde_json::Value| {
        let map = params.as_object().cloned().unwrap();
        let error = tasks::validate_params(tasks::latest(TASK).unwrap(), &map).unwrap_err();
        (error[0].param.clone(), error[0].rule)
    };
    assert_eq!(check(json!({ "run_trials": 10, "run_x": 5 })), ("run_x".into(), "unsolvable"));
    assert_eq!(check(json!({ "practice_trials": 3 })), ("practice_trials".into(), "too_small"));
    assert_eq!(check(json!({ "stimulus": 1000 })), ("stimulus".into(), "order"));
    assert_eq!(check(json!({ "isi_3": 200 })), ("isi_3".into(), "order"));
    // As full as it can be
    let cpt = task(TASK, json!({ "run_trials": 11, "run_x": 5 }));
    assert_eq!(plans(cpt.as_ref(), 1)[1].1.len(), 198);
}

/// Onsets lie as far apart as planned, in one stream.
#[test]
fn signs_keep_their_pace_for_a_quarter_of_an_hour() {
    let run = config(5, vec![module(TASK, json!({ "practice_trials": 0 }))]);
    let setup = Setup { late_frames: 0.0, hz: 50.0, ..Setup::honest(30.0) };
    let log = simulate::run(&run, 5, &setup).unwrap();
    assert!(log.complete && log.summaries[0].valid, "{:?}", log.summaries[0].flags);
    let rows = trials(&log.items);
    assert_eq!(rows.len(), 360);
    let isi = |trial: &Trial| match trial.extra.get("isi_ms") {
        Some(Extra::Int(ms)) => f64::from(i32::try_from(*ms).unwrap()),
        other => panic!("{other:?}"),
    };
    for pair in rows.windows(2) {
        let apart = (pair[1].raf_n_us.unwrap() - pair[0].raf_n_us.unwrap()).ms();
        close(apart, isi(pair[0]), 1e-9);
    }
    let whole = (rows[359].raf_n_us.unwrap() - rows[0].raf_n_us.unwrap()).ms() + isi(rows[359]);
    close(whole, 14.0 * 60_000.0, 1e-6);
}

/// One row of a run; RT 0 for no press.
fn sign(index: u32, [cycle, run, isi]: [i64; 3], x: bool, rt: f64) -> Trial {
    let correct = (!x).then_some("press");
    let given = (rt > 0.0).then_some("press");
    let condition = if x { "no_go" } else { "go" };
    let row = answered(TASK, index, condition, rt, [correct, given]);
    with_int(with_int(with_int(row, "cycle", cycle), "run", run), "isi_ms", isi)
}

fn worked() -> Vec<Trial> {
    let runs: [([i64; 3], [f64; 2]); 6] = [
        ([1, 1, 1000], [300.0, 320.0]),
        ([1, 2, 2000], [340.0, 380.0]),
        ([1, 3, 4000], [400.0, 420.0]),
        ([2, 4, 1000], [310.0, 330.0]),
        ([2, 5, 2000], [350.0, 390.0]),
        ([2, 6, 4000], [410.0, 430.0]),
    ];
    let mut rows = Vec::new();
    let mut add = |place, x, rt| rows.push(sign(u32::try_from(rows.len()).unwrap(), place, x, rt));
    for (place, rts) in runs {
        for rt in rts {
            add(place, false, rt);
        }
    }
    let last = [2, 6, 4000];
    for (x, rt) in [(true, 0.0), (true, 250.0), (true, 0.0), (false, 0.0), (false, 80.0)] {
        add(last, x, rt);
    }
    rows
}

#[test]
fn omissions_commissions_perseverations_and_rts() {
    let summary = score(TASK, json!({}), worked());
    assert_eq!((value(&summary, "omissions"), value(&summary, "commissions")), (1.0, 1.0));
    close(value(&summary, "omission_rate"), 1.0 / 14.0, 1e-12);
    close(value(&summary, "commission_rate"), 1.0 / 3.0, 1e-12);
    assert_eq!(value(&summary, "perseverations"), 1.0);
    assert_eq!(value(&summary, "hit_rt"), 365.0);
    let sd = (22_700.0_f64 / 11.0).sqrt();
    close(value(&summary, "hit_rt_sd"), sd, 1e-12);
    close(value(&summary, "hit_rt_se"), sd / 12.0_f64.sqrt(), 1e-12);
    assert_eq!(summary.metric("hit_rt").unwrap().n_used, 12);
    assert_eq!(summary.metric("hit_rt").unwrap().rules, ["R1", "R2", "R3", "R4"]);
}

#[test]
fn slopes_over_stretches_and_paces() {
    let summary = score(TASK, json!({}), worked());
    close(value(&summary, "block_slope"), 10.0, 1e-9);
    // Means 315, 365, 415 at 1, 2, 4 s: 600 / (168 / 9)
    close(value(&summary, "isi_slope"), 225.0 / 7.0, 1e-9);
    assert_eq!(summary.metric("isi_slope").unwrap().unit, "ms_per_s");
    // Standard errors 10, 20, 10, 10, 20, 10
    close(value(&summary, "variability"), (400.0_f64 / 15.0).sqrt(), 1e-9);
}

#[test]
fn without_rts_nothing_is_made_up() {
    let summary = score(TASK, json!({}), vec![sign(0, [1, 1, 1000], true, 0.0)]);
    let reasons: BTreeMap<&str, Reason> =
        ["hit_rt", "hit_rt_se", "variability", "block_slope", "d_prime", "omission_rate"]
            .map(|name| (name, reason(&summary, name)))
            .into();
    assert!(reasons.values().all(|why| *why == Reason::NoTrials), "{reasons:?}");
    assert_eq!(value(&summary, "commission_rate"), 0.0);
    assert!(!summary.valid);
}

#[test]
fn practice_has_a_pause_for_feedback_and_the_test_none() {
    let run = config(5, vec![module(TASK, json!({ "cycles": 1 }))]);
    let log = simulate::run(&run, 5, &Setup::honest(30.0)).unwrap();
    for trial in trials(&log.items) {
        let pause = trial.phase == Phase::Practice && trial.trial > 0;
        assert_eq!(trial.iti_plan_ms.is_some_and(|ms| ms >= 500.0), pause, "{}", trial.trial);
    }
}
