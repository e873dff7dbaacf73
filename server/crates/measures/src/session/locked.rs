//! A session under lock, as every upload reads it first.

use crate::MeasureError;
use crate::battery::Stored;
use crate::record::{count, word};
use contract::Id;
use contract::ids::{Assignment, Session, Study};
use contract::measure::SessionStatus;
use platform::AuditedTx;
use sqlx::types::Json;

/// A session that takes uploads or once did, locked until the end of the transaction.
pub(super) struct Locked {
    pub(super) study: Id<Study>,
    pub(super) id: Id<Session>,
    pub(super) assignment: Id<Assignment>,
    pub(super) status: SessionStatus,
    /// Items `1..=acknowledged` are stored.
    pub(super) acknowledged: u32,
    pub(super) trials: u32,
    /// Page load and onset, µs, of the last trial stored.
    pub(super) last_clock: (u32, i64),
    pub(super) submit_hash: Option<Vec<u8>>,
    pub(super) flags: Vec<String>,
    pub(super) ended: bool,
    /// The modules that are run, where they were asked for.
    pub(super) modules: Vec<Stored>,
}

/// What else is read with the session, in the same round trip.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum With {
    Nothing,
    Modules,
}

impl Locked {
    pub(super) async fn read(
        tx: &mut AuditedTx,
        study: Id<Study>,
        id: Id<Session>,
        with: With,
    ) -> Result<Self, MeasureError> {
        let row = sqlx::query!(
            r#"select s.assignment_id, s.status, s.acknowledged, s.trials, s.last_epoch,
                      s.last_onset_us, s.submit_hash, s.flags, s.ended_at is not null as "ended!",
                      case when $3 then (
                          select json_agg(json_build_object(
                                     'id', m.id, 'position', m.position, 'task_id', m.task_id,
                                     'task_version', m.task_version, 'params', m.params)
                                 order by m.position)
                          from app.battery_module m
                          where m.study_id = s.study_id and m.battery_id = s.battery_id
                            and m.version = s.battery_version and m.replaced_at is null
                      ) end as "modules: Json<Vec<Stored>>"
               from app.assessment_session s
               where s.study_id = $1 and s.id = $2
               for update of s"#,
            study.uuid(),
            id.uuid(),
            with == With::Modules,
        )
        .fetch_optional(tx.conn())
        .await?
        .ok_or(MeasureError::SessionNotFound)?;
        Ok(Self {
            study,
            id,
            assignment: Id::from_uuid(row.assignment_id),
            status: word(&row.status)?,
            acknowledged: count(row.acknowledged),
            trials: count(row.trials),
            last_clock: (count(row.last_epoch), row.last_onset_us),
            submit_hash: row.submit_hash,
            flags: row.flags,
            ended: row.ended,
            modules: row.modules.map(|modules| modules.0).unwrap_or_default(),
        })
    }

    /// Whether new items may still come.
    pub(super) const fn takes_items(&self) -> bool {
        matches!(self.status, SessionStatus::Running | SessionStatus::Interrupted) && !self.ended
    }
}
