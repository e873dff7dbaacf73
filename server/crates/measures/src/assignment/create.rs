//! Gives a battery to a participant.

use crate::MeasureError;
use crate::error::unknown_visit;
use crate::record::{study_for, study_runs, word};
use chrono::NaiveDate;
use contract::ids::{Assignment, Battery, Participant, ScheduledVisit, Study};
use contract::measure::{AssignmentView, BatteryStatus, CreateAssignment};
use contract::participant::ParticipantStatus;
use contract::permission::Permission;
use contract::{ApiError, Id};
use platform::audit::Entry;
use platform::{Actor, AuditedTx, Authorized, Ctx, require};
use serde_json::{Value, json};

/// Gives a battery to a participant, once. With a visit and no dates of its own it is due in the
/// visit's window.
///
/// # Errors
/// 422 for a participant, battery or visit that is not of this study; 409 when the battery is not
/// active, the participant has withdrawn or has the same battery open already.
pub async fn assign(
    ctx: &Ctx,
    who: &Actor,
    study: Id<Study>,
    new: &CreateAssignment,
) -> Result<AssignmentView, MeasureError> {
    let auth = require(who, Permission::AssignmentManage, study)?;
    new.check()?;
    let mut tx = ctx.write(who, Some(study)).await?;
    let target = Target::read(&mut tx, study, new.participant_id, new.battery_id).await?;
    target.check()?;
    let (id, values) = insert(&mut tx, auth, new).await?;
    tx.commit(Entry::new("assignment.create", id).new_values(&values)).await?;
    super::read::read(ctx, study, id).await
}

/// Who is to do what: both of this study.
pub(crate) struct Target {
    battery: BatteryStatus,
    participant: ParticipantStatus,
}

impl Target {
    /// Reads both, and holds the battery as it is until the end of the transaction.
    pub(crate) async fn read(
        tx: &mut AuditedTx,
        study: Id<Study>,
        participant: Id<Participant>,
        battery: Id<Battery>,
    ) -> Result<Self, MeasureError> {
        study_runs(tx, study).await?;
        let participant = sqlx::query_scalar!(
            "select status from app.participant where study_id = $1 and id = $2",
            study.uuid(),
            participant.uuid(),
        )
        .fetch_optional(tx.conn())
        .await?
        .ok_or_else(|| {
            let message = "must be a participant of this study.";
            ApiError::field("participant_id", "unknown", message)
        })?;
        let battery = sqlx::query_scalar!(
            "select status from app.battery where study_id = $1 and id = $2 for share",
            study.uuid(),
            battery.uuid(),
        )
        .fetch_optional(tx.conn())
        .await?
        .ok_or_else(|| {
            ApiError::field("battery_id", "unknown", "must be a battery of this study.")
        })?;
        Ok(Self { battery: word(&battery)?, participant: word(&participant)? })
    }

    /// Refuses a battery that is not active, and a participant who has left.
    pub(crate) const fn check(&self) -> Result<(), MeasureError> {
        if matches!(self.participant, ParticipantStatus::Withdrawn) {
            return Err(MeasureError::Withdrawn);
        }
        match self.battery {
            BatteryStatus::Active => Ok(()),
            status @ (BatteryStatus::Draft | BatteryStatus::Retired) => {
                Err(MeasureError::BatteryNotActive(status))
            }
        }
    }
}

/// Writes the assignment; answers with its values for the audit trail.
pub(crate) async fn insert(
    tx: &mut AuditedTx,
    auth: Authorized,
    new: &CreateAssignment,
) -> Result<(Id<Assignment>, Value), MeasureError> {
    let study = study_for(auth, Permission::AssignmentManage)?;
    let window = match new.visit_id {
        Some(visit) => Some(visit_window(tx, study, new.participant_id, visit).await?),
        None => None,
    };
    let (due_from, due_to) = match (new.due_from, new.due_to, window) {
        (None, None, Some((start, end))) => (Some(start), Some(end)),
        (from, to, _) => (from, to),
    };
    let id: Id<Assignment> = tx.ctx().new_id();
    let now = tx.ctx().clock.now();
    sqlx::query!(
        "insert into app.assignment
             (study_id, id, participant_id, battery_id, visit_id, status, due_from, due_to,
              created_at)
         values ($1, $2, $3, $4, $5, 'assigned', $6, $7, $8)",
        study.uuid(),
        id.uuid(),
        new.participant_id.uuid(),
        new.battery_id.uuid(),
        new.visit_id.map(Id::uuid),
        due_from,
        due_to,
        now,
    )
    .execute(tx.conn())
    .await?;
    let values = json!({
        "participant_id": new.participant_id,
        "battery_id": new.battery_id,
        "visit_id": new.visit_id,
        "due_from": due_from,
        "due_to": due_to,
    });
    Ok((id, values))
}

/// The days on which a visit of this participant counts.
async fn visit_window(
    tx: &mut AuditedTx,
    study: Id<Study>,
    participant: Id<Participant>,
    visit: Id<ScheduledVisit>,
) -> Result<(NaiveDate, NaiveDate), MeasureError> {
    let row = sqlx::query!(
        "select window_start, window_end from app.scheduled_visit
         where study_id = $1 and id = $2 and participant_id = $3",
        study.uuid(),
        visit.uuid(),
        participant.uuid(),
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or_else(unknown_visit)?;
    Ok((row.window_start, row.window_end))
}
