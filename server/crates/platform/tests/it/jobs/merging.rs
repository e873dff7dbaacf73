//! The same work asked for twice.

use super::{Count, any_study, counter, counts, obedient, settings};
use platform::Ctx;
use platform::audit::Entry;
use platform::jobs::{self, Added, JobError, NewJob, ReplayError, Run, Worker};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use testkit::TestDb;

#[tokio::test]
async fn the_same_work_waits_once() {
    let db = TestDb::new().await;
    let (worker, sum) = counter(&db);
    let (one, two) = (Count { by: 1 }, Count { by: 100 });
    let first = jobs::enqueue_unaudited(&db.ctx, NewJob::new(&one).dedup_key("x")).await.unwrap();
    let same = jobs::enqueue_unaudited(&db.ctx, NewJob::new(&one).dedup_key("x")).await.unwrap();
    let other = jobs::enqueue_unaudited(&db.ctx, NewJob::new(&two).dedup_key("y")).await.unwrap();
    assert_eq!(same, Added::Merged(first.id()));
    assert!(matches!(other, Added::New(_)));
    assert_eq!(worker.run_due_once().await.unwrap(), counts(2, 0, 0));
    assert_eq!(sum.load(Ordering::SeqCst), 101);

    // Done is done: the next time it is new work.
    let later = jobs::enqueue_unaudited(&db.ctx, NewJob::new(&one).dedup_key("x")).await.unwrap();
    assert!(matches!(later, Added::New(_)));
}

#[tokio::test]
async fn the_same_work_asked_for_while_it_runs_is_done_once_more() {
    let db = TestDb::new().await;
    let runs = Arc::new(AtomicU32::new(0));
    let count = Arc::clone(&runs);
    let worker = Worker::new(db.ctx.clone(), settings()).on(move |ctx: Ctx, run: Run<Count>| {
        let first = count.fetch_add(1, Ordering::SeqCst) == 0;
        async move {
            if first {
                let again = NewJob::new(&run.job).dedup_key("x");
                let added = jobs::enqueue_unaudited(&ctx, again).await?;
                assert_eq!(added, Added::Merged(run.id));
            }
            Ok(())
        }
    });
    let job = Count { by: 1 };
    jobs::enqueue_unaudited(&db.ctx, NewJob::new(&job).dedup_key("x")).await.unwrap();
    worker.run_due_once().await.unwrap();
    assert_eq!(runs.load(Ordering::SeqCst), 2);
    assert_eq!(worker.run_due_once().await.unwrap(), counts(0, 0, 0));
}

#[tokio::test]
async fn merged_work_waits_for_the_change_that_it_must_see() {
    let db = TestDb::new().await;
    let (worker, sum) = counter(&db);
    let job = Count { by: 1 };
    jobs::enqueue_unaudited(&db.ctx, NewJob::new(&job).dedup_key("x")).await.unwrap();

    // A second change asks for the same work and is not committed yet.
    let mut tx = db.ctx.write(&db.system, Some(any_study())).await.unwrap();
    jobs::enqueue(&mut tx, NewJob::new(&job).dedup_key("x")).await.unwrap();
    assert_eq!(worker.run_due_once().await.unwrap(), counts(0, 0, 0), "it would see too little");
    tx.commit(Entry::new("study.update", any_study())).await.unwrap();
    assert_eq!(worker.run_due_once().await.unwrap(), counts(1, 0, 0));
    assert_eq!(sum.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_dead_letter_is_not_replayed_beside_the_same_work() {
    let db = TestDb::new().await;
    let worker = obedient(&db, vec![Err(JobError::Never("no".to_owned()))]);
    let job = Count { by: 1 };
    let dead = jobs::enqueue_unaudited(&db.ctx, NewJob::new(&job).dedup_key("x")).await.unwrap();
    worker.run_due_once().await.unwrap();
    jobs::enqueue_unaudited(&db.ctx, NewJob::new(&job).dedup_key("x")).await.unwrap();
    let refused = jobs::replay(&db.ctx, &db.system, dead.id()).await.unwrap_err();
    assert!(matches!(refused, ReplayError::AlreadyWaiting), "{refused:?}");
}
