//! Telling the workers that something was added.
//!
//! `NOTIFY` inside the adding transaction would make all such transactions commit one after the
//! other (Postgres holds one lock over the commit of each transaction that notifies), so it is sent
//! after the commit, and many changes share one notification. It is only an accelerator: workers
//! also look by themselves.

use sqlx::PgPool;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use tokio::sync::Notify;

/// The channel of `LISTEN`.
pub(super) const CHANNEL: &str = "metricis_job";

#[derive(Default)]
pub(crate) struct Wake {
    local: Notify,
    workers_here: AtomicUsize,
    announcing: AtomicBool,
}

impl Wake {
    /// Wakes a worker of this process, else those of others.
    pub(crate) fn wake(self: &Arc<Self>, pool: &PgPool) {
        self.local.notify_one();
        if self.workers_here.load(Ordering::Relaxed) > 0
            || self.announcing.swap(true, Ordering::AcqRel)
        {
            return;
        }
        let (wake, pool) = (Arc::clone(self), pool.clone());
        tokio::spawn(async move {
            if let Ok(mut conn) = pool.acquire().await {
                // Whoever adds from here on is not covered by this announcement.
                wake.announcing.store(false, Ordering::Release);
                let sent =
                    sqlx::query!("SELECT pg_notify($1, '')", CHANNEL).execute(&mut *conn).await;
                if let Err(error) = sent {
                    tracing::warn!(event = "job_notify_failed", error = %error);
                }
            } else {
                wake.announcing.store(false, Ordering::Release);
            }
        });
    }

    /// Wakes the worker of this process.
    pub(super) fn wake_here(&self) {
        self.local.notify_one();
    }

    /// Until something was added (or has been since the last call).
    pub(super) async fn woken(&self) {
        self.local.notified().await;
    }

    pub(super) fn worker_started(self: &Arc<Self>) -> WorkerHere {
        self.workers_here.fetch_add(1, Ordering::Relaxed);
        WorkerHere(Arc::clone(self))
    }
}

/// While it lives, a worker runs in this process.
pub(super) struct WorkerHere(Arc<Wake>);

impl Drop for WorkerHere {
    fn drop(&mut self) {
        self.0.workers_here.fetch_sub(1, Ordering::Relaxed);
    }
}
