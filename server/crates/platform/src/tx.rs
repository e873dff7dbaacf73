//! The only way to write: one business action, one transaction, one audit entry.

use crate::actor::Actor;
use crate::audit::{self, Entry};
use crate::{Ctx, Failure};
use contract::Id;
use contract::ids::Study;
use sqlx::{PgConnection, Postgres, Transaction};

/// A transaction that can only be committed together with its audit entry. Dropped without
/// [`AuditedTx::commit`], everything is rolled back.
pub struct AuditedTx {
    tx: Transaction<'static, Postgres>,
    ctx: Ctx,
    actor: Actor,
    study: Option<Id<Study>>,
    jobs_added: bool,
}

impl AuditedTx {
    pub(crate) async fn begin(
        ctx: &Ctx,
        actor: &Actor,
        study: Option<Id<Study>>,
    ) -> Result<Self, Failure> {
        Ok(Self {
            tx: ctx.pool.begin().await?,
            ctx: ctx.clone(),
            actor: actor.clone(),
            study,
            jobs_added: false,
        })
    }

    /// The connection, for repository functions: `query!(…).execute(tx.conn())`.
    pub fn conn(&mut self) -> &mut PgConnection {
        &mut self.tx
    }

    #[must_use]
    pub const fn ctx(&self) -> &Ctx {
        &self.ctx
    }

    #[must_use]
    pub const fn actor(&self) -> &Actor {
        &self.actor
    }

    /// The workers are told once this is committed.
    pub(crate) const fn jobs_added(&mut self) {
        self.jobs_added = true;
    }

    /// Adds the audit entry to its chain and commits both.
    ///
    /// # Errors
    /// [`Failure::Database`]; then nothing was written.
    pub async fn commit(mut self, entry: Entry) -> Result<(), Failure> {
        let checkpoint =
            audit::append(&mut self.tx, &self.ctx, &self.actor, self.study, entry).await?;
        self.tx.commit().await?;
        if let Some(checkpoint) = checkpoint {
            checkpoint.log();
        }
        if self.jobs_added {
            self.ctx.wake_workers();
        }
        Ok(())
    }
}
