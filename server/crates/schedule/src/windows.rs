//! Visit windows: what the design of a study foresees.

use crate::ScheduleError;
use crate::visits::word;
use contract::Id;
use contract::ids::Study;
use contract::permission::Permission;
use contract::visit::{CreateVisitWindow, VisitAnchor, VisitWindow};
use platform::audit::Entry;
use platform::{Actor, Ctx, Denied, require};

/// The visit windows of a study, in their order.
///
/// # Errors
/// [`ScheduleError::Denied`].
pub async fn windows(
    ctx: &Ctx,
    who: &Actor,
    study: Id<Study>,
) -> Result<Vec<VisitWindow>, ScheduleError> {
    require(who, Permission::StudyRead, study)?;
    let rows = sqlx::query!(
        "select id, name, anchor, target_day, days_before, days_after, battery_id, position,
                created_at
         from app.visit_window
         where study_id = $1
         order by position",
        study.uuid(),
    )
    .fetch_all(ctx.db())
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(VisitWindow {
                id: Id::from_uuid(row.id),
                study_id: study,
                name: row.name,
                anchor: word(&row.anchor)?,
                target_day: row.target_day,
                days_before: row.days_before,
                days_after: row.days_after,
                battery_id: row.battery_id.map(Id::from_uuid),
                position: row.position,
                created_at: row.created_at,
            })
        })
        .collect()
}

/// Adds a visit window at the end of the order. Participants enrolled from now on get the visit;
/// those enrolled already get it when their visits are planned again.
///
/// # Errors
/// [`ScheduleError::WindowNameTaken`]; see the others.
pub async fn create_window(
    ctx: &Ctx,
    who: &Actor,
    study: Id<Study>,
    new: &CreateVisitWindow,
) -> Result<VisitWindow, ScheduleError> {
    require(who, Permission::StudyManage, study)?;
    new.check()?;
    let mut tx = ctx.write(who, Some(study)).await?;
    participants::study_open(&mut tx, study).await?;
    // Two at once must not get the same place
    sqlx::query_scalar!("select id from app.study where id = $1 for no key update", study.uuid())
        .fetch_optional(tx.conn())
        .await?
        .ok_or(Denied::NotAMember)?;
    let window = VisitWindow {
        id: ctx.new_id(),
        study_id: study,
        name: new.name.trim().to_owned(),
        anchor: VisitAnchor::Enrollment,
        target_day: new.target_day,
        days_before: new.days_before,
        days_after: new.days_after,
        battery_id: new.battery_id,
        position: sqlx::query_scalar!(
            r#"select coalesce(max(position), 0) + 1 as "next!" from app.visit_window
               where study_id = $1"#,
            study.uuid(),
        )
        .fetch_one(tx.conn())
        .await?,
        created_at: ctx.clock.now(),
    };
    sqlx::query!(
        "insert into app.visit_window
             (study_id, id, name, anchor, target_day, days_before, days_after, battery_id,
              position, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        study.uuid(),
        window.id.uuid(),
        window.name,
        window.anchor.as_str(),
        window.target_day,
        window.days_before,
        window.days_after,
        window.battery_id.map(Id::uuid),
        window.position,
        window.created_at,
    )
    .execute(tx.conn())
    .await?;
    tx.commit(Entry::new("visit_window.create", window.id).new_values(&window)).await?;
    Ok(window)
}
