//! Probabilistic reversal learning: order, feedback, stages and scores.

use super::{
    desk::Desk,
    plans::{answered, field, longest_run, plans, reason, score, task, value, with_text},
    support::{close, config, module, trials},
};
use contract::task::{Extra, Micros, Reason, Trial};
use proptest::prelude::*;
use serde_json::json;
use task_engine::{
    Choice,
    script::TrialPlan,
    simulate::{self, Setup},
};

const TASK: &str = "reversal_learning";

fn misleading(plan: &TrialPlan) -> bool {
    plan.get("misleading") == Some(&Extra::Flag(true))
}

proptest! {
    #[test]
    fn two_of_ten_are_misleading_and_never_two_in_a_row(seed: u64, wrong in 0_usize..=4) {
        let reversal = task(TASK, json!({ "misleading": wrong }));
        for (block, plan) in plans(reversal.as_ref(), seed) {
            let told: Vec<bool> = plan.iter().map(misleading).collect();
            if block.criterion.is_some() {
                prop_assert!(!told.contains(&true), "practice tells the truth");
                continue;
            }
            for ten in told.chunks(10) {
                prop_assert_eq!(ten.iter().filter(|m| **m).count(), wrong);
            }
            prop_assert!(told.windows(2).all(|pair| !(pair[0] && pair[1])));
            let left: Vec<&str> = plan.iter().map(|t| field(t, "left")).collect();
            prop_assert_eq!(left.iter().filter(|l| **l == "first").count() * 2, plan.len());
            prop_assert!(longest_run(&left) <= 3);
        }
    }
}

/// Chooses a picture (0 first, 1 second) in each trial; the words that follow.
fn play(chosen: &[usize]) -> Vec<(String, Trial)> {
    let params = json!({ "practice_trials": 0, "trials": 20, "criterion": 3, "misleading": 2 });
    let mut desk = Desk::open(&config(4, vec![module(TASK, params)]), false);
    desk.reach_trials();
    let name = |desk: &Desk, id: task_engine::SceneId| {
        desk.runner.scenes()[usize::from(id.0)].name.clone()
    };
    let mut told = Vec::new();
    for picture in chosen {
        let stimulus = loop {
            desk.frame();
            let (raf, scene, cue) = *desk.flips.last().unwrap();
            let shown = name(&desk, scene);
            if raf == desk.raf && shown.contains('|') {
                desk.stamp(cue.unwrap());
                break shown;
            }
        };
        let first_is_left = stimulus.starts_with("first");
        let onset = desk.raf;
        desk.frames(24);
        let choice = Choice(u8::from(first_is_left == (*picture == 1)));
        desk.press(choice, onset + Micros(390_000));
        desk.frame();
        told.push(name(&desk, desk.flips.last().unwrap().1));
        desk.frames(66);
    }
    let rows: Vec<Trial> = desk.trials().into_iter().cloned().collect();
    told.into_iter().zip(rows).collect()
}

#[test]
fn the_better_picture_changes_after_three_in_a_row_and_is_told_right_but_for_the_misleading() {
    let chosen = [0, 0, 0, 0, 1, 1, 1, 1, 0, 0];
    let seen = play(&chosen);
    // 0 is better until three in a row; then 1 until three of it; then 0
    let better = [0, 0, 0, 1, 1, 1, 1, 0, 0, 0];
    for (i, (words, row)) in seen.iter().enumerate() {
        let right = chosen[i] == better[i];
        assert_eq!(row.correct, Some(right), "{i}");
        let wrong_words = row.extra["misleading"] == Extra::Flag(true);
        let gain = right != wrong_words;
        assert_eq!(words, if gain { "feedback.right" } else { "feedback.wrong" }, "{i}");
        let text = |name: &str| row.extra[name].clone();
        assert_eq!(text("told"), Extra::Text(if gain { "gain" } else { "loss" }.into()));
        assert_eq!(text("chosen"), Extra::Text(["first", "second"][chosen[i]].into()));
        assert_eq!(row.condition, if i < 3 { "acquisition" } else { "reversal" });
    }
}

