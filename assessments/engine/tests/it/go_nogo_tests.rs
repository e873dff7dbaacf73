//! Go/no-go: order, course and scores.

use super::{
    desk::{Desk, T},
    plans::{answered, longest_run, plans, reason, score, task, value},
    support::{close, config, module},
};
use contract::task::{Extra, Micros, Reason, Trial};
use proptest::prelude::*;
use serde_json::json;
use task_engine::{Choice, tasks};

const TASK: &str = "go_nogo";

proptest! {
    #[test]
    fn one_to_four_gos_come_before_each_no_go(
        seed: u64,
        (percent, max_gos) in prop_oneof![Just((25, 4)), Just((20, 6)), Just((50, 2)), Just((50, 1))],
    ) {
        let params = json!({ "no_go": percent, "max_gos": max_gos });
        let go_nogo = task(TASK, params);
        for (block, trials) in plans(go_nogo.as_ref(), seed) {
            prop_assert_eq!(trials.len(), block.trials as usize);
            let kinds: Vec<&str> = trials.iter().map(|t| t.condition).collect();
            let no_gos = kinds.iter().filter(|kind| **kind == "no_go").count();
            prop_assert_eq!(no_gos * 100, trials.len() * percent);
            prop_assert_eq!(kinds[0], "go");
            for run in kinds.chunk_by(PartialEq::eq) {
                let most = if run[0] == "go" { max_gos } else { 1 };
                prop_assert!(run.len() <= most);
            }
            let mut run = 0;
            for t in &trials {
                prop_assert_eq!(t.get("n_go_before"), Some(&Extra::Int(run)));
                run = if t.condition == "go" { run + 1 } else { 0 };
                prop_assert_eq!(t.correct.is_some(), t.condition == "go");
                let soa: f64 = t.script.steps.iter().map(|step| step.ms).sum();
                prop_assert!((1000.0..=1500.0).contains(&soa));
            }
        }
    }
}

#[test]
fn all_numbers_of_gos_come_before_a_no_go() {
    let go_nogo = task(TASK, json!({}));
    let mut runs = [0_u32; 5];
    for seed in 0..50 {
        for (_, trials) in &plans(go_nogo.as_ref(), seed)[1..] {
            for t in trials.iter().filter(|t| t.condition == "no_go") {
                let Some(Extra::Int(n)) = t.get("n_go_before") else { panic!("no number") };
                runs[usize::try_from(*n).unwrap()] += 1;
            }
        }
    }
    assert_eq!(runs.iter().sum::<u32>(), 50 * 40);
    assert_eq!(runs[0], 0);
    // Three gos on average, four at most
    assert!(runs[1..].iter().all(|n| *n > 100), "{runs:?}");
}

#[test]
fn shares_that_cannot_be_kept_are_refused() {
    let check = |params: serde_json::Value| -> Vec<(String, &'static str)> {
        let map = params.as_object().cloned().unwrap();
        let errors = tasks::validate_params(tasks::latest(TASK).unwrap(), &map).unwrap_err();
        errors.into_iter().map(|e| (e.param, e.rule)).collect()
    };
    let one = |name: &str, rule| vec![(name.to_owned(), rule)];
    assert_eq!(check(json!({ "trials": 162 })), one("trials", "multiple"));
    assert_eq!(check(json!({ "practice_trials": 10 })), one("practice_trials", "multiple"));
    assert_eq!(check(json!({ "max_gos": 2 })), one("max_gos", "unsolvable"));
    assert_eq!(check(json!({ "stimulus": 1000 })), one("stimulus", "order"));
    assert_eq!(check(json!({ "soa_min": 1500, "soa_max": 1400 })), one("soa_max", "order"));
}

/// Signs follow one another at the planned times, whatever is pressed and when.
#[test]
fn the_stream_waits_for_nobody() {
    let params = json!({ "practice_trials": 0, "trials": 20, "blocks": 1, "soa_min": 1000, "soa_max": 1000 });
    let mut desk = Desk::open(&config(3, vec![module(TASK, params)]), false);
    desk.reach_trials();
    let from = desk.flips.len();
    while !desk.flips[from..].iter().any(|f| is_sign(&desk, f.1.0)) {
        desk.frame();
    }
    let first = desk.raf;
    desk.frames(61);
    // 300 ms of the sign, then the empty stage
    let gone = desk.flips.iter().find(|f| f.0 > first).unwrap();
    assert_eq!((gone.0 - first, gone.1.0), (Micros(18 * T.0), 0));
    // Told when the next sign is there already
    desk.press(Choice(0), first + Micros(940_000));
    desk.frames(300);
    let times: Vec<i64> = desk.flips[from..]
        .iter()
        .filter(|f| is_sign(&desk, f.1.0))
        .map(|f| (f.0 - first).0)
        .collect();
    assert!(times.len() >= 6);
    for (n, time) in (0..).zip(&times) {
        assert_eq!(*time, n * 60 * T.0, "one a second, from onset to onset");
    }
    let trials = desk.trials();
    assert!(trials.len() >= 5, "rows are stored while the stream runs");
    assert_eq!(
        trials[0].resp_code.as_deref(),
        Some("press"),
        "a late press is still the first sign's"
    );
    assert!(trials[0].rt_ms.unwrap() > 900.0);
    for trial in &trials[1..] {
        assert_eq!((trial.resp_code.as_deref(), trial.omission), (None, trial.condition == "go"));
        assert_eq!(trial.correct, Some(trial.condition == "no_go"));
    }
}

