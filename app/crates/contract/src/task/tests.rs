//! Uploads as they should be, and as they must not be.

use super::*;
use crate::{ApiError, Id};
use serde_json::json;

fn event(seq: u32, what: EventKind) -> Item {
    Item::Event(Event { seq, clock_epoch: 0, at_us: Micros(1000), what })
}

fn trial(seq: u32) -> Trial {
    serde_json::from_value(json!({
        "seq": seq, "clock_epoch": 0, "module": 0, "task_id": "simple_rt",
        "block": 1, "attempt": 0, "trial": seq, "plan": seq,
        "phase": "test", "condition": "target", "stimulus": "X",
        "correct_code": "press", "resp_code": "press",
        "raf_n_us": seq * 1_000_000, "raf_n1_us": seq * 1_000_000 + 16_667,
        "onset_us": seq * 1_000_000 + 16_000, "onset_method": 2,
        "ts_resp_us": seq * 1_000_000 + 316_000, "ts_handler_us": seq * 1_000_000 + 317_000,
        "rt_ms": 300.0, "correct": true, "n_presses": 1, "t_ms": 16.667,
        "extra": { "foreperiod_ms": 1500, "prev_congruency": "congruent" },
    }))
    .unwrap()
}

fn batch(change: impl FnOnce(&mut Trial)) -> EventBatch {
    let mut second = trial(2);
    change(&mut second);
    EventBatch { first_seq: 1, items: [trial(1), second].map(|t| Item::Trial(Box::new(t))).into() }
}

/// Fields and rules that an upload breaks.
fn broken(result: Result<(), ApiError>) -> Vec<(String, String)> {
    let Err(error) = result else { return Vec::new() };
    assert_eq!(error.code.status(), 422);
    error.fields.into_iter().map(|f| (f.field, f.rule)).collect()
}

#[track_caller]
fn refuses(change: impl FnOnce(&mut Trial), field: &str, rule: &str) {
    let found = broken(batch(change).validate());
    assert!(found.contains(&(format!("items[1].{field}"), rule.into())), "{found:?}");
}

#[test]
fn a_good_batch_passes_and_survives_json() {
    let batch = batch(|_| {});
    assert_eq!(batch.validate(), Ok(()));
    let text = serde_json::to_string(&batch).unwrap();
    assert_eq!(serde_json::from_str::<EventBatch>(&text).unwrap(), batch);
}

#[test]
fn impossible_response_times_are_refused() {
    refuses(|t| t.rt_ms = Some(f64::NAN), "rt_ms", "finite");
    refuses(|t| t.rt_ms = Some(f64::INFINITY), "rt_ms", "finite");
    refuses(|t| t.rt_ms = Some(299.0), "rt_ms", "mismatch");
    refuses(|t| t.rt_ms = Some(700_000.0), "rt_ms", "range");
    refuses(|t| t.ts_resp_us = None, "rt_ms", "mismatch");
    let early = |t: &mut Trial| {
        t.ts_resp_us = t.onset_us.map(|onset| onset - Micros(20_000));
        t.rt_ms = Some(-20.0);
    };
    refuses(early, "rt_ms", "negative");
    let flagged = batch(|t| {
        early(t);
        t.anticipation = true;
    });
    assert_eq!(flagged.validate(), Ok(()), "an anticipation may be negative");
}

#[test]
fn stamps_and_clocks_that_run_backwards_are_refused() {
    refuses(|t| t.onset_us = Some(Micros(-1)), "onset_us", "range");
    refuses(|t| t.onset_us = Some(Micros(Micros::MAX.0 + 1)), "onset_us", "range");
    refuses(|t| t.raf_n1_us = Some(Micros(0)), "raf_n1_us", "backwards");
    refuses(
        |t| {
            t.onset_us = Some(Micros(900_000));
            t.rt_ms = None;
        },
        "onset_us",
        "backwards",
    );
    let next_load = batch(|t| {
        t.clock_epoch = 1;
        t.onset_us = Some(Micros(900_000));
        (t.rt_ms, t.ts_resp_us) = (None, None);
    });
    assert_eq!(next_load.validate(), Ok(()), "each page load has a clock of its own");
    let mut back = batch(|_| {});
    if let Some(Item::Trial(first)) = back.items.first_mut() {
        first.clock_epoch = 1;
    }
    assert!(broken(back.validate()).contains(&("items[1].clock_epoch".into(), "backwards".into())));
}

#[test]
fn what_contradicts_itself_is_refused() {
    refuses(|t| t.omission = true, "omission", "mismatch");
    refuses(|t| t.onset_method = None, "onset_method", "required");
    refuses(|t| t.quality = Quality(1 << 16), "quality", "range");
    refuses(|t| t.t_ms = 0.0, "t_ms", "range");
    refuses(|t| t.iti_plan_ms = Some(-1.0), "iti_plan_ms", "range");
}

#[test]
fn long_and_strange_texts_are_refused() {
    refuses(|t| t.condition = "x".repeat(65), "condition", "too_long");
    refuses(|t| t.stimulus = "a\u{7}b".into(), "stimulus", "control_characters");
    refuses(|t| t.task_id = String::new(), "task_id", "required");
    refuses(
        |t| t.extra = (0..33).map(|i| (format!("k{i}"), Extra::Flag(true))).collect(),
        "extra",
        "too_long",
    );
    let accents = batch(|t| t.stimulus = "été ‹›".into());
    assert_eq!(accents.validate(), Ok(()));
}

