//! Closing a session.

use crate::world::{World, at, fields, reason};
use contract::ApiError;
use contract::measure::{AssignmentStatus, SessionDetail};
use contract::task::{Estimate, Item};
use task_engine::simulate::{self, Setup};

async fn read(w: &World, run: &crate::world::Running) -> SessionDetail {
    measures::session(&w.db.ctx, &w.coordinator, w.study, run.config.session_id).await.unwrap()
}

#[tokio::test]
async fn a_whole_session_in_one_request_sent_twice_is_stored_once() {
    let w = World::new().await;
    let run = w.running("P-001").await;
    let (_, submit) = run.log();
    let first = w.submit(&run, &submit).await.unwrap();
    assert!(!first.repeated);
    let trail = w.actions().await.len();
    let before = read(&w, &run).await;
    let again = w.submit(&run, &submit).await.unwrap();
    assert!(again.repeated);
    assert_eq!((again.items, again.session_id), (first.items, first.session_id));
    assert_eq!(read(&w, &run).await, before);
    assert_eq!((w.chunks(run.config.session_id).await, w.actions().await.len()), (1, trail));
}

#[tokio::test]
async fn many_senders_of_the_same_submission_complete_the_session_once() {
    let w = World::new().await;
    let run = w.running("P-001").await;
    let (_, submit) = run.log();
    let sending = (0..8).map(|_| w.submit(&run, &submit));
    let replies: Vec<_> =
        futures::future::join_all(sending).await.into_iter().map(Result::unwrap).collect();
    assert_eq!(replies.iter().filter(|reply| !reply.repeated).count(), 1);
    assert_eq!(w.chunks(run.config.session_id).await, 1);
}

#[tokio::test]
async fn another_submission_of_the_same_session_is_refused() {
    let w = World::new().await;
    let run = w.running("P-001").await;
    let (_, submit) = run.log();
    w.submit(&run, &submit).await.unwrap();
    let before = read(&w, &run).await;
    let mut other = submit.clone();
    other.timing.frames_late += 1;
    assert_eq!(reason(w.submit(&run, &other).await.unwrap_err()), "submitted_differently");
    let mut other = submit.clone();
    for item in &mut other.items {
        if let Item::Trial(trial) = item {
            trial.condition = "nicer".into();
        }
    }
    assert_eq!(reason(w.submit(&run, &other).await.unwrap_err()), "item_conflict");
    assert_eq!(read(&w, &run).await, before);
}

#[tokio::test]
async fn a_summary_that_was_tampered_with_is_flagged_and_the_servers_counts() {
    let w = World::new().await;
    let run = w.running("P-001").await;
    let (log, mut submit) = run.log();
    for metric in &mut submit.task_summaries[1].metrics {
        if metric.name == "accuracy" {
            metric.estimate = Estimate::Value { value: 1.5 };
        }
    }
    w.submit(&run, &submit).await.unwrap();
    let session = read(&w, &run).await;
    assert_eq!(session.summary.flags, ["summary_differs"]);
    assert_eq!(session.modules[1].differing, ["accuracy"]);
    assert_eq!(session.modules[1].browser_summary.as_ref().unwrap().value("accuracy"), Some(1.5));
    assert_eq!(session.modules[1].summary.as_ref().unwrap(), &log.summaries[1]);
    assert!(session.modules[0].differing.is_empty());
}

#[tokio::test]
async fn a_timing_report_that_does_not_follow_from_the_items_is_flagged() {
    let w = World::new().await;
    let run = w.running("P-001").await;
    let (log, mut submit) = run.log();
    submit.timing.frames_late = 0;
    submit.timing.frames_total = 1;
    w.submit(&run, &submit).await.unwrap();
    let session = read(&w, &run).await;
    assert_eq!(session.summary.flags, ["timing_differs"]);
    assert_eq!(session.timing, Some(log.timing));
}

