//! The Stroop task: order, course and scores.

use super::{
    desk::Desk,
    plans::{answered, field, longest_run, plans, reason, score, tally, task, value},
    support::{close, config, module},
};
use contract::task::{Micros, Reason, Trial};
use proptest::prelude::*;
use serde_json::json;
use task_engine::{Choice, simulate};

fn rows(list: &[(char, f64, bool)]) -> Vec<Trial> {
    let condition = |letter: char| match letter {
        'c' => "congruent",
        'i' => "incongruent",
        _ => "neutral",
    };
    let given = |right: bool| if right { "red" } else { "blue" };
    (0..)
        .zip(list)
        .map(|(i, (c, rt, right))| {
            answered("stroop", i, condition(*c), *rt, [Some("red"), Some(given(*right))])
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn no_ink_no_word_comes_twice_and_no_ignored_word_becomes_the_ink(seed: u64, parts in 1_u32..4) {
        let stroop = task("stroop", json!({ "trials": 36 * parts, "blocks": parts }));
        for (block, trials) in plans(stroop.as_ref(), seed) {
            let each = block.trials as usize / 12;
            let cells = tally(trials.iter().map(|t| (t.condition, t.correct)));
            prop_assert_eq!(cells.len(), 12);
            prop_assert!(cells.values().all(|n| *n == each));
            if block.criterion.is_none() {
                let kinds = tally(trials.iter().map(|t| t.stimulus.as_str()));
                prop_assert_eq!(kinds.len(), 20);
                for (kind, n) in kinds {
                    let (word, ink) = kind.split_once('/').unwrap();
                    let wanted = if word == "none" || word == ink { 3 } else { 1 };
                    prop_assert_eq!(n, wanted, "{}", kind);
                }
            }
            let conditions: Vec<&str> = trials.iter().map(|t| t.condition).collect();
            prop_assert!(longest_run(&conditions) <= 3);
            for pair in trials.windows(2) {
                let [word, ink] = ["word", "ink"].map(|name| field(&pair[0], name));
                prop_assert_ne!(ink, field(&pair[1], "ink"));
                prop_assert!(word == "none" || word != field(&pair[1], "word"));
                prop_assert_ne!(word, field(&pair[1], "ink"));
            }
        }
    }
}

#[test]
fn words_are_equally_frequent_whatever_the_number_of_trials() {
    for trials in [12, 24, 48, 96] {
        let stroop = task("stroop", json!({ "trials": trials, "blocks": 1 }));
        let (_, plan) = plans(stroop.as_ref(), 9).pop().unwrap();
        let incongruent = plan.iter().filter(|t| t.condition == "incongruent");
        let words = tally(incongruent.map(|t| field(t, "word")));
        assert!(words.values().all(|n| *n == trials / 12), "{words:?}");
    }
}

#[test]
fn the_patches_stay_while_words_come_and_go() {
    let params = json!({ "practice_trials": 0, "trials": 36, "blocks": 1 });
    let mut desk = Desk::open(&config(4, vec![module("stroop", params)]), false);
    desk.reach_trials();
    desk.until("patches");
    desk.frames(30);
    let (onset, under, cue) = *desk.flips.last().unwrap();
    let name = |desk: &Desk, id: task_engine::SceneId| {
        desk.runner.scenes()[usize::from(id.0)].name.clone()
    };
    assert_eq!(name(&desk, under), "patches");
    let stimulus = name(&desk, desk.over[0]);
    let ink = stimulus.split_once('/').unwrap().1;
    let colours = ["red", "green", "blue", "yellow"];
    let choice = colours.iter().position(|colour| *colour == ink).unwrap();
    desk.stamp(cue.unwrap());
    desk.frames(40);
    desk.press(Choice(u8::try_from(choice).unwrap()), onset + Micros(650_000));
    desk.frames(3);
    let trial = desk.last_trial();
    assert_eq!((&trial.stimulus, trial.resp_code.as_deref()), (&stimulus, Some(ink)));
    assert_eq!(trial.correct, Some(true));
    assert_eq!(name(&desk, desk.flips.last().unwrap().1), "patches");
    assert_eq!(desk.over[0], task_engine::SceneId::BLANK);
}

#[test]
fn interference_and_facilitation_are_differences_of_medians() {
    let list = [
        ('c', 600.0, true),
        ('c', 640.0, true),
        ('n', 650.0, true),
        ('n', 670.0, true),
        ('i', 750.0, true),
        ('i', 790.0, true),
        ('i', 500.0, false),
        ('n', 510.0, false),
        ('c', 900.0, true),
    ];
    let summary = score("stroop", json!({}), rows(&list));
    assert_eq!(value(&summary, "interference_rt"), 770.0 - 640.0);
    assert_eq!(value(&summary, "interference_neutral_rt"), 770.0 - 660.0);
    assert_eq!(value(&summary, "facilitation_rt"), 660.0 - 640.0);
    close(value(&summary, "interference_error"), 1.0 / 3.0, 1e-12);
    close(value(&summary, "interference_neutral_error"), 0.0, 1e-12);
    close(value(&summary, "facilitation_error"), 1.0 / 3.0, 1e-12);
    assert_eq!(summary.metric("facilitation_rt").unwrap().n_used, 5);
    assert_eq!(reason(&summary, "exgauss_mu_neutral"), Reason::TooFewTrials);
}

#[test]
fn a_condition_without_answers_has_no_difference() {
    let summary = score("stroop", json!({}), rows(&[('c', 600.0, true), ('n', 620.0, true)]));
    assert_eq!(reason(&summary, "interference_rt"), Reason::NoTrials);
    assert_eq!(value(&summary, "facilitation_rt"), 20.0);
}

#[test]
fn honest_people_are_valid_and_one_key_is_not() {
    use simulate::{Kind, Participant, Setup};
    let run = config(5, vec![module("stroop", json!({}))]);
    let flags = |kind| {
        let setup = Setup { participant: Participant::new(kind, 30.0), ..Setup::honest(30.0) };
        simulate::run(&run, 3, &setup).unwrap().summaries[0].flags.clone()
    };
    assert_eq!(flags(Kind::Honest), Vec::<String>::new());
    assert!(flags(Kind::OneKey).contains(&"one_key".to_owned()));
    assert!(flags(Kind::FastGuesser).contains(&"accuracy_near_chance".to_owned()));
}
