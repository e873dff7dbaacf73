//! Vigilance: order, pace and scores.

use super::{
    plans::{answered, plan, plans, reason, score, tally, task, value, with_int},
    support::{close, config, module, trials},
};
use contract::task::{Extra, Reason, Trial};
use proptest::prelude::*;
use serde_json::json;
use task_engine::{
    simulate::{self, Kind, Participant, Setup},
    tasks,
};

const TASK: &str = "vigilance";

/// From log-linear rates, by another program.
const D_PRIME: f64 = 1.476_727_628_254_674;
const D_PRIME_1: f64 = 2.701_005_024_404_175;
const D_PRIME_3: f64 = 0.799_561_775_001_657;
const CRITERION_1: f64 = -0.032_491_614_898_551;
const CRITERION_3: f64 = 0.610_209_281_748_753;

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn every_period_has_its_targets_apart(seed: u64, percent in prop_oneof![Just(5), Just(10), Just(25), Just(40)]) {
        let vigilance = task(TASK, json!({ "targets": percent, "period_trials": 40 }));
        let blocks = plans(vigilance.as_ref(), seed);
        let test = &blocks[1].1;
        prop_assert_eq!(test.len(), 240);
        for (n, period) in (1..).zip(test.chunks(40)) {
            let targets = period.iter().filter(|t| t.stimulus == "X").count();
            prop_assert_eq!(targets, 40 * percent / 100);
            prop_assert!(period[0].stimulus != "X");
            prop_assert!(period.iter().all(|t| t.get("period") == Some(&Extra::Int(n))));
        }
        for pair in test.windows(2) {
            prop_assert!(pair[0].stimulus != pair[1].stimulus, "nothing follows itself");
        }
        for t in test {
            prop_assert_eq!(t.correct.is_some(), t.stimulus == "X");
            prop_assert_eq!(t.condition == "target", t.stimulus == "X");
        }
        let others = tally(test.iter().filter(|t| t.stimulus != "X").map(|t| &t.stimulus));
        prop_assert_eq!(others.len(), 12);
        prop_assert!(others.values().max().unwrap() - others.values().min().unwrap() <= 1);
    }
}

/// After an X, waiting tells nothing: each later place is as likely as the one before.
#[test]
fn targets_cannot_be_foretold() {
    let vigilance = task(TASK, json!({}));
    let block = vigilance.blocks()[1];
    let mut gaps = [0.0_f64; 8];
    for seed in 0..60 {
        let targets: Vec<usize> = plan(vigilance.as_ref(), &block, seed)
            .iter()
            .enumerate()
            .filter(|(_, t)| t.stimulus == "X")
            .map(|(i, _)| i)
            .collect();
        for pair in targets.windows(2) {
            gaps[(pair[1] - pair[0]).min(7)] += 1.0;
        }
    }
    assert_eq!(gaps[1], 0.0);
    let hazard = |n: usize| gaps[n] / gaps[n..].iter().sum::<f64>();
    // A third: 20 targets for 60 places behind which one may come
    (2..6).for_each(|n| close(hazard(n), 1.0 / 3.0, 0.03));
}

#[test]
fn letters_come_every_920_ms() {
    let run = config(5, vec![module(TASK, json!({ "practice_trials": 0, "periods": 3 }))]);
    let setup = Setup { late_frames: 0.0, hz: 50.0, ..Setup::honest(30.0) };
    let log = simulate::run(&run, 5, &setup).unwrap();
    let rows = trials(&log.items);
    assert_eq!(rows.len(), 240);
    for pair in rows.windows(2) {
        close((pair[1].raf_n_us.unwrap() - pair[0].raf_n_us.unwrap()).ms(), 920.0, 1e-9);
    }
    assert!(rows.iter().all(|t| t.frames_plan == Some(10) && t.frames_shown == Some(10)));
}

