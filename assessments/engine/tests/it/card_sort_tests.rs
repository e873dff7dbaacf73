//! Card sorting: cards, rules, course and scores.

use super::{
    desk::Desk,
    plans::{answered, plans, reason, score, tally, task, value},
    support::{close, config, module, trials},
};
use contract::task::{Extra, Micros, Reason, Trial};
use proptest::prelude::*;
use serde_json::json;
use task_engine::{
    Choice,
    simulate::{self, Kind, Participant, Setup},
};

const TASK: &str = "card_sort";

/// Key cards of a card by colour, shape and number, from 1.
fn keys(stimulus: &str) -> [u32; 3] {
    let digits: Vec<u32> = stimulus.chars().filter_map(|c| c.to_digit(10)).collect();
    digits.try_into().unwrap()
}

proptest! {
    #[test]
    fn every_card_fits_one_rule_with_each_key_card_and_neighbours_share_nothing(seed: u64) {
        let (_, plan) = plans(task(TASK, json!({})).as_ref(), seed).pop().unwrap();
        let cards = tally(plan.iter().map(|t| t.stimulus.as_str()));
        prop_assert!(cards.len() == 24 && cards.values().all(|n| *n == 2));
        for t in &plan {
            let [c, s, n] = keys(&t.stimulus);
            prop_assert!(c != s && s != n && c != n);
        }
        for pair in plan.windows(2) {
            let [a, b] = [&pair[0], &pair[1]].map(|t| keys(&t.stimulus));
            prop_assert!((0..3).all(|i| a[i] != b[i]), "{:?} {:?}", a, b);
        }
    }
}

/// Sorts by these rules (0 colour, 1 shape, 2 number, 3 none); the rows and the words shown.
fn sort(by: &[usize], params: serde_json::Value) -> (Vec<Trial>, Vec<String>, bool) {
    let mut desk = Desk::open(&config(4, vec![module(TASK, params)]), false);
    desk.reach_trials();
    let name =
        |desk: &Desk, i: usize| desk.runner.scenes()[usize::from(desk.over[i].0)].name.clone();
    let mut words = Vec::new();
    for rule in by {
        while !name(&desk, 0).starts_with('c') || name(&desk, 1) != "blank" {
            desk.frame();
        }
        let (onset, _, cue) = *desk.flips.last().unwrap();
        desk.stamp(cue.unwrap());
        let fits = keys(&name(&desk, 0));
        let none = (1..=4).find(|k| !fits.contains(k)).unwrap();
        let key = fits.get(*rule).copied().unwrap_or(none) - 1;
        desk.frames(60);
        desk.press(Choice(u8::try_from(key).unwrap()), onset + Micros(990_000));
        desk.frame();
        words.push(name(&desk, 1));
        desk.frames(60);
    }
    (desk.trials().into_iter().cloned().collect(), words, desk.ends.contains(&true))
}

#[test]
fn the_rule_changes_after_a_run_and_the_task_ends_with_the_last_category() {
    let params = json!({ "run": 3, "categories": 4 });
    let by = [0, 2, 0, 0, 0, 0, 1, 1, 1, 2, 2, 3, 2, 2, 2, 0, 0, 0];
    let rules = [0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 0, 0, 0];
    let (rows, words, ended) = sort(&by, params);
    let names = ["colour", "shape", "number", "none"];
    assert_eq!(rows.len(), by.len());
    for (i, row) in rows.iter().enumerate() {
        assert_eq!(row.condition, names[rules[i]], "{i}");
        assert_eq!(row.correct, Some(by[i] == rules[i]), "{i}");
        assert_eq!(row.extra["sorted_by"], Extra::Text(names[by[i]].into()));
        assert_eq!(words[i], if by[i] == rules[i] { "feedback.right" } else { "feedback.wrong" });
    }
    assert!(ended, "four categories are complete");
}

