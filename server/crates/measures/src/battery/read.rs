//! Batteries as staff see them.

use super::modules;
use crate::record::{given, like, one_of, sort, word};
use crate::{MeasureError, library};
use chrono::{DateTime, Utc};
use contract::ids::{Battery, Study};
use contract::measure::{
    BATTERY_SORTS, BatteryDetail, BatteryModuleView, BatteryStatus, BatterySummary,
};
use contract::page::Order;
use contract::permission::Permission;
use contract::{Id, ListQuery, Page};
use platform::{Actor, Ctx, require};
use uuid::Uuid;

/// One page of the batteries of `study`, sorted by name unless told. `search` looks in the names.
///
/// # Errors
/// 422 for an unknown sort column, an unknown status or a page out of range.
pub async fn batteries(
    ctx: &Ctx,
    who: &Actor,
    study: Id<Study>,
    query: &ListQuery,
) -> Result<Page<BatterySummary>, MeasureError> {
    require(who, Permission::BatteryRead, study)?;
    let (limit, offset) = query.window()?;
    let words: Vec<_> = BatteryStatus::ALL.iter().map(|status| status.as_str()).collect();
    let status = one_of::<BatteryStatus>("status", query.status.as_deref(), &words)?;
    let sort = sort(query.sort.as_deref(), BATTERY_SORTS)?.unwrap_or("name");
    let pattern = given(query.search.as_deref()).map(like);
    let rows = sqlx::query_as!(
        Row,
        r#"select b.id, b.name, b.description, b.status, b.version, b.estimated_minutes,
                  b.revision, b.created_at, b.updated_at,
                  array(select m.task_id from app.battery_module m
                        where m.study_id = b.study_id and m.battery_id = b.id
                          and m.version = b.version and m.replaced_at is null
                        order by m.position) as "tasks!",
                  (select count(*) from app.assessment_session s
                   where s.study_id = b.study_id and s.battery_id = b.id
                     and s.status <> 'launched') as "sessions!",
                  (select count(*) from app.assignment a
                   where a.study_id = b.study_id and a.battery_id = b.id
                     and a.status in ('assigned', 'in_progress')) as "open_assignments!",
                  count(*) over () as "total!"
           from app.battery b
           where b.study_id = $1
             and ($2::text is null or b.status = $2)
             and ($3::text is null or lower(b.name) like $3)
           order by
               case when $4 = 'name' and not $5 then lower(b.name) end,
               case when $4 = 'name' and $5 then lower(b.name) end desc,
               case when $4 = 'status' and not $5 then b.status end,
               case when $4 = 'status' and $5 then b.status end desc,
               case when $4 = 'minutes' and not $5 then b.estimated_minutes end,
               case when $4 = 'minutes' and $5 then b.estimated_minutes end desc,
               case when $4 = 'created' and not $5 then b.created_at end,
               case when $4 = 'created' and $5 then b.created_at end desc,
               case when $4 = 'updated' and not $5 then b.updated_at end,
               case when $4 = 'updated' and $5 then b.updated_at end desc,
               b.id
           limit $6 offset $7"#,
        study.uuid(),
        status.map(BatteryStatus::as_str),
        pattern,
        sort,
        query.order == Some(Order::Desc),
        limit,
        offset,
    )
    .fetch_all(ctx.db())
    .await?;
    let total = match rows.first() {
        Some(row) => row.total,
        None if offset == 0 => 0,
        // Beyond the end: the rows say nothing about how many there are
        None => count(ctx, study, status, pattern.as_deref()).await?,
    };
    let data = rows.into_iter().map(|row| row.summary(study)).collect::<Result<_, _>>()?;
    Ok(Page::new(data, query, u64::try_from(total).unwrap_or_default()))
}

async fn count(
    ctx: &Ctx,
    study: Id<Study>,
    status: Option<BatteryStatus>,
    pattern: Option<&str>,
) -> Result<i64, MeasureError> {
    Ok(sqlx::query_scalar!(
        r#"select count(*) as "total!" from app.battery b
           where b.study_id = $1
             and ($2::text is null or b.status = $2)
             and ($3::text is null or lower(b.name) like $3)"#,
        study.uuid(),
        status.map(BatteryStatus::as_str),
        pattern,
    )
    .fetch_one(ctx.db())
    .await?)
}

/// One battery with its modules.
///
/// # Errors
/// [`MeasureError::BatteryNotFound`], also for a battery of another study.
pub async fn battery(
    ctx: &Ctx,
    who: &Actor,
    study: Id<Study>,
    id: Id<Battery>,
) -> Result<BatteryDetail, MeasureError> {
    require(who, Permission::BatteryRead, study)?;
    read(ctx, study, id).await
}

pub(crate) async fn read(
    ctx: &Ctx,
    study: Id<Study>,
    id: Id<Battery>,
) -> Result<BatteryDetail, MeasureError> {
    let row = sqlx::query_as!(
        Row,
        r#"select b.id, b.name, b.description, b.status, b.version, b.estimated_minutes,
                  b.revision, b.created_at, b.updated_at,
                  array(select m.task_id from app.battery_module m
                        where m.study_id = b.study_id and m.battery_id = b.id
                          and m.version = b.version and m.replaced_at is null
                        order by m.position) as "tasks!",
                  (select count(*) from app.assessment_session s
                   where s.study_id = b.study_id and s.battery_id = b.id
                     and s.status <> 'launched') as "sessions!",
                  (select count(*) from app.assignment a
                   where a.study_id = b.study_id and a.battery_id = b.id
                     and a.status in ('assigned', 'in_progress')) as "open_assignments!",
                  1::bigint as "total!"
           from app.battery b
           where b.study_id = $1 and b.id = $2"#,
        study.uuid(),
        id.uuid(),
    )
    .fetch_optional(ctx.db())
    .await?
    .ok_or(MeasureError::BatteryNotFound)?;
    let summary = row.summary(study)?;
    let modules = modules::stored(ctx.db(), study, id, summary.version).await?;
    let modules = modules
        .into_iter()
        .map(|m| BatteryModuleView {
            id: m.id,
            position: m.position,
            minutes: library::minutes(&m.task_id, &m.task_version, &m.params),
            task_id: m.task_id,
            task_version: m.task_version,
            params: m.params,
        })
        .collect();
    Ok(BatteryDetail { summary, modules })
}

struct Row {
    id: Uuid,
    name: String,
    description: String,
    status: String,
    version: i32,
    estimated_minutes: f64,
    revision: i64,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    tasks: Vec<String>,
    sessions: i64,
    open_assignments: i64,
    total: i64,
}

impl Row {
    fn summary(self, study: Id<Study>) -> Result<BatterySummary, MeasureError> {
        Ok(BatterySummary {
            id: Id::from_uuid(self.id),
            study_id: study,
            name: self.name,
            description: self.description,
            status: word(&self.status)?,
            version: self.version,
            tasks: self.tasks,
            estimated_minutes: self.estimated_minutes,
            sessions: self.sessions,
            open_assignments: self.open_assignments,
            revision: self.revision,
            created_at: self.created_at,
            updated_at: self.updated_at,
        })
    }
}
