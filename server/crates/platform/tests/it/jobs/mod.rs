//! The queue: after the commit, at least once, not for ever.

mod failing;
mod merging;
mod running;
mod sharing;
mod worker;

use contract::Id;
use contract::ids::Study;
use platform::jobs::{self, Counts, Job, JobError, NewJob, Run, Settings, Worker};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use testkit::TestDb;
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
