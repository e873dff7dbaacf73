//! Background work on a queue in Postgres.
//!
//! A job is added in the transaction of the change that causes it, so it exists if and only if the
//! change does. It runs at least once: a handler may be run again after a crash between its work
//! and the note that it is done, so **handlers are idempotent**. A failed job is tried again with
//! growing pauses; given up, it stays as a dead letter that an operator reads and replays.

mod backlog;
mod dead;
mod enqueue;
mod queue;
mod wake;
mod worker;

pub use backlog::counts;
pub use dead::{DeadLetter, ReplayError, dead_letters, replay};
pub use enqueue::{Added, NewJob, enqueue, enqueue_unaudited};
pub(crate) use wake::Wake;
pub use worker::{Counts, Run, Settings, Worker};

use crate::Failure;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// What a handler is given, and the rules of its kind.
pub trait Job: Serialize + DeserializeOwned + Send + 'static {
    /// `<area>.<verb>`, e.g. `mail.send`. Stored with every job: never rename it.
    const KIND: &'static str;
    /// The content holds personal data or a secret: it is sealed in the database.
    const SEALED: bool = false;
    /// Tries before the job is given up. The default takes about 14 hours.
    const MAX_ATTEMPTS: i32 = 12;
}

/// Why a handler did not do its job. The text is kept for operators and must hold no personal data.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// It may work later (network, a busy server).
    #[error("{0}")]
    Again(String),
    /// It will never work (unreadable content, a refused address): no further tries.
    #[error("{0}")]
    Never(String),
}

impl From<Failure> for JobError {
    fn from(failure: Failure) -> Self {
        Self::Again(failure.to_string())
    }
}

impl From<sqlx::Error> for JobError {
    fn from(error: sqlx::Error) -> Self {
        Failure::from(error).into()
    }
}
