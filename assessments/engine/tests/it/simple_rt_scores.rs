//! Simple reaction time against values worked out by hand.

use super::support::{close, items, module, row};
use contract::task::{Estimate, Extra, ModuleSummary, Phase, Quality, Reason, Trial};
use serde_json::json;
use task_engine::tasks;

const TASK: &str = "simple_rt";

fn rows(rts: &[Option<f64>]) -> Vec<Trial> {
    (0..).zip(rts).map(|(i, rt)| row(TASK, i, "target", *rt, true)).collect()
}

fn score(rows: Vec<Trial>) -> ModuleSummary {
    let params = json!({ "practice_trials": 0, "trials": rows.len().clamp(5, 400) });
    tasks::score(0, &module(TASK, params), &items(rows)).unwrap()
}

fn value(summary: &ModuleSummary, name: &str) -> f64 {
    summary.value(name).unwrap_or_else(|| panic!("{name}: {:?}", summary.metric(name)))
}

/// Seven RTs from 250 to 310 and one of 900; one each too early, negative, omitted, too late.
fn worked() -> Vec<Trial> {
    let rts = [250.0, 260.0, 270.0, 280.0, 290.0, 300.0, 310.0, 900.0, 120.0, -20.0, 3100.0];
    let mut rows = rows(&rts.map(Some).into_iter().chain([None]).collect::<Vec<_>>());
    for row in &mut rows {
        // On a line: 20 ms quicker for each second of waiting
        let rt = row.rt_ms.unwrap_or(310.0).clamp(250.0, 310.0);
        let lead = contract::task::Micros::from_ms((310.0 - rt) / 20.0 * 1000.0);
        row.extra.insert("lead_us".into(), Extra::Int(lead.0));
    }
    rows
}

#[test]
fn centre_and_spread() {
    let summary = score(worked());
    assert_eq!(value(&summary, "n_trials"), 12.0);
    assert_eq!(value(&summary, "median_rt"), 285.0);
    assert_eq!(summary.metric("median_rt").unwrap().n_used, 8);
    // Median 285, MAD 20: beyond 88.956 from the median lies 900 alone
    assert_eq!(value(&summary, "trimmed"), 1.0);
    assert_eq!(value(&summary, "mean_rt"), 280.0);
    close(value(&summary, "sd_rt"), (2800.0_f64 / 6.0).sqrt(), 1e-12);
    close(value(&summary, "cv_rt"), (2800.0_f64 / 6.0).sqrt() / 280.0, 1e-12);
    assert_eq!(summary.metric("sd_rt").unwrap().n_used, 7);
    // Type 7: Q1 at position 1.75, Q3 at 5.25 of eight values
    assert_eq!(value(&summary, "iqr_rt"), 302.5 - 267.5);
    assert_eq!((value(&summary, "min_rt"), value(&summary, "max_rt")), (250.0, 900.0));
    assert_eq!(summary.metric("mean_rt").unwrap().rules, ["R1", "R2", "R3", "R4", "R5"]);
    assert_eq!(summary.metric("median_rt").unwrap().rules, ["R1", "R2", "R3", "R4"]);
}

#[test]
fn what_is_counted_apart() {
    let summary = score(worked());
    assert_eq!(value(&summary, "anticipations"), 2.0);
    assert_eq!(value(&summary, "omissions"), 1.0);
    assert_eq!(value(&summary, "lapses"), 1.0);
    assert_eq!(value(&summary, "clean_share"), 1.0);
    close(value(&summary, "foreperiod_slope"), -20.0, 1e-9);
    assert_eq!(summary.metric("foreperiod_slope").unwrap().unit, "ms_per_s");
}

#[test]
fn practice_and_interrupted_trials_do_not_count() {
    let mut rows = rows(&[Some(250.0), Some(260.0), Some(270.0), Some(999.0), Some(999.0)]);
    rows[3].phase = Phase::Practice;
    rows[4].interrupted = true;
    let summary = score(rows);
    assert_eq!((value(&summary, "n_trials"), value(&summary, "max_rt")), (3.0, 270.0));
}

