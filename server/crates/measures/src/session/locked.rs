//! A session under lock, as every upload reads it first.

use crate::MeasureError;
use crate::record::{count, word};
use contract::Id;
use contract::ids::{Assignment, Battery, Session, Study};
use contract::measure::SessionStatus;
use platform::AuditedTx;

/// A session that takes uploads or once did, locked until the end of the transaction.
pub(super) struct Locked {
    pub(super) study: Id<Study>,
    pub(super) id: Id<Session>,
    pub(super) assignment: Id<Assignment>,
    pub(super) battery: Id<Battery>,
    pub(super) battery_version: i32,
    pub(super) status: SessionStatus,
    /// Items `1..=acknowledged` are stored.
    pub(super) acknowledged: u32,
    pub(super) trials: u32,
    /// Page load and onset, µs, of the last trial stored.
    pub(super) last_clock: (u32, i64),
    pub(super) submit_hash: Option<Vec<u8>>,
    pub(super) flags: Vec<String>,
    pub(super) ended: bool,
}

impl Locked {
    pub(super) async fn read(
        tx: &mut AuditedTx,
        study: Id<Study>,
        id: Id<Session>,
    ) -> Result<Self, MeasureError> {
        let row = sqlx::query!(
            r#"select assignment_id, battery_id, battery_version, status, acknowledged, trials,
                      last_epoch, last_onset_us, submit_hash, flags, ended_at is not null as "ended!"
               from app.assessment_session
               where study_id = $1 and id = $2
               for update"#,
            study.uuid(),
            id.uuid(),
        )
        .fetch_optional(tx.conn())
        .await?
        .ok_or(MeasureError::SessionNotFound)?;
        Ok(Self {
            study,
            id,
            assignment: Id::from_uuid(row.assignment_id),
            battery: Id::from_uuid(row.battery_id),
            battery_version: row.battery_version,
            status: word(&row.status)?,
            acknowledged: count(row.acknowledged),
            trials: count(row.trials),
            last_clock: (count(row.last_epoch), row.last_onset_us),
            submit_hash: row.submit_hash,
            flags: row.flags,
            ended: row.ended,
        })
    }

    /// Whether new items may still come.
    pub(super) const fn takes_items(&self) -> bool {
        matches!(self.status, SessionStatus::Running | SessionStatus::Interrupted) && !self.ended
    }
}
