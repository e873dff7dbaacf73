//! The worker: leases due jobs and runs their handlers.

use super::queue::{self, Leased};
use super::{Job, JobError, wake};
use crate::{Ctx, Failure};
use chrono::{DateTime, TimeDelta, Utc};
use contract::Id;
use contract::ids;
use futures::future::BoxFuture;
use sqlx::postgres::PgListener;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// How a worker works. The default fits two cores.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Jobs at the same time.
    pub concurrency: usize,
    /// Between looks when nobody says that there is something.
    pub poll: Duration,
    /// Silence after which another worker takes the job over.
    pub lease: Duration,
    /// How long running jobs may go on when the process stops.
    pub grace: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            concurrency: 4,
            poll: Duration::from_secs(2),
            lease: Duration::from_secs(60),
            grace: Duration::from_secs(20),
        }
    }
}

/// One try of one job, as its handler sees it.
#[derive(Debug)]
pub struct Run<J> {
    /// Stays the same over all tries: use it where the outside world needs an idempotency key.
    pub id: Id<ids::Job>,
    /// 1, 2, …
    pub attempt: i32,
    /// Failing now makes it a dead letter.
    pub is_last: bool,
    pub job: J,
}

type Handler =
    Arc<dyn Fn(Ctx, Leased) -> BoxFuture<'static, Result<(), JobError>> + Send + Sync + 'static>;

/// What became of a number of jobs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub done: u64,
    /// To be tried again.
    pub failed: u64,
    pub dead: u64,
}

/// Runs jobs of the kinds that it has handlers for.
pub struct Worker {
    ctx: Ctx,
    id: Uuid,
    settings: Settings,
    handlers: BTreeMap<&'static str, Handler>,
}

impl Worker {
    #[must_use]
    pub fn new(ctx: Ctx, settings: Settings) -> Self {
        let id = ctx.new_id::<ids::Job>().uuid();
        Self { ctx, id, settings, handlers: BTreeMap::new() }
    }

    /// Names the handler of a kind. It gets a context that carries the id of the request which
    /// caused the job.
    #[must_use]
    pub fn on<J, F, Done>(mut self, handler: F) -> Self
    where
        J: Job,
        F: Fn(Ctx, Run<J>) -> Done + Send + Sync + 'static,
        Done: Future<Output = Result<(), JobError>> + Send + 'static,
    {
        let handler = Arc::new(handler);
        let run: Handler = Arc::new(move |ctx, leased| {
            let handler = Arc::clone(&handler);
            Box::pin(async move {
                let run = content::<J>(&ctx, leased)?;
                handler(ctx, run).await
            })
        });
        self.handlers.insert(J::KIND, run);
        self
    }

