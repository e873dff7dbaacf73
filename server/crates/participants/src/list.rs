//! The list of a study's participants: search by code, filters, sort, pages.
//!
//! Made for 50,000 rows: every sort order has its index, the total comes from kept counts, and
//! only a search by code looks at more rows than it shows. The statement is put together here
//! and nowhere else, from fixed pieces; what the reader sends is only ever bound.

use crate::ParticipantError;
use crate::record::{locale, word};
use chrono::{DateTime, NaiveDate, Utc};
use contract::ids::Study;
use contract::page::Order;
use contract::participant::{
    PARTICIPANT_SORTS, ParticipantFilter, ParticipantStatus, ParticipantSummary,
};
use contract::permission::Permission;
use contract::{ApiError, Id, ListQuery, Page};
use platform::{Actor, Ctx, require};
use sqlx::{FromRow, PgConnection, Postgres, QueryBuilder};
use uuid::Uuid;

/// One page of the participants of `study`, sorted by code unless told. `search` looks for a part
/// of the code.
///
/// # Errors
/// 422 for an unknown sort column, an unknown status or a page out of range.
pub async fn list(
    ctx: &Ctx,
    who: &Actor,
    study: Id<Study>,
    query: &ListQuery,
    filter: &ParticipantFilter,
) -> Result<Page<ParticipantSummary>, ParticipantError> {
    require(who, Permission::ParticipantRead, study)?;
    let (limit, offset) = query.window()?;
    let wanted = Wanted::new(study, query, filter)?;
    let mut conn = ctx.db().acquire().await?;
    let total = wanted.total(&mut conn).await?;
    // Beyond the end there is nothing to fetch
    let rows =
        if offset < total { wanted.rows(&mut conn, limit, offset).await? } else { Vec::new() };
    let data = rows.into_iter().map(|row| row.summary(study)).collect::<Result<_, _>>()?;
    Ok(Page::new(data, query, u64::try_from(total).unwrap_or_default()))
}

/// The columns that the list sorts by.
#[derive(Clone, Copy)]
enum Sort {
    Code,
    Status,
    Site,
    Enrolled,
    Created,
}

impl Sort {
    fn parse(text: Option<&str>) -> Result<Self, ApiError> {
        Ok(match text {
            None | Some("code") => Self::Code,
            Some("status") => Self::Status,
            Some("site") => Self::Site,
            Some("enrolled") => Self::Enrolled,
            Some("created") => Self::Created,
            Some(_) => {
                let message = format!("must be one of {}.", PARTICIPANT_SORTS.join(", "));
                return Err(ApiError::field("sort", "unknown", message));
            }
        })
    }

    /// The `order by` that an index gives forwards or backwards.
    const fn clause(self, order: Order) -> &'static str {
        match (self, order) {
            (Self::Code, Order::Asc) => r#"lower(p.participant_code) collate "C""#,
            (Self::Code, Order::Desc) => r#"lower(p.participant_code) collate "C" desc"#,
            (Self::Status, Order::Asc) => r#"p.status, lower(p.participant_code) collate "C""#,
            (Self::Status, Order::Desc) => {
                r#"p.status desc, lower(p.participant_code) collate "C" desc"#
            }
            (Self::Site, Order::Asc) => {
                r#"lower(s.code) collate "C", lower(p.participant_code) collate "C""#
            }
            (Self::Site, Order::Desc) => {
                r#"lower(s.code) collate "C" desc, lower(p.participant_code) collate "C" desc"#
            }
            (Self::Enrolled, Order::Asc) => {
                r#"p.enrollment_date, lower(p.participant_code) collate "C""#
            }
            (Self::Enrolled, Order::Desc) => {
                r#"p.enrollment_date desc nulls last, lower(p.participant_code) collate "C""#
            }
            (Self::Created, Order::Asc) => "p.created_at, p.id",
            (Self::Created, Order::Desc) => "p.created_at desc, p.id desc",
        }
    }
}

/// The question, checked.
struct Wanted {
    study: Id<Study>,
    status: Option<ParticipantStatus>,
    site: Option<Uuid>,
    /// Pattern for `like`, in lower case.
    code_like: Option<String>,
    sort: Sort,
    order: Order,
}

