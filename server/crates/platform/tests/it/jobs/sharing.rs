//! Several workers: each job has one, and a silent one loses it.

use super::{Count, add, counter, counts, settings};
use chrono::TimeDelta;
use platform::Ctx;
use platform::jobs::{self, Run, Settings, Worker};
use sqlx::Executor;
use std::sync::atomic::Ordering;
use std::time::Duration;
use testkit::TestDb;
use uuid::Uuid;

#[tokio::test]
async fn workers_share_the_work_and_no_job_runs_twice() {
    let db = TestDb::new().await;
    for by in 0..100 {
        add(&db, by).await;
    }
    let (one, sum_one) = counter(&db);
    let (two, sum_two) = counter(&db);
    let (a, b) = tokio::join!(one.run_due_once(), two.run_due_once());
    let (a, b) = (a.unwrap(), b.unwrap());
    assert_eq!(a.done + b.done, 100);
    assert!(a.done > 0 && b.done > 0, "{a:?} {b:?}");
    let sum = sum_one.load(Ordering::SeqCst) + sum_two.load(Ordering::SeqCst);
    assert_eq!(sum, (0..100).sum::<u32>());
}

#[tokio::test]
async fn the_job_of_a_worker_that_fell_silent_is_taken_over() {
    let db = TestDb::new().await;
    let (worker, sum) = counter(&db);
    add(&db, 1).await;
    db.owner
        .execute(
            "UPDATE app.job SET leased_by = gen_random_uuid(), attempts = 1,
               lease_until = run_at + interval '60 s'",
        )
        .await
        .unwrap();
    assert_eq!(worker.run_due_once().await.unwrap(), counts(0, 0, 0), "still leased");
    db.advance(TimeDelta::seconds(61));
    assert_eq!(worker.run_due_once().await.unwrap(), counts(1, 0, 0));
    assert_eq!(sum.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_job_that_kills_every_worker_is_given_up() {
    let db = TestDb::new().await;
    let (worker, _) = counter(&db);
    add(&db, 1).await;
    db.owner
        .execute(
            "UPDATE app.job SET leased_by = gen_random_uuid(), attempts = max_attempts,
               lease_until = run_at + interval '60 s'",
        )
        .await
        .unwrap();
    db.advance(TimeDelta::seconds(61));
    assert_eq!(worker.run_due_once().await.unwrap(), counts(0, 0, 1));
    assert_eq!(jobs::dead_letters(&db.ctx, 10).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_long_job_keeps_its_lease() {
    let db = TestDb::new().await;
    let settings = Settings { lease: Duration::from_millis(60), ..settings() };
    let worker = Worker::new(db.ctx.clone(), settings).on(|ctx: Ctx, run: Run<Count>| async move {
        // An hour passes; the lease of a living worker follows the clock.
        ctx.clock.advance(TimeDelta::hours(1));
        loop {
            let ahead: bool =
                sqlx::query_scalar("SELECT lease_until > $2 FROM app.job WHERE id = $1")
                    .bind(run.id.uuid())
                    .bind(ctx.clock.now())
                    .fetch_one(ctx.db())
                    .await?;
            if ahead {
                return Ok(());
            }
        }
    });
    add(&db, 1).await;
    let ran = tokio::time::timeout(Duration::from_secs(20), worker.run_due_once()).await;
    assert_eq!(ran.expect("the lease is renewed").unwrap(), counts(1, 0, 0));
}

#[tokio::test]
async fn a_job_whose_lease_is_lost_is_stopped_and_not_noted_as_done() {
    let db = TestDb::new().await;
    let settings = Settings { lease: Duration::from_millis(60), ..settings() };
    let worker = Worker::new(db.ctx.clone(), settings).on(|ctx: Ctx, run: Run<Count>| async move {
        // Another worker takes it over while this one hangs.
        sqlx::query("UPDATE app.job SET leased_by = $2 WHERE id = $1")
            .bind(run.id.uuid())
            .bind(Uuid::from_u128(7))
            .execute(ctx.db())
            .await?;
        std::future::pending().await
    });
    add(&db, 1).await;
    let ran = tokio::time::timeout(Duration::from_secs(20), worker.run_due_once()).await;
    assert_eq!(ran.expect("the handler is stopped").unwrap(), counts(0, 1, 0));
    let holder: Uuid =
        sqlx::query_scalar("SELECT leased_by FROM app.job").fetch_one(&db.owner).await.unwrap();
    assert_eq!(holder, Uuid::from_u128(7), "the other worker still holds it");
}
