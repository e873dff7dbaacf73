//! The list of a study's sessions.
//!
//! The statement is put together here and nowhere else in this crate, from fixed pieces; what the
//! reader sends is only ever bound. The usual order, newest first, is read off an index.

use crate::MeasureError;
use crate::record::{given, like, locale, one_of, sort, word};
use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use contract::ids::Study;
use contract::measure::{SESSION_SORTS, SessionFilter, SessionStatus, SessionSummary};
use contract::page::Order;
use contract::permission::Permission;
use contract::{ApiError, Id, ListQuery, Page};
use platform::{Actor, Ctx, require};
use sqlx::{FromRow, Postgres, QueryBuilder};
use uuid::Uuid;

/// One page of the sessions of `study`, newest first unless told. `search` looks in the
/// participants' codes.
///
/// # Errors
/// 422 for an unknown sort column, an unknown status, a page out of range or dates the wrong way
/// round.
pub async fn sessions(
    ctx: &Ctx,
    who: &Actor,
    study: Id<Study>,
    query: &ListQuery,
    filter: &SessionFilter,
) -> Result<Page<SessionSummary>, MeasureError> {
    require(who, Permission::SessionRead, study)?;
    page(ctx, vec![study.uuid()], query, filter).await
}

/// The same over all studies whose sessions the actor may read.
///
/// # Errors
/// As [`sessions`].
pub async fn sessions_of_all(
    ctx: &Ctx,
    who: &Actor,
    query: &ListQuery,
    filter: &SessionFilter,
) -> Result<Page<SessionSummary>, MeasureError> {
    if !matches!(who, Actor::System { .. }) {
        who.staff()?;
    }
    let all =
        sqlx::query_scalar!("select id from app.study order by id").fetch_all(ctx.db()).await?;
    let may_read = |id: &Uuid| require(who, Permission::SessionRead, Id::from_uuid(*id)).is_ok();
    page(ctx, all.into_iter().filter(may_read).collect(), query, filter).await
}

async fn page(
    ctx: &Ctx,
    studies: Vec<Uuid>,
    query: &ListQuery,
    filter: &SessionFilter,
) -> Result<Page<SessionSummary>, MeasureError> {
    let (limit, offset) = query.window()?;
    let wanted = Wanted::new(studies, query, filter)?;
    let mut conn = ctx.db().acquire().await?;
    let mut sql = QueryBuilder::new("select count(*) from app.assessment_session s");
    if wanted.code_like.is_some() {
        sql.push(" join app.participant p on p.study_id = s.study_id and p.id = s.participant_id");
    }
    wanted.push_where(&mut sql);
    let total: i64 = sql.build_query_scalar().fetch_one(&mut *conn).await?;
    let rows: Vec<Row> = if offset < total {
        let mut sql = QueryBuilder::new(COLUMNS);
        wanted.push_where(&mut sql);
        sql.push(" order by ").push(wanted.order_by());
        sql.push(" limit ").push_bind(limit).push(" offset ").push_bind(offset);
        sql.build_query_as().fetch_all(&mut *conn).await?
    } else {
        Vec::new()
    };
    let data = rows.into_iter().map(Row::summary).collect::<Result<_, _>>()?;
    Ok(Page::new(data, query, u64::try_from(total).unwrap_or_default()))
}

const COLUMNS: &str = "select s.id, s.study_id, s.participant_id, p.participant_code, \
     s.battery_id, b.name as battery_name, s.battery_version, s.assignment_id, s.attempt, \
     s.status, s.language, s.trials, s.flags, s.created_at, s.started_at, s.completed_at \
     from app.assessment_session s \
     join app.participant p on p.study_id = s.study_id and p.id = s.participant_id \
     join app.battery b on b.study_id = s.study_id and b.id = s.battery_id";

/// The question, checked.
struct Wanted<'a> {
    studies: Vec<Uuid>,
    status: Option<SessionStatus>,
    filter: &'a SessionFilter,
    /// The first instant and the one after the last.
    from: Option<DateTime<Utc>>,
    before: Option<DateTime<Utc>>,
    code_like: Option<String>,
    column: &'a str,
    descending: bool,
}

impl<'a> Wanted<'a> {
    fn new(
        studies: Vec<Uuid>,
        query: &'a ListQuery,
        filter: &'a SessionFilter,
    ) -> Result<Self, ApiError> {
        filter.check()?;
        let words: Vec<_> = SessionStatus::ALL.iter().map(|status| status.as_str()).collect();
        let column = sort(query.sort.as_deref(), SESSION_SORTS)?;
        let descending = match (column, query.order) {
            (None, None) => true,
            (_, order) => order == Some(Order::Desc),
        };
        let midnight = |day: NaiveDate| day.and_time(NaiveTime::MIN).and_utc();
        Ok(Self {
            studies,
            status: one_of("status", query.status.as_deref(), &words)?,
            filter,
            from: filter.start_date.map(midnight),
            before: filter
                .end_date
                .and_then(|day| day.checked_add_days(Days::new(1)))
                .map(midnight),
            code_like: given(query.search.as_deref()).map(like),
            column: column.unwrap_or("created"),
            descending,
        })
    }

