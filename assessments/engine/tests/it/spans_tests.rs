//! Digit span and block span: lists, answers of several presses, scores.

use super::{
    desk::{Desk, T},
    plans::{field, plans, reason, score, task, value},
    support::{close, config, module, row, trials},
};
use contract::task::{Action, EventBatch, Extra, Item, Micros, Phase, Reason, Trial};
use proptest::prelude::*;
use serde_json::{Value, json};
use task_engine::{
    Choice, Runner,
    simulate::{self, Kind, Participant, Setup},
};

const TASKS: [&str; 2] = ["digit_span", "corsi"];
const DONE: Choice = Choice(10);

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn lists_grow_and_hold_nothing_twice(seed: u64, corsi: bool) {
        let id = TASKS[usize::from(corsi)];
        let both = task(id, json!({ "backward": true, "practice_trials": 3 }));
        for (block, plan) in plans(both.as_ref(), seed) {
            let lists: Vec<&str> = plan.iter().map(|t| t.stimulus.as_str()).collect();
            let unique: std::collections::BTreeSet<_> = lists.iter().collect();
            prop_assert_eq!(unique.len(), lists.len());
            prop_assert!(lists.is_sorted_by_key(|list| list.len()));
            for t in &plan {
                let list = t.stimulus.as_bytes();
                prop_assert!(list.iter().all(|d| (b'1'..=b'9').contains(d)));
                prop_assert!((1..list.len()).all(|i| !list[..i].contains(&list[i])), "{}", t.stimulus);
                let step = |i: usize| i32::from(list[i + 1]) - i32::from(list[i]);
                let counts = |i: &usize| step(*i).abs() == 1 && step(*i) == step(*i + 1);
                prop_assert!(corsi || (0..list.len().saturating_sub(2)).all(|i| !counts(&i)));
                let mut due = t.stimulus.clone();
                if block.part == 1 {
                    due = due.chars().rev().collect();
                }
                prop_assert_eq!(field(t, "due"), due);
                prop_assert_eq!(t.get("length"), Some(&Extra::Int(i64::try_from(list.len()).unwrap())));
            }
            let lengths: Vec<usize> = lists.iter().map(|list| list.len()).collect();
            let wanted: Vec<usize> = match (block.phase, block.part, corsi) {
                (Phase::Practice, 0, false) => vec![3; 3],
                (Phase::Practice, _, _) => vec![2; 3],
                (_, 0, false) => (3..=9).flat_map(|n| [n; 2]).collect(),
                (_, 0, true) => (2..=9).flat_map(|n| [n; 2]).collect(),
                _ => (2..=8).flat_map(|n| [n; 2]).collect(),
            };
            prop_assert_eq!(lengths, wanted);
        }
    }

    /// Every digit and every block comes in every place about as often as any other.
    #[test]
    fn no_item_is_favoured(start in 0_u64..1000) {
        let digits = task("digit_span", json!({ "backward": false, "practice_trials": 0 }));
        let mut first = [0_u32; 9];
        for seed in start * 40..start * 40 + 40 {
            for (_, plan) in plans(digits.as_ref(), seed) {
                for t in plan {
                    first[usize::from(t.stimulus.as_bytes()[0] - b'1')] += 1;
                }
            }
        }
        // 560 lists: 62 expected, five standard deviations are 37
        prop_assert!(first.iter().all(|n| (25..=100).contains(n)), "{:?}", first);
    }
}

fn desk(id: &str, params: Value) -> Desk {
    let mut desk = Desk::open(&config(5, vec![module(id, params)]), false);
    desk.reach_trials();
    desk
}

fn next_list(desk: &Desk) -> String {
    desk.runner.position().to_come[0].1.clone()
}

/// Types an answer, a press every twelfth frame, and sees the trial to its end.
fn give(desk: &mut Desk, presses: &[Choice]) {
    let cue = desk.until("answer").unwrap();
    desk.stamp(cue);
    for choice in presses {
        desk.frames(12);
        desk.press(*choice, desk.raf);
    }
    desk.frames(60);
}

fn digits(list: &str) -> Vec<Choice> {
    list.bytes().map(|digit| Choice(digit - b'1')).collect()
}

