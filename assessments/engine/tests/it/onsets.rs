//! From raw stamps to onset, RT and flags.

use super::{
    desk::{Desk, T},
    support::{config, module},
};
use contract::task::{Micros, OnsetMethod, Quality};
use serde_json::json;
use task_engine::{Choice, Input};

/// Simple RT without practice and without much waiting.
fn desk(element_timing: bool) -> Desk {
    let params = json!({
        "practice_trials": 0, "trials": 5, "foreperiod_min": 500, "foreperiod_max": 500, "timeout": 600,
    });
    let mut desk = Desk::open(&config(1, vec![module("simple_rt", params)]), element_timing);
    desk.reach_trials();
    desk
}

#[test]
fn the_presentation_time_is_the_onset_where_the_browser_tells_it() {
    let mut desk = desk(true);
    let on = desk.until("target").unwrap();
    let raf = desk.raf;
    desk.stamp(on);
    desk.frames(10);
    desk.press(Choice(0), raf + Micros(300_000));
    desk.tell(Input::Presented { cue: on, at: raf + Micros(15_000) });
    desk.frame();
    let off = desk.flips.last().unwrap().2.unwrap();
    assert!(desk.trials().is_empty(), "the trial waits for its last stamp");
    desk.tell(Input::Presented { cue: off, at: raf + Micros(15_000) + Micros(T.0 * 11) });
    let trial = desk.last_trial();
    assert_eq!(trial.onset_us, Some(raf + Micros(15_000)));
    assert_eq!(trial.onset_method, Some(OnsetMethod::Presented));
    assert_eq!(trial.rt_ms, Some(285.0));
    assert_eq!(trial.frames_shown, Some(11));
    assert_eq!(trial.frames_plan, None);
    assert_eq!(trial.quality, Quality::NONE);
    assert_eq!(trial.correct, Some(true));
}

#[test]
fn without_it_the_onset_is_the_later_of_the_posted_task_and_one_interval_before_the_next_frame() {
    let mut desk = desk(false);
    let on = desk.until("target").unwrap();
    let raf = desk.raf;
    let post = raf + Micros(5000);
    desk.tell(Input::Stamps { cue: on, cb_end: raf + Micros(400), post: Some(post) });
    desk.frames(20);
    desk.press(Choice(0), raf + Micros(320_000));
    desk.frames(2);
    let trial = desk.last_trial();
    assert_eq!((trial.onset_us, trial.onset_method), (Some(post), Some(OnsetMethod::Frame)));
    assert_eq!(trial.rt_ms, Some(315.0));
    assert!(!trial.quality.any(Quality::PRESENTATION_MISSING), "nothing was to be expected");

    // The next trial's frame after the onset is late: the onset moves with it
    let on = desk.until("target").unwrap();
    let raf = desk.raf;
    desk.tell(Input::Stamps { cue: on, cb_end: raf + Micros(400), post: Some(raf + Micros(900)) });
    desk.frame_after(3);
    desk.frames(17);
    desk.press(Choice(0), raf + Micros(340_000));
    desk.frames(2);
    let trial = desk.last_trial();
    assert_eq!(trial.onset_us, Some(raf + Micros(2 * T.0)));
    assert!(trial.quality.any(Quality::ONSET_LATE) && trial.quality.any(Quality::DROPPED_FRAME));
}

#[test]
fn a_presentation_time_that_never_comes_is_waited_for_and_then_flagged() {
    let mut desk = desk(true);
    let on = desk.until("target").unwrap();
    let raf = desk.raf;
    desk.stamp(on);
    desk.frames(12);
    desk.press(Choice(0), raf + Micros(200_000));
    desk.frames(18);
    assert!(desk.trials().is_empty());
    desk.frame();
    let trial = desk.last_trial();
    assert_eq!(trial.onset_method, Some(OnsetMethod::Frame));
    assert!(trial.quality.any(Quality::PRESENTATION_MISSING));
}

#[test]
fn a_presentation_time_that_cannot_be_true_is_not_believed() {
    let mut desk = desk(true);
    let on = desk.until("target").unwrap();
    let raf = desk.raf;
    desk.stamp(on);
    desk.tell(Input::Presented { cue: on, at: raf - Micros(2 * T.0) });
    desk.frames(12);
    desk.press(Choice(0), raf + Micros(200_000));
    desk.frames(25);
    let trial = desk.last_trial();
    assert_eq!(trial.pres_on_us, Some(raf - Micros(2 * T.0)), "it is kept");
    assert_eq!(trial.onset_method, Some(OnsetMethod::Frame));
    assert!(trial.quality.any(Quality::PRESENTATION_MISSING));
}

#[test]
fn a_response_stamped_before_a_late_onset_keeps_its_negative_rt_and_is_never_right() {
    let mut desk = desk(true);
    let on = desk.until("target").unwrap();
    let raf = desk.raf;
    desk.stamp(on);
    desk.press(Choice(0), raf + Micros(4000));
    desk.frame();
    let off = desk.flips.last().unwrap().2.unwrap();
    desk.tell(Input::Presented { cue: on, at: raf + Micros(16_000) });
    desk.tell(Input::Presented { cue: off, at: raf + Micros(32_667) });
    let trial = desk.last_trial();
    assert_eq!(trial.rt_ms, Some(-12.0));
    assert!(trial.anticipation);
    assert_eq!(trial.correct, Some(false));
}

