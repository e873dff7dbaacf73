//! The course of a module, page by page.

use super::{
    desk::Desk,
    support::{both, config, module, trials},
};
use contract::task::{EventKind, Phase};
use serde_json::json;
use task_engine::{
    Choice, Input, ScreenKind,
    simulate::{self, Setup},
};

fn titles(desk: &Desk) -> Vec<&str> {
    desk.screens.iter().map(|screen| screen.title.as_str()).collect()
}

#[test]
fn instructions_practice_test_break_and_end() {
    let params = json!({ "practice_trials": 2, "trials": 5, "blocks": 2 });
    let next = json!({ "practice_trials": 0, "trials": 5 });
    let modules = vec![module("simple_rt", params), module("simple_rt", next)];
    let mut desk = Desk::open(&config(1, modules), false);
    assert_eq!(desk.screens[0].button, "Try it out");
    assert!(desk.screens[0].picture.is_some());
    assert_eq!(desk.screens[0].body.len(), 3);
    desk.reach_trials();
    desk.answer(250);
    desk.frames(60);
    desk.answer(250);
    desk.frames(60);
    let page = desk.screens.last().unwrap();
    assert_eq!(page.body[0], "You got 2 of 2 right.");
    assert_eq!(page.button, "Start");
    for n in [3, 2] {
        desk.reach_trials();
        (0..n).for_each(|_| desk.answer(250));
    }
    assert_eq!(desk.screens[2].body[0], "Part 1 of 2 is done and saved.");
    assert_eq!(desk.screens[3].kind, ScreenKind::ModuleEnd);
    desk.tell(Input::Continue);
    assert_eq!(desk.screens.last().unwrap().button, "Start", "nothing to try out");
    desk.reach_trials();
    (0..5).for_each(|_| desk.answer(250));
    assert_eq!(
        titles(&desk),
        [
            "Press when you see the X",
            "Practice done",
            "Time for a rest",
            "This task is done",
            "Press when you see the X"
        ]
    );
    assert_eq!(desk.ends, [true]);
    assert_eq!(desk.events().last(), Some(&&EventKind::SessionEnded));
}

#[test]
fn practice_below_its_criterion_is_repeated_and_then_let_go_with_a_flag() {
    let params = json!({ "practice_trials": 4, "trials": 24, "practice_rounds": 2 });
    let mut desk = Desk::open(&config(5, vec![module("flanker", params)]), false);
    for _ in 0..2 {
        desk.reach_trials();
        // Nobody answers: fixation, window, feedback and pause of four trials take under 15 s
        desk.frames(900);
    }
    assert_eq!(
        titles(&desk),
        [
            "The middle arrow",
            "How to answer",
            "One more try",
            "The middle arrow",
            "How to answer",
            "Practice done"
        ]
    );
    assert_eq!(desk.screens[2].body[0], "You got 0 of 4 right. That is fine.");
    let attempts: Vec<(u32, Phase)> = desk.trials().iter().map(|t| (t.attempt, t.phase)).collect();
    assert_eq!(attempts, [[(0, Phase::Practice); 4], [(1, Phase::Practice); 4]].concat());
    let order = |attempt: u32| -> Vec<String> {
        desk.trials().iter().filter(|t| t.attempt == attempt).map(|t| t.stimulus.clone()).collect()
    };
    let [mut first, mut second] = [order(0), order(1)];
    first.sort();
    second.sort();
    assert_eq!(first, second, "the same cells");
    assert!(desk.runner.summaries()[0].flags.contains(&"practice_not_passed".into()));
}

#[test]
fn feedback_says_what_happened() {
    let mut desk = Desk::open(&config(9, vec![module("flanker", json!({}))]), false);
    desk.reach_trials();
    let shown = |desk: &Desk| {
        let (_, scene, _) = desk.flips.last().unwrap();
        desk.runner.scenes()[usize::from(scene.0)].name.clone()
    };
    for wanted in ["feedback.right", "feedback.wrong", "feedback.slow", "feedback.early"] {
        desk.until("fixation");
        desk.frames(30);
        let name = shown(&desk);
        let cue = desk.flips.last().unwrap().2.unwrap();
        desk.stamp(cue);
        let onset = desk.raf;
        let side = Choice(u8::from(name.chars().nth(2) == Some('>')));
        let other = Choice(1 - side.0);
        match wanted {
            "feedback.right" => desk.press(side, onset + contract::task::Micros(300_000)),
            "feedback.wrong" => desk.press(other, onset + contract::task::Micros(300_000)),
            "feedback.early" => desk.press(side, onset + contract::task::Micros(90_000)),
            _ => desk.frames(89),
        }
        desk.frame();
        assert_eq!(shown(&desk), wanted);
    }
}