    /// The kinds that have a handler.
    pub fn kinds(&self) -> impl Iterator<Item = &'static str> {
        self.handlers.keys().copied()
    }

    /// Runs all jobs that are due by the context's clock, and those that they add, until none is
    /// due. For tests and one-off runs.
    ///
    /// # Errors
    /// [`Failure::Database`] when the queue itself cannot be read.
    pub async fn run_due_once(&self) -> Result<Counts, Failure> {
        let mut counts = Counts::default();
        loop {
            counts.dead += queue::bury_lost(&self.ctx.pool, self.ctx.clock.now()).await?;
            let mut running = JoinSet::new();
            for leased in self.lease(self.settings.concurrency).await? {
                self.spawn(&mut running, leased);
            }
            if running.is_empty() {
                return Ok(counts);
            }
            while let Some(outcome) = running.join_next().await {
                counts.add(outcome.unwrap_or(Outcome::Failed));
            }
        }
    }

    /// Runs jobs until `stop` is cancelled, then lets running ones come to their end.
    pub async fn run(&self, stop: CancellationToken) {
        let _here = self.ctx.wake().worker_started();
        let listening = tokio::spawn(listen(self.ctx.clone(), self.settings.poll));
        let mut running = JoinSet::new();
        let mut cleared: Option<DateTime<Utc>> = None;
        while !stop.is_cancelled() {
            self.look(&mut running, &mut cleared).await;
            let is_full = running.len() >= self.settings.concurrency;
            tokio::select! {
                () = stop.cancelled() => {}
                Some(_) = running.join_next(), if !running.is_empty() => {}
                () = self.ctx.wake().woken(), if !is_full => {}
                () = tokio::time::sleep(self.settings.poll), if !is_full => {}
            }
        }
        listening.abort();
        self.stop(running).await;
    }

    /// One look at the queue.
    async fn look(&self, running: &mut JoinSet<Outcome>, cleared: &mut Option<DateTime<Utc>>) {
        let now = self.ctx.clock.now();
        if cleared.is_none_or(|at| now - at >= TimeDelta::hours(1)) {
            *cleared = Some(now);
            if let Err(error) = queue::clear_done(&self.ctx.pool, now).await {
                tracing::warn!(event = "job_clear_failed", error = %error);
            }
        }
        let free = self.settings.concurrency.saturating_sub(running.len());
        if free == 0 {
            return;
        }
        let leased = match queue::bury_lost(&self.ctx.pool, now).await {
            Ok(_) => self.lease(free).await,
            Err(error) => Err(error),
        };
        match leased {
            Ok(leased) => leased.into_iter().for_each(|job| self.spawn(running, job)),
            Err(error) => tracing::error!(event = "job_lease_failed", error = %error),
        }
    }

    async fn lease(&self, limit: usize) -> Result<Vec<Leased>, sqlx::Error> {
        let kinds: Vec<String> = self.handlers.keys().map(|kind| (*kind).to_owned()).collect();
        let now = self.ctx.clock.now();
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let until = now + lease_length(&self.settings);
        queue::lease(&self.ctx.pool, self.id, &kinds, now, until, limit).await
    }

    fn spawn(&self, running: &mut JoinSet<Outcome>, leased: Leased) {
        let Some(handler) = self.handlers.get(leased.kind.as_str()) else { return };
        let attempt = Attempt {
            ctx: self.ctx.for_request(Id::from_uuid(leased.request_id)),
            worker: self.id,
            settings: self.settings,
            handler: Arc::clone(handler),
        };
        running.spawn(attempt.run(leased));
    }

    async fn stop(&self, mut running: JoinSet<Outcome>) {
        let all_done = async { while running.join_next().await.is_some() {} };
        if tokio::time::timeout(self.settings.grace, all_done).await.is_err() {
            running.shutdown().await;
            match queue::release(&self.ctx.pool, self.id).await {
                Ok(jobs) => tracing::warn!(event = "jobs_released", jobs),
                Err(error) => tracing::error!(event = "job_release_failed", error = %error),
            }
        }
    }
}

/// Reads the content for the handler.
fn content<J: Job>(ctx: &Ctx, leased: Leased) -> Result<Run<J>, JobError> {
    let unreadable = |error: &dyn std::fmt::Display| {
        JobError::Never(format!("the job's content cannot be read: {error}"))
    };
    let job = match (leased.payload, leased.sealed) {
        (Some(payload), None) => {
            serde_json::from_value(payload).map_err(|error| unreadable(&error))?
        }
        (None, Some(sealed)) => {
            let text = ctx
                .keyring
                .open("job", "sealed", leased.id, &sealed)
                .map_err(|error| unreadable(&error))?;
            // serde's message would quote the content
            serde_json::from_slice(&zeroize::Zeroizing::new(text))
                .map_err(|_| unreadable(&"it is not of this kind"))?
        }
        _ => return Err(unreadable(&"it has none")),
    };
    Ok(Run {
        id: Id::from_uuid(leased.id),
        attempt: leased.attempts,
        is_last: leased.attempts >= leased.max_attempts,
        job,
    })
}

#[derive(Debug, Clone, Copy)]
enum Outcome {
    Done,
    Failed,
    Dead,
}

impl Counts {
    const fn add(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Done => self.done += 1,
            Outcome::Failed => self.failed += 1,
            Outcome::Dead => self.dead += 1,
        }
    }
}

/// One try of one job.
struct Attempt {
    ctx: Ctx,
    worker: Uuid,
    settings: Settings,
    handler: Handler,
}