impl Wanted {
    fn new(
        study: Id<Study>,
        query: &ListQuery,
        filter: &ParticipantFilter,
    ) -> Result<Self, ApiError> {
        let given = |text: &'_ Option<String>| {
            text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
        };
        let status = given(&query.status)
            .map(|text| {
                text.parse::<ParticipantStatus>().map_err(|_| {
                    let words: Vec<_> =
                        ParticipantStatus::ALL.iter().map(|status| status.as_str()).collect();
                    let message = format!("must be one of {}.", words.join(", "));
                    ApiError::field("status", "unknown", message)
                })
            })
            .transpose()?;
        let search = given(&query.search);
        if search.as_deref().is_some_and(|text| text.chars().count() > 40) {
            return Err(ApiError::field(
                "search",
                "too_long",
                "must have at most 40 characters, as participant codes have.",
            ));
        }
        // Among them the zero byte, which the database does not take
        if search.as_deref().is_some_and(|text| text.chars().any(char::is_control)) {
            let message = "must hold no control characters.";
            return Err(ApiError::field("search", "control_characters", message));
        }
        Ok(Self {
            study,
            status,
            site: filter.site.map(Id::uuid),
            code_like: search.map(|text| like(&text)),
            sort: Sort::parse(given(&query.sort).as_deref())?,
            order: query.order.unwrap_or_default(),
        })
    }

    /// How many rows there are in all: by the kept counts, unless a search asks for some codes.
    async fn total(&self, conn: &mut PgConnection) -> Result<i64, ParticipantError> {
        if self.code_like.is_some() {
            let mut sql = QueryBuilder::new("select count(*) from app.participant p");
            self.push_where(&mut sql);
            return Ok(sql.build_query_scalar().fetch_one(conn).await?);
        }
        Ok(sqlx::query_scalar!(
            r#"select coalesce(sum(participants), 0)::bigint as "total!"
               from app.participant_count
               where study_id = $1 and ($2::text is null or status = $2)
                 and ($3::uuid is null or site_id = $3)"#,
            self.study.uuid(),
            self.status.map(ParticipantStatus::as_str),
            self.site,
        )
        .fetch_one(conn)
        .await?)
    }

    async fn rows(
        &self,
        conn: &mut PgConnection,
        limit: i64,
        offset: i64,
    ) -> Result<Vec<Row>, ParticipantError> {
        let mut sql = QueryBuilder::new(
            "select p.id, p.participant_code, p.site_id, s.code as site_code, p.status, \
             p.enrollment_date, p.language, p.created_at from app.site s ",
        );
        if matches!(self.sort, Sort::Site) {
            // The order of sites is none of the participants' indexes; within a site it is. So
            // each site gives as many as could be shown, and those few are sorted.
            sql.push("cross join lateral (select p.* from app.participant p");
            self.push_where(&mut sql);
            sql.push(" and p.study_id = s.study_id and p.site_id = s.id order by ");
            sql.push(Sort::Code.clause(self.order)).push(" limit ").push_bind(limit + offset);
            sql.push(") p where s.study_id = ").push_bind(self.study.uuid());
        } else {
            sql.push("join app.participant p on p.study_id = s.study_id and p.site_id = s.id");
            self.push_where(&mut sql);
        }
        sql.push(" order by ").push(self.sort.clause(self.order));
        sql.push(" limit ").push_bind(limit).push(" offset ").push_bind(offset);
        Ok(sql.build_query_as().fetch_all(conn).await?)
    }

    fn push_where(&self, sql: &mut QueryBuilder<Postgres>) {
        sql.push(" where p.study_id = ").push_bind(self.study.uuid());
        if let Some(status) = self.status {
            sql.push(" and p.status = ").push_bind(status.as_str());
        }
        if let Some(site) = self.site {
            sql.push(" and p.site_id = ").push_bind(site);
        }
        if let Some(pattern) = &self.code_like {
            sql.push(r#" and lower(p.participant_code) collate "C" like "#)
                .push_bind(pattern.clone());
        }
    }
}

/// `text` anywhere in a code; its own `%`, `_` and `\` mean themselves.
fn like(text: &str) -> String {
    let mut pattern = String::from("%");
    for c in text.to_lowercase().chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    participant_code: String,
    site_id: Uuid,
    site_code: String,
    status: String,
    enrollment_date: Option<NaiveDate>,
    language: String,
    created_at: DateTime<Utc>,
}

impl Row {
    fn summary(self, study: Id<Study>) -> Result<ParticipantSummary, ParticipantError> {
        Ok(ParticipantSummary {
            id: Id::from_uuid(self.id),
            study_id: study,
            participant_code: self.participant_code,
            site_id: Id::from_uuid(self.site_id),
            site_code: self.site_code,
            status: word(&self.status)?,
            enrollment_date: self.enrollment_date,
            language: locale(&self.language)?,
            created_at: self.created_at,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::like;

    #[test]
    fn wildcards_in_a_search_mean_themselves() {
        assert_eq!(like("P_0%\\"), "%p\\_0\\%\\\\%");
    }
}
