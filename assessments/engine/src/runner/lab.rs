//! What a script can do, told as stories with the test task `lab`.

#[path = "../../tests/it/desk.rs"]
#[expect(dead_code, reason = "the stories of the tasks use more of it")]
mod desk;

use crate::{
    Choice, Input, Params, Runner, ScreenKind,
    simulate::{self, Kind, Participant, Setup},
    tasks,
};
use contract::{
    Id, Locale,
    task::{Extra, Interruption, Item, Micros, OnsetMethod, RunConfig, RunModule, Seed, Trial},
};
use desk::{Desk, T};
use std::collections::BTreeMap;

fn run_of(task: &str, mode: &str) -> RunConfig {
    let params = serde_json::json!({ "mode": mode });
    let spec = tasks::latest(task).unwrap();
    RunConfig {
        session_id: Id::from_uuid("0198c0de-0000-7000-8000-000000000002".parse().unwrap()),
        upload_key: String::new(),
        locale: Locale::En,
        seed: Seed(3),
        modules: vec![RunModule {
            module_id: Id::from_uuid("0198c0de-0000-7000-8000-000000000001".parse().unwrap()),
            task_id: task.into(),
            task_version: "1".into(),
            params: params.as_object().cloned().unwrap(),
            strings: tasks::strings(Locale::En, spec),
            minutes: 1.0,
        }],
        strings: BTreeMap::new(),
        scoring_version: "1".into(),
        server_time_ms: 0.0,
        acknowledged: 0,
        return_to: String::new(),
    }
}

fn desk(mode: &str) -> Desk {
    let mut desk = Desk::open(&run_of("lab", mode), false);
    desk.reach_trials();
    desk
}

fn ms(n: i64) -> Micros {
    Micros(n * 1000)
}

fn int(trial: &Trial, name: &str) -> i64 {
    match trial.extra.get(name) {
        Some(Extra::Int(n)) => *n,
        other => panic!("{name} is {other:?}"),
    }
}

/// Frames between two flips, by the names of their scenes.
fn shown(desk: &Desk) -> Vec<(String, i64)> {
    let scenes = desk.runner.scenes();
    let name = |i: usize| scenes[usize::from(desk.flips[i].1.0)].name.clone();
    let frames = |i: usize| (desk.flips[i + 1].0 - desk.flips[i].0).0 / T.0;
    (0..desk.flips.len() - 1).map(|i| (name(i), frames(i))).collect()
}

/// Simulated to the end; a replay of any part stands where the run stood.
fn lived(run: &RunConfig, setup: &Setup) -> simulate::Log {
    let mut positions = Vec::new();
    let log = simulate::go_on(run, Vec::new(), 5, setup, &mut |runner, item| {
        if item.trial().is_some() {
            positions.push((item.seq() as usize, runner.position()));
        }
    })
    .unwrap();
    for (count, position) in positions {
        let replayed = Runner::resume(run, &log.items[..count]).unwrap();
        let restarts = run.modules[0].task_id == "lab_restarting";
        assert!(restarts || replayed.position() == position, "after item {count}");
    }
    log
}

#[test]
fn a_block_with_a_time_limit_ends_with_the_trial_in_progress() {
    let mut desk = desk("vigil");
    let begun = desk.raf;
    while desk.ends.is_empty() {
        let cue = desk.until("target").unwrap();
        desk.stamp(cue);
        desk.press(Choice(0), desk.raf + ms(250));
        // The last trial's rest and the end follow
        desk.frames(46);
    }
    let trials = desk.trials();
    // 1000 ms of waiting, a press in the next frame, 500 ms of feedback, 500 ms of pause
    let share = (60 + 1 + 30 + 30) * T.0;
    assert_eq!(trials.len(), 6, "the fifth ends after 9.6 s, the sixth is begun and finished");
    assert_eq!(int(trials[0], "block_time_us"), share - 30 * T.0);
    assert_eq!(int(trials[5], "block_time_us"), 6 * share - 30 * T.0);
    assert_eq!(int(trials[1], "time_on_task_us"), share + 60 * T.0);
    assert!((desk.raf - begun).ms() > 10_000.0);
    let summary = &desk.runner.summaries()[0];
    assert!(!summary.flags.contains(&"incomplete".into()), "{:?}", summary.flags);
}