#[test]
fn an_abandoned_attempt_does_not_count() {
    let mut rows = rows(&[Some(999.0), Some(250.0), Some(260.0)]);
    rows[1].attempt = 1;
    rows[2].attempt = 1;
    assert_eq!(value(&score(rows), "max_rt"), 260.0);
}

#[test]
fn flagged_trials_are_left_out_only_where_the_parameter_says_so() {
    let mut rows = rows(&[Some(250.0), Some(260.0), Some(270.0), Some(280.0), Some(900.0)]);
    rows[4].quality = Quality::DROPPED_FRAME;
    let summary = score(rows.clone());
    assert_eq!((value(&summary, "max_rt"), value(&summary, "clean_share")), (900.0, 0.8));
    let params = json!({ "practice_trials": 0, "trials": 5, "drop_flagged": true });
    let summary = tasks::score(0, &module(TASK, params), &items(rows)).unwrap();
    assert_eq!(value(&summary, "max_rt"), 280.0);
    assert_eq!(summary.metric("max_rt").unwrap().rules, ["R1", "R2", "R3", "R4", "RQ"]);
    assert_eq!(summary.metric("anticipations").unwrap().rules, ["R1"]);
}

#[test]
fn the_stamps_decide_whatever_the_row_claims() {
    let mut rows = rows(&[Some(250.0); 5]);
    rows[0].rt_ms = Some(1.0);
    rows[1].correct = Some(false);
    rows[2].anticipation = true;
    rows[3].omission = true;
    let summary = score(rows);
    assert_eq!((value(&summary, "min_rt"), value(&summary, "max_rt")), (250.0, 250.0));
    assert_eq!((value(&summary, "anticipations"), value(&summary, "omissions")), (0.0, 0.0));
}

#[test]
fn what_cannot_be_told_says_why() {
    let reason = |summary: &ModuleSummary, name: &str| match summary.metric(name).unwrap().estimate
    {
        Estimate::NotEstimable { reason } => reason,
        Estimate::Value { value } => panic!("{name} is {value}"),
    };
    let nothing = score(Vec::new());
    assert_eq!(reason(&nothing, "median_rt"), Reason::NoTrials);
    assert!(!nothing.valid);
    let one = score(rows(&[Some(250.0)]));
    assert_eq!(value(&one, "median_rt"), 250.0);
    assert_eq!(reason(&one, "sd_rt"), Reason::TooFewTrials);
    let alike = score(rows(&[Some(250.0); 45]));
    assert_eq!(value(&alike, "sd_rt"), 0.0);
    assert_eq!(reason(&alike, "exgauss_mu"), Reason::NoVariation);
    assert_eq!(reason(&score(worked()), "exgauss_tau"), Reason::TooFewTrials);
    let omitted = score(rows(&[None; 5]));
    assert_eq!(reason(&omitted, "mean_rt"), Reason::NoTrials);
    assert_eq!(value(&omitted, "omissions"), 5.0);
}

#[test]
fn a_session_cut_short_is_not_valid() {
    let params = json!({ "practice_trials": 0, "trials": 6 });
    let rows = rows(&[Some(250.0); 5]);
    let summary = tasks::score(0, &module(TASK, params), &items(rows)).unwrap();
    assert_eq!(
        (summary.valid, summary.flags.as_slice()),
        (false, ["incomplete".to_owned()].as_slice())
    );
    let whole = score(super::simple_rt_scores::rows(&[Some(250.0); 5]));
    assert!(whole.valid && whole.flags.is_empty());
}

#[test]
fn summaries_agree_but_for_the_last_bit() {
    let one = score(worked());
    let mut other = one.clone();
    assert!(tasks::agree(&one, &other));
    let nudge = |summary: &mut ModuleSummary, by: f64| {
        if let Estimate::Value { value } = &mut summary.metrics[1].estimate {
            *value += by;
        }
    };
    nudge(&mut other, 1e-10);
    assert!(tasks::agree(&one, &other));
    nudge(&mut other, 0.001);
    assert!(!tasks::agree(&one, &other));
    let mut other = one.clone();
    other.metrics[1].n_used += 1;
    assert!(!tasks::agree(&one, &other));
}