#[test]
fn keys_without_a_meaning_are_counted_and_do_not_answer() {
    let mut desk =
        Desk::open(&config(9, vec![module("flanker", json!({ "practice_trials": 0 }))]), false);
    desk.reach_trials();
    desk.until("fixation");
    desk.frames(30);
    let cue = desk.flips.last().unwrap().2.unwrap();
    desk.stamp(cue);
    desk.press(Choice::OTHER, desk.raf + contract::task::Micros(200_000));
    desk.frames(20);
    assert!(desk.trials().is_empty());
    desk.press(Choice(0), desk.raf);
    desk.frames(3);
    let trial = desk.last_trial();
    assert_eq!((trial.n_presses, trial.actions[0].code.as_str()), (2, "other"));
    assert_eq!(trial.resp_code.as_deref(), Some("left"));
}

#[test]
fn keys_and_places_mean_what_the_instructions_say() {
    let mut desk = Desk::open(&config(9, vec![module("flanker", json!({}))]), false);
    desk.reach_trials();
    let flanker = desk.runner.responses();
    for (key, code) in [
        ("ArrowLeft", "left"),
        ("KeyF", "left"),
        ("ArrowRight", "right"),
        ("KeyJ", "right"),
        ("Space", "other"),
    ] {
        assert_eq!(flanker.code(flanker.key(key)), code);
    }
    assert_eq!(flanker.code(flanker.point(-5, 300)), "left");
    assert_eq!(flanker.code(flanker.point(5, -300)), "right");
    let mut desk = Desk::open(&config(9, vec![module("simple_rt", json!({}))]), false);
    desk.reach_trials();
    let simple = desk.runner.responses();
    assert_eq!(simple.code(simple.key("KeyQ")), "press");
    assert_eq!(simple.code(simple.point(-900, 2000)), "press");
}

#[test]
fn progress_runs_from_nothing_to_all() {
    let mut seen: Vec<(u32, f64)> = Vec::new();
    let run = both(4);
    let log = simulate::go_on(&run, Vec::new(), 4, &Setup::honest(25.0), &mut |runner, _| {
        let progress = runner.progress();
        assert!((0.0..=1.0).contains(&progress.share));
        seen.push((progress.module, progress.minutes_left));
    })
    .unwrap();
    assert!(log.complete);
    assert_eq!(seen.first(), Some(&(1, 4.0)));
    assert_eq!(seen.last(), Some(&(2, 0.0)));
    assert!(seen.windows(2).all(|pair| pair[1].1 <= pair[0].1 + 1e-9), "time left never grows");
}

#[test]
fn the_flanker_is_balanced_in_every_part() {
    for neutral in [false, true] {
        let run = config(11, vec![module("flanker", json!({ "neutral": neutral }))]);
        let log = simulate::run(&run, 1, &Setup::honest(25.0)).unwrap();
        let all = trials(&log.items);
        for block in [1, 2] {
            let mine: Vec<_> = all.iter().filter(|t| t.block == block).collect();
            assert_eq!(mine.len(), 48);
            let mut cells = std::collections::BTreeMap::new();
            for trial in &mine {
                *cells.entry(trial.stimulus.as_str()).or_insert(0) += 1;
            }
            let each = if neutral { 8 } else { 12 };
            assert_eq!(cells.len(), if neutral { 6 } else { 4 });
            assert!(cells.values().all(|n| *n == each), "{cells:?}");
            assert!(mine.windows(4).all(|run| run.iter().any(|t| t.condition != run[0].condition)));
            assert_eq!(mine[0].extra.get("prev_congruency"), None);
        }
    }
}

#[test]
fn flankers_come_first_when_asked_for() {
    let params = json!({ "practice_trials": 0, "flanker_lead": 100 });
    let mut desk = Desk::open(&config(2, vec![module("flanker", params)]), false);
    desk.reach_trials();
    desk.until("fixation");
    let fixation = desk.raf;
    desk.frames(40);
    let times: Vec<i64> =
        desk.flips[desk.flips.len() - 3..].iter().map(|f| (f.0 - fixation).0).collect();
    assert_eq!(times, [0, 30 * 16_667, 36 * 16_667], "500 ms, then 100 ms");
    let names: Vec<&str> = desk.flips[desk.flips.len() - 2..]
        .iter()
        .map(|f| desk.runner.scenes()[usize::from(f.1.0)].name.as_str())
        .collect();
    assert_eq!(names[0].replace(' ', &names[1][2..3]), names[1]);
}
