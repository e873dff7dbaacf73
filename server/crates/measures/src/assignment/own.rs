//! Assignments as the participant sees them.

use crate::record::{locale, word};
use crate::{MeasureError, library};
use chrono::{DateTime, NaiveDate, Utc};
use contract::Id;
use contract::ids::Assignment;
use contract::measure::{AssignmentStatus, BatteryStatus, OwnAssignment, OwnTask};
use contract::study::StudyStatus;
use platform::{Ctx, ParticipantActor};
use serde::Deserialize;
use serde_json::{Map, Value};
use sqlx::types::Json;
use uuid::Uuid;

/// The actor's own assignments: what is open first, the nearest end on top; then what is done,
/// newest first. Cancelled ones are not shown. There is no way to ask for another's.
///
/// # Errors
/// [`MeasureError::Failure`] only.
pub async fn own_assignments(
    ctx: &Ctx,
    who: &ParticipantActor,
) -> Result<Vec<OwnAssignment>, MeasureError> {
    let rows = rows(ctx, who, None).await?;
    rows.into_iter().map(|row| row.own(ctx)).collect()
}

/// One of the actor's own assignments.
///
/// # Errors
/// [`MeasureError::AssignmentNotFound`], also for another participant's and for a cancelled one.
pub async fn own_assignment(
    ctx: &Ctx,
    who: &ParticipantActor,
    id: Id<Assignment>,
) -> Result<OwnAssignment, MeasureError> {
    let mut rows = rows(ctx, who, Some(id)).await?;
    rows.pop().ok_or(MeasureError::AssignmentNotFound)?.own(ctx)
}

async fn rows(
    ctx: &Ctx,
    who: &ParticipantActor,
    only: Option<Id<Assignment>>,
) -> Result<Vec<Row>, MeasureError> {
    Ok(sqlx::query_as!(
        Row,
        r#"select a.id, a.status, a.due_from, a.due_to, a.completed_at, b.name as battery_name,
                  b.status as battery_status, b.estimated_minutes, p.language, s.time_zone,
                  t.status as study_status,
                  (select coalesce(json_agg(json_build_object(
                                       'task_id', m.task_id, 'task_version', m.task_version,
                                       'params', m.params) order by m.position), '[]')
                   from app.battery_module m
                   where m.study_id = b.study_id and m.battery_id = b.id
                     and m.version = b.version and m.replaced_at is null)
                      as "modules!: Json<Vec<Module>>"
           from app.assignment a
           join app.battery b on b.study_id = a.study_id and b.id = a.battery_id
           join app.participant p on p.study_id = a.study_id and p.id = a.participant_id
           join app.site s on s.study_id = p.study_id and s.id = p.site_id
           join app.study t on t.id = a.study_id
           where a.study_id = $1 and a.participant_id = $2 and a.status <> 'cancelled'
             and ($3::uuid is null or a.id = $3)
           order by a.completed_at desc nulls first, a.due_to nulls last, a.created_at, a.id"#,
        who.study.uuid(),
        who.participant.uuid(),
        only.map(Id::uuid),
    )
    .fetch_all(ctx.db())
    .await?)
}

struct Row {
    id: Uuid,
    status: String,
    due_from: Option<NaiveDate>,
    due_to: Option<NaiveDate>,
    completed_at: Option<DateTime<Utc>>,
    battery_name: String,
    battery_status: String,
    estimated_minutes: f64,
    language: String,
    time_zone: String,
    study_status: String,
    modules: Json<Vec<Module>>,
}

#[derive(Deserialize)]
struct Module {
    task_id: String,
    task_version: String,
    params: Map<String, Value>,
}

impl Row {
    fn own(self, ctx: &Ctx) -> Result<OwnAssignment, MeasureError> {
        let status: AssignmentStatus = word(&self.status)?;
        let battery: BatteryStatus = word(&self.battery_status)?;
        let study: StudyStatus = word(&self.study_status)?;
        let locale = locale(&self.language)?;
        let today = participants::local::date(ctx.clock.now(), &self.time_zone)?;
        let can_start = status.is_open()
            && battery == BatteryStatus::Active
            && !matches!(study, StudyStatus::Completed | StudyStatus::Archived)
            && self.due_from.is_none_or(|from| from <= today);
        let tasks = self
            .modules
            .0
            .into_iter()
            .map(|m| OwnTask {
                name: library::name(&m.task_id, &m.task_version, locale),
                minutes: library::minutes(&m.task_id, &m.task_version, &m.params),
                task_id: m.task_id,
            })
            .collect();
        Ok(OwnAssignment {
            id: Id::from_uuid(self.id),
            battery_name: self.battery_name,
            status,
            due_from: self.due_from,
            due_to: self.due_to,
            today,
            can_start,
            begun: status == AssignmentStatus::InProgress,
            estimated_minutes: self.estimated_minutes,
            tasks,
            completed_at: self.completed_at,
        })
    }
}
