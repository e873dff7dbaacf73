//! Attention lost in the middle of a trial.

use super::{
    desk::Desk,
    support::{config, module},
};
use contract::task::{EventKind, Extra, Interruption, Quality};
use serde_json::json;
use task_engine::{Input, ScreenKind};

fn desk() -> Desk {
    let params =
        json!({ "practice_trials": 0, "trials": 5, "foreperiod_min": 500, "foreperiod_max": 2500 });
    let mut desk = Desk::open(&config(3, vec![module("simple_rt", params)]), false);
    desk.reach_trials();
    desk
}

#[test]
fn the_trial_is_kept_marked_and_run_again_at_the_end_with_a_new_wait() {
    let mut desk = desk();
    desk.answer(250);
    desk.frames(10);
    desk.tell(Input::Interrupt(Interruption::Hidden));
    let stopped = desk.last_trial().clone();
    assert!(stopped.interrupted && stopped.quality.any(Quality::HIDDEN));
    assert_eq!((stopped.plan, stopped.correct, stopped.omission), (1, None, false));
    let page = desk.screens.last().unwrap();
    assert_eq!(page.kind, ScreenKind::Paused);
    assert_eq!(page.button, "Continue");

    desk.reach_trials();
    for _ in 0..4 {
        desk.answer(250);
    }
    assert_eq!(desk.ends, [true]);
    let order: Vec<(u32, u32, bool)> =
        desk.trials().iter().map(|t| (t.trial, t.plan, t.interrupted)).collect();
    assert_eq!(
        order,
        [(0, 0, false), (1, 1, true), (2, 2, false), (3, 3, false), (4, 4, false), (5, 1, false)]
    );
    let again = desk.last_trial();
    assert_ne!(again.extra["foreperiod_ms"], stopped.extra["foreperiod_ms"]);
    assert_eq!(again.quality, Quality::NONE, "the flag stays with the trial that it hit");
    let away = desk.events().into_iter().find(|e| matches!(e, EventKind::Continued { .. }));
    assert!(away.is_some());
}

#[test]
fn a_trial_is_run_three_times_at_most() {
    let mut desk = desk();
    for _ in 0..4 {
        desk.answer(250);
    }
    for _ in 0..3 {
        desk.frames(5);
        desk.tell(Input::Interrupt(Interruption::Blur));
        if desk.ends.is_empty() {
            desk.reach_trials();
        }
    }
    assert_eq!(desk.ends, [true]);
    assert_eq!(desk.trials().iter().filter(|t| t.plan == 4 && t.interrupted).count(), 3);
    let summary = &desk.runner.summaries()[0];
    assert!(summary.flags.contains(&"trials_lost".into()));
    assert!(!summary.flags.contains(&"incomplete".into()));
}

#[test]
fn an_answered_trial_is_not_lost_when_the_page_is_hidden_right_after() {
    let params = json!({ "practice_trials": 0, "trials": 5 });
    let mut desk = Desk::open(&config(3, vec![module("simple_rt", params)]), true);
    desk.reach_trials();
    let cue = desk.until("target").unwrap();
    desk.stamp(cue);
    desk.frames(14);
    desk.press(task_engine::Choice(0), desk.raf);
    desk.frame();
    desk.tell(Input::Interrupt(Interruption::Hidden));
    let trial = desk.last_trial();
    assert!(!trial.interrupted && trial.correct == Some(true));
    assert_eq!(desk.screens.last().unwrap().kind, ScreenKind::Paused);
}

#[test]
fn an_answer_to_a_stopped_trial_is_kept_as_a_press() {
    let mut desk = desk();
    desk.until("target");
    desk.press(task_engine::Choice(0), desk.raf);
    desk.tell(Input::Interrupt(Interruption::PageHide));
    let trial = desk.last_trial();
    assert!(trial.interrupted && trial.resp_code.is_none());
    assert_eq!(trial.actions.len(), 1);
    assert_eq!(trial.actions[0].code, "press");
}

#[test]
fn on_a_page_of_text_an_interruption_is_only_noted() {
    let params = json!({ "trials": 5 });
    let mut desk = Desk::open(&config(3, vec![module("simple_rt", params)]), false);
    desk.tell(Input::Interrupt(Interruption::Blur));
    assert_eq!(desk.screens.len(), 1);
    assert_eq!(desk.events().last(), Some(&&EventKind::Interrupted { why: Interruption::Blur }));
}

#[test]
fn leaving_saves_shows_a_calm_page_and_can_be_taken_back() {
    let mut desk = desk();
    desk.answer(250);
    desk.frames(3);
    desk.tell(Input::Leave);
    assert_eq!(desk.ends, [false]);
    assert_eq!(desk.screens.last().unwrap().kind, ScreenKind::Left);
    assert_eq!(desk.events().last(), Some(&&EventKind::Left));
    assert!(desk.last_trial().interrupted);
    desk.reach_trials();
    for _ in 0..4 {
        desk.answer(250);
    }
    assert_eq!(desk.ends, [false, true]);
}

#[test]
fn leaving_from_the_instructions_comes_back_to_them() {
    let mut desk = Desk::open(&config(3, vec![module("flanker", json!({}))]), false);
    desk.tell(Input::Continue);
    assert_eq!(desk.screens.last().unwrap().title, "How to answer");
    desk.tell(Input::Leave);
    assert_eq!(desk.screens.last().unwrap().kind, ScreenKind::Left);
    desk.tell(Input::Continue);
    assert_eq!(desk.screens.last().unwrap().title, "How to answer");
    desk.tell(Input::Continue);
    assert_eq!(desk.prepared, 1);
}

#[test]
fn a_count_down_that_is_interrupted_begins_again() {
    let params = json!({ "practice_trials": 0, "trials": 5 });
    let mut desk = Desk::open(&config(3, vec![module("simple_rt", params)]), false);
    desk.tell(Input::Continue);
    desk.tell(Input::Ready);
    desk.frames(90);
    desk.tell(Input::Interrupt(Interruption::Resized));
    assert!(desk.trials().is_empty());
    desk.reach_trials();
    desk.answer(250);
    assert_eq!(desk.last_trial().trial, 0);
    assert_eq!(desk.last_trial().extra.get("early_presses"), None::<&Extra>);
}