fn is_sign(desk: &Desk, scene: u16) -> bool {
    matches!(desk.runner.scenes()[usize::from(scene)].name.as_str(), "go" | "no_go")
}

/// Rows by kind (g: go, n: no-go) and RT; 0 for no press.
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

#[test]
fn hits_omissions_and_commissions() {
    let gos = [300.0, 320.0, 340.0, 360.0, 380.0, 0.0, 100.0].map(|rt| ('g', rt));
    let no_gos = [250.0, 0.0, 0.0, 0.0].map(|rt| ('n', rt));
    let summary = score(TASK, json!({}), rows(&[gos.as_slice(), &no_gos].concat()));
    assert_eq!((value(&summary, "omissions"), value(&summary, "commissions")), (1.0, 1.0));
    close(value(&summary, "omission_rate"), 1.0 / 7.0, 1e-12);
    assert_eq!(value(&summary, "commission_rate"), 0.25);
    assert_eq!((value(&summary, "median_rt"), value(&summary, "mean_rt")), (340.0, 340.0));
    assert_eq!(summary.metric("median_rt").unwrap().n_used, 5, "100 ms is no reaction");
    assert_eq!((value(&summary, "anticipations"), value(&summary, "commission_rt")), (1.0, 250.0));
    // 6 of 7 signals, 1 of 4 others: H = 6.5 / 8, F = 1.5 / 5
    close(value(&summary, "d_prime"), 1.411_547_071_726_916_5, 1e-12);
    close(value(&summary, "criterion"), -0.181_373_023_155_417_6, 1e-12);
    close(value(&summary, "ln_beta"), -0.256_016_559_725_287_9, 1e-12);
    assert_eq!(summary.metric("d_prime").unwrap().n_used, 11);
    assert_eq!(reason(&summary, "post_error_slowing"), Reason::NoTrials);
}

#[test]
fn gos_after_a_commission_are_compared_with_those_after_a_no_go_let_pass() {
    let unit = |no_go: f64, after: f64| [('g', 300.0), ('n', no_go), ('g', after)];
    let failed = [unit(220.0, 400.0), unit(230.0, 410.0), unit(240.0, 420.0)].concat();
    let passed = [unit(0.0, 350.0), unit(0.0, 340.0), unit(0.0, 330.0)].concat();
    let summary = score(TASK, json!({}), rows(&[failed, passed].concat()));
    assert_eq!(value(&summary, "post_error_slowing"), 410.0 - 340.0);
    assert_eq!(summary.metric("post_error_slowing").unwrap().n_used, 6);
}

#[test]
fn many_missed_gos_or_pressing_at_everything_are_not_valid() {
    let flags = |list: &[(char, f64)]| score(TASK, json!({}), rows(list)).flags;
    let sleeper: Vec<(char, f64)> = (0..40)
        .map(|i| match i % 4 {
            3 => ('n', 0.0),
            // 10 of 30 gos are missed: 25 % of all signs, a third of those that count
            0 => ('g', 0.0),
            _ => ('g', 400.0),
        })
        .collect();
    assert_eq!(flags(&sleeper), ["incomplete", "many_omissions"]);
    let few: Vec<(char, f64)> = sleeper
        .iter()
        .enumerate()
        .map(|(i, (kind, rt))| (*kind, if *kind == 'g' && i >= 28 { 400.0 } else { *rt }))
        .collect();
    // 7 of 30 gos: above a fifth of those, below a fifth of all signs
    assert_eq!(flags(&few), ["incomplete", "many_omissions"]);
    let presser: Vec<(char, f64)> =
        (0..40).map(|i| (if i % 4 == 3 { 'n' } else { 'g' }, 300.0)).collect();
    assert_eq!(flags(&presser), ["incomplete", "accuracy_near_chance"]);
    let quick: Vec<(char, f64)> =
        (0..40).map(|i| if i % 4 == 3 { ('n', 0.0) } else { ('g', 180.0) }).collect();
    assert_eq!(flags(&quick), ["incomplete", "fast_guessing"]);
    assert_eq!(longest_run(&quick.iter().map(|q| q.0).collect::<Vec<_>>()), 3);
}
