//! AX-CPT: order, course and scores.

use super::{
    desk::{Desk, T},
    plans::{answered, field, plans, reason, score, tally, task, value},
    support::{close, config, module},
};
use contract::task::{Extra, Micros, Reason, Trial};
use proptest::prelude::*;
use serde_json::json;
use task_engine::{Choice, tasks};

const TASK: &str = "ax_cpt";

proptest! {
    #[test]
    fn seven_in_ten_are_ax_and_never_four_others_in_a_row(seed: u64) {
        let ax_cpt = task(TASK, json!({}));
        for (block, trials) in plans(ax_cpt.as_ref(), seed) {
            let counts = tally(trials.iter().map(|t| t.condition));
            let tenth = block.trials as usize / 10;
            prop_assert_eq!(counts["ax"], 7 * tenth);
            prop_assert!(["ay", "bx", "by"].iter().all(|kind| counts[kind] == tenth));
            let ax: Vec<bool> = trials.iter().map(|t| t.condition == "ax").collect();
            for run in ax.chunk_by(PartialEq::eq) {
                prop_assert!(run[0] || run.len() <= 3);
            }
        }
    }

    #[test]
    fn a_and_x_come_only_where_they_belong(seed: u64) {
        let ax_cpt = task(TASK, json!({}));
        for (_, trials) in plans(ax_cpt.as_ref(), seed) {
            for t in &trials {
                let (cue, probe) = (field(t, "cue"), field(t, "probe"));
                prop_assert_eq!(cue == "A", t.condition.starts_with('a'));
                prop_assert_eq!(probe == "X", t.condition.ends_with('x'));
                prop_assert!(cue != probe && cue != "X" && probe != "A");
                prop_assert!(![cue, probe].iter().any(|letter| ["K", "Y"].contains(letter)));
                prop_assert_eq!(t.correct, Some(Choice(u8::from(t.condition == "ax"))));
                prop_assert_eq!(&t.stimulus, &[cue, probe].concat());
                let delay = t.script.steps[1].ms;
                prop_assert!((1000.0..=5000.0).contains(&delay));
            }
        }
    }
}

#[test]
fn all_other_letters_are_used_alike() {
    let ax_cpt = task(TASK, json!({}));
    let mut letters = std::collections::BTreeMap::<String, usize>::new();
    for seed in 0..200 {
        for t in plans(ax_cpt.as_ref(), seed).iter().flat_map(|(_, trials)| trials) {
            if t.condition == "by" {
                *letters.entry(field(t, "cue").into()).or_default() += 1;
                *letters.entry(field(t, "probe").into()).or_default() += 1;
            }
        }
    }
    // 4400 letters, 275 of each of 16
    assert_eq!(letters.len(), 16);
    assert!(letters.values().all(|n| (200..350).contains(n)), "{letters:?}");
}

#[test]
fn shares_that_cannot_be_kept_are_refused() {
    let check = |params: serde_json::Value| {
        let map = params.as_object().cloned().unwrap();
        let error = tasks::validate_params(tasks::latest(TASK).unwrap(), &map).unwrap_err();
        (error[0].param.clone(), error[0].rule)
    };
    assert_eq!(check(json!({ "trials": 104 })), ("trials".into(), "multiple"));
    assert_eq!(check(json!({ "ax": 50 })), ("trials".into(), "unsolvable"));
    assert_eq!(check(json!({ "ax": 40, "max_others": 1 })), ("trials".into(), "unsolvable"));
    assert_eq!(check(json!({ "probe": 1400 })), ("probe".into(), "order"));
    assert_eq!(
        check(json!({ "delay_min": 3000, "delay_max": 2000 })),
        ("delay_max".into(), "order")
    );
    // 40 % AX: 20 AX and 30 others in each part, two at most together
    let tight = task(TASK, json!({ "ax": 40, "max_others": 2 }));
    assert_eq!(plans(tight.as_ref(), 1)[1].1.len(), 50);
}

#[test]
fn cue_delay_probe_and_one_answer() {
    let params = json!({ "practice_trials": 0, "delay_min": 1000, "delay_max": 1000 });
    let mut desk = Desk::open(&config(2, vec![module(TASK, params)]), false);
    desk.reach_trials();
    let responses = desk.runner.responses();
    assert_eq!(responses.options[1].label, "Yes");
    assert_eq!(responses.code(responses.key("KeyJ")), "yes");
    assert_eq!(responses.code(responses.point(-300, 0)), "no");
    let from = desk.flips.len();
    // Cue 30 frames, delay 60, probe 30
    desk.frames(1 + 30 + 60);
    let flips = desk.flips[from..].to_vec();
    assert_eq!(
        (flips[1].0 - flips[0].0, flips[2].0 - flips[0].0),
        (Micros(30 * T.0), Micros(90 * T.0))
    );
    let name = |n: usize| desk.runner.scenes()[usize::from(flips[n].1.0)].name.clone();
    let pair = [name(0), name(2)].concat();
    desk.stamp(flips[2].2.unwrap());
    desk.frames(25);
    desk.press(Choice(u8::from(pair == "AX")), flips[2].0 + Micros(400_000));
    // The window goes on to its end: 1300 ms, then the row
    desk.frames(50);
    assert!(desk.trials().is_empty());
    desk.frames(10);
    let trial = desk.last_trial();
    assert_eq!((trial.stimulus.as_str(), trial.correct), (pair.as_str(), Some(true)));
    assert_eq!(trial.extra.get("delay_ms"), Some(&Extra::Int(1000)));
    close(trial.rt_ms.unwrap(), 397.0, 0.1);
}

