//! Rule R7: sessions that must not be interpreted, and those that may.

use super::support::{config, items, module, row, trials};
use contract::task::{Interruption, ModuleSummary, Quality, Trial};
use serde_json::json;
use task_engine::{
    simulate::{self, Kind, Participant, Setup},
    tasks,
};

fn flags(rows: Vec<Trial>) -> Vec<String> {
    let params = json!({ "practice_trials": 0, "trials": 40, "blocks": 1 });
    tasks::score(0, &module("flanker", params), &items(rows)).unwrap().flags
}

/// Forty trials of which so many are right; both keys are used.
fn answered(right: u32, rt: f64) -> Vec<Trial> {
    (0..40)
        .map(|i| {
            let mut row = row("flanker", i, "congruent", Some(rt), i < right);
            if i % 2 == 1 {
                let mirror = |code: &mut Option<String>| {
                    let turned = if code.as_deref() == Some("left") { "right" } else { "left" };
                    *code = Some(turned.into());
                };
                mirror(&mut row.correct_code);
                mirror(&mut row.resp_code);
            }
            row
        })
        .collect()
}

#[test]
fn a_good_session_is_valid() {
    assert_eq!(flags(answered(38, 450.0)), Vec::<String>::new());
}

#[test]
fn accuracy_must_be_better_than_a_guesser_reaches_in_one_of_twenty() {
    // P(X ≥ 25 | 40, ½) = 0.077, P(X ≥ 26 | 40, ½) = 0.040
    assert_eq!(flags(answered(25, 450.0)), ["accuracy_near_chance"]);
    assert_eq!(flags(answered(26, 450.0)), Vec::<String>::new());
}

#[test]
fn more_than_a_fifth_of_omissions_is_too_many() {
    let omit = |n: usize| {
        let mut rows = answered(40, 450.0);
        for row in &mut rows[..n] {
            row.resp_code = None;
            row.ts_resp_us = None;
        }
        flags(rows)
    };
    assert_eq!(omit(8), Vec::<String>::new());
    assert_eq!(omit(9), ["many_omissions"]);
}

#[test]
fn one_key_for_more_than_nine_in_ten_is_no_answer() {
    let mut rows = answered(40, 450.0);
    for row in &mut rows {
        row.resp_code = Some("left".into());
    }
    assert!(flags(rows).contains(&"one_key".into()));
}

#[test]
fn a_median_below_200_ms_is_guessing() {
    assert_eq!(flags(answered(40, 199.0)), ["fast_guessing"]);
    assert_eq!(flags(answered(40, 201.0)), Vec::<String>::new());
}

#[test]
fn more_than_a_tenth_of_interrupted_trials_is_too_many() {
    let interrupt = |n: u32| {
        let mut rows = answered(40, 450.0);
        for i in 0..n {
            let mut extra = rows[0].clone();
            extra.interrupted = true;
            extra.quality = Quality::HIDDEN;
            extra.trial = 100 + i;
            rows.push(extra);
        }
        flags(rows)
    };
    assert_eq!(interrupt(4), Vec::<String>::new());
    assert_eq!(interrupt(5), ["many_interruptions"]);
}

fn simulated(kind: Kind, seed: u64) -> ModuleSummary {
    let run = config(seed, vec![module("flanker", json!({}))]);
    let setup = Setup { participant: Participant::new(kind, 30.0), ..Setup::honest(30.0) };
    simulate::run(&run, seed, &setup).unwrap().summaries.remove(0)
}

#[test]
fn honest_people_pass_and_the_others_do_not() {
    let mut interference = 0.0;
    for seed in 0..20 {
        let honest = simulated(Kind::Honest, seed);
        assert!(honest.valid, "{:?}", honest.flags);
        interference += honest.value("interference_rt").unwrap() / 20.0;
        assert!(honest.value("accuracy").unwrap() > 0.85);
        for kind in [Kind::FastGuesser, Kind::OneKey] {
            let summary = simulated(kind, seed);
            assert!(!summary.valid, "{kind:?}");
            let unpractised = summary.flags.contains(&"practice_not_passed".into());
            assert!(unpractised || kind == Kind::FastGuesser, "half right is not enough");
        }
    }
    // Simulated with 55 ms
    crate::support::close(interference, 55.0, 20.0);
}

#[test]
fn leaving_early_is_incomplete() {
    let run = config(1, vec![module("flanker", json!({}))]);
    let setup = Setup { leave_after: Some(30), ..Setup::honest(30.0) };
    let log = simulate::run(&run, 1, &setup).unwrap();
    assert!(!log.complete);
    assert_eq!(log.summaries[0].flags, ["incomplete"]);
    assert!(trials(&log.items).last().unwrap().interrupted);
}

#[test]
fn one_interruption_leaves_a_session_valid() {
    let run = config(1, vec![module("flanker", json!({}))]);
    let interrupt_after = Some((50, Interruption::Blur));
    let log = simulate::run(&run, 1, &Setup { interrupt_after, ..Setup::honest(30.0) }).unwrap();
    assert!(log.complete && log.summaries[0].valid);
    assert_eq!((log.timing.focus_losses, log.timing.trials_interrupted), (1, 1));
}