#[test]
fn pauses_do_not_use_up_a_block_s_time() {
    let mut desk = desk("vigil");
    let cue = desk.until("target").unwrap();
    desk.stamp(cue);
    desk.press(Choice(0), desk.raf + ms(250));
    desk.frames(60);
    let before = int(desk.last_trial(), "block_time_us");
    desk.until("wait");
    desk.frames(20);
    desk.tell(Input::Interrupt(Interruption::Hidden));
    let stopped = int(desk.last_trial(), "block_time_us");
    assert_eq!(stopped - before, 50 * T.0, "the pause before it and what was seen of it");
    desk.frames(600);
    assert!(desk.runner.progress().share < 0.3);
    desk.reach_trials();
    desk.until("target");
    // No answer, feedback, and the wait for stamps that do not come
    desk.frames(120);
    assert_eq!(int(desk.last_trial(), "block_time_us") - stopped, (60 + 60 + 30) * T.0);
}

#[test]
fn a_press_before_the_stimulus_is_a_trial_of_its_own() {
    let mut desk = desk("vigil");
    desk.until("wait");
    desk.frames(10);
    desk.press(Choice(0), desk.raf + ms(5));
    desk.until("early");
    desk.frames(40);
    let row = desk.last_trial().clone();
    assert_eq!(row.extra["false_start"], Extra::Flag(true));
    assert!(row.anticipation && row.onset_us.is_none() && row.rt_ms.is_none() && !row.omission);
    assert_eq!((row.correct, row.resp_code.as_deref()), (Some(false), Some("a")));
    assert_eq!(int(&row, "early_presses"), 1);
    assert!(row.ts_resp_us.is_some() && !crate::score::right(&row));
    desk.until("target");
    let trials = desk.trials();
    let last = Item::Trial(Box::new(trials[0].clone()));
    let batch = contract::task::EventBatch { first_seq: last.seq(), items: vec![last] };
    assert_eq!(batch.validate(), Ok(()));
}

#[test]
fn a_press_before_the_stimulus_begins_the_wait_again() {
    let mut desk = desk("restart");
    desk.until("wait");
    desk.frames(30);
    desk.press(Choice(0), desk.raf + ms(5));
    desk.until("early");
    desk.until("target");
    desk.frame();
    desk.press(Choice(0), desk.raf + ms(5));
    desk.frames(60);
    let flips = shown(&desk);
    let waits: Vec<_> =
        flips.iter().filter(|(name, _)| name == "wait" || name == "early").collect();
    assert_eq!(waits[0], &("wait".into(), 31));
    assert_eq!(waits[1], &("early".into(), 30));
    assert_eq!(waits[2], &("wait".into(), 60));
    let row = desk.last_trial();
    assert_eq!((int(row, "early_presses"), row.actions.len()), (1, 1));
    assert!(row.onset_us.is_some() && row.correct == Some(true));
}

#[test]
fn feedback_shows_the_reaction_time_with_layers_that_are_drawn_before() {
    let mut desk = desk("vigil");
    let cue = desk.until("target").unwrap();
    desk.stamp(cue);
    // The end of the callback, 400 µs after the frame, is the onset as known so far
    desk.press(Choice(0), desk.raf + Micros(307_400));
    desk.frame();
    let (_, scene, _) = desk.flips.last().unwrap();
    assert_eq!(desk.runner.scenes()[usize::from(scene.0)].name, "right");
    let digits: Vec<&str> = desk
        .over
        .iter()
        .filter(|layer| layer.0 != 0)
        .map(|layer| desk.runner.scenes()[usize::from(layer.0)].name.as_str())
        .collect();
    assert_eq!(digits, ["digit.0.7", "digit.1.0", "digit.2.3"]);
}