/// Rows with the first picture on the left: chosen picture and what was said.
fn rows(list: &[(usize, bool, bool)]) -> Vec<Trial> {
    (0..)
        .zip(list)
        .map(|(i, (chosen, gain, misleading))| {
            let given = ["left", "right"][*chosen];
            let trial = answered(TASK, i, "reversal", 450.0, [Some("left"), Some(given)]);
            let trial = with_text(trial, "told", if *gain { "gain" } else { "loss" });
            let mut trial = with_text(trial, "left", "first");
            trial.extra.insert("misleading".into(), Extra::Flag(*misleading));
            trial
        })
        .collect()
}

#[test]
fn stages_errors_and_what_follows_gains_and_losses() {
    let list = [
        (1, false, false),
        (0, true, false),
        (0, false, true),
        (0, true, false),
        // Reversal: the second picture is better
        (0, false, false),
        (0, false, false),
        (1, true, false),
        (1, false, true),
        (0, false, false),
        (1, true, false),
        (1, true, false),
        (1, true, false),
        // Reversal: the first one again
        (1, false, false),
        (0, true, false),
    ];
    let params = json!({ "criterion": 3, "stage_trials": 10 });
    let summary = score(TASK, params, rows(&list));
    assert_eq!(value(&summary, "reversals"), 2.0);
    assert_eq!(value(&summary, "stages"), 3.0);
    assert_eq!(value(&summary, "trials_to_criterion"), 4.0);
    // Two after the first reversal, one after the second
    assert_eq!(value(&summary, "perseverative_errors"), 1.5);
    close(value(&summary, "better_share_acquisition"), 3.0 / 4.0, 1e-12);
    close(value(&summary, "better_share_reversal"), 6.0 / 10.0, 1e-12);
    // After gains 1, 3, 6, 9, 10, 11: same, same, same, same, same, same
    close(value(&summary, "win_stay"), 1.0, 1e-12);
    // After losses 0, 2, 4, 5, 7, 8, 12: other, same, same, other, other, other, other
    close(value(&summary, "lose_shift"), 5.0 / 7.0, 1e-12);
    // After the misleading ones, 2 and 7: same, other
    close(value(&summary, "misleading_shift"), 0.5, 1e-12);
    assert_eq!(value(&summary, "points"), 10.0 * (7.0 - 7.0));
}

#[test]
fn a_stage_that_lasts_too_long_ends_without_counting_as_learned() {
    let list = [(1, false, false); 10];
    let params = json!({ "criterion": 3, "stage_trials": 10 });
    let summary = score(TASK, params.clone(), rows(&list));
    assert_eq!((value(&summary, "reversals"), value(&summary, "stages")), (0.0, 1.0));
    assert_eq!(reason(&summary, "trials_to_criterion"), Reason::NoConvergence);
    assert_eq!(reason(&summary, "perseverative_errors"), Reason::NoTrials);
    // In the second stage the same choice is right: three more and it is learned
    let more = [list.as_slice(), &[(1, true, false); 4]].concat();
    let summary = score(TASK, params, rows(&more));
    assert_eq!((value(&summary, "reversals"), value(&summary, "stages")), (1.0, 3.0));
    assert_eq!(reason(&score(TASK, json!({}), Vec::new()), "win_stay"), Reason::NoTrials);
}

#[test]
fn honest_people_reverse_often_and_one_key_is_not_valid() {
    use simulate::{Kind, Participant};
    let run = config(5, vec![module(TASK, json!({}))]);
    let summary = |kind| {
        let setup = Setup { participant: Participant::new(kind, 30.0), ..Setup::honest(30.0) };
        let log = simulate::run(&run, 3, &setup).unwrap();
        assert_eq!(trials(&log.items).iter().filter(|t| t.block == 1).count(), 120);
        log.summaries[0].clone()
    };
    let honest = summary(Kind::Honest);
    assert!(honest.valid && value(&honest, "reversals") >= 8.0);
    assert!(summary(Kind::OneKey).flags.contains(&"one_key".to_owned()));
}
