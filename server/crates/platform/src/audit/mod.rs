//! The audit trail: who did what to what, when, with which values before and after, and why.
//!
//! Entries form one hash chain for each study, and one for what belongs to no study. How hashes
//! and signatures are computed, so that an inspector can compute them again, is written in
//! `docs/audit-trail.md`.

mod append;
mod encoding;
mod entry;
mod verify;

pub(crate) use append::append;
pub use entry::Entry;
pub use verify::{Anchor, Chain, Fault, FaultKind, Report, verify};

use contract::Id;
use contract::ids::Study;
use uuid::Uuid;

/// A checkpoint is made at every entry whose number is a multiple of this.
pub const CHECKPOINT_EVERY: i64 = 100;

/// The chain of a study, or the nil UUID for what belongs to no study.
fn chain_of(study: Option<Id<Study>>) -> Uuid {
    study.map_or(Uuid::nil(), Id::uuid)
}

/// The study of a chain; none for the system's own chain.
fn study_of(chain: Uuid) -> Option<Id<Study>> {
    (!chain.is_nil()).then(|| Id::from_uuid(chain))
}