#[test]
fn digits_are_shown_one_a_second_and_typed_with_a_keypad() {
    let mut desk = desk("digit_span", json!({ "practice_trials": 0 }));
    let keys = desk.runner.responses();
    for (key, code) in
        [("Digit4", "4"), ("Numpad9", "9"), ("Enter", "done"), ("Backspace", "delete")]
    {
        assert_eq!(keys.code(keys.key(key)), code);
    }
    let live: Vec<&str> = keys.live().map(|(_, option)| option.label.as_str()).collect();
    assert_eq!((live.len(), &live[9..]), (11, ["Delete", "Done"].as_slice()));
    let list = next_list(&desk);
    desk.until("fixation");
    let begun = desk.raf;
    let cue = desk.until("answer").unwrap();
    assert_eq!((desk.raf - begun).0, (60 + 3 * 60) * T.0, "a second of waiting, a second a digit");
    desk.stamp(cue);
    let onset = desk.raf;

    // The first digit wrongly, taken back, then all rightly
    let wrong = Choice(u8::from(list.starts_with('1')));
    let mut presses = vec![wrong, Choice(9)];
    presses.extend(digits(&list));
    let mut seen = Vec::new();
    for choice in &presses {
        desk.frames(12);
        desk.press(*choice, desk.raf);
        desk.lays.clear();
        desk.frame();
        let name = |(scene, on): &(task_engine::SceneId, bool)| {
            format!("{} {on}", desk.runner.scenes()[usize::from(scene.0)].name)
        };
        seen.push(desk.lays.iter().map(name).collect::<Vec<_>>().join(","));
    }
    let entry = |place: usize, digit: &str, on: bool| format!("entry.{place}.{digit} {on}");
    let code = (wrong.0 + 1).to_string();
    assert_eq!(&seen[..2], [entry(1, &code, true), entry(1, &code, false)]);
    assert_eq!(seen[2], entry(1, &list[..1], true));
    assert_eq!(seen[4], entry(3, &list[2..], true));
    assert!(desk.trials().is_empty(), "nothing ends before it is said");
    desk.frames(12);
    desk.press(DONE, desk.raf);
    let done = desk.raf;
    desk.frames(30);
    let trial = desk.last_trial();
    assert_eq!(trial.resp_code.as_deref(), Some(list.as_str()));
    assert_eq!((trial.correct, trial.correct_code.as_deref()), (Some(true), Some(list.as_str())));
    assert_eq!((trial.actions.len(), trial.n_presses, trial.omission), (6, 6, false));
    assert_eq!(trial.ts_resp_us, Some(done));
    assert_eq!(trial.rt_ms.map(|rt| (rt - (done - onset).ms()).abs() < 17.0), Some(true));
    let batch =
        EventBatch { first_seq: trial.seq, items: vec![Item::Trial(Box::new(trial.clone()))] };
    assert_eq!(batch.validate(), Ok(()));
}

#[test]
fn two_failures_of_one_length_end_a_direction_and_backward_follows() {
    let mut desk = desk("digit_span", json!({ "practice_trials": 0 }));
    // One of three and one of four is right, both of five are not
    for answer in [true, false, false, true, false, false] {
        let list = next_list(&desk);
        let mut presses = if answer { digits(&list) } else { digits(&list)[1..].to_vec() };
        presses.push(DONE);
        give(&mut desk, &presses);
    }
    assert_eq!(desk.runner.position().block, 1, "fourteen lists were planned");
    let titles: Vec<&str> = desk.screens.iter().map(|s| s.title.as_str()).collect();
    assert_eq!(titles, ["Remember the digits", "Time for a rest"]);
    desk.tell(task_engine::Input::Continue);
    assert_eq!(desk.screens.last().unwrap().title, "Now backward");
    desk.reach_trials();
    for _ in 0..2 {
        give(&mut desk, &[DONE]);
    }
    assert_eq!(desk.ends, [true]);
    let summary = &desk.runner.summaries()[0];
    assert!(!summary.flags.contains(&"incomplete".into()), "{:?}", summary.flags);
    assert_eq!(value(summary, "span_forward"), 4.0);
    assert_eq!(value(summary, "span_backward"), 0.0);
}

