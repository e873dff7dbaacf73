//! Changes of status: screened, enrolled, completed, withdrawn.

use crate::record::{Home, Record, study_enrols, study_for, study_open};
use crate::{ParticipantError, local};
use chrono::NaiveDate;
use contract::ids::{Participant, Study};
use contract::participant::{ChangeParticipantStatus, ParticipantDetail, ParticipantStatus};
use contract::permission::Permission;
use contract::{ApiError, Id};
use platform::audit::Entry;
use platform::{Actor, AuditedTx, Authorized, Ctx, require};
use serde_json::{Value, json};

/// A change of status that this transaction has made.
#[derive(Debug)]
pub struct StatusChanged {
    pub id: Id<Participant>,
    pub from: ParticipantStatus,
    pub to: ParticipantStatus,
    pub enrollment_date: Option<NaiveDate>,
    old: Value,
    new: Value,
    reason: Option<String>,
}

impl StatusChanged {
    /// The audit entry of the whole action; `also` adds what else the transaction did.
    #[must_use]
    pub fn entry(&self, also: &[(&str, Value)]) -> Entry {
        let mut new = self.new.clone();
        if let Value::Object(map) = &mut new {
            map.extend(also.iter().map(|(key, value)| ((*key).to_owned(), value.clone())));
        }
        let entry = Entry::new("participant.status", self.id).old(&self.old).new_values(&new);
        match &self.reason {
            Some(reason) => entry.reason(reason),
            None => entry,
        }
    }
}

/// Moves a participant to another status. Withdrawing keeps all data and signs the participant
/// out of the portal.
///
/// # Errors
/// [`ParticipantError::StatusNotAllowed`] for a step that does not exist; see the others.
pub async fn change_status(
    ctx: &Ctx,
    who: &Actor,
    study: Id<Study>,
    id: Id<Participant>,
    change: &ChangeParticipantStatus,
) -> Result<ParticipantDetail, ParticipantError> {
    let auth = require(who, Permission::ParticipantManage, study)?;
    let mut tx = ctx.write(who, Some(study)).await?;
    let changed = change_status_in(&mut tx, auth, id, change).await?;
    let entry = changed.entry(&[]);
    tx.commit(entry).await?;
    crate::get::read(ctx, study, id).await
}

/// The same within a transaction that does more, such as planning visits.
///
/// # Errors
/// As [`change_status`].
pub async fn change_status_in(
    tx: &mut AuditedTx,
    auth: Authorized,
    id: Id<Participant>,
    change: &ChangeParticipantStatus,
) -> Result<StatusChanged, ParticipantError> {
    let study = study_for(auth, Permission::ParticipantManage)?;
    change.check()?;
    if change.status == ParticipantStatus::Enrolled {
        study_enrols(tx, study).await?;
    } else {
        study_open(tx, study).await?;
    }
    let record = Record::lock(tx, study, id, change.version).await?;
    let home = Home::read(tx, study, record.site).await?;
    let enrollment_date = step(&record, change, home.today)?;
    let reason = change.reason.as_deref().map(str::trim).filter(|text| !text.is_empty());
    let now = tx.ctx().clock.now();
    sqlx::query!(
        "update app.participant
         set status = $3, status_date = $4, status_reason = $5, enrollment_date = $6,
             version = version + 1, updated_at = $7
         where study_id = $1 and id = $2",
        study.uuid(),
        id.uuid(),
        change.status.as_str(),
        change.date,
        reason,
        enrollment_date,
        now,
    )
    .execute(tx.conn())
    .await?;
    if change.status == ParticipantStatus::Withdrawn {
        identity::portal_session::end_all(tx, study, id).await?;
    }
    Ok(StatusChanged {
        id,
        from: record.status,
        to: change.status,
        enrollment_date,
        old: json!({
            "status": record.status,
            "status_date": record.status_date,
            "enrollment_date": record.enrollment_date,
        }),
        new: json!({
            "status": change.status,
            "status_date": change.date,
            "enrollment_date": enrollment_date,
        }),
        reason: reason.map(str::to_owned),
    })
}

/// Checks the step and answers the enrollment date after it.
fn step(
    record: &Record,
    change: &ChangeParticipantStatus,
    today: NaiveDate,
) -> Result<Option<NaiveDate>, ParticipantError> {
    let (from, to) = (record.status, change.status);
    // Back to screening only for who was never enrolled: an enrolment is not undone
    let back_to_screening = to == ParticipantStatus::Screened && record.enrollment_date.is_some();
    if !from.may_become(to) || back_to_screening {
        return Err(ParticipantError::StatusNotAllowed { from, to });
    }
    let unsaid = change.reason.as_deref().is_none_or(|reason| reason.trim().is_empty());
    if from.needs_reason(to) && unsaid {
        return Err(ApiError::field("reason", "required", "must be filled in.").into());
    }
    local::check_not_future("date", change.date, today)?;
    if let Some(enrolled) = record.enrollment_date
        && change.date < enrolled
    {
        let message = format!("must not be before the enrollment date, {enrolled}.");
        return Err(ApiError::field("date", "before_enrollment", message).into());
    }
    Ok(match to {
        ParticipantStatus::Enrolled => record.enrollment_date.or(Some(change.date)),
        _ => record.enrollment_date,
    })
}