#[test]
fn gaps_are_refused() {
    let mut gap = batch(|t| t.seq = 3);
    let found = broken(gap.validate());
    assert_eq!(found, [("items[1].seq".to_owned(), "gap".to_owned())]);
    gap.first_seq = 0;
    assert!(broken(gap.validate()).contains(&("first_seq".into(), "range".into())));
    let empty = EventBatch { first_seq: 1, items: Vec::new() };
    assert_eq!(broken(empty.validate()), [("items".to_owned(), "length".to_owned())]);
    let long =
        EventBatch { first_seq: 1, items: (1..=501).map(|s| event(s, EventKind::Left)).collect() };
    assert!(broken(long.validate()).contains(&("items".into(), "length".into())));
}

#[test]
fn a_thousand_errors_are_reported_as_a_handful() {
    let items = (0..400).map(|_| event(7, EventKind::Left)).collect();
    let found = broken(EventBatch { first_seq: 1, items }.validate());
    assert!((15..=30).contains(&found.len()), "{}", found.len());
}

#[test]
fn unknown_words_and_fields_do_not_parse() {
    let mut row = serde_json::to_value(trial(1)).unwrap();
    row["phase"] = json!("rehearsal");
    assert!(serde_json::from_value::<Trial>(row).is_err());
    let mut row = serde_json::to_value(trial(1)).unwrap();
    row["colour"] = json!("red");
    assert!(serde_json::from_value::<Trial>(row).is_err());
    let mut row = serde_json::to_value(trial(1)).unwrap();
    row["onset_method"] = json!(4);
    assert!(serde_json::from_value::<Trial>(row).is_err());
    assert!(serde_json::from_str::<Trial>("{}").is_err());
}

#[test]
fn seeds_are_strings_of_digits() {
    let seed = |text: &str| serde_json::from_str::<Seed>(text).ok();
    assert_eq!(seed("\"18446744073709551615\""), Some(Seed(u64::MAX)));
    assert_eq!(serde_json::to_string(&Seed(u64::MAX)).unwrap(), "\"18446744073709551615\"");
    for bad in ["7", "\"-1\"", "\"+1\"", "\"\"", "\"18446744073709551616\"", "\"0x10\""] {
        assert_eq!(seed(bad), None, "{bad}");
    }
}

#[test]
fn milliseconds_become_microseconds_to_the_nearest() {
    for (ms, us) in [(1.0, 1000), (0.0006, 1), (-1.2346, -1235), (f64::NAN, 0), (1e300, i64::MAX)] {
        assert_eq!(Micros::from_ms(ms), Micros(us));
    }
    assert_eq!(Micros(1500).ms().to_bits(), 1.5_f64.to_bits());
}

fn submit(items: Vec<Item>, last_seq: u32) -> Submit {
    let timing = json!({
        "refresh": { "hz": 60.0, "t_ms": 16.667, "mad_ms": 0.1, "n": 120, "n_late": 0, "variable": false },
        "clock_step_us": 5.0, "cross_origin_isolated": true,
        "frames_total": 0, "frames_late": 0, "frames_dropped": 0, "longest_gap_ms": 0.0,
        "onset_methods": [0, 0, 0], "trials_total": 0, "trials_clean": 0, "trials_interrupted": 0,
        "focus_losses": 0, "visibility_losses": 0, "reloads": 0,
        "handler_lag_max_ms": 0.0, "handler_lag_median_ms": 0.0, "input_devices": ["touch"],
        "device": { "user_agent": "A browser" },
    });
    Submit {
        session_id: Id::from_uuid(uuid::Uuid::from_u128(7)),
        finished_at_ms: 1.7e12,
        last_seq,
        first_seq: 1,
        items,
        task_summaries: Vec::new(),
        timing: serde_json::from_value(timing).unwrap(),
    }
}

#[test]
fn a_submission_names_its_last_item() {
    let items = || batch(|_| {}).items;
    assert_eq!(submit(items(), 2).validate(), Ok(()));
    assert_eq!(broken(submit(items(), 5).validate()), [("last_seq".to_owned(), "gap".to_owned())]);
    let mut sent_before = submit(Vec::new(), 9);
    sent_before.first_seq = 10;
    assert_eq!(sent_before.validate(), Ok(()));
}

#[test]
fn a_report_of_impossible_timing_is_refused() {
    let mut submit = submit(Vec::new(), 0);
    submit.timing.refresh.hz = 0.0;
    submit.timing.device.user_agent = "x".repeat(1001);
    submit.finished_at_ms = f64::INFINITY;
    let fields: Vec<String> =
        broken(submit.validate()).into_iter().map(|(field, _)| field).collect();
    assert_eq!(fields, ["finished_at_ms", "timing.refresh.hz", "timing.device.user_agent"]);
}

#[test]
fn flags_have_words() {
    let flags = Quality::HIDDEN | Quality::DROPPED_FRAME;
    assert_eq!(flags.words().collect::<Vec<_>>(), ["dropped_frame", "hidden"]);
    assert!(flags.any(Quality::ABORTING) && flags.any(Quality::TIMING));
    assert_eq!(Quality::NAMED.len(), 16);
}