#[test]
fn blocks_light_up_and_light_up_again_when_touched() {
    let mut desk = desk("corsi", json!({ "practice_trials": 0 }));
    let list = next_list(&desk);
    let blocks = desk.runner.responses();
    assert_eq!(blocks.code(blocks.point(-320, -330)), "1");
    assert_eq!(blocks.code(blocks.point(90 + 80, 320 - 80)), "9", "a finger's width around it");
    assert_eq!(blocks.code(blocks.point(0, 100)), "other");
    assert_eq!(blocks.live().map(|(_, option)| option.code).collect::<Vec<_>>(), ["done"]);
    let lit = |desk: &Desk| -> Vec<String> {
        let layers = desk.over.iter().filter(|layer| layer.0 != 0);
        layers.map(|layer| desk.runner.scenes()[usize::from(layer.0)].name.clone()).collect()
    };
    let mut shown = Vec::new();
    while desk
        .flips
        .last()
        .is_none_or(|f| desk.runner.scenes()[usize::from(f.1.0)].name != "answer")
    {
        desk.frame();
        if desk.flips.last().is_some_and(|f| f.0 == desk.raf) {
            shown.extend(lit(&desk));
        }
    }
    assert_eq!(shown, list.chars().map(|c| format!("lit.{c}")).collect::<Vec<_>>());
    let cue = desk.flips.last().unwrap().2.unwrap();
    desk.stamp(cue);
    desk.press(Choice::OTHER, desk.raf);
    desk.lays.clear();
    for choice in digits(&list) {
        desk.frames(20);
        desk.press(choice, desk.raf);
    }
    desk.frames(50);
    let on: Vec<bool> = desk.lays.iter().map(|lay| lay.1).collect();
    assert_eq!(on, [true, false, true], "the flip that ends the trial takes the last one away");
    let trial = desk.last_trial();
    assert_eq!((trial.correct, trial.resp_code.as_deref()), (Some(true), Some(list.as_str())));
    assert_eq!((trial.actions.len(), trial.n_presses), (2, 3), "a touch beside is counted");
}

#[test]
fn an_unfinished_answer_is_taken_as_it_stands_when_time_is_up() {
    let mut desk = desk("digit_span", json!({ "practice_trials": 0, "timeout": 5000 }));
    let list = next_list(&desk);
    let half = digits(&list[..2]);
    give(&mut desk, &half);
    desk.frames(300);
    let trial = desk.last_trial();
    assert_eq!((trial.correct, trial.resp_code.as_deref()), (Some(false), Some(&list[..2])));
    desk.until("answer");
    desk.frames(400);
    let trial = desk.last_trial();
    assert!(trial.omission && trial.resp_code.is_none() && trial.correct == Some(false));
}

#[test]
fn every_kind_of_person_finishes_and_may_reload_anywhere() {
    for id in TASKS {
        for kind in [Kind::Honest, Kind::Careless, Kind::FastGuesser, Kind::OneKey] {
            let participant = Participant::new(kind, 50.0);
            let setup = Setup { participant, ..Setup::honest(50.0) };
            let run = config(2, vec![module(id, json!({ "backward": true }))]);
            let mut positions = Vec::new();
            let log = simulate::go_on(&run, Vec::new(), 2, &setup, &mut |runner, item| {
                if item.trial().is_some() {
                    positions.push((item.seq() as usize, runner.position()));
                }
            })
            .unwrap();
            assert!(log.complete && !log.summaries[0].flags.contains(&"incomplete".into()));
            for (count, position) in positions {
                assert_eq!(Runner::resume(&run, &log.items[..count]).unwrap().position(), position);
            }
            let span = value(&log.summaries[0], "span_forward");
            match kind {
                Kind::Honest => assert!(span >= 4.0, "{id} {span}"),
                Kind::Careless => assert!(span <= 8.0),
                Kind::FastGuesser | Kind::OneKey => assert!(span <= 3.0, "{id} {kind:?} {span}"),
            }
            let codes = trials(&log.items).iter().all(|t| t.correct_code.is_some());
            assert!(codes);
        }
    }
}