    fn push_where(&self, sql: &mut QueryBuilder<Postgres>) {
        // One study is the usual case, and reads its index in order
        if let [study] = self.studies[..] {
            sql.push(" where s.study_id = ").push_bind(study);
        } else {
            sql.push(" where s.study_id = any(").push_bind(self.studies.clone()).push(")");
        }
        if let Some(status) = self.status {
            sql.push(" and s.status = ").push_bind(status.as_str());
        }
        if let Some(participant) = self.filter.participant {
            sql.push(" and s.participant_id = ").push_bind(participant.uuid());
        }
        if let Some(battery) = self.filter.battery {
            sql.push(" and s.battery_id = ").push_bind(battery.uuid());
        }
        if let Some(from) = self.from {
            sql.push(" and s.created_at >= ").push_bind(from);
        }
        if let Some(before) = self.before {
            sql.push(" and s.created_at < ").push_bind(before);
        }
        if let Some(flag) = given(self.filter.flag.as_deref()) {
            sql.push(" and ").push_bind(flag.to_owned()).push(" = any(s.flags)");
        }
        if let Some(pattern) = &self.code_like {
            sql.push(r#" and lower(p.participant_code) collate "C" like "#)
                .push_bind(pattern.clone());
        }
    }

    const fn order_by(&self) -> &'static str {
        match (self.column.as_bytes(), self.descending) {
            (b"participant", false) => {
                r#"lower(p.participant_code) collate "C", s.created_at, s.attempt, s.id"#
            }
            (b"participant", true) => {
                r#"lower(p.participant_code) collate "C" desc, s.created_at desc, s.attempt desc, s.id desc"#
            }
            (b"battery", false) => "lower(b.name), s.created_at, s.attempt, s.id",
            (b"battery", true) => {
                "lower(b.name) desc, s.created_at desc, s.attempt desc, s.id desc"
            }
            (b"status", false) => "s.status, s.created_at, s.attempt, s.id",
            (b"status", true) => "s.status desc, s.created_at desc, s.attempt desc, s.id desc",
            (b"started", false) => "s.started_at, s.id",
            (b"started", true) => "s.started_at desc nulls last, s.id desc",
            (b"completed", false) => "s.completed_at, s.id",
            (b"completed", true) => "s.completed_at desc nulls last, s.id desc",
            (b"trials", false) => "s.trials, s.created_at, s.attempt, s.id",
            (b"trials", true) => "s.trials desc, s.created_at desc, s.attempt desc, s.id desc",
            (_, false) => "s.created_at, s.attempt, s.id",
            (_, true) => "s.created_at desc, s.attempt desc, s.id desc",
        }
    }
}

/// A session as the list reads it.
#[derive(FromRow)]
pub(super) struct Row {
    pub(super) id: Uuid,
    pub(super) study_id: Uuid,
    pub(super) participant_id: Uuid,
    pub(super) participant_code: String,
    pub(super) battery_id: Uuid,
    pub(super) battery_name: String,
    pub(super) battery_version: i32,
    pub(super) assignment_id: Uuid,
    pub(super) attempt: i32,
    pub(super) status: String,
    pub(super) language: Option<String>,
    pub(super) trials: i32,
    pub(super) flags: Vec<String>,
    pub(super) created_at: DateTime<Utc>,
    pub(super) started_at: Option<DateTime<Utc>>,
    pub(super) completed_at: Option<DateTime<Utc>>,
}

impl Row {
    pub(super) fn summary(self) -> Result<SessionSummary, MeasureError> {
        Ok(SessionSummary {
            id: Id::from_uuid(self.id),
            study_id: Id::from_uuid(self.study_id),
            participant_id: Id::from_uuid(self.participant_id),
            participant_code: self.participant_code,
            battery_id: Id::from_uuid(self.battery_id),
            battery_name: self.battery_name,
            battery_version: self.battery_version,
            assignment_id: Id::from_uuid(self.assignment_id),
            attempt: self.attempt,
            status: word(&self.status)?,
            language: self.language.as_deref().map(locale).transpose()?,
            trials: self.trials,
            flags: self.flags,
            created_at: self.created_at,
            started_at: self.started_at,
            completed_at: self.completed_at,
        })
    }
}
