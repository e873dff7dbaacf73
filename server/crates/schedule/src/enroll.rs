//! Enrolling a participant plans the visits in the same transaction: there is never an enrolled
//! participant whose visits were lost on the way.

use crate::ScheduleError;
use crate::plan::plan_in;
use contract::Id;
use contract::ids::{Participant, Study};
use contract::participant::{
    ChangeParticipantStatus, CreateParticipant, ParticipantDetail, ParticipantStatus,
};
use contract::permission::Permission;
use platform::{Actor, Ctx, require};
use serde_json::json;

/// [`participants::create`], with the visits of who is enrolled at once.
///
/// # Errors
/// As there; nothing is written then.
pub async fn create_participant(
    ctx: &Ctx,
    who: &Actor,
    study: Id<Study>,
    new: &CreateParticipant,
) -> Result<ParticipantDetail, ScheduleError> {
    let auth = require(who, Permission::ParticipantManage, study)?;
    let mut tx = ctx.write(who, Some(study)).await?;
    let created = participants::create_in(&mut tx, auth, new).await?;
    let planned = match created.enrollment_date {
        Some(date) => plan_in(&mut tx, auth, created.id, date).await?,
        None => Vec::new(),
    };
    let entry = created.entry(&[("visits", json!(planned))]);
    tx.commit(entry).await?;
    Ok(participants::get(ctx, who, study, created.id).await?)
}

/// [`participants::change_status`], with the visits of who becomes enrolled.
///
/// # Errors
/// As there; nothing is written then.
pub async fn change_status(
    ctx: &Ctx,
    who: &Actor,
    study: Id<Study>,
    id: Id<Participant>,
    change: &ChangeParticipantStatus,
) -> Result<ParticipantDetail, ScheduleError> {
    let auth = require(who, Permission::ParticipantManage, study)?;
    let mut tx = ctx.write(who, Some(study)).await?;
    let changed = participants::change_status_in(&mut tx, auth, id, change).await?;
    let planned = match (changed.to, changed.enrollment_date) {
        (ParticipantStatus::Enrolled, Some(date)) => plan_in(&mut tx, auth, id, date).await?,
        _ => Vec::new(),
    };
    let entry = changed.entry(&[("visits", json!(planned))]);
    tx.commit(entry).await?;
    Ok(participants::get(ctx, who, study, id).await?)
}
