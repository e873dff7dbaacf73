//! The life of a study.

use super::row::lock;
use crate::StudyError;
use contract::Id;
use contract::ids::Study;
use contract::permission::Permission;
use contract::study::{ChangeStudyStatus, StudyStatus, StudyView};
use platform::audit::Entry;
use platform::{Actor, Ctx, require};
use serde::Serialize;

#[derive(Serialize)]
struct Values {
    status: StudyStatus,
}

/// Moves a study to another state: `draft` → `active` ⇄ `paused` → `completed` → `archived`, or
/// from `draft` to `archived`.
///
/// # Errors
/// [`StudyError::IllegalTransition`], also from a state to itself; [`StudyError::Denied`] without
/// [`Permission::StudyManage`].
pub async fn change_status(
    ctx: &Ctx,
    who: &Actor,
    study: Id<Study>,
    change: &ChangeStudyStatus,
) -> Result<StudyView, StudyError> {
    require(who, Permission::StudyManage, study)?;
    change.check()?;
    let mut tx = ctx.write(who, Some(study)).await?;
    let old = lock(tx.conn(), who, study).await?;
    if !old.status.may_become(change.status) {
        return Err(StudyError::IllegalTransition { from: old.status, to: change.status });
    }
    let now = ctx.clock.now();
    sqlx::query!(
        "update app.study set status = $2, updated_at = $3 where id = $1",
        study.uuid(),
        change.status.as_str(),
        now
    )
    .execute(tx.conn())
    .await?;
    let mut entry = Entry::new("study.change_status", study)
        .old(&Values { status: old.status })
        .new_values(&Values { status: change.status });
    if let Some(reason) = change.reason.as_deref().map(str::trim).filter(|r| !r.is_empty()) {
        entry = entry.reason(reason);
    }
    tx.commit(entry).await?;
    Ok(StudyView { status: change.status, updated_at: now, ..old })
}