#[tokio::test]
async fn items_missing_at_the_end_are_named_and_can_be_sent() {
    let w = World::new().await;
    let run = w.running("P-001").await;
    let (log, mut submit) = run.log();
    w.append(&run, &log.items[..10]).await.unwrap();
    submit.items = log.items[20..].to_vec();
    submit.first_seq = 21;
    let error = ApiError::from(w.submit(&run, &submit).await.unwrap_err());
    assert_eq!((error.code.status(), error.reason.as_str()), (409, "items_missing"));
    let params = &error.fields[0].params;
    assert_eq!((params["first"].as_str(), params["last"].as_str()), ("11", "20"));
    w.append(&run, &log.items[10..20]).await.unwrap();
    w.submit(&run, &submit).await.unwrap();
}

#[tokio::test]
async fn a_submission_without_items_closes_what_was_sent_before() {
    let w = World::new().await;
    let run = w.running("P-001").await;
    let (log, mut submit) = run.log();
    for items in log.items.chunks(20) {
        w.append(&run, items).await.unwrap();
    }
    submit.items.clear();
    submit.first_seq = submit.last_seq + 1;
    w.submit(&run, &submit).await.unwrap();
    let session = read(&w, &run).await;
    assert_eq!(session.modules[0].summary.as_ref(), Some(&log.summaries[0]));
    assert_eq!(session.summary.flags, Vec::<String>::new());
}

#[tokio::test]
async fn a_submission_that_forgets_stored_items_is_refused() {
    let w = World::new().await;
    let run = w.running("P-001").await;
    let (log, mut submit) = run.log();
    w.append(&run, &log.items[..10]).await.unwrap();
    submit.items = log.items[..8].to_vec();
    submit.last_seq = 8;
    assert_eq!(reason(w.submit(&run, &submit).await.unwrap_err()), "items_beyond_end");
}

#[tokio::test]
async fn who_leaves_early_leaves_a_marked_session_and_can_begin_again() {
    let w = World::new().await;
    let run = w.running("P-001").await;
    let setup = Setup { leave_after: Some(6), ..Setup::honest(35.0) };
    let log = simulate::run(&run.config, 7, &setup).unwrap();
    assert!(!log.complete);
    w.submit(&run, &log.submit(&run.config, &setup)).await.unwrap();
    let session = read(&w, &run).await;
    assert!(session.summary.flags.contains(&"incomplete".to_owned()));
    let own = w.own(&run.who).await;
    assert_eq!((own[0].status, own[0].can_start), (AssignmentStatus::InProgress, true));
}

#[tokio::test]
async fn impossible_numbers_are_named() {
    let w = World::new().await;
    let run = w.running("P-001").await;
    let (_, submit) = run.log();
    let mut bad = submit.clone();
    bad.finished_at_ms = f64::NAN;
    bad.timing.refresh.hz = 0.0;
    bad.last_seq += 3;
    let named = fields(w.submit(&run, &bad).await.unwrap_err());
    assert_eq!(
        named,
        [at("finished_at_ms", "finite"), at("last_seq", "gap"), at("timing.refresh.hz", "range")]
    );
    assert_eq!(w.chunks(run.config.session_id).await, 0);
    w.submit(&run, &submit).await.unwrap();
}

#[tokio::test]
async fn text_that_a_database_could_choke_on_is_kept_or_refused_never_an_accident() {
    let w = World::new().await;
    let run = w.running("P-001").await;
    let (_, mut submit) = run.log();
    submit.task_summaries[0].flags = vec!["\u{0}".into()];
    let named = fields(w.submit(&run, &submit).await.unwrap_err());
    assert_eq!(named, [at("task_summaries[0].flags[0]", "control_characters")]);
    submit.task_summaries[0].flags = vec!["\u{feff}\\u0000'; drop table".into()];
    submit.timing.device.user_agent = "Mozilla\u{202e}".into();
    w.submit(&run, &submit).await.unwrap();
    let session = read(&w, &run).await;
    let browser = session.modules[0].browser_summary.as_ref().unwrap();
    assert_eq!(browser.flags, submit.task_summaries[0].flags);
    assert_eq!(session.modules[0].differing, ["flags"]);
}