/// Rows by kind, RT and whether the answer was right; RT 0 for none.
fn rows(list: &[(&str, f64, bool)]) -> Vec<Trial> {
    (0..)
        .zip(list)
        .map(|(i, (kind, rt, right))| {
            let [correct, wrong] = if *kind == "ax" { ["yes", "no"] } else { ["no", "yes"] };
            let given = (*rt > 0.0).then_some(if *right { correct } else { wrong });
            answered(TASK, i, kind, *rt, [Some(correct), given])
        })
        .collect()
}

fn worked() -> Vec<(&'static str, f64, bool)> {
    let ax =
        [400.0, 410.0, 420.0, 430.0, 440.0, 450.0, 460.0, 470.0, 480.0].map(|rt| ("ax", rt, true));
    let others = [
        ("ax", 350.0, false),
        ("ay", 500.0, true),
        ("ay", 520.0, true),
        ("ay", 380.0, false),
        ("ay", 390.0, false),
        ("bx", 400.0, true),
        ("bx", 420.0, true),
        ("bx", 440.0, true),
        ("bx", 370.0, false),
        ("by", 390.0, true),
        ("by", 410.0, true),
        ("by", 430.0, true),
        ("by", 100.0, false),
        ("by", 0.0, false),
    ];
    [ax.as_slice(), &others].concat()
}

#[test]
fn errors_and_rts_of_the_four_kinds() {
    let summary = score(TASK, json!({}), rows(&worked()));
    for (name, wanted) in [("ax", 0.1), ("ay", 0.5), ("bx", 0.25), ("by", 0.0)] {
        close(value(&summary, &format!("error_rate_{name}")), wanted, 1e-12);
    }
    for (name, wanted) in [("ax", 440.0), ("ay", 510.0), ("bx", 420.0), ("by", 410.0)] {
        assert_eq!(value(&summary, &format!("median_rt_{name}")), wanted);
    }
    assert_eq!((value(&summary, "anticipations"), value(&summary, "omissions")), (1.0, 1.0));
    close(value(&summary, "accuracy"), 17.0 / 21.0, 1e-12);
}

#[test]
fn context_and_proactive_control() {
    let summary = score(TASK, json!({}), rows(&worked()));
    // z(9.5 / 11) − z(1.5 / 5)
    close(value(&summary, "d_context"), 1.096_803_562_093_513_5 + 0.524_400_512_708_040_7, 1e-12);
    assert_eq!(summary.metric("d_context").unwrap().n_used, 14);
    // (2.5 / 5 − 1.5 / 5) / (2.5 / 5 + 1.5 / 5)
    close(value(&summary, "pbi_errors"), 0.25, 1e-12);
    close(value(&summary, "pbi_rt"), 90.0 / 930.0, 1e-12);
    // False alarms on AY: 2.5 / 5, where z is 0
    close(value(&summary, "a_cue_bias"), 1.096_803_562_093_513_5 / 2.0, 1e-12);
}

#[test]
fn a_kind_without_answers_has_no_score() {
    let only: Vec<_> = worked().into_iter().filter(|row| row.0 != "bx").collect();
    let summary = score(TASK, json!({}), rows(&only));
    for name in ["d_context", "pbi_errors", "pbi_rt", "error_rate_bx", "median_rt_bx"] {
        assert_eq!(reason(&summary, name), Reason::NoTrials, "{name}");
    }
    assert!(summary.value("a_cue_bias").is_some());
}

#[test]
fn saying_yes_to_everything_is_no_better_than_chance() {
    let kinds = ["ax", "ax", "ax", "ax", "ax", "ax", "ax", "ay", "bx", "by"];
    let yes: Vec<_> = (0..100).map(|i| (kinds[i % 10], 400.0, kinds[i % 10] == "ax")).collect();
    let summary = score(TASK, json!({ "practice_trials": 0 }), rows(&yes));
    assert!(summary.flags.contains(&"accuracy_near_chance".into()), "{:?}", summary.flags);
    assert!(summary.flags.contains(&"one_key".into()));
}