#[test]
fn a_press_before_the_target_is_kept_and_answers_nothing() {
    let mut desk = desk(false);
    desk.frames(5);
    desk.press(Choice(0), desk.raf);
    desk.answer(250);
    let trial = desk.last_trial();
    assert_eq!(trial.extra.get("early_presses"), Some(&contract::task::Extra::Int(1)));
    assert_eq!((trial.n_presses, trial.actions.len()), (2, 1));
    assert_eq!(trial.correct, Some(true));
}

#[test]
fn no_response_within_the_window_is_an_omission() {
    let mut desk = desk(false);
    let on = desk.until("target").unwrap();
    let raf = desk.raf;
    desk.stamp(on);
    desk.frames(36);
    assert_eq!(desk.flips.last().unwrap().0, raf + Micros(36 * T.0), "600 ms are 36 frames");
    desk.frames(2);
    let trial = desk.last_trial();
    assert!(trial.omission && trial.rt_ms.is_none() && trial.correct == Some(false));
    assert_eq!((trial.frames_plan, trial.frames_shown), (Some(36), Some(36)));
}

#[test]
fn a_response_made_in_time_counts_though_it_is_delivered_after_the_window_closed() {
    let mut desk = desk(true);
    let on = desk.until("target").unwrap();
    let raf = desk.raf;
    desk.stamp(on);
    desk.frames(36);
    desk.press(Choice(0), raf + Micros(590_000));
    desk.frames(25);
    let trial = desk.last_trial();
    assert!(!trial.omission);
    assert_eq!(trial.ts_resp_us, Some(raf + Micros(590_000)));
}

#[test]
fn dropped_callbacks_do_not_lengthen_what_is_shown() {
    let mut desk = desk(false);
    let on = desk.until("target").unwrap();
    let raf = desk.raf;
    desk.stamp(on);
    // Every second callback is lost
    for _ in 0..17 {
        desk.frame_after(2);
    }
    assert_eq!(desk.flips.last().unwrap().0, raf, "34 of 36 frames are over");
    desk.frame_after(2);
    assert_eq!(desk.flips.last().unwrap().0, raf + Micros(36 * T.0));
    desk.frames(2);
    let trial = desk.last_trial();
    assert_eq!(trial.frames_shown, Some(36));
    assert!(trial.quality.any(Quality::DROPPED_FRAME));
    assert!(!trial.quality.any(Quality::DURATION_WRONG));
}

#[test]
fn a_wrong_number_of_frames_and_a_slow_handler_are_flagged() {
    let mut desk = desk(false);
    let on = desk.until("target").unwrap();
    desk.stamp(on);
    desk.frames(34);
    desk.frame_after(4);
    desk.frames(2);
    let trial = desk.last_trial();
    assert_eq!((trial.frames_plan, trial.frames_shown), (Some(36), Some(38)));
    assert!(trial.quality.any(Quality::DURATION_WRONG));

    let on = desk.until("target").unwrap();
    let raf = desk.raf;
    desk.tell(Input::Stamps { cue: on, cb_end: raf + Micros(9000), post: None });
    desk.frames(20);
    let pointer = contract::task::Pointer { device: contract::task::Device::Touch, x: 10, y: -20 };
    desk.tell(Input::Press(task_engine::Press {
        choice: Choice(0),
        stamp: raf + Micros(300_000),
        handler: raf + Micros(310_001),
        pointer,
        quality: Quality::STAMP_FALLBACK,
    }));
    desk.frames(2);
    let trial = desk.last_trial();
    assert!(trial.quality.any(Quality::HANDLER_LAG) && trial.quality.any(Quality::STAMP_FALLBACK));
    assert!(trial.quality.any(Quality::ONSET_LATE), "its callback took over half an interval");
    assert_eq!(trial.pointer, Some(pointer));
}

#[test]
fn the_wait_counts_from_the_response_before_however_long_storing_takes() {
    let mut desk = desk(false);
    desk.stores = false;
    desk.answer(250);
    let rest = desk.flips.last().unwrap().0;
    desk.frames(12);
    assert_eq!(desk.flips.last().unwrap().0, rest, "not stored: the next trial waits");
    desk.tell(Input::Stored { seq: desk.last_trial().seq });
    desk.until("target");
    assert_eq!(desk.raf - rest, Micros(30 * T.0), "500 ms after the rest began");
}

#[test]
fn flags_and_long_tasks_reach_the_trial_that_runs_and_are_recorded_after_it() {
    let mut desk = desk(false);
    desk.frames(3);
    desk.tell(Input::LongTask { duration: Micros(80_000) });
    desk.tell(Input::Flag(Quality::SLEPT));
    let before = desk.items.len();
    desk.answer(250);
    let trial = desk.last_trial();
    assert!(trial.quality.any(Quality::LONG_TASK) && trial.quality.any(Quality::SLEPT));
    let kinds: Vec<bool> = desk.items[before..].iter().map(|item| item.trial().is_some()).collect();
    assert_eq!(kinds, [false, true], "the event comes with its trial, not in the middle of it");
}
