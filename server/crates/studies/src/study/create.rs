//! New studies.

use super::row::{Values, tags};
use crate::{StudyError, time_zone};
use contract::permission::{Permission, StudyRole};
use contract::study::{CreateStudy, IntegrationMode, StudyStatus, StudyView};
use identity::member;
use platform::audit::Entry;
use platform::policy::require_system;
use platform::{Actor, Ctx, Denied};

/// Makes a study, as a draft. The member of staff who makes it becomes its owner.
///
/// # Errors
/// [`StudyError::StudyCodeTaken`]; 422 for what breaks a rule; [`StudyError::Denied`] without
/// [`Permission::StudyCreate`].
pub async fn create(ctx: &Ctx, who: &Actor, new: &CreateStudy) -> Result<StudyView, StudyError> {
    require_system(who, Permission::StudyCreate)?;
    insert(ctx, who, new, false).await
}

/// Makes the study of a demonstration; it has no members yet.
///
/// # Errors
/// As [`create`]; [`StudyError::Denied`] for everybody but the system itself.
pub async fn create_demo(
    ctx: &Ctx,
    who: &Actor,
    new: &CreateStudy,
) -> Result<StudyView, StudyError> {
    if !matches!(who, Actor::System { .. }) {
        return Err(Denied::NotAllowed.into());
    }
    insert(ctx, who, new, true).await
}

async fn insert(
    ctx: &Ctx,
    who: &Actor,
    new: &CreateStudy,
    is_demo: bool,
) -> Result<StudyView, StudyError> {
    new.check()?;
    let time_zone = time_zone::known("time_zone", &new.time_zone)?;
    let owner = who.staff().ok().map(|staff| staff.user);
    let now = ctx.clock.now();
    let study = StudyView {
        id: ctx.new_id(),
        code: new.code.trim().to_owned(),
        name: new.name.trim().to_owned(),
        description: new.description.trim().to_owned(),
        status: StudyStatus::Draft,
        languages: new.languages.clone(),
        time_zone: time_zone.to_owned(),
        integration_mode: new.integration_mode,
        redcap_enabled: new.integration_mode == Some(IntegrationMode::Redcap),
        is_demo,
        my_role: owner.map(|_| StudyRole::Owner),
        sites: 0,
        members: u32::from(owner.is_some()),
        participants: 0,
        created_at: now,
        updated_at: now,
    };
    let mut tx = ctx.write(who, Some(study.id)).await?;
    sqlx::query!(
        "insert into app.study (id, code, name, description, status, languages, time_zone,
             integration_mode, redcap_enabled, is_demo, created_at, created_by, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $11)",
        study.id.uuid(),
        study.code,
        study.name,
        study.description,
        study.status.as_str(),
        &tags(&study.languages),
        study.time_zone,
        study.integration_mode.map(IntegrationMode::as_str),
        study.redcap_enabled,
        study.is_demo,
        now,
        owner.map(|user| user.uuid())
    )
    .execute(tx.conn())
    .await?;
    if let Some(owner) = owner {
        member::make_owner(&mut tx, study.id, owner).await?;
    }
    let entry = Entry::new("study.create", study.id).new_values(&Values::from(&study));
    tx.commit(entry).await?;
    Ok(study)
}
