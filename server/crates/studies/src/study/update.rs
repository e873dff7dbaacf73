//! Changing a study's own fields.

use super::row::{Values, lock, tags};
use crate::{StudyError, time_zone};
use contract::Id;
use contract::ids::Study;
use contract::permission::Permission;
use contract::study::{IntegrationMode, StudyStatus, StudyView, UpdateStudy};
use platform::audit::Entry;
use platform::{Actor, Ctx, require};

/// Changes a study. What `change` leaves out stays.
///
/// # Errors
/// [`StudyError::Archived`]; [`StudyError::IntegrationModeFixed`] when the mode was decided and
/// the study is no draft any more; 422 for what breaks a rule; [`StudyError::Denied`] without
/// [`Permission::StudyManage`].
pub async fn update(
    ctx: &Ctx,
    who: &Actor,
    study: Id<Study>,
    change: &UpdateStudy,
) -> Result<StudyView, StudyError> {
    require(who, Permission::StudyManage, study)?;
    change.check()?;
    let time_zone =
        change.time_zone.as_deref().map(|zone| time_zone::known("time_zone", zone)).transpose()?;
    let mut tx = ctx.write(who, Some(study)).await?;
    let old = lock(tx.conn(), who, study).await?;
    if old.status == StudyStatus::Archived {
        return Err(StudyError::Archived);
    }
    let integration_mode = change.integration_mode.or(old.integration_mode);
    let decided = old.integration_mode.is_some() && old.status != StudyStatus::Draft;
    if decided && integration_mode != old.integration_mode {
        return Err(StudyError::IntegrationModeFixed);
    }
    let trimmed = |text: &String| text.trim().to_owned();
    let new = StudyView {
        name: change.name.as_ref().map_or_else(|| old.name.clone(), trimmed),
        description: change.description.as_ref().map_or_else(|| old.description.clone(), trimmed),
        languages: change.languages.clone().unwrap_or_else(|| old.languages.clone()),
        time_zone: time_zone.map_or_else(|| old.time_zone.clone(), str::to_owned),
        integration_mode,
        redcap_enabled: match change.integration_mode {
            Some(mode) => mode == IntegrationMode::Redcap,
            None => old.redcap_enabled,
        },
        updated_at: ctx.clock.now(),
        ..old.clone()
    };
    sqlx::query!(
        "update app.study
         set name = $2, description = $3, languages = $4, time_zone = $5, integration_mode = $6,
             redcap_enabled = $7, updated_at = $8
         where id = $1",
        study.uuid(),
        new.name,
        new.description,
        &tags(&new.languages),
        new.time_zone,
        new.integration_mode.map(IntegrationMode::as_str),
        new.redcap_enabled,
        new.updated_at
    )
    .execute(tx.conn())
    .await?;
    let entry = Entry::new("study.update", study);
    tx.commit(entry.old(&Values::from(&old)).new_values(&Values::from(&new))).await?;
    Ok(new)
}