#[test]
fn a_signal_comes_from_the_actual_onset_and_has_stamps_of_its_own() {
    let mut desk = Desk::open(&run_of("lab", "stop"), true);
    desk.reach_trials();
    let on = desk.until("target").unwrap();
    desk.stamp(on);
    desk.tell(Input::Presented { cue: on, at: desk.raf + Micros(20_000) });
    let target = desk.raf;
    // A frame is dropped; the signal comes in its own frame all the same
    desk.frames(5);
    desk.frame_after(2);
    desk.until("signal");
    assert_eq!((desk.raf - target).0, 12 * T.0, "200 ms");
    let cue = desk.flips.last().unwrap().2.unwrap();
    desk.stamp(cue);
    desk.tell(Input::Presented { cue, at: desk.raf + Micros(20_500) });
    desk.until("rest");
    assert_eq!((desk.raf - target).0, 72 * T.0, "1200 ms from the target, not from the signal");
    desk.frames(30);
    let row = desk.last_trial();
    assert_eq!(int(row, "signal_onset_us"), (target + Micros(12 * T.0 + 20_500)).0);
    assert_eq!(int(row, "signal_soa_us"), 12 * T.0 + 500);
    assert_eq!(int(row, "signal_method"), 3, "presented");
    assert_eq!((row.frames_plan, row.frames_shown), (Some(12), Some(12)));
    assert_eq!((row.correct, row.omission), (Some(true), false), "staying still was right");
}

/// 100 ms of cue and 400 ms of waiting: the target comes 500 ms after the cue, be the cue late or
/// its end.
#[test]
fn from_a_cue_to_the_target_it_is_as_long_as_planned() {
    for late in ["nothing", "the cue", "its end"] {
        let mut desk = desk("cue");
        desk.until("wait");
        let begun = desk.raf;
        desk.frames(29);
        desk.frame_after(if late == "the cue" { 3 } else { 1 });
        let cue = desk.raf;
        let flip = desk.flips.last().unwrap();
        assert_eq!(desk.runner.scenes()[usize::from(flip.1.0)].name, "signal", "{late}");
        desk.stamp(flip.2.unwrap());
        desk.frames(5);
        desk.frame_after(if late == "its end" { 3 } else { 1 });
        let target = desk.until("target").unwrap();
        assert_eq!((desk.raf - cue).0, 30 * T.0, "{late}");
        assert_eq!((desk.raf - begun).0, if late == "the cue" { 62 } else { 60 } * T.0);
        desk.stamp(target);
        desk.frames(20);
        desk.press(Choice(0), desk.raf);
        desk.frames(30);
        let row = desk.last_trial();
        assert_eq!(int(row, "signal_soa_us"), -30 * T.0);
        assert_eq!(row.quality.any(contract::task::Quality::DROPPED_FRAME), late != "nothing");
    }
}

#[test]
fn a_staircase_sees_the_trials_before_and_is_the_same_in_a_replay() {
    for seed in 0..4 {
        let mut run = run_of("lab", "stop");
        run.seed = Seed(seed);
        let log = lived(&run, &Setup::honest(30.0));
        let rows: Vec<&Trial> = log.items.iter().filter_map(Item::trial).collect();
        assert_eq!(rows.len(), 20);
        for pair in rows.windows(2) {
            let step = if pair[0].resp_code.is_none() { 50 } else { -50 };
            assert_eq!(int(pair[1], "ssd_plan_ms") - int(pair[0], "ssd_plan_ms"), step);
        }
        let stopped = rows.iter().filter(|t| t.resp_code.is_none()).count();
        assert!((5..16).contains(&stopped), "a race, about half of which is won: {stopped}");
        // The delay that was shown is the planned one, to the frame
        for row in rows.iter().filter(|t| t.extra.contains_key("signal_soa_us")) {
            let off = int(row, "signal_soa_us") - 1000 * int(row, "ssd_plan_ms");
            assert!(off.abs() < 12_000 || row.quality.0 != 0, "{off}");
        }
        let again = simulate::run(&run, 5, &Setup::honest(30.0)).unwrap();
        assert_eq!(again.items, log.items);
    }
}

