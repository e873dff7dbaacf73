//! Closing the page at any time loses nothing.

use super::{
    desk::Desk,
    support::{both, config, module, trials},
};
use contract::task::{EventKind, Interruption, Item, Phase};
use proptest::prelude::*;
use serde_json::json;
use task_engine::{
    Position, RunError, Runner, ScreenKind,
    simulate::{self, Kind, Participant, Setup},
};

/// Items of a session, and the position after each of its trials.
fn lived(seed: u64, setup: &Setup) -> (Vec<Item>, Vec<(usize, Position)>) {
    let mut positions = Vec::new();
    let mut count = 0;
    let log = simulate::go_on(&both(seed), Vec::new(), seed, setup, &mut |runner, item| {
        count += 1;
        if item.trial().is_some() {
            positions.push((count, runner.position()));
        }
    })
    .unwrap();
    (log.items, positions)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    /// The replay of the items up to any trial stands where the run stood.
    #[test]
    fn a_replay_is_the_run(seed: u64, at in 0_u32..100, careless: bool) {
        let kind = if careless { Kind::Careless } else { Kind::Honest };
        let setup = Setup {
            participant: Participant::new(kind, 40.0),
            interrupt_after: Some((at, Interruption::Hidden)),
            ..Setup::honest(40.0)
        };
        let (items, positions) = lived(seed, &setup);
        for (count, position) in positions {
            let replayed = Runner::resume(&both(seed), &items[..count]).unwrap();
            prop_assert_eq!(replayed.position(), position);
        }
    }

    /// A session that is closed after any item and opened again ends like one that was not.
    #[test]
    fn a_resumed_session_runs_every_planned_trial_once(seed: u64, share in 0.0..1.0) {
        let setup = Setup::honest(40.0);
        let (items, _) = lived(seed, &setup);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a share of a length")]
        let kept = (items.len() as f64 * share) as usize;
        let first = items[..kept].to_vec();
        let log = simulate::go_on(&both(seed), first, seed, &setup, &mut |_, _| {}).unwrap();
        prop_assert!(log.complete);
        // Somebody who fails practice in one life may pass it in the other
        let shown = |items: &[Item]| -> Vec<(u32, u32, u32, u32, String)> {
            trials(items).iter().filter(|t| t.phase == Phase::Test).map(|t| (t.module, t.block, t.attempt, t.plan, t.stimulus.clone())).collect()
        };
        prop_assert_eq!(shown(&log.items), shown(&items));
        prop_assert_eq!(&log.items[..kept], &items[..kept]);
        // Between two tasks the page may change hands by itself: that is no reload
        let between = items[..kept].last().is_some_and(|item| {
            matches!(item, Item::Event(e) if matches!(e.what, EventKind::ModuleEnded { .. }))
        });
        prop_assert_eq!(log.timing.reloads, u32::from(kept > 0 && !between));
        prop_assert!(log.summaries.iter().all(|summary| !summary.flags.contains(&"incomplete".into())));
    }
}

fn five() -> contract::task::RunConfig {
    config(1, vec![module("simple_rt", json!({ "practice_trials": 0, "trials": 5 }))])
}

#[test]
fn the_resumed_page_welcomes_back_and_the_next_trial_follows() {
    let mut desk = Desk::open(&five(), false);
    desk.reach_trials();
    desk.answer(250);
    desk.answer(260);
    let resumed = Runner::resume(&five(), &desk.items).unwrap();
    let mut desk = Desk::over(resumed, false);
    assert_eq!(desk.screens.last().unwrap().kind, ScreenKind::Resumed);
    let Item::Event(event) = &desk.items[0] else { panic!("an event comes first") };
    assert_eq!(event.clock_epoch, 1);
    assert!(matches!(event.what, EventKind::SessionResumed { after_seq: 5, .. }));
    desk.reach_trials();
    desk.answer(270);
    assert_eq!((desk.last_trial().trial, desk.last_trial().clock_epoch), (2, 1));
    assert_eq!(desk.last_trial().iti_plan_ms, None, "nothing came right before it");
    let starts = |e: &&EventKind| {
        matches!(e, EventKind::BlockStarted { .. } | EventKind::ModuleStarted { .. })
    };
    assert!(!desk.events().iter().any(starts), "what was begun is not begun again");
}

#[test]
fn a_reload_on_the_instructions_shows_them_again() {
    let desk = Desk::open(&five(), false);
    let resumed = Runner::resume(&five(), &desk.items).unwrap();
    let desk = Desk::over(resumed, false);
    assert_eq!(desk.screens.last().unwrap().kind, ScreenKind::Instructions);
}

#[test]
fn a_finished_session_only_has_to_be_sent() {
    let run = five();
    let log = simulate::run(&run, 1, &Setup::honest(30.0)).unwrap();
    let desk = Desk::over(Runner::resume(&run, &log.items).unwrap(), true);
    assert_eq!((desk.ends.as_slice(), desk.items.len()), ([true].as_slice(), 0));
    assert_eq!(desk.runner.summaries(), log.summaries);
}

#[test]
fn a_session_killed_between_its_last_trial_and_its_end_is_ended_on_reopening() {
    let run = five();
    let log = simulate::run(&run, 1, &Setup::honest(30.0)).unwrap();
    let last = log.items.iter().rposition(|item| item.trial().is_some()).unwrap();
    let desk = Desk::over(Runner::resume(&run, &log.items[..=last]).unwrap(), true);
    assert_eq!(desk.ends, [true]);
    assert!(matches!(desk.events().last(), Some(EventKind::SessionEnded)));
}

#[test]
fn foreign_items_are_refused() {
    let run = five();
    let log = simulate::run(&run, 1, &Setup::honest(30.0)).unwrap();
    let other = config(1, vec![module("flanker", json!({}))]);
    assert!(matches!(Runner::resume(&other, &log.items), Err(RunError::Foreign(_))));
    let mut gap = log.items.clone();
    gap.remove(4);
    assert!(matches!(Runner::resume(&run, &gap), Err(RunError::Foreign(_))));
}

#[test]
fn unknown_tasks_and_wrong_parameters_are_refused_before_anything_is_shown() {
    let mut run = five();
    run.modules[0].task_id = "juggling".into();
    assert_eq!(
        Runner::new(&run).err(),
        Some(RunError::UnknownTask { task: "juggling".into(), version: "1".into() })
    );
    let mut run = five();
    run.modules[0].params.insert("trials".into(), json!(3));
    let error = Runner::new(&run).err().unwrap().to_string();
    assert_eq!(error, "parameters of simple_rt: trials must be between 5 and 400.");
    let run = config(1, Vec::new());
    let desk = Desk::open(&run, false);
    assert_eq!(desk.ends, [true], "a run without modules is over at once");
}
