//! A worker that runs: it hears of new jobs, stops when told, and clears up.

use super::{Count, add, any_study, counter, counts, settings};
use chrono::TimeDelta;
use platform::audit::Entry;
use platform::jobs::{self, NewJob, Run, Settings, Worker};
use platform::{Clock, Ctx};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use testkit::TestDb;
use tokio::sync::{Notify, mpsc};
use tokio_util::sync::CancellationToken;

/// A worker that runs until it is told to stop, and what it is told of.
fn announcer(ctx: Ctx, settings: Settings) -> (Worker, mpsc::UnboundedReceiver<u32>) {
    let (done, said) = mpsc::unbounded_channel();
    let worker = Worker::new(ctx, settings).on(move |_ctx, run: Run<Count>| {
        done.send(run.job.by).unwrap();
        std::future::ready(Ok(()))
    });
    (worker, said)
}

#[tokio::test]
async fn a_running_worker_hears_of_new_jobs_at_once_and_stops_when_told() {
    let db = TestDb::new().await;
    let (worker, mut said) = announcer(db.ctx.clone(), settings());
    let stop = CancellationToken::new();
    let running = tokio::spawn({
        let stop = stop.clone();
        async move { worker.run(stop).await }
    });
    // It looks by itself only once an hour.
    for by in 1..=3 {
        add(&db, by).await;
        assert_eq!(said.recv().await, Some(by));
    }
    stop.cancel();
    running.await.unwrap();
    let left: i64 = sqlx::query_scalar("SELECT count(*) FROM app.job WHERE done_at IS NULL")
        .fetch_one(&db.owner)
        .await
        .unwrap();
    assert_eq!(left, 0);
}

#[tokio::test]
async fn a_worker_in_another_process_hears_of_new_jobs() {
    let db = TestDb::new().await;
    // A context of its own shares nothing with the first but the database.
    let pool = platform::db::connect(db.connect_options(), &Default::default()).await.unwrap();
    let elsewhere = Ctx::new(
        pool,
        Clock::set_to(db.ctx.clock.now()),
        db.ctx.keyring.clone(),
        "http://metricis.test",
    );
    let (worker, mut said) = announcer(elsewhere, settings());
    let stop = CancellationToken::new();
    let running = tokio::spawn({
        let stop = stop.clone();
        async move { worker.run(stop).await }
    });
    for by in 1..=5 {
        let mut tx = db.ctx.write(&db.system, Some(any_study())).await.unwrap();
        jobs::enqueue(&mut tx, NewJob::new(&Count { by })).await.unwrap();
        tx.commit(Entry::new("study.update", any_study())).await.unwrap();
        assert_eq!(said.recv().await, Some(by));
    }
    stop.cancel();
    running.await.unwrap();
}

#[tokio::test]
async fn a_stopping_worker_lets_a_running_job_end() {
    let db = TestDb::new().await;
    let (started, go_on) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let (tell, wait) = (Arc::clone(&started), Arc::clone(&go_on));
    let worker = Worker::new(db.ctx.clone(), settings()).on(move |_ctx, _run: Run<Count>| {
        let (tell, wait) = (Arc::clone(&tell), Arc::clone(&wait));
        async move {
            tell.notify_one();
            wait.notified().await;
            Ok(())
        }
    });
    add(&db, 1).await;
    let stop = CancellationToken::new();
    let running = tokio::spawn({
        let stop = stop.clone();
        async move { worker.run(stop).await }
    });
    started.notified().await;
    stop.cancel();
    go_on.notify_one();
    running.await.unwrap();
    let done: bool = sqlx::query_scalar("SELECT done_at IS NOT NULL FROM app.job")
        .fetch_one(&db.owner)
        .await
        .unwrap();
    assert!(done);
}

#[tokio::test]
async fn a_job_that_does_not_end_is_given_back_when_the_worker_stops() {
    let db = TestDb::new().await;
    let started = Arc::new(Notify::new());
    let tell = Arc::clone(&started);
    // Held by the handler for as long as it lives
    let (alive, mut ended) = mpsc::unbounded_channel::<()>();
    let alive = std::sync::Mutex::new(Some(alive));
    let settings = Settings { grace: Duration::ZERO, ..settings() };
    let worker = Worker::new(db.ctx.clone(), settings).on(move |_ctx, _run: Run<Count>| {
        let alive = alive.lock().unwrap().take();
        tell.notify_one();
        async move {
            let _alive = alive;
            std::future::pending().await
        }
    });
    add(&db, 1).await;
    let stop = CancellationToken::new();
    let running = tokio::spawn({
        let stop = stop.clone();
        async move { worker.run(stop).await }
    });
    started.notified().await;
    stop.cancel();
    running.await.unwrap();
    assert_eq!(ended.recv().await, None, "the handler is gone, so nobody does the work twice");

    let (next, sum) = counter(&db);
    assert_eq!(next.run_due_once().await.unwrap(), counts(1, 0, 0), "at once, by another worker");
    assert_eq!(sum.load(Ordering::SeqCst), 1);
    let attempts: i32 =
        sqlx::query_scalar("SELECT attempts FROM app.job").fetch_one(&db.owner).await.unwrap();
    assert_eq!(attempts, 1, "the stop was not the job's fault");
}

#[tokio::test]
async fn done_jobs_are_cleared_away_after_a_week() {
    let db = TestDb::new().await;
    let (worker, _) = counter(&db);
    add(&db, 1).await;
    worker.run_due_once().await.unwrap();
    db.advance(TimeDelta::days(8));
    add(&db, 2).await;

    let (worker, mut said) = announcer(db.ctx.clone(), settings());
    let stop = CancellationToken::new();
    let running = tokio::spawn({
        let stop = stop.clone();
        async move { worker.run(stop).await }
    });
    assert_eq!(said.recv().await, Some(2));
    stop.cancel();
    running.await.unwrap();
    let jobs: i64 =
        sqlx::query_scalar("SELECT count(*) FROM app.job").fetch_one(&db.owner).await.unwrap();
    assert_eq!(jobs, 1, "the one of today");
}