#[test]
fn a_stream_keeps_its_pace_whatever_happens() {
    let mut desk = desk("stream");
    let mut onsets = Vec::new();
    for i in 0..6 {
        let cue = desk.flips.last().filter(|f| f.0 == desk.raf && i > 0).and_then(|f| f.2);
        let cue = cue.or_else(|| desk.until("target")).unwrap();
        onsets.push(desk.raf);
        desk.stamp(cue);
        // One late answer, told after the next target came
        if i == 2 {
            let end = desk.raf + Micros(69 * T.0);
            desk.frames(10);
            desk.frame_after(3);
            desk.frames(56);
            assert_eq!(desk.raf, end, "the next target is in its frame in spite of dropped ones");
            desk.stamp(desk.flips.last().unwrap().2.unwrap());
            onsets.push(desk.raf);
            desk.press(Choice(0), end - Micros(5000));
            desk.frames(30);
            desk.press(Choice(0), desk.raf);
            desk.frames(39);
            desk.stamp(desk.flips.last().unwrap().2.unwrap());
            onsets.push(desk.raf);
            desk.frames(69);
            onsets.push(desk.raf);
            desk.stamp(desk.flips.last().unwrap().2.unwrap());
            break;
        }
        desk.frames(20);
        desk.press(Choice(1), desk.raf);
        desk.frames(49);
    }
    desk.frames(200);
    assert_eq!(desk.ends, [true]);
    assert!(onsets.windows(2).all(|pair| (pair[1] - pair[0]).0 == 69 * T.0), "1150 ms each");
    let rows = desk.trials();
    assert_eq!(rows.len(), 6);
    let plans: Vec<u32> = rows.iter().map(|t| t.plan).collect();
    assert_eq!(plans, [0, 1, 2, 3, 4, 5]);
    assert_eq!(rows[0].resp_code.as_deref(), Some("b"), "answered during the mask");
    assert_eq!(rows[2].rt_ms.map(|rt| rt > 1100.0), Some(true), "before the next target");
    assert_eq!(rows[3].rt_ms.map(|rt| rt < 600.0), Some(true), "after it");
    assert!(rows[4].omission);
    for row in &rows {
        assert_eq!((row.frames_plan, row.iti_plan_ms), (Some(15), None));
        assert!(row.onset_us.is_some());
    }
}

#[test]
fn a_stream_is_stored_trial_by_trial_with_presentation_times() {
    for hz in [30.0, 59.94, 60.0, 144.0] {
        let setup = Setup { hz, ..Setup::honest(30.0) };
        let log = lived(&run_of("lab", "stream"), &setup);
        let rows: Vec<&Trial> = log.items.iter().filter_map(Item::trial).collect();
        assert_eq!(rows.len(), 6);
        for row in &rows {
            assert_eq!(row.onset_method, Some(OnsetMethod::Presented), "{row:?}");
            assert!(row.pres_off_us.is_some());
        }
        for pair in rows.windows(2) {
            let soa = pair[1].raf_n_us.unwrap() - pair[0].raf_n_us.unwrap();
            assert!((soa.ms() - 1150.0).abs() < 1500.0 / hz + 1000.0 / hz, "{soa:?}");
        }
    }
}

#[test]
fn an_interrupted_stream_keeps_the_trial_before_and_goes_on_or_begins_again() {
    for task in ["lab", "lab_restarting"] {
        let mut desk = Desk::open(&run_of(task, "stream"), false);
        desk.reach_trials();
        for _ in 0..2 {
            let cue = desk.until("target").unwrap();
            desk.stamp(cue);
        }
        desk.frames(68);
        desk.frame();
        desk.tell(Input::Interrupt(Interruption::Blur));
        let rows = desk.trials();
        let seen: Vec<(u32, bool)> = rows.iter().map(|t| (t.plan, t.interrupted)).collect();
        assert_eq!(seen, [(0, false), (1, false), (2, true)]);
        desk.reach_trials();
        let position = desk.runner.position();
        if task == "lab" {
            assert_eq!((position.attempt, position.run), (0, 3));
            assert_eq!(position.to_come.last().unwrap().0, 2, "run again at the end");
        } else {
            assert_eq!((position.attempt, position.run), (1, 0));
        }
        let replayed = Runner::resume(&run_of(task, "stream"), &desk.items).unwrap();
        assert_eq!(replayed.position(), position);
    }
}

