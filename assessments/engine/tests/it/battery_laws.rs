//! What holds for every task in the registry, whoever takes part.

use super::support::{config, module, trials};
use contract::task::{EventBatch, Item, Phase, RunConfig};
use serde_json::{Map, Value, json};
use task_engine::{
    Runner,
    simulate::{self, Kind, Participant, Setup},
    spec::ResumePolicy,
    tasks,
};

const KINDS: [Kind; 4] = [Kind::Honest, Kind::Careless, Kind::FastGuesser, Kind::OneKey];

fn run_of(task: &str, params: Value) -> RunConfig {
    config(3, vec![module(task, params)])
}

fn setup(kind: Kind) -> Setup {
    Setup { participant: Participant::new(kind, 30.0), ..Setup::honest(30.0) }
}

/// The tasks of the registry; those of tests aside.
fn all() -> impl Iterator<Item = &'static str> {
    tasks::all().iter().map(|spec| spec.id)
}

#[test]
fn every_session_of_every_task_is_complete_well_formed_and_scored_from_json_alike() {
    for task in all() {
        let run = run_of(task, Value::Object(Map::new()));
        for kind in KINDS {
            let log = simulate::run(&run, 5, &setup(kind)).unwrap();
            assert!(log.complete, "{task} {kind:?}");
            for items in log.items.chunks(200) {
                let batch = EventBatch { first_seq: items[0].seq(), items: items.to_vec() };
                assert_eq!(batch.validate(), Ok(()), "{task} {kind:?}");
            }
            let submit = log.submit(&run, &setup(kind));
            assert_eq!(submit.validate(), Ok(()), "{task} {kind:?}");
            let text = serde_json::to_string(&log.items).unwrap();
            let back: Vec<Item> = serde_json::from_str(&text).unwrap();
            let again = tasks::score(0, &run.modules[0], &back).unwrap();
            assert_eq!(again, log.summaries[0], "{task} {kind:?}");
            let names: std::collections::BTreeSet<&str> =
                again.metrics.iter().map(|metric| metric.name.as_str()).collect();
            assert_eq!(names.len(), again.metrics.len(), "{task}: a metric is given twice");
            assert!(again.metrics.iter().all(|metric| !metric.rules.is_empty()), "{task}");
            assert!(!again.flags.contains(&"incomplete".to_owned()), "{task} {kind:?}");
        }
    }
}

#[test]
fn an_honest_participant_of_every_task_is_valid() {
    for task in all() {
        let log = simulate::run(&run_of(task, json!({})), 8, &setup(Kind::Honest)).unwrap();
        assert!(log.summaries[0].valid, "{task} {:?}", log.summaries[0].flags);
    }
}

#[test]
fn every_preset_runs() {
    for spec in tasks::all() {
        for preset in spec.presets {
            let run = run_of(spec.id, Value::Object(preset.params()));
            let log = simulate::run(&run, 5, &setup(Kind::Honest)).unwrap();
            assert!(log.complete, "{} {}", spec.id, preset.id);
        }
    }
}

/// A reload after any stored trial gives back the state that the run had, or the beginning of the
/// block where a task cannot go on in the middle.
#[test]
fn every_task_can_be_resumed_where_it_was() {
    for spec in tasks::all() {
        let task = spec.id;
        let run = run_of(task, json!({}));
        let mut stored: Vec<Item> = Vec::new();
        let mut seen = 0;
        simulate::go_on(&run, Vec::new(), 5, &setup(Kind::Careless), &mut |runner, item| {
            stored.push(item.clone());
            if item.trial().is_none() {
                return;
            }
            seen += 1;
            if seen % 29 == 7 {
                let (was, is) =
                    (runner.position(), Runner::resume(&run, &stored).unwrap().position());
                if spec.resume == ResumePolicy::RestartBlock && was.run > 0 {
                    let begun = (was.module, was.block, was.attempt + 1, 0, was.recorded);
                    let at = (is.module, is.block, is.attempt, is.run, is.recorded);
                    assert_eq!(at, begun, "{task} after {seen}");
                } else {
                    assert_eq!(is, was, "{task} after {seen}");
                }
            }
        })
        .unwrap();
    }
}

/// What is shown, task by task, at the times that the tasks promise: every test trial that was not
/// interrupted has an onset, and no target was shown for another number of frames than planned.
#[test]
fn every_trial_has_its_onset_and_its_frames() {
    for task in all() {
        let perfect = Setup { late_frames: 0.0, ..setup(Kind::Honest) };
        let log = simulate::run(&run_of(task, json!({})), 2, &perfect).unwrap();
        for row in trials(&log.items).iter().filter(|t| t.phase == Phase::Test) {
            let false_start = row.extra.contains_key("false_start");
            assert!(row.onset_us.is_some() || false_start, "{task} {}", row.trial);
            if let Some(plan) = row.frames_plan {
                assert_eq!(row.frames_shown, Some(plan), "{task} {}", row.trial);
            }
        }
    }
}