/// A row as typed: one press every 500 ms from one second after the onset.
fn typed(index: u32, order: &str, due: &str, given: &str) -> Trial {
    let mut trial = row("digit_span", index, order, Some(9000.0), true);
    let onset = trial.onset_us.unwrap();
    trial.block = u32::from(order == "backward");
    trial.extra.insert("length".into(), Extra::Int(i64::try_from(due.len()).unwrap()));
    trial.extra.insert("due".into(), Extra::Text(due.into()));
    trial.correct_code = Some(due.into());
    trial.resp_code = (!given.is_empty()).then(|| given.into());
    trial.correct = Some(due == given);
    let press = |(i, code): (i64, char)| Action {
        at_us: onset + Micros(1_000_000 + i * 500_000),
        code: code.into(),
        pointer: None,
    };
    trial.actions = (0..).zip(given.chars()).map(press).collect();
    trial
}

#[test]
fn scores_of_a_forward_list_by_hand() {
    let rows = vec![
        typed(0, "forward", "385", "385"),
        typed(1, "forward", "714", "714"),
        typed(2, "forward", "2946", "2946"),
        typed(3, "forward", "8513", "8531"),
        typed(4, "forward", "61853", "6185"),
        typed(5, "forward", "92476", "92476"),
        typed(6, "forward", "385169", ""),
        typed(7, "forward", "714283", "714238"),
    ];
    let params = json!({ "backward": false, "practice_trials": 0 });
    let summary = score("digit_span", params, rows);
    assert_eq!(value(&summary, "span_forward"), 5.0);
    assert_eq!(value(&summary, "total_correct_forward"), 4.0);
    assert_eq!(value(&summary, "product_forward"), 20.0);
    assert_eq!(value(&summary, "mean_span_forward"), 2.5 + 1.0 + 0.5 + 0.5);
    assert_eq!(value(&summary, "two_error_span_forward"), 5.0);
    // 3 + 3 + 4 + 2 + 4 + 5 + 0 + 4 of 36 places
    close(value(&summary, "position_accuracy_forward"), 25.0 / 36.0, 1e-12);
    let partial = [1.0, 1.0, 1.0, 0.5, 0.8, 1.0, 0.0, 4.0 / 6.0];
    close(value(&summary, "partial_score_forward"), partial.iter().sum::<f64>() / 8.0, 1e-12);
    assert_eq!(value(&summary, "first_latency_forward"), 1000.0);
    assert_eq!(value(&summary, "inter_press_forward"), 500.0);
    assert!(summary.metric("span_backward").is_none(), "not planned");
    assert!(!summary.flags.contains(&"incomplete".into()), "{:?}", summary.flags);
}

#[test]
fn two_errors_in_a_row_end_the_two_error_span() {
    let rows = vec![
        typed(0, "forward", "385", "385"),
        typed(1, "forward", "714", "741"),
        typed(2, "forward", "2946", ""),
        typed(3, "forward", "8513", "8531"),
    ];
    let params = json!({ "backward": false, "practice_trials": 0 });
    let summary = score("digit_span", params, rows);
    assert_eq!(value(&summary, "two_error_span_forward"), 3.0);
    assert_eq!(value(&summary, "mean_span_forward"), 3.0);
}

#[test]
fn without_lists_nothing_can_be_told() {
    let summary = score("digit_span", json!({}), Vec::new());
    assert_eq!(reason(&summary, "span_forward"), Reason::NoTrials);
    assert_eq!(reason(&summary, "mean_span_backward"), Reason::NoTrials);
    assert!(!summary.valid && summary.flags.contains(&"no_trials".into()));
}

#[test]
fn lengths_must_fit_and_one_direction_must_be_left() {
    let refused = |params: Value| {
        let map = params.as_object().cloned().unwrap();
        let spec = task_engine::tasks::latest("digit_span").unwrap();
        task_engine::tasks::validate_params(spec, &map).unwrap_err()[0].param.clone()
    };
    assert_eq!(refused(json!({ "forward": false, "backward": false })), "forward");
    assert_eq!(refused(json!({ "start_forward": 8, "max_forward": 5 })), "max_forward");
}
