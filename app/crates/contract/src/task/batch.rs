//! Uploads: batches of items and the closing submission, with their rules.

use super::{Event, ModuleSummary, TimingReport, Trial, rules};
use crate::{ApiError, Id, ids::Session, validate::Check};
use serde::{Deserialize, Serialize};

/// One entry of a session's sequence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Item {
    Trial(Box<Trial>),
    Event(Event),
}

impl Item {
    #[must_use]
    pub fn seq(&self) -> u32 {
        match self {
            Self::Trial(trial) => trial.seq,
            Self::Event(event) => event.seq,
        }
    }

    #[must_use]
    pub fn clock_epoch(&self) -> u32 {
        match self {
            Self::Trial(trial) => trial.clock_epoch,
            Self::Event(event) => event.clock_epoch,
        }
    }

    #[must_use]
    pub fn trial(&self) -> Option<&Trial> {
        match self {
            Self::Trial(trial) => Some(trial),
            Self::Event(_) => None,
        }
    }
}

/// A run of items without a gap.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EventBatch {
    /// `seq` of the first item.
    pub first_seq: u32,
    pub items: Vec<Item>,
}

/// What the server holds after a batch. The same batch again gets the same answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Ack {
    /// Highest `seq` up to which nothing is missing; 0 for none.
    pub acknowledged: u32,
}

impl EventBatch {
    /// Most items in one batch.
    pub const MAX_ITEMS: usize = 500;

    /// Checks the batch by itself: no gap, no impossible value, no clock that runs backwards.
    ///
    /// # Errors
    /// 422 with every broken rule, paths such as `items[3].rt_ms`.
    pub fn validate(&self) -> Result<(), ApiError> {
        let mut check = Check::default();
        if self.items.is_empty() || self.items.len() > Self::MAX_ITEMS {
            let message = format!("must hold 1 to {} items.", Self::MAX_ITEMS);
            check.fail("items", "length", message, &[("max", Self::MAX_ITEMS.to_string())]);
        }
        rules::items("items", self.first_seq, &self.items, &mut check);
        check.done()
    }
}

/// Closes a session. May carry the items that were not yet sent, or all of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Submit {
    pub session_id: Id<Session>,
    /// The browser's clock at the end, milliseconds since 1970.
    pub finished_at_ms: f64,
    /// `seq` of the session's last item: says whether something is missing.
    pub last_seq: u32,
    /// `seq` of the first item in `items`; `last_seq + 1` when `items` is empty.
    pub first_seq: u32,
    #[serde(default)]
    pub items: Vec<Item>,
    /// The browser's own scores; the server's count.
    pub task_summaries: Vec<ModuleSummary>,
    pub timing: TimingReport,
}

/// The server's answer to [`Submit`]; the same again when sent twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SubmitReply {
    pub session_id: Id<Session>,
    /// Items the session holds now.
    pub items: u32,
    /// Whether the session had been submitted before.
    pub repeated: bool,
}

impl Submit {
    /// Most items in one submission: a long session whole.
    pub const MAX_ITEMS: usize = 5000;

    /// Checks the submission by itself.
    ///
    /// # Errors
    /// 422 with every broken rule.
    pub fn validate(&self) -> Result<(), ApiError> {
        let mut check = Check::default();
        rules::number("finished_at_ms", self.finished_at_ms, 0.0, 1e14, &mut check);
        if self.items.len() > Self::MAX_ITEMS {
            let message = format!("must hold at most {} items.", Self::MAX_ITEMS);
            check.fail("items", "length", message, &[("max", Self::MAX_ITEMS.to_string())]);
        }
        rules::items("items", self.first_seq, &self.items, &mut check);
        let next = u32::try_from(self.items.len()).ok().and_then(|n| self.first_seq.checked_add(n));
        if next != self.last_seq.checked_add(1) {
            let message = "must be the seq of the last item.";
            check.fail("last_seq", "gap", message.into(), &[]);
        }
        rules::summaries("task_summaries", &self.task_summaries, &mut check);
        rules::timing(&self.timing, &mut check);
        check.done()
    }
}
