//! What a service function says about its action.

use crate::Failure;
use contract::Id;
use contract::ids::Entity;
use serde::Serialize;

/// What was done, to what, with which values before and after.
#[derive(Debug, Clone)]
pub struct Entry {
    pub(super) action: &'static str,
    pub(super) entity: &'static str,
    pub(super) entity_id: String,
    pub(super) old: Values,
    pub(super) new: Values,
    pub(super) reason: Option<String>,
}

/// JSON text; a value that has no JSON form fails the commit, not the builder.
#[derive(Debug, Clone, Default)]
pub(super) enum Values {
    #[default]
    None,
    Text(String),
    Unwritable(String),
}

impl Entry {
    /// `action` is `<entity>.<verb>`, e.g. `participant.create`.
    #[must_use]
    pub fn new<T: Entity>(action: &'static str, id: Id<T>) -> Self {
        Self {
            action,
            entity: T::NAME,
            entity_id: id.to_string(),
            old: Values::None,
            new: Values::None,
            reason: None,
        }
    }

    /// The values before. Secrets and contact data are left out or masked by the caller.
    #[must_use]
    pub fn old(mut self, values: &impl Serialize) -> Self {
        self.old = Values::of(values);
        self
    }

    /// The values after.
    #[must_use]
    pub fn new_values(mut self, values: &impl Serialize) -> Self {
        self.new = Values::of(values);
        self
    }

    /// Why, in the actor's words.
    #[must_use]
    pub fn reason(mut self, reason: &str) -> Self {
        self.reason = Some(reason.to_owned());
        self
    }
}

impl Values {
    fn of(values: &impl Serialize) -> Self {
        match serde_json::to_string(values) {
            Ok(text) => Self::Text(text),
            Err(error) => Self::Unwritable(error.to_string()),
        }
    }

    pub(super) fn text(&self) -> Result<Option<&str>, Failure> {
        match self {
            Self::None => Ok(None),
            Self::Text(text) => Ok(Some(text)),
            Self::Unwritable(error) => {
                Err(Failure::other(format!("audited values cannot be written as JSON: {error}")))
            }
        }
    }
}
