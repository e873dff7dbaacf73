//! Letter-number switching: order, course and scores.

use super::{
    desk::Desk,
    plans::{answered, field, longest_run, plans, reason, score, tally, task, value, with_text},
    support::{close, config, module, trials},
};
use contract::task::{Extra, Interruption, Phase, Reason, Trial};
use proptest::prelude::*;
use serde_json::{Value, json};
use task_engine::{
    Choice, SceneId,
    script::TrialPlan,
    simulate::{self, Setup},
};

/// Letter and digit of a pair, whichever comes first.
fn pair(plan: &TrialPlan) -> (char, char) {
    let pair: Vec<char> = plan.stimulus.split_once(' ').unwrap().1.chars().collect();
    assert_eq!(pair.len(), 2);
    if pair[0].is_alphabetic() { (pair[0], pair[1]) } else { (pair[1], pair[0]) }
}

/// The side that is right by the rules on the pages.
fn due(question: &str, (letter, digit): (char, char)) -> Choice {
    let right = match question {
        "letter" => "AEIU".contains(letter),
        _ => "2468".contains(digit),
    };
    Choice(u8::from(right))
}

fn place(plan: &TrialPlan) -> i64 {
    match plan.get("place") {
        Some(Extra::Int(place)) => *place,
        other => panic!("{other:?}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn kinds_come_equally_often_and_nothing_comes_twice_in_a_row(seed: u64, by_place: bool) {
        let cue = if by_place { "place" } else { "word" };
        let switching = task("letter_number", json!({ "cue": cue }));
        for (block, trials) in plans(switching.as_ref(), seed) {
            prop_assert_eq!(trials.len(), block.trials as usize);
            for t in &trials {
                let question = field(t, "task");
                prop_assert_eq!(t.correct, Some(due(question, pair(t))));
                let same = due("letter", pair(t)) == due("number", pair(t));
                prop_assert_eq!(field(t, "congruency") == "congruent", same);
                let first = t.stimulus.split_once(' ').unwrap().0;
                prop_assert_eq!(first, question);
            }
            prop_assert_eq!(trials[0].condition, "first");
            for two in trials.windows(2) {
                let ((a, b), (c, d)) = (pair(&two[0]), pair(&two[1]));
                prop_assert!(a != c && b != d);
                let same = field(&two[0], "task") == field(&two[1], "task");
                let wanted = if block.part < 2 { "single" } else if same { "repeat" } else { "switch" };
                prop_assert_eq!(two[1].condition, wanted);
            }
            if block.phase == Phase::Practice {
                continue;
            }
            let rest = &trials[1..];
            let kind = |t: &TrialPlan| {
                let [question, congruency] = ["task", "congruency"].map(|f| field(t, f).to_owned());
                (question, t.condition, congruency, t.correct)
            };
            let kinds = tally(rest.iter().map(kind));
            prop_assert!(kinds.len() == 16 && kinds.values().all(|n| *n == 4));
            let sides: Vec<_> = rest.iter().map(|t| t.correct).collect();
            let turns: Vec<_> = rest.iter().map(|t| t.condition).collect();
            prop_assert!(longest_run(&sides) <= 4 && longest_run(&turns) <= 4);
        }
    }

    #[test]
    fn places_go_round_clockwise_with_letters_above(seed: u64) {
        for (block, trials) in plans(task("letter_number", json!({})).as_ref(), seed) {
            for t in &trials {
                prop_assert_eq!(place(t) < 2, field(t, "task") == "letter");
            }
            if block.part == 2 {
                prop_assert!(trials.windows(2).all(|two| place(&two[1]) == (place(&two[0]) + 1) % 4));
            }
        }
    }
}

#[test]
fn no_letter_digit_or_order_of_a_pair_is_favoured() {
    let switching = task("letter_number", json!({ "practice_trials": 0 }));
    let mut all = Vec::new();
    for seed in 0..20 {
        all.extend(plans(switching.as_ref(), seed).into_iter().flat_map(|(_, trials)| trials));
    }
    let expected = all.len() / 8;
    for counts in [tally(all.iter().map(|t| pair(t).0)), tally(all.iter().map(|t| pair(t).1))] {
        assert_eq!(counts.len(), 8);
        assert!(counts.values().all(|n| n.abs_diff(expected) < expected / 4), "{counts:?}");
    }
    let letter_first = all.iter().filter(|t| t.stimulus.ends_with(pair(t).1)).count();
    assert!(letter_first.abs_diff(all.len() / 2) < all.len() / 20);
}

#[test]
fn each_question_is_practised_alone_then_both() {
    let parts = |params: Value| -> Vec<(u8, u32, Option<&str>)> {
        let blocks = task("letter_number", params).blocks();
        blocks.iter().map(|b| (b.part, b.trials, b.intro)).collect()
    };
    let expected = [
        (0, 8, Some("intro.letter")),
        (1, 8, Some("intro.number")),
        (2, 16, Some("intro.both_place")),
        (2, 65, None),
        (2, 65, None),
    ];
    assert_eq!(parts(json!({})), expected);
    let unpractised = parts(json!({ "practice_trials": 0, "cue": "word" }));
    assert_eq!(unpractised, [(2, 65, Some("intro.both_word")), (2, 65, None)]);
}

#[test]
fn parameters_that_do_not_fit_are_refused() {
    let refused = |params: Value| {
        let spec = task_engine::tasks::latest("letter_number").unwrap();
        let error = task_engine::tasks::validate_params(spec, params.as_object().unwrap());
        let error = error.unwrap_err().remove(0);
        (error.param, error.rule)
    };
    assert_eq!(refused(json!({ "trials": 120 })), ("trials".into(), "multiple"));
    assert_eq!(refused(json!({ "cue": "word", "csi": 550 })), ("rsi".into(), "order"));
    assert_eq!(refused(json!({ "max_run": 1 })), ("max_run".into(), "order"));
    assert_eq!(refused(json!({ "practice_trials": 6 })), ("practice_trials".into(), "multiple"));
}

/// Names of the layers that are over the ground.
fn shown(desk: &Desk) -> Vec<&str> {
    let name = |layer: &SceneId| desk.runner.scenes()[usize::from(layer.0)].name.as_str();
    desk.over.iter().filter(|layer| **layer != SceneId::BLANK).map(name).collect()
}

#[test]
fn a_word_comes_before_the_pair_and_stays() {
    let params = json!({ "practice_trials": 0, "cue": "word" });
    let mut desk = Desk::open(&config(6, vec![module("letter_number", params)]), false);
    desk.reach_trials();
    let titles: Vec<&str> = desk.screens.iter().map(|s| s.title.as_str()).collect();
    assert_eq!(titles, ["A letter and a number", "The word tells you"]);
    let (mut asked, mut given) = (None, None);
    for _ in 0..120 {
        desk.frame();
        match shown(&desk).len() {
            0 => assert_eq!(asked, None),
            1 => asked = asked.or(Some(desk.raf)),
            _ => given = given.or(Some(desk.raf)),
        }
    }
    close((given.unwrap() - asked.unwrap()).ms(), 400.0, 1.0);
    assert!(shown(&desk)[0].starts_with("cue."));
}

#[test]
fn pairs_are_answered_by_key_and_by_touch_and_practice_says_how_it_went() {
    let mut desk = Desk::open(&config(6, vec![module("letter_number", json!({}))]), false);
    desk.reach_trials();
    let responses = desk.runner.responses();
    assert_eq!(responses.key("KeyJ"), responses.point(300, 0));
    assert_eq!(responses.key("ArrowLeft"), responses.point(-300, 200));
    let due: Vec<Choice> = desk
        .runner
        .position()
        .to_come
        .iter()
        .take(1)
        .map(|next| {
            let (question, pair) = next.1.split_once(' ').unwrap();
            let letter = pair.chars().find(|c| c.is_alphabetic()).unwrap();
            let digit = pair.chars().find(char::is_ascii_digit).unwrap();
            self::due(question, (letter, digit))
        })
        .collect();
    while shown(&desk).is_empty() {
        desk.frame();
    }
    let cue = desk.flips.last().unwrap().2.unwrap();
    desk.stamp(cue);
    desk.frames(30);
    desk.press(due[0], desk.raf);
    desk.until("feedback.right");
    desk.frames(80);
    assert_eq!(desk.last_trial().correct, Some(true));
}

fn row(i: u32, condition: &str, question: &str, rt: f64, right: bool) -> Trial {
    let given = Some(if right { "left" } else { "right" });
    let trial = answered("letter_number", i, condition, rt, [Some("left"), given]);
    let congruency = if i.is_multiple_of(2) { "congruent" } else { "incongruent" };
    with_text(with_text(trial, "congruency", congruency), "task", question)
}

fn table() -> Vec<Trial> {
    [
        ("first", "letter", 999.0, true),
        ("switch", "number", 900.0, true),
        ("repeat", "number", 600.0, true),
        ("switch", "letter", 860.0, true),
        ("repeat", "letter", 640.0, true),
        ("switch", "number", 940.0, false),
        ("repeat", "number", 990.0, true),
        ("switch", "letter", 880.0, true),
        ("repeat", "letter", 620.0, true),
    ]
    .into_iter()
    .zip(0..)
    .map(|((condition, question, rt, right), i)| row(i, condition, question, rt, right))
    .collect()
}

#[test]
fn the_cost_of_switching_is_a_difference_of_medians_after_right_answers() {
    let summary = score("letter_number", json!({}), table());
    // Switches 900, 860, 880 (the wrong one has no RT); repeats 600, 640, 620 (990 follows the error)
    assert_eq!(value(&summary, "switch_cost_rt"), 880.0 - 620.0);
    assert_eq!(summary.metric("switch_cost_rt").unwrap().n_used, 6);
    assert_eq!(summary.metric("switch_cost_rt").unwrap().rules, ["R1", "R2", "R3", "R4", "R6"]);
    // One of four switches wrong, none of three repeats
    close(value(&summary, "switch_cost_error"), 0.25, 1e-12);
    // Odd rows: 900, 860, 880 (the wrong one left out); even rows after right answers: 600, 640, 620
    assert_eq!(value(&summary, "congruency_rt"), 260.0);
    close(value(&summary, "accuracy"), 8.0 / 9.0, 1e-12);
    close(value(&summary, "accuracy_number"), 3.0 / 4.0, 1e-12);
    assert_eq!(value(&summary, "accuracy_letter"), 1.0);
    assert_eq!(value(&summary, "median_rt_repeat"), 630.0);
    assert_eq!(value(&summary, "median_rt_switch"), 880.0);
}

#[test]
fn too_quick_answers_and_rests_break_the_chain() {
    let mut rows = table();
    // 100 ms is no reaction; what begins another part follows nothing
    rows[3] = row(3, "switch", "letter", 100.0, true);
    for trial in &mut rows[7..] {
        trial.block = 2;
    }
    let summary = score("letter_number", json!({}), rows);
    // Switches 900; repeats 600, 640, 620
    assert_eq!(value(&summary, "switch_cost_rt"), 900.0 - 620.0);
    assert_eq!(value(&summary, "anticipations"), 1.0);
    let alone = score("letter_number", json!({}), vec![row(0, "first", "letter", 500.0, true)]);
    assert_eq!(reason(&alone, "switch_cost_rt"), Reason::NoTrials);
    assert_eq!(reason(&alone, "accuracy_number"), Reason::NoTrials);
}

#[test]
fn a_trial_that_is_run_again_is_what_it_then_is() {
    let run = config(8, vec![module("letter_number", json!({ "practice_trials": 0 }))]);
    let setup = Setup { interrupt_after: Some((40, Interruption::Hidden)), ..Setup::honest(30.0) };
    let log = simulate::run(&run, 1, &setup).unwrap();
    let rows = trials(&log.items);
    let lost = rows.iter().position(|t| t.interrupted).unwrap();
    assert_eq!(rows[lost + 1].condition, "first", "it follows no trial");
    let again = rows.iter().filter(|t| t.block == rows[lost].block && t.plan == rows[lost].plan);
    let again = again.max_by_key(|t| t.trial).unwrap();
    let before =
        rows.iter().find(|t| t.block == again.block && t.trial + 1 == again.trial).unwrap();
    let same = before.extra["task"] == again.extra["task"];
    assert_eq!(again.condition, if same { "repeat" } else { "switch" });
    assert!(log.summaries[0].valid);
}