#[test]
fn only_those_who_look_are_valid() {
    for (kind, valid) in [
        (Kind::Honest, true),
        (Kind::Careless, true),
        (Kind::FastGuesser, false),
        (Kind::OneKey, false),
    ] {
        let run = config(8, vec![module(TASK, json!({}))]);
        let setup = Setup { participant: Participant::new(kind, 40.0), ..Setup::honest(40.0) };
        let summary = simulate::run(&run, 8, &setup).unwrap().summaries.remove(0);
        assert_eq!(summary.valid, valid, "{kind:?}: {:?}", summary.flags);
    }
}

/// Targets: RTs of hits, misses, false alarms, letters let pass, in a period.
fn period(rows: &mut Vec<Trial>, number: i64, [hits, misses, alarms, passed]: [u32; 4], rt: f64) {
    for (n, target, pressed) in
        [(hits, true, true), (misses, true, false), (alarms, false, true), (passed, false, false)]
    {
        for _ in 0..n {
            let condition = if target { "target" } else { "other" };
            let correct = target.then_some("press");
            let index = u32::try_from(rows.len()).unwrap();
            let row = answered(TASK, index, condition, rt, [correct, pressed.then_some("press")]);
            rows.push(with_int(row, "period", number));
        }
    }
}

fn worked() -> Vec<Trial> {
    let mut rows = Vec::new();
    period(&mut rows, 1, [5, 0, 1, 14], 400.0);
    period(&mut rows, 2, [3, 2, 3, 12], 420.0);
    period(&mut rows, 3, [2, 3, 2, 13], 450.0);
    rows
}

fn params() -> serde_json::Value {
    json!({ "periods": 3, "period_trials": 20, "practice_trials": 0 })
}

#[test]
fn hits_and_false_alarms_of_all_and_of_each_period() {
    let summary = score(TASK, params(), worked());
    assert!(summary.valid, "{:?}", summary.flags);
    assert_eq!((value(&summary, "hits"), value(&summary, "false_alarms")), (10.0, 6.0));
    close(value(&summary, "hit_rate"), 2.0 / 3.0, 1e-12);
    close(value(&summary, "false_alarm_rate"), 6.0 / 45.0, 1e-12);
    assert_eq!((value(&summary, "hit_rate_1"), value(&summary, "hit_rate_3")), (1.0, 0.4));
    close(value(&summary, "false_alarm_rate_2"), 0.2, 1e-12);
    // H = 10.5 / 16, F = 6.5 / 46
    close(value(&summary, "d_prime"), D_PRIME, 1e-12);
    close(value(&summary, "d_prime_1"), D_PRIME_1, 1e-12);
    close(value(&summary, "criterion_3"), CRITERION_3, 1e-12);
    assert_eq!(value(&summary, "median_rt"), 410.0);
    assert_eq!(value(&summary, "median_rt_2"), 420.0);
    assert_eq!(summary.metric("d_prime_2").unwrap().n_used, 20);
}

#[test]
fn attention_that_fades_has_falling_slopes() {
    let summary = score(TASK, params(), worked());
    // 1, 0.6, 0.4
    close(value(&summary, "hit_rate_slope"), -0.3, 1e-12);
    close(value(&summary, "d_prime_slope"), (D_PRIME_3 - D_PRIME_1) / 2.0, 1e-12);
    close(value(&summary, "criterion_slope"), (CRITERION_3 - CRITERION_1) / 2.0, 1e-12);
    close(value(&summary, "rt_slope"), 148.0 / 6.1, 1e-9);
    let mut cut = worked();
    cut.truncate(40);
    let summary = score(TASK, params(), cut);
    assert_eq!(reason(&summary, "d_prime_slope"), Reason::NoTrials);
    assert_eq!(reason(&summary, "median_rt_3"), Reason::NoTrials);
    assert_eq!(summary.flags, ["incomplete"]);
}

#[test]
fn uneven_shares_are_refused() {
    let map = json!({ "period_trials": 30 }).as_object().cloned().unwrap();
    let errors = tasks::validate_params(tasks::latest(TASK).unwrap(), &map).unwrap_err();
    assert_eq!((errors[0].param.as_str(), errors[0].rule), ("period_trials", "multiple"));
}