impl Attempt {
    async fn run(self, leased: Leased) -> Outcome {
        let began = Instant::now();
        let (id, kind, attempt) = (leased.id, leased.kind.clone(), leased.attempts);
        let is_last = leased.attempts >= leased.max_attempts;
        // A task of its own, so that a panic ends the try and not the worker; in a set, so that it
        // ends when this try is given up.
        let mut handler = JoinSet::new();
        handler.spawn((self.handler)(self.ctx.clone(), leased));
        let result = tokio::select! {
            Some(joined) = handler.join_next() => joined.unwrap_or_else(|_| {
                Err(JobError::Again("the handler panicked".to_owned()))
            }),
            () = self.lost(id) => {
                handler.abort_all();
                tracing::warn!(event = "job_lease_lost", job = %id, kind);
                return Outcome::Failed;
            }
        };
        let duration_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
        let request = self.ctx.request;
        let now = self.ctx.clock.now();
        let (outcome, noted) = match result {
            Ok(()) => {
                tracing::info!(event = "job_done", job = %id, kind, attempt, duration_ms, request_id = %request);
                (Outcome::Done, queue::finish(&self.ctx.pool, self.worker, id, now).await)
            }
            Err(error) => {
                let is_dead = is_last || matches!(error, JobError::Never(_));
                let text = error.to_string();
                if is_dead {
                    tracing::error!(event = "job_dead", job = %id, kind, attempt, duration_ms, request_id = %request, error = text);
                } else {
                    tracing::warn!(event = "job_failed", job = %id, kind, attempt, duration_ms, request_id = %request, error = text);
                }
                let next = now + pause(id, attempt);
                let dead = is_dead.then_some(now);
                (
                    if is_dead { Outcome::Dead } else { Outcome::Failed },
                    queue::fail(&self.ctx.pool, self.worker, id, &text, next, dead).await,
                )
            }
        };
        if let Err(error) = noted {
            // The lease runs out and the job is run again, which its handler allows for.
            tracing::error!(event = "job_note_failed", job = %id, kind, error = %error);
        }
        outcome
    }

    /// Keeps the lease alive; comes back only when it was lost.
    async fn lost(&self, job: Uuid) {
        let mut beats = tokio::time::interval(self.settings.lease / 3);
        beats.tick().await;
        loop {
            beats.tick().await;
            let until = self.ctx.clock.now() + lease_length(&self.settings);
            match queue::beat(&self.ctx.pool, self.worker, job, until).await {
                Ok(true) => {}
                Ok(false) => return,
                Err(error) => {
                    tracing::warn!(event = "job_beat_failed", job = %job, error = %error);
                }
            }
        }
    }
}

fn lease_length(settings: &Settings) -> TimeDelta {
    TimeDelta::from_std(settings.lease).unwrap_or(TimeDelta::MAX)
}

/// Before the next try: half a minute, doubled each time up to six hours, and up to a fifth more,
/// so that what failed together does not come back together. The surplus follows from the job's
/// id, which makes it the same in every run of a test.
fn pause(job: Uuid, attempt: i32) -> TimeDelta {
    const FIRST: i64 = 30_000;
    const LONGEST: i64 = 6 * 3600 * 1000;
    let doublings = u32::try_from(attempt - 1).unwrap_or_default().min(20);
    let pause = (FIRST << doublings).min(LONGEST);
    let [.., a, b] = *job.as_bytes();
    let surplus = pause / 5 * i64::from(u16::from_be_bytes([a, b])) / i64::from(u16::MAX);
    TimeDelta::milliseconds(pause + surplus)
}

/// Hands on what other processes announce.
async fn listen(ctx: Ctx, pause: Duration) {
    loop {
        let heard = async {
            let mut listener = PgListener::connect_with(&ctx.pool).await?;
            listener.listen(wake::CHANNEL).await?;
            // What was announced while nobody listened
            ctx.wake().wake_here();
            loop {
                listener.recv().await?;
                ctx.wake().wake_here();
            }
        };
        let Err::<std::convert::Infallible, sqlx::Error>(error) = heard.await;
        tracing::warn!(event = "job_listen_failed", error = %error);
        tokio::time::sleep(pause).await;
    }
}

#[cfg(test)]
mod tests {
    use super::pause;
    use chrono::TimeDelta;
    use uuid::Uuid;

    #[test]
    fn pauses_double_up_to_six_hours_and_differ_by_up_to_a_fifth() {
        let least = Uuid::from_u128(0);
        let most = Uuid::from_u128(0xffff);
        assert_eq!(pause(least, 1), TimeDelta::seconds(30));
        assert_eq!(pause(least, 2), TimeDelta::seconds(60));
        assert_eq!(pause(most, 1), TimeDelta::seconds(36));
        assert_eq!(pause(least, 11), TimeDelta::hours(6));
        assert_eq!(pause(least, i32::MAX), TimeDelta::hours(6));
        assert_eq!(pause(least, 0), TimeDelta::seconds(30));
    }
}
