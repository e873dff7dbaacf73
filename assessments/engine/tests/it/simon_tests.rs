//! The Simon task: order, course and scores.

use super::{
    desk::Desk,
    plans::{answered, field, longest_run, plan, plans, reason, score, tally, task, value},
    support::{close, config, module},
};
use contract::task::{Micros, Reason, Trial};
use proptest::prelude::*;
use serde_json::json;
use task_engine::{Choice, scene::Ink};

/// Rows in this order: condition by its first letter, RT, right or wrong.
fn rows(list: &[(char, f64, bool)]) -> Vec<Trial> {
    let condition = |letter: char| if letter == 'c' { "congruent" } else { "incongruent" };
    let given = |right: bool| if right { "left" } else { "right" };
    (0..)
        .zip(list)
        .map(|(i, (c, rt, right))| {
            answered("simon", i, condition(*c), *rt, [Some("left"), Some(given(*right))])
        })
        .collect()
}

proptest! {
    #[test]
    fn colours_and_sides_are_balanced_in_every_part(seed: u64) {
        let simon = task("simon", json!({}));
        for (block, trials) in plans(simon.as_ref(), seed) {
            let cells = tally(trials.iter().map(|t| t.stimulus.clone()));
            prop_assert_eq!(cells.len(), 4);
            prop_assert!(cells.values().all(|n| *n == block.trials as usize / 4));
            let conditions: Vec<&str> = trials.iter().map(|t| t.condition).collect();
            let answers: Vec<_> = trials.iter().map(|t| t.correct).collect();
            prop_assert!(longest_run(&conditions) <= 3 && longest_run(&answers) <= 3);
            for t in &trials {
                let same = field(t, "side") == if t.correct == Some(Choice(0)) { "left" } else { "right" };
                prop_assert_eq!(same, t.condition == "congruent");
            }
        }
    }
}

#[test]
fn congruency_changes_as_often_as_it_repeats() {
    let simon = task("simon", json!({ "max_run": 20 }));
    let block = simon.blocks()[1];
    let (mut changes, mut all) = (0.0, 0.0);
    for seed in 0..300 {
        for pair in plan(simon.as_ref(), &block, seed).windows(2) {
            changes += f64::from(u8::from(pair[0].condition != pair[1].condition));
            all += 1.0;
        }
    }
    close(changes / all, 24.0 / 47.0, 0.02);
}

#[test]
fn the_mapping_turns_the_colours_round() {
    for (mapping, left) in [("blue_left", Ink::Blue), ("yellow_left", Ink::Yellow)] {
        let simon = task("simon", json!({ "mapping": mapping }));
        let picture = simon.pages()[0].clone().unwrap();
        assert_eq!(picture.pieces[0].ink, left);
        let block = simon.blocks()[1];
        let colour = if left == Ink::Blue { "blue" } else { "yellow" };
        for t in plan(simon.as_ref(), &block, 1) {
            assert_eq!(t.stimulus.starts_with(colour), t.correct == Some(Choice(0)));
        }
    }
}

#[test]
fn a_cross_then_a_disc_until_the_answer() {
    let params = json!({ "practice_trials": 0, "trials": 8 });
    let mut desk = Desk::open(&config(3, vec![module("simon", params)]), false);
    desk.reach_trials();
    desk.until("fixation");
    let began = desk.raf;
    desk.frames(30);
    let (onset, scene, cue) = *desk.flips.last().unwrap();
    assert_eq!((onset - began).0, 30 * 16_667, "500 ms");
    let name = desk.runner.scenes()[usize::from(scene.0)].name.clone();
    desk.stamp(cue.unwrap());
    desk.frames(20);
    let answer = Choice(u8::from(name.starts_with("yellow")));
    desk.press(answer, onset + Micros(320_000));
    desk.frames(3);
    let trial = desk.last_trial();
    assert_eq!((trial.stimulus.as_str(), trial.correct), (name.as_str(), Some(true)));
    close(trial.rt_ms.unwrap(), 317.0, 0.1);
}

#[test]
fn the_effect_is_the_difference_of_the_medians() {
    let list = [
        ('c', 400.0, true),
        ('i', 430.0, true),
        ('c', 380.0, true),
        ('i', 450.0, true),
        ('c', 390.0, true),
        ('i', 470.0, true),
        ('c', 300.0, false),
        ('i', 310.0, false),
        ('i', 320.0, false),
        ('c', 100.0, true),
    ];
    let summary = score("simon", json!({}), rows(&list));
    assert_eq!(value(&summary, "simon_rt"), 450.0 - 390.0);
    assert_eq!(summary.metric("simon_rt").unwrap().n_used, 6);
    close(value(&summary, "simon_error"), 2.0 / 5.0 - 1.0 / 4.0, 1e-12);
    close(value(&summary, "accuracy"), 6.0 / 9.0, 1e-12);
    assert_eq!(value(&summary, "anticipations"), 1.0);
    assert_eq!(reason(&summary, "sequence_rt"), Reason::TooFewTrials);
    assert_eq!(reason(&summary, "delta_slope"), Reason::TooFewTrials);
}

#[test]
fn the_effect_after_congruent_and_after_incongruent_trials() {
    // c c i i c c i i …: each sequence has an RT of its own
    let mut list: Vec<(char, f64, bool)> = Vec::new();
    for letter in "ccii".chars().cycle().take(32) {
        let rt = match (list.last().map(|last| last.0), letter) {
            (Some('c'), 'c') => 350.0,
            (Some('c'), _) => 420.0,
            (Some(_), 'c') => 400.0,
            (Some(_), _) => 390.0,
            (None, _) => 500.0,
        };
        list.push((letter, rt, true));
    }
    let summary = score("simon", json!({}), rows(&list));
    assert_eq!(value(&summary, "sequence_rt"), (420.0 - 350.0) - (390.0 - 400.0));
    assert_eq!(summary.metric("sequence_rt").unwrap().n_used, 31);
}

#[test]
fn the_delta_plot_of_a_shrinking_effect_falls() {
    let congruent = (0..20).map(|i| ('c', 300.0 + 12.0 * f64::from(i), true));
    let incongruent = (0..20).map(|i| ('i', 360.0 + 8.0 * f64::from(i), true));
    let summary =
        score("simon", json!({}), rows(&congruent.chain(incongruent).collect::<Vec<_>>()));
    // Bins of four: c 318 + 48 b, i 372 + 32 b; difference 54 − 16 b on 345 + 40 b
    close(value(&summary, "delta_slope"), -16.0 / 40.0, 1e-12);
    close(value(&summary, "delta_slope_last"), -16.0 / 40.0, 1e-12);
}
