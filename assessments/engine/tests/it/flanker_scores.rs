//! Flanker scores against values worked out by hand.

use super::support::{close, items, module, row};
use contract::task::{Estimate, ModuleSummary, Reason, Trial};
use serde_json::json;
use task_engine::tasks;

fn score(rows: Vec<Trial>, neutral: bool) -> ModuleSummary {
    let params = json!({ "neutral": neutral });
    tasks::score(0, &module("flanker", params), &items(rows)).unwrap()
}

fn value(summary: &ModuleSummary, name: &str) -> f64 {
    summary.value(name).unwrap_or_else(|| panic!("{name}: {:?}", summary.metric(name)))
}

fn reason(summary: &ModuleSummary, name: &str) -> Reason {
    match summary.metric(name).unwrap().estimate {
        Estimate::NotEstimable { reason } => reason,
        Estimate::Value { value } => panic!("{name} is {value}"),
    }
}

/// Rows in this order: condition by its first letter, RT, right or wrong.
fn rows(list: &[(char, f64, bool)]) -> Vec<Trial> {
    let condition = |letter: char| match letter {
        'c' => "congruent",
        'i' => "incongruent",
        _ => "neutral",
    };
    (0..)
        .zip(list)
        .map(|(i, (c, rt, right))| row("flanker", i, condition(*c), Some(*rt), *right))
        .collect()
}

fn small() -> Vec<(char, f64, bool)> {
    let congruent = [400.0, 420.0, 440.0, 460.0, 480.0].map(|rt| ('c', rt, true));
    let incongruent = [450.0, 480.0, 510.0, 540.0, 570.0].map(|rt| ('i', rt, true));
    let errors = [('c', 300.0, false), ('i', 310.0, false), ('i', 320.0, false)];
    // Too early to be an answer, right or wrong
    let early = [('c', 100.0, true), ('i', 140.0, false)];
    [congruent.as_slice(), &incongruent, &errors, &early].concat()
}

#[test]
fn interference_is_the_difference_of_the_medians_of_right_answers() {
    let summary = score(rows(&small()), false);
    assert_eq!(value(&summary, "median_rt_congruent"), 440.0);
    assert_eq!(value(&summary, "median_rt_incongruent"), 510.0);
    assert_eq!(value(&summary, "interference_rt"), 70.0);
    let metric = summary.metric("interference_rt").unwrap();
    assert_eq!((metric.n_used, metric.unit.as_str()), (10, "ms"));
}

#[test]
fn errors_are_shares_of_answers_without_anticipations() {
    let summary = score(rows(&small()), false);
    close(value(&summary, "accuracy"), 10.0 / 13.0, 1e-12);
    close(value(&summary, "accuracy_congruent"), 5.0 / 6.0, 1e-12);
    close(value(&summary, "accuracy_incongruent"), 5.0 / 7.0, 1e-12);
    close(value(&summary, "error_interference"), 2.0 / 7.0 - 1.0 / 6.0, 1e-12);
    assert_eq!(value(&summary, "anticipations"), 2.0);
    assert_eq!(summary.metric("accuracy").unwrap().n_used, 13);
}

#[test]
fn facilitation_needs_neutral_trials() {
    assert_eq!(reason(&score(rows(&small()), false), "facilitation_rt"), Reason::NotPlanned);
    assert_eq!(reason(&score(rows(&small()), true), "facilitation_rt"), Reason::NoTrials);
    let with_neutral = [small().as_slice(), &[('n', 455.0, true), ('n', 445.0, true)]].concat();
    let summary = score(rows(&with_neutral), true);
    assert_eq!(value(&summary, "facilitation_rt"), 450.0 - 440.0);
    assert_eq!(value(&summary, "median_rt_neutral"), 450.0);
}

/// Congruent and incongruent in pairs, with an RT for each of the four sequences.
fn sequence(pairs: usize) -> Vec<(char, f64, bool)> {
    let mut list: Vec<(char, f64, bool)> = Vec::new();
    for letter in "ccii".chars().cycle().take(4 * pairs) {
        let rt = match (list.last().map(|last| last.0), letter) {
            (Some('c'), 'c') => 400.0,
            (Some('c'), _) => 480.0,
            (Some(_), 'c') => 430.0,
            (Some(_), _) => 470.0,
            (None, _) => 777.0,
        };
        list.push((letter, rt, true));
    }
    list
}

#[test]
fn the_sequence_effect_compares_interference_after_each_kind() {
    let summary = score(rows(&sequence(8)), false);
    assert_eq!(value(&summary, "gratton_rt"), (480.0 - 400.0) - (470.0 - 430.0));
    assert_eq!(summary.metric("gratton_rt").unwrap().n_used, 31, "all but the first");
    assert_eq!(reason(&score(rows(&sequence(4)), false), "gratton_rt"), Reason::TooFewTrials);
}

#[test]
fn trials_after_an_error_an_interruption_or_a_rest_are_no_sequence() {
    let mut list = rows(&sequence(12));
    list[4].resp_code = Some("right".into());
    list[12].interrupted = true;
    for late in &mut list[28..] {
        late.block = 2;
    }
    let summary = score(list, false);
    // Left out: the first, the error and the one after it, the interrupted one and the one after
    // it, the first of the second part
    assert_eq!(summary.metric("gratton_rt").unwrap().n_used, 48 - 1 - 2 - 2 - 1);
    assert_eq!(value(&summary, "gratton_rt"), 40.0);
}

#[test]
fn delta_slopes_follow_the_quintiles() {
    let congruent = (0..20).map(|i| ('c', 300.0 + 10.0 * f64::from(i), true));
    let incongruent = (0..20).map(|i| ('i', 360.0 + 12.0 * f64::from(i), true));
    let summary = score(rows(&congruent.chain(incongruent).collect::<Vec<_>>()), false);
    // Bins of four: differences 63, 71, 79, 87, 95 at 346.5, 390.5, 434.5, 478.5, 522.5
    close(value(&summary, "delta_slope"), 8.0 / 44.0, 1e-12);
    close(value(&summary, "delta_slope_last"), 8.0 / 44.0, 1e-12);
    assert_eq!(reason(&score(rows(&small()), false), "delta_slope"), Reason::TooFewTrials);
}

#[test]
fn each_cell_is_trimmed_by_itself() {
    // 700 is far out among the congruent, not among the incongruent
    let congruent = [400.0, 410.0, 420.0, 430.0, 700.0].map(|rt| ('c', rt, true));
    let incongruent = [640.0, 660.0, 680.0, 700.0, 720.0].map(|rt| ('i', rt, true));
    let summary = score(rows(&[congruent, incongruent].concat()), false);
    assert_eq!(value(&summary, "mean_rt_congruent"), 415.0);
    assert_eq!(value(&summary, "mean_rt_incongruent"), 680.0);
    assert_eq!(value(&summary, "trimmed"), 1.0);
}