/// Rows sorted by these rules, of cards in turn.
fn rows(by: &[usize]) -> Vec<Trial> {
    let cards = ["c1 s2 n3", "c2 s3 n4", "c3 s4 n1", "c4 s1 n2"];
    (0..)
        .zip(by)
        .map(|(i, rule)| {
            let card = cards[i as usize % 4];
            let fits = keys(card);
            let none = (1..=4).find(|k| !fits.contains(k)).unwrap();
            let key = format!("card{}", fits.get(*rule).copied().unwrap_or(none));
            let mut trial = answered(TASK, i, "colour", 1200.0, [Some("card1"), Some(&key)]);
            trial.stimulus = card.into();
            trial
        })
        .collect()
}

#[test]
fn errors_are_told_apart() {
    // Run of 4. Colour: 2 0 0 0 0 · shape: 0 0 2 2 1 1 3 1 1 1 1 · number: 1 0 2
    let by = [2, 0, 0, 0, 0, 0, 0, 2, 2, 1, 1, 3, 1, 1, 1, 1, 1, 0, 2];
    let summary = score(TASK, json!({ "run": 4 }), rows(&by));
    assert_eq!(value(&summary, "categories"), 2.0);
    assert_eq!(value(&summary, "cards_to_first"), 5.0);
    assert_eq!(value(&summary, "errors"), 8.0);
    close(value(&summary, "error_share"), 8.0 / 19.0, 1e-12);
    // By the rule before: 0 0 in the second category, 1 in the third
    assert_eq!(value(&summary, "perseverative_errors"), 3.0);
    close(value(&summary, "perseverative_share"), 3.0 / 14.0, 1e-12);
    // The same wrong rule twice: 0 0 and 2 2
    assert_eq!(value(&summary, "repeated_errors"), 2.0);
    close(value(&summary, "repeated_share"), 2.0 / 8.0, 1e-12);
    assert_eq!(value(&summary, "unique_errors"), 1.0);
    // 3 after two right ones of four
    assert_eq!(value(&summary, "set_losses"), 1.0);
    // Runs of right ones: 4, 2, 4, 1
    close(value(&summary, "conceptual_share"), 8.0 / 19.0, 1e-12);
}

#[test]
fn without_a_category_there_is_no_first_one() {
    let summary = score(TASK, json!({}), rows(&[1; 12]));
    assert_eq!(value(&summary, "categories"), 0.0);
    assert_eq!(reason(&summary, "cards_to_first"), Reason::NoConvergence);
    assert_eq!(reason(&summary, "perseverative_share"), Reason::NoTrials);
    assert_eq!(value(&summary, "repeated_errors"), 11.0);
    let nothing = score(TASK, json!({}), Vec::new());
    assert_eq!(reason(&nothing, "cards_to_first"), Reason::NoTrials);
    assert_eq!(reason(&nothing, "error_share"), Reason::NoTrials);
}

#[test]
fn the_runner_and_the_scores_agree_about_categories() {
    let run = config(5, vec![module(TASK, json!({}))]);
    for kind in [Kind::Honest, Kind::Careless, Kind::FastGuesser, Kind::OneKey] {
        let setup = Setup { participant: Participant::new(kind, 30.0), ..Setup::honest(30.0) };
        let log = simulate::run(&run, 3, &setup).unwrap();
        let summary = &log.summaries[0];
        let rows = trials(&log.items);
        let last = rows.last().unwrap();
        let Extra::Int(category) = last.extra["category"] else { panic!() };
        let done = category as f64
            + if value(summary, "categories") > category as f64 { 1.0 } else { 0.0 };
        assert_eq!(value(summary, "categories"), done);
        assert!(rows.len() == 48 || done == 6.0);
        assert_eq!(
            summary.valid,
            matches!(kind, Kind::Honest | Kind::Careless),
            "{kind:?} {:?}",
            summary.flags
        );
        assert!(!summary.flags.contains(&"incomplete".to_owned()));
    }
}