#[test]
fn a_task_chooses_its_own_feedback_and_when_it_is_enough() {
    let mut desk = desk("cards");
    let mut said = Vec::new();
    while desk.ends.is_empty() {
        let cue = desk.until("target").unwrap();
        desk.stamp(cue);
        desk.frames(20);
        desk.press(Choice(0), desk.raf);
        desk.frame();
        said.push(desk.runner.scenes()[usize::from(desk.flips.last().unwrap().1.0)].name.clone());
        desk.frames(25);
    }
    assert_eq!(said, ["right", "wrong", "right"], "the second is a lie");
    let summary = &desk.runner.summaries()[0];
    assert!(!summary.flags.contains(&"incomplete".into()));
    let log = lived(&run_of("lab", "cards"), &Setup::honest(30.0));
    assert!(log.complete);
}

#[test]
fn an_answer_of_many_presses_is_shown_press_by_press() {
    let mut desk = desk("span");
    desk.until("wait");
    desk.press(Choice(1), desk.raf);
    let cue = desk.until("target").unwrap();
    desk.stamp(cue);
    let mut lays = Vec::new();
    for choice in [0, 1, 0] {
        desk.frames(20);
        desk.press(Choice(choice), desk.raf);
        desk.lays.clear();
        desk.frame();
        lays.push(desk.lays.clone());
    }
    let [signal, mask] = ["signal", "mask"].map(|wanted| {
        let found = desk.runner.scenes().iter().position(|scene| scene.name == wanted);
        crate::SceneId(u16::try_from(found.unwrap()).unwrap())
    });
    assert_eq!(lays[0], [(signal, true)]);
    assert_eq!(lays[1], [(mask, true), (signal, true)]);
    assert_eq!(lays[2], [(signal, true)]);
    assert!(desk.trials().is_empty(), "the last press is seen before the trial ends");
    desk.frames(40);
    let row = desk.last_trial();
    assert_eq!(row.resp_code.as_deref(), Some("baba"), "all presses are kept");
    assert_eq!((row.correct, row.actions.len(), row.n_presses), (Some(true), 4, 4));
    assert_eq!(row.ts_resp_us, Some(row.actions[3].at_us));
}

#[test]
fn simulated_people_do_every_kind_of_trial() {
    for mode in ["vigil", "restart", "stop", "stream", "cards", "span", "parts", "cue"] {
        for kind in [Kind::Honest, Kind::Careless, Kind::FastGuesser, Kind::OneKey] {
            let participant = Participant::new(kind, 40.0);
            let setup = Setup { participant, ..Setup::honest(40.0) };
            for interrupt_after in [None, Some((1, Interruption::Hidden))] {
                let setup = Setup { interrupt_after, ..setup.clone() };
                for task in ["lab", "lab_restarting"] {
                    let log = lived(&run_of(task, mode), &setup);
                    assert!(log.complete, "{mode} {kind:?}");
                }
            }
        }
    }
}

#[test]
fn blocks_have_pages_of_their_own() {
    let mut desk = Desk::open(&run_of("lab", "parts"), false);
    for _ in 0..3 {
        desk.reach_trials();
        desk.until("target");
        desk.frames(120);
    }
    assert_eq!(desk.ends, [true]);
    let pages: Vec<(ScreenKind, &str)> =
        desk.screens.iter().map(|screen| (screen.kind, screen.title.as_str())).collect();
    assert_eq!(
        pages,
        [
            (ScreenKind::Instructions, "intro.1.title"),
            (ScreenKind::Break, "break.title"),
            (ScreenKind::Instructions, "backward.title"),
            (ScreenKind::Break, "break.title"),
        ]
    );
}

#[test]
fn buttons_have_the_words_of_the_task() {
    let desk = desk("cards");
    let responses = desk.runner.responses();
    let labels: Vec<&str> = responses.options.iter().map(|o| o.label.as_str()).collect();
    assert_eq!((labels.as_slice(), responses.buttons), (["", "Second"].as_slice(), true));
}

#[test]
fn a_preset_is_a_set_of_parameters() {
    let spec = tasks::latest("lab").unwrap();
    let params = tasks::validate_params(spec, &spec.presets[0].params()).unwrap();
    assert_eq!(params.choice("mode"), "span");
    assert_eq!(Params::defaults(spec).choice("mode"), "vigil");
    let info = spec.info(Locale::Fr);
    assert_eq!((info.presets[0].name.as_str(), info.presets[0].params.len()), ("Enfants", 1));
}
