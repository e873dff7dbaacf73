//! Takes an assignment back.

use crate::MeasureError;
use crate::record::word;
use contract::Id;
use contract::ids::{Assignment, Study};
use contract::measure::{AssignmentStatus, AssignmentView, CancelAssignment};
use contract::permission::Permission;
use platform::audit::Entry;
use platform::{Actor, Ctx, require};
use serde_json::json;

/// Takes back an assignment that is not finished. What a run of it has recorded so far stays, and
/// what a browser still sends of it is kept.
///
/// # Errors
/// 404 for an assignment of another study; 409 when it is completed or cancelled already.
pub async fn cancel(
    ctx: &Ctx,
    who: &Actor,
    study: Id<Study>,
    id: Id<Assignment>,
    cancel: &CancelAssignment,
) -> Result<AssignmentView, MeasureError> {
    require(who, Permission::AssignmentManage, study)?;
    cancel.check()?;
    let mut tx = ctx.write(who, Some(study)).await?;
    let status = sqlx::query_scalar!(
        "select status from app.assignment where study_id = $1 and id = $2 for update",
        study.uuid(),
        id.uuid(),
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(MeasureError::AssignmentNotFound)?;
    let status: AssignmentStatus = word(&status)?;
    if !status.is_open() {
        return Err(MeasureError::AssignmentClosed(status));
    }
    let reason = cancel.reason.trim();
    sqlx::query!(
        "update app.assignment
         set status = 'cancelled', cancelled_at = $3, cancel_reason = $4
         where study_id = $1 and id = $2",
        study.uuid(),
        id.uuid(),
        ctx.clock.now(),
        reason,
    )
    .execute(tx.conn())
    .await?;
    let entry = Entry::new("assignment.cancel", id)
        .old(&json!({"status": status}))
        .new_values(&json!({"status": AssignmentStatus::Cancelled}))
        .reason(reason);
    tx.commit(entry).await?;
    super::read::read(ctx, study, id).await
}
