//! Assignments as staff see them.

use crate::MeasureError;
use crate::record::{given, like, one_of, sort, word};
use chrono::{DateTime, NaiveDate, Utc};
use contract::ids::{Assignment, Study};
use contract::measure::{ASSIGNMENT_SORTS, AssignmentFilter, AssignmentStatus, AssignmentView};
use contract::page::Order;
use contract::permission::Permission;
use contract::{Id, ListQuery, Page};
use platform::{Actor, Ctx, require};
use uuid::Uuid;

/// One page of the assignments of `study`, newest first unless told. `search` looks in the
/// participants' codes.
///
/// # Errors
/// 422 for an unknown sort column, an unknown status or a page out of range.
pub async fn assignments(
    ctx: &Ctx,
    who: &Actor,
    study: Id<Study>,
    query: &ListQuery,
    filter: &AssignmentFilter,
) -> Result<Page<AssignmentView>, MeasureError> {
    require(who, Permission::ParticipantRead, study)?;
    let (limit, offset) = query.window()?;
    let words: Vec<_> = AssignmentStatus::ALL.iter().map(|status| status.as_str()).collect();
    let status = one_of::<AssignmentStatus>("status", query.status.as_deref(), &words)?;
    let column = sort(query.sort.as_deref(), ASSIGNMENT_SORTS)?;
    let descending = match (column, query.order) {
        (None, None) => true,
        (_, order) => order == Some(Order::Desc),
    };
    let pattern = given(query.search.as_deref()).map(like);
    let rows = sqlx::query_as!(
        Row,
        r#"select a.id, a.participant_id, p.participant_code, a.battery_id,
                  b.name as battery_name, a.visit_id, a.status, a.due_from, a.due_to,
                  a.cancel_reason, a.created_at, a.completed_at,
                  (select count(*) from app.assessment_session s
                   where s.study_id = a.study_id and s.assignment_id = a.id
                     and s.status <> 'launched') as "attempts!",
                  (select s.id from app.assessment_session s
                   where s.study_id = a.study_id and s.assignment_id = a.id
                     and s.status <> 'launched'
                   order by s.attempt desc limit 1) as "last_session"
           from app.assignment a
           join app.participant p on p.study_id = a.study_id and p.id = a.participant_id
           join app.battery b on b.study_id = a.study_id and b.id = a.battery_id
           where a.study_id = $1
             and ($2::text is null or a.status = $2)
             and ($3::uuid is null or a.participant_id = $3)
             and ($4::uuid is null or a.battery_id = $4)
             and ($5::text is null or lower(p.participant_code) collate "C" like $5)
           order by
               case when $6 = 'created' and not $7 then a.created_at end,
               case when $6 = 'created' and $7 then a.created_at end desc,
               case when $6 = 'participant' and not $7
                   then lower(p.participant_code) collate "C" end,
               case when $6 = 'participant' and $7
                   then lower(p.participant_code) collate "C" end desc,
               case when $6 = 'battery' and not $7 then lower(b.name) end,
               case when $6 = 'battery' and $7 then lower(b.name) end desc,
               case when $6 = 'status' and not $7 then a.status end,
               case when $6 = 'status' and $7 then a.status end desc,
               case when $6 = 'due' and not $7 then a.due_to end,
               case when $6 = 'due' and $7 then a.due_to end desc nulls last,
               a.id
           limit $8 offset $9"#,
        study.uuid(),
        status.map(AssignmentStatus::as_str),
        filter.participant.map(Id::uuid),
        filter.battery.map(Id::uuid),
        pattern,
        column.unwrap_or("created"),
        descending,
        limit,
        offset,
    )
    .fetch_all(ctx.db())
    .await?;
    let total = sqlx::query_scalar!(
        r#"select count(*) as "total!"
           from app.assignment a
           join app.participant p on p.study_id = a.study_id and p.id = a.participant_id
           where a.study_id = $1
             and ($2::text is null or a.status = $2)
             and ($3::uuid is null or a.participant_id = $3)
             and ($4::uuid is null or a.battery_id = $4)
             and ($5::text is null or lower(p.participant_code) collate "C" like $5)"#,
        study.uuid(),
        status.map(AssignmentStatus::as_str),
        filter.participant.map(Id::uuid),
        filter.battery.map(Id::uuid),
        pattern,
    )
    .fetch_one(ctx.db())
    .await?;
    let data = rows.into_iter().map(|row| row.view(study)).collect::<Result<_, _>>()?;
    Ok(Page::new(data, query, u64::try_from(total).unwrap_or_default()))
}

/// One assignment.
///
/// # Errors
/// [`MeasureError::AssignmentNotFound`], also for an assignment of another study.
pub async fn assignment(
    ctx: &Ctx,
    who: &Actor,
    study: Id<Study>,
    id: Id<Assignment>,
) -> Result<AssignmentView, MeasureError> {
    require(who, Permission::ParticipantRead, study)?;
    read(ctx, study, id).await
}

pub(crate) async fn read(
    ctx: &Ctx,
    study: Id<Study>,
    id: Id<Assignment>,
) -> Result<AssignmentView, MeasureError> {
    sqlx::query_as!(
        Row,
        r#"select a.id, a.participant_id, p.participant_code, a.battery_id,
                  b.name as battery_name, a.visit_id, a.status, a.due_from, a.due_to,
                  a.cancel_reason, a.created_at, a.completed_at,
                  (select count(*) from app.assessment_session s
                   where s.study_id = a.study_id and s.assignment_id = a.id
                     and s.status <> 'launched') as "attempts!",
                  (select s.id from app.assessment_session s
                   where s.study_id = a.study_id and s.assignment_id = a.id
                     and s.status <> 'launched'
                   order by s.attempt desc limit 1) as "last_session"
           from app.assignment a
           join app.participant p on p.study_id = a.study_id and p.id = a.participant_id
           join app.battery b on b.study_id = a.study_id and b.id = a.battery_id
           where a.study_id = $1 and a.id = $2"#,
        study.uuid(),
        id.uuid(),
    )
    .fetch_optional(ctx.db())
    .await?
    .ok_or(MeasureError::AssignmentNotFound)?
    .view(study)
}

struct Row {
    id: Uuid,
    participant_id: Uuid,
    participant_code: String,
    battery_id: Uuid,
    battery_name: String,
    visit_id: Option<Uuid>,
    status: String,
    due_from: Option<NaiveDate>,
    due_to: Option<NaiveDate>,
    cancel_reason: Option<String>,
    created_at: DateTime<Utc>,
    completed_at: Option<DateTime<Utc>>,
    attempts: i64,
    last_session: Option<Uuid>,
}

impl Row {
    fn view(self, study: Id<Study>) -> Result<AssignmentView, MeasureError> {
        Ok(AssignmentView {
            id: Id::from_uuid(self.id),
            study_id: study,
            participant_id: Id::from_uuid(self.participant_id),
            participant_code: self.participant_code,
            battery_id: Id::from_uuid(self.battery_id),
            battery_name: self.battery_name,
            visit_id: self.visit_id.map(Id::from_uuid),
            status: word(&self.status)?,
            due_from: self.due_from,
            due_to: self.due_to,
            attempts: self.attempts,
            last_session: self.last_session.map(Id::from_uuid),
            cancel_reason: self.cancel_reason,
            created_at: self.created_at,
            completed_at: self.completed_at,
        })
    }
}
