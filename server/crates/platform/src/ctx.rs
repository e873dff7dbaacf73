//! What every service function gets: the database, the clock, the keys, and which request it is.

use crate::actor::Actor;
use crate::audit::Entry;
use crate::jobs::Wake;
use crate::tx::AuditedTx;
use crate::{Clock, Failure, keyring::Keyring};
use chrono::TimeDelta;
use contract::Id;
use contract::ids::{Request, Study};
use sqlx::PgPool;
use std::sync::Arc;
use uuid::Uuid;

/// Shared by all requests and jobs; cheap to clone.
#[derive(Clone)]
pub struct Ctx {
    pub(crate) pool: PgPool,
    pub clock: Clock,
    pub keyring: Keyring,
    /// Address under which people reach the portals, without a trailing slash.
    pub base_url: Arc<str>,
    /// A browser session, of staff or participants, ends after this time without activity.
    pub session_idle: TimeDelta,
    /// The request or job run that this context serves, for audit and logs.
    pub request: Id<Request>,
    wake: Arc<Wake>,
}

impl Ctx {
    #[must_use]
    pub fn new(pool: PgPool, clock: Clock, keyring: Keyring, base_url: &str) -> Self {
        Self {
            pool,
            clock,
            keyring,
            base_url: base_url.trim_end_matches('/').into(),
            session_idle: TimeDelta::hours(2),
            request: Id::from_uuid(Uuid::nil()),
            wake: Arc::default(),
        }
    }

    /// The same context for one request or job run.
    #[must_use]
    pub fn for_request(&self, request: Id<Request>) -> Self {
        Self { request, ..self.clone() }
    }

    /// The same context with another time after which idle browser sessions end; two hours unless told.
    #[must_use]
    pub fn with_session_idle(self, session_idle: TimeDelta) -> Self {
        Self { session_idle, ..self }
    }

    /// The same context by another clock: the demonstration lives months in a moment.
    #[must_use]
    pub fn with_clock(&self, clock: Clock) -> Self {
        Self { clock, ..self.clone() }
    }

    /// For reading. Writing goes through [`Ctx::write`].
    #[must_use]
    pub const fn db(&self) -> &PgPool {
        &self.pool
    }

    /// A fresh time-ordered identifier (UUID v7, by this context's clock).
    #[must_use]
    pub fn new_id<T>(&self) -> Id<T> {
        let now = self.clock.now();
        let seconds = u64::try_from(now.timestamp()).unwrap_or_default();
        let stamp =
            uuid::Timestamp::from_unix(uuid::NoContext, seconds, now.timestamp_subsec_nanos());
        Id::from_uuid(Uuid::new_v7(stamp))
    }

    /// Opens the audited transaction of one business action by `actor`. `study` is the chain that
    /// the audit entry joins; none for what belongs to no study (accounts).
    ///
    /// # Errors
    /// [`Failure::Database`] when no connection is to be had.
    pub async fn write(
        &self,
        actor: &Actor,
        study: Option<Id<Study>>,
    ) -> Result<AuditedTx, Failure> {
        AuditedTx::begin(self, actor, study).await
    }

    /// Notes an action that changes nothing but must leave a trace: an export, a look at contact
    /// data. Call it before the data is handed out.
    ///
    /// # Errors
    /// As [`AuditedTx::commit`].
    pub async fn read_audited(
        &self,
        actor: &Actor,
        study: Option<Id<Study>>,
        entry: Entry,
    ) -> Result<(), Failure> {
        self.write(actor, study).await?.commit(entry).await
    }

    /// Tells the workers, here and in other processes, that there may be something to do.
    pub(crate) fn wake_workers(&self) {
        self.wake.wake(&self.pool);
    }

    pub(crate) fn wake(&self) -> &Arc<Wake> {
        &self.wake
    }
}
