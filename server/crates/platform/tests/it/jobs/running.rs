//! A job runs: after the commit of its change, for its request, at its time.

use super::{Count, Whisper, any_study, counter, counts, settings};
use chrono::TimeDelta;
use contract::Id;
use contract::ids::Request;
use platform::Ctx;
use platform::audit::Entry;
use platform::jobs::{self, NewJob, Run, Worker};
use std::sync::atomic::Ordering;
use testkit::TestDb;
use tokio::sync::mpsc;
use uuid::Uuid;

#[tokio::test]
async fn a_job_runs_once_its_change_is_committed_and_never_without() {
    let db = TestDb::new().await;
    let (worker, sum) = counter(&db);

    let mut tx = db.ctx.write(&db.system, Some(any_study())).await.unwrap();
    jobs::enqueue(&mut tx, NewJob::new(&Count { by: 1 })).await.unwrap();
    assert_eq!(worker.run_due_once().await.unwrap(), counts(0, 0, 0));
    tx.commit(Entry::new("study.update", any_study())).await.unwrap();
    assert_eq!(worker.run_due_once().await.unwrap(), counts(1, 0, 0));

    let mut tx = db.ctx.write(&db.system, Some(any_study())).await.unwrap();
    jobs::enqueue(&mut tx, NewJob::new(&Count { by: 10 })).await.unwrap();
    drop(tx);
    assert_eq!(worker.run_due_once().await.unwrap(), counts(0, 0, 0));
    assert_eq!(sum.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_handler_works_for_the_request_that_caused_the_job() {
    let db = TestDb::new().await;
    let request: Id<Request> = Id::from_uuid(Uuid::from_u128(42));
    let ctx = db.ctx.for_request(request);
    jobs::enqueue_unaudited(&ctx, NewJob::new(&Count { by: 1 })).await.unwrap();

    let (seen, mut requests) = mpsc::unbounded_channel();
    let worker = Worker::new(db.ctx.clone(), settings()).on(move |ctx: Ctx, run: Run<Count>| {
        seen.send((ctx.request, run.attempt, run.is_last)).unwrap();
        std::future::ready(Ok(()))
    });
    worker.run_due_once().await.unwrap();
    assert_eq!(requests.recv().await, Some((request, 1, false)));
}

#[tokio::test]
async fn a_job_for_later_waits_for_its_time() {
    let db = TestDb::new().await;
    let (worker, sum) = counter(&db);
    let tomorrow = db.ctx.clock.now() + TimeDelta::days(1);
    let job = Count { by: 1 };
    jobs::enqueue_unaudited(&db.ctx, NewJob::new(&job).not_before(tomorrow)).await.unwrap();

    db.advance(TimeDelta::hours(23));
    worker.run_due_once().await.unwrap();
    assert_eq!(sum.load(Ordering::SeqCst), 0);
    db.advance(TimeDelta::hours(1));
    worker.run_due_once().await.unwrap();
    assert_eq!(sum.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn jobs_of_unknown_kinds_are_left_for_others() {
    let db = TestDb::new().await;
    let (worker, _) = counter(&db);
    let job = Whisper { secret: String::new() };
    jobs::enqueue_unaudited(&db.ctx, NewJob::new(&job)).await.unwrap();
    assert_eq!(worker.run_due_once().await.unwrap(), counts(0, 0, 0));
    assert_eq!(worker.kinds().collect::<Vec<_>>(), ["test.count"]);
}

#[tokio::test]
async fn sealed_content_is_never_in_the_clear_and_is_gone_when_done() {
    let db = TestDb::new().await;
    let job = Whisper { secret: "ada@example.org".to_owned() };
    jobs::enqueue_unaudited(&db.ctx, NewJob::new(&job)).await.unwrap();
    let row: String =
        sqlx::query_scalar("SELECT job::text FROM app.job").fetch_one(&db.owner).await.unwrap();
    assert!(!row.contains("ada@") && !row.contains(&hex::encode("ada@")), "{row}");

    let (heard, mut secrets) = mpsc::unbounded_channel();
    let worker = Worker::new(db.ctx.clone(), settings()).on(move |_ctx, run: Run<Whisper>| {
        heard.send(run.job.secret).unwrap();
        std::future::ready(Ok(()))
    });
    worker.run_due_once().await.unwrap();
    assert_eq!(secrets.recv().await.as_deref(), Some("ada@example.org"));
    let emptied: bool = sqlx::query_scalar(
        "SELECT payload IS NULL AND sealed IS NULL AND done_at IS NOT NULL FROM app.job",
    )
    .fetch_one(&db.owner)
    .await
    .unwrap();
    assert!(emptied);
}
