//! What holds for every task of speed and attention, whoever takes part and whatever happens.

use super::support::{config, module, trials};
use contract::task::{Interruption, Item, ModuleSummary, Phase};
use serde_json::{Value, json};
use task_engine::{
    Runner,
    simulate::{self, Kind, Log, Participant, Setup},
    spec::ResumePolicy,
    tasks,
};

const TASKS: [&str; 7] = ["ax_cpt", "choice_rt", "cpt", "go_nogo", "pvt", "sart", "vigilance"];

fn session(task: &str, params: Value, setup: &Setup) -> Log {
    simulate::run(&config(12, vec![module(task, params)]), 12, setup).unwrap()
}

fn by(kind: Kind) -> Setup {
    Setup { participant: Participant::new(kind, 35.0), ..Setup::honest(35.0) }
}

#[test]
fn those_who_do_not_look_are_not_valid() {
    for task in TASKS {
        let honest = session(task, json!({}), &by(Kind::Honest)).summaries.remove(0);
        assert!(honest.valid && honest.flags.is_empty(), "{task}: {:?}", honest.flags);
        for kind in [Kind::FastGuesser, Kind::OneKey] {
            let summary = session(task, json!({}), &by(kind)).summaries.remove(0);
            // With one answer and nothing to tell apart, a fast guesser is a fast responder
            assert_eq!(summary.valid, task == "pvt", "{task} {kind:?}: {:?}", summary.flags);
        }
    }
}

#[test]
fn carelessness_costs_sensitivity() {
    for task in ["cpt", "go_nogo", "sart", "vigilance"] {
        let d_prime = |kind: Kind| {
            let summary = session(task, json!({}), &by(kind)).summaries.remove(0);
            summary.value("d_prime").unwrap()
        };
        let (honest, careless) = (d_prime(Kind::Honest), d_prime(Kind::Careless));
        assert!(honest > careless + 0.5 && careless > 0.5, "{task}: {honest} {careless}");
    }
}

#[test]
fn every_preset_runs_to_its_end_in_about_the_planned_time() {
    for task in TASKS {
        let spec = tasks::latest(task).unwrap();
        let presets = spec.presets.iter().map(|preset| Value::from(preset.params()));
        for params in presets.chain([json!({})]) {
            let log = session(task, params.clone(), &by(Kind::Honest));
            assert!(log.complete && log.summaries[0].valid, "{task} {params}");
            let map = params.as_object().cloned().unwrap();
            let planned = (spec.minutes)(&tasks::validate_params(spec, &map).unwrap());
            let took = log.elapsed_ms / 60_000.0;
            // Pages are read in seconds here, not in a minute
            assert!(
                (planned - 1.5..planned + 0.5).contains(&took),
                "{task} {params}: {took} {planned}"
            );
        }
    }
}

#[test]
fn server_and_browser_count_the_same_through_json() {
    for task in TASKS {
        let log = session(task, json!({}), &by(Kind::Careless));
        let text = serde_json::to_string(&log.items).unwrap();
        let items: Vec<Item> = serde_json::from_str(&text).unwrap();
        let again = tasks::score(0, &module(task, json!({})), &items).unwrap();
        assert_eq!(again, log.summaries[0], "{task}");
        let finite = |summary: &ModuleSummary| {
            summary.metrics.iter().all(|m| m.estimate.value().is_none_or(f64::is_finite))
        };
        assert!(finite(&again) && again.metrics.iter().all(|m| !m.rules.is_empty()));
    }
}

#[test]
fn a_page_closed_midway_goes_on_to_a_complete_session() {
    for task in TASKS {
        let run = config(12, vec![module(task, json!({}))]);
        let whole = session(task, json!({}), &by(Kind::Honest));
        for share in [3, 7] {
            let kept = whole.items[..whole.items.len() * share / 10].to_vec();
            let resumed = Runner::resume(&run, &kept).unwrap();
            assert!(!resumed.is_complete());
            let log = simulate::go_on(&run, kept, 12, &by(Kind::Honest), &mut |_, _| {}).unwrap();
            assert!(log.complete && log.summaries[0].valid, "{task}: {:?}", log.summaries[0].flags);
            let test = trials(&log.items).into_iter().filter(|t| t.phase == Phase::Test);
            let attempts = test.map(|t| t.attempt).max().unwrap();
            let restarts = tasks::latest(task).unwrap().resume == ResumePolicy::RestartBlock;
            assert_eq!(attempts > 0, restarts, "{task}: streams begin their block again");
        }
    }
}

#[test]
fn a_glance_away_is_marked_and_made_good() {
    for task in TASKS {
        let interrupt_after = Some((30, Interruption::Hidden));
        let log = session(task, json!({}), &Setup { interrupt_after, ..by(Kind::Honest) });
        assert!(log.complete && log.summaries[0].valid, "{task}: {:?}", log.summaries[0].flags);
        assert!(trials(&log.items).iter().any(|t| t.interrupted), "{task}");
    }
}
