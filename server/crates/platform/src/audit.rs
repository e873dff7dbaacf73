//! The audit trail.

use crate::{Actor, Ctx, Failure};
use contract::Id;
use contract::ids::{Entity, Study};
use serde::Serialize;
use serde_json::Value;
use sqlx::{Postgres, Transaction};

/// What was done, to what, with which values before and after.
#[derive(Debug, Clone)]
pub struct Entry {
    pub(crate) action: &'static str,
    pub(crate) entity: &'static str,
    pub(crate) entity_id: String,
    pub(crate) old: Option<Value>,
    pub(crate) new: Option<Value>,
    pub(crate) reason: Option<String>,
}

impl Entry {
    /// `action` is `<entity>.<verb>`, e.g. `participant.create`.
    #[must_use]
    pub fn new<T: Entity>(action: &'static str, id: Id<T>) -> Self {
        Self {
            action,
            entity: T::NAME,
            entity_id: id.to_string(),
            old: None,
            new: None,
            reason: None,
        }
    }

    /// The values before. Secrets and contact data are left out or masked by the caller.
    #[must_use]
    pub fn old(mut self, values: &impl Serialize) -> Self {
        self.old = serde_json::to_value(values).ok();
        self
    }

    /// The values after.
    #[must_use]
    pub fn new_values(mut self, values: &impl Serialize) -> Self {
        self.new = serde_json::to_value(values).ok();
        self
    }

    /// Why, in the actor's words.
    #[must_use]
    pub fn reason(mut self, reason: &str) -> Self {
        self.reason = Some(reason.to_owned());
        self
    }
}

pub(crate) async fn append(
    _tx: &mut Transaction<'static, Postgres>,
    _ctx: &Ctx,
    _actor: &Actor,
    _study: Option<Id<Study>>,
    _entry: Entry,
) -> Result<(), Failure> {
    Err(Failure::other("the audit trail is not there yet"))
}
