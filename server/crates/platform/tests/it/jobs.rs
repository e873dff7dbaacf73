//! The queue: after the commit, at least once, not for ever.

use chrono::TimeDelta;
use contract::Id;
use contract::ids::{Request, Study};
use platform::audit::Entry;
use platform::jobs::{
    self, Added, Counts, Job, JobError, NewJob, ReplayError, Run, Settings, Worker,
};
use platform::{Clock, Ctx};
use serde::{Deserialize, Serialize};
use sqlx::Executor;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use testkit::TestDb;
use tokio::sync::{Notify, mpsc};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Count {
    by: u32,
}

impl Job for Count {
    const KIND: &'static str = "test.count";
    const MAX_ATTEMPTS: i32 = 3;
}

#[derive(Serialize, Deserialize)]
struct Whisper {
    secret: String,
}

impl Job for Whisper {
    const KIND: &'static str = "test.whisper";
    const SEALED: bool = true;
}

fn settings() -> Settings {
    Settings { poll: Duration::from_secs(3600), ..Settings::default() }
}

/// A worker that adds up what the jobs say.
fn counter(db: &TestDb) -> (Worker, Arc<AtomicU32>) {
    let sum = Arc::new(AtomicU32::new(0));
    let total = Arc::clone(&sum);
    let worker = Worker::new(db.ctx.clone(), settings()).on(move |_ctx, run: Run<Count>| {
        total.fetch_add(run.job.by, Ordering::SeqCst);
        std::future::ready(Ok(()))
    });
    (worker, sum)
}

/// A worker whose handler answers as told, try by try.
fn obedient(db: &TestDb, answers: Vec<Result<(), JobError>>) -> Worker {
    let answers = std::sync::Mutex::new(answers.into_iter());
    Worker::new(db.ctx.clone(), settings()).on(move |_ctx, _run: Run<Count>| {
        let answer = answers.lock().unwrap().next().expect("no more tries were expected");
        std::future::ready(answer)
    })
}

fn again() -> Result<(), JobError> {
    Err(JobError::Again("the network is down".to_owned()))
}

async fn add(db: &TestDb, by: u32) -> Id<contract::ids::Job> {
    jobs::enqueue_unaudited(&db.ctx, NewJob::new(&Count { by })).await.unwrap().id()
}

const fn counts(done: u64, failed: u64, dead: u64) -> Counts {
    Counts { done, failed, dead }
}

fn any_study() -> Id<Study> {
    Id::from_uuid(Uuid::from_u128(1))
}

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
async fn a_failed_job_is_tried_again_with_growing_pauses_until_it_works() {
    let db = TestDb::new().await;
    let worker = obedient(&db, vec![again(), again(), Ok(())]);
    add(&db, 1).await;

    assert_eq!(worker.run_due_once().await.unwrap(), counts(0, 1, 0));
    assert_eq!(worker.run_due_once().await.unwrap(), counts(0, 0, 0), "not at once");
    db.advance(TimeDelta::seconds(29));
    assert_eq!(worker.run_due_once().await.unwrap(), counts(0, 0, 0), "30 s at least");
    db.advance(TimeDelta::seconds(7));
    assert_eq!(worker.run_due_once().await.unwrap(), counts(0, 1, 0));
    db.advance(TimeDelta::seconds(59));
    assert_eq!(worker.run_due_once().await.unwrap(), counts(0, 0, 0), "then a minute");
    db.advance(TimeDelta::seconds(13));
    assert_eq!(worker.run_due_once().await.unwrap(), counts(1, 0, 0));
}

#[tokio::test]
async fn what_fails_too_often_becomes_a_dead_letter_that_can_be_replayed() {
    let db = TestDb::new().await;
    let worker = obedient(&db, vec![again(), again(), again(), Ok(())]);
    let job = add(&db, 1).await;
    for expected in [counts(0, 1, 0), counts(0, 1, 0), counts(0, 0, 1), counts(0, 0, 0)] {
        assert_eq!(worker.run_due_once().await.unwrap(), expected);
        db.advance(TimeDelta::days(1));
    }
    let letters = jobs::dead_letters(&db.ctx, 10).await.unwrap();
    assert_eq!(letters.len(), 1);
    assert_eq!((letters[0].id, letters[0].kind.as_str()), (job, "test.count"));
    assert_eq!(letters[0].attempts, 3);
    assert_eq!(letters[0].last_error.as_deref(), Some("the network is down"));

    jobs::replay(&db.ctx, &db.system, job).await.unwrap();
    assert!(jobs::dead_letters(&db.ctx, 10).await.unwrap().is_empty());
    assert_eq!(worker.run_due_once().await.unwrap(), counts(1, 0, 0));
    let audited: Vec<(String, String)> =
        sqlx::query_as("SELECT action, entity_id FROM app.audit_entry")
            .fetch_all(db.ctx.db())
            .await
            .unwrap();
    assert_eq!(audited, [("job.replay".to_owned(), job.to_string())]);

    let twice = jobs::replay(&db.ctx, &db.system, job).await.unwrap_err();
    assert!(matches!(twice, ReplayError::NotDead));
}

#[tokio::test]
async fn what_can_never_work_is_given_up_at_once() {
    let db = TestDb::new().await;
    let worker = obedient(&db, vec![Err(JobError::Never("no such thing".to_owned()))]);
    add(&db, 1).await;
    assert_eq!(worker.run_due_once().await.unwrap(), counts(0, 0, 1));
}

#[tokio::test]
async fn unreadable_content_is_given_up_at_once() {
    let db = TestDb::new().await;
    let (worker, _) = counter(&db);
    add(&db, 1).await;
    db.owner.execute(r#"UPDATE app.job SET payload = '{"by": "much"}'"#).await.unwrap();
    assert_eq!(worker.run_due_once().await.unwrap(), counts(0, 0, 1));
    let letters = jobs::dead_letters(&db.ctx, 10).await.unwrap();
    assert!(letters[0].last_error.as_deref().unwrap().contains("cannot be read"));
}

#[tokio::test]
async fn a_panic_in_a_handler_is_a_failed_try() {
    let db = TestDb::new().await;
    let worker = Worker::new(db.ctx.clone(), settings()).on(|_ctx, run: Run<Count>| async move {
        assert_ne!(run.attempt, 1, "a mistake in the handler");
        Ok(())
    });
    add(&db, 1).await;
    assert_eq!(worker.run_due_once().await.unwrap(), counts(0, 1, 0));
    db.advance(TimeDelta::minutes(1));
    assert_eq!(worker.run_due_once().await.unwrap(), counts(1, 0, 0));
}

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

#[tokio::test]
async fn jobs_of_unknown_kinds_are_left_for_others() {
    let db = TestDb::new().await;
    let (worker, _) = counter(&db);
    let job = Whisper { secret: String::new() };
    jobs::enqueue_unaudited(&db.ctx, NewJob::new(&job)).await.unwrap();
    assert_eq!(worker.run_due_once().await.unwrap(), counts(0, 0, 0));
    assert_eq!(worker.kinds().collect::<Vec<_>>(), ["test.count"]);
}

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

#[tokio::test]
async fn what_waits_and_what_died_is_counted() {
    let db = TestDb::new().await;
    let worker = obedient(&db, vec![Err(JobError::Never("no".to_owned())), Ok(())]);
    for _ in 0..2 {
        add(&db, 1).await;
    }
    assert_eq!(jobs::counts(db.ctx.db()).await.unwrap(), (2, 0));
    worker.run_due_once().await.unwrap();
    add(&db, 1).await;
    assert_eq!(jobs::counts(db.ctx.db()).await.unwrap(), (1, 1));
}
