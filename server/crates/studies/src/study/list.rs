//! Reading studies.

use super::row::StudyRow;
use crate::StudyError;
use contract::ids::Study;
use contract::page::Order;
use contract::permission::{Permission, SystemRole, allows};
use contract::study::{STUDY_SORTS, StudyStatus, StudyView};
use contract::{ApiError, Id, ListQuery, Page};
use platform::{Actor, Ctx, Denied, require};
use uuid::Uuid;

/// One page of the studies that `who` may see; `search` looks in code and name.
///
/// # Errors
/// 422 for an unknown sort column or status; [`StudyError::Denied`] for others than staff.
pub async fn list(
    ctx: &Ctx,
    who: &Actor,
    query: &ListQuery,
) -> Result<Page<StudyView>, StudyError> {
    let visible = visible(who)?;
    let all = visible.is_none();
    let visible = visible.unwrap_or_default();
    let (limit, offset) = query.window()?;
    let sort = sort(query)?;
    let status = status(query)?;
    let search = query.search.as_deref().unwrap_or_default().trim().to_lowercase();
    let total = sqlx::query_scalar!(
        r#"select count(*) as "total!" from app.study s
           where ($1 or s.id = any($2)) and ($3::text is null or s.status = $3)
               and ($4 = '' or position($4 in lower(s.code)) > 0
                    or position($4 in lower(s.name)) > 0)"#,
        all,
        &visible,
        status,
        search
    )
    .fetch_one(ctx.db())
    .await?;
    let rows = sqlx::query_as!(
        StudyRow,
        r#"select s.id, s.code, s.name, s.description, s.status, s.languages, s.time_zone,
               s.integration_mode, s.redcap_enabled, s.is_demo, s.created_at, s.updated_at,
               (select count(*) from app.site t where t.study_id = s.id) as "sites!",
               (select count(*) from app.study_member m
                where m.study_id = s.id and m.removed_at is null) as "members!",
               (select coalesce(sum(c.participants), 0)::bigint
                from app.participant_count c where c.study_id = s.id) as "participants!"
           from app.study s
           cross join lateral (
               select case $5
                   when 'name' then lower(s.name)
                   when 'status' then s.status
                   when 'created'
                       then to_char(s.created_at at time zone 'UTC', 'YYYYMMDDHH24MISSUS')
                   else lower(s.code)
               end as key
           ) k
           where ($1 or s.id = any($2)) and ($3::text is null or s.status = $3)
               and ($4 = '' or position($4 in lower(s.code)) > 0
                    or position($4 in lower(s.name)) > 0)
           order by case when not $6 then k.key end, case when $6 then k.key end desc,
               lower(s.code)
           limit $7 offset $8"#,
        all,
        &visible,
        status,
        search,
        sort,
        query.order == Some(Order::Desc),
        limit,
        offset
    )
    .fetch_all(ctx.db())
    .await?;
    let data = rows.into_iter().map(|row| row.view(who)).collect::<Result<_, _>>()?;
    Ok(Page::new(data, query, u64::try_from(total).unwrap_or_default()))
}

/// The studies that `who` may read; none: all of them.
fn visible(who: &Actor) -> Result<Option<Vec<Uuid>>, Denied> {
    if matches!(who, Actor::System { .. }) {
        return Ok(None);
    }
    let staff = who.staff()?;
    if staff.must_change_password {
        return Err(Denied::MustChangePassword);
    }
    if staff.role == SystemRole::Admin {
        return Ok(None);
    }
    let readable = |role| allows(staff.role, Some(role), Permission::StudyRead);
    let studies = staff.memberships.iter().filter(|(_, role)| readable(*role));
    Ok(Some(studies.map(|(study, _)| study.uuid()).collect()))
}

fn sort(query: &ListQuery) -> Result<&'static str, ApiError> {
    let Some(wanted) = query.sort.as_deref().filter(|text| !text.is_empty()) else {
        return Ok("code");
    };
    STUDY_SORTS.iter().find(|column| **column == wanted).copied().ok_or_else(|| {
        let message = format!("must be one of {}.", STUDY_SORTS.join(", "));
        ApiError::field("sort", "unknown", message)
    })
}

fn status(query: &ListQuery) -> Result<Option<&'static str>, ApiError> {
    let Some(wanted) = query.status.as_deref().filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    wanted.parse::<StudyStatus>().map(|status| Some(status.as_str())).map_err(|_| {
        let words: Vec<&str> = StudyStatus::ALL.iter().map(|status| status.as_str()).collect();
        ApiError::field("status", "unknown", format!("must be one of {}.", words.join(", ")))
    })
}

/// One study.
///
/// # Errors
/// [`StudyError::StudyNotFound`], also (as [`Denied::NotAMember`]) for a study of others.
pub async fn get(ctx: &Ctx, who: &Actor, study: Id<Study>) -> Result<StudyView, StudyError> {
    require(who, Permission::StudyRead, study)?;
    let row = sqlx::query_as!(
        StudyRow,
        r#"select s.id, s.code, s.name, s.description, s.status, s.languages, s.time_zone,
               s.integration_mode, s.redcap_enabled, s.is_demo, s.created_at, s.updated_at,
               (select count(*) from app.site t where t.study_id = s.id) as "sites!",
               (select count(*) from app.study_member m
                where m.study_id = s.id and m.removed_at is null) as "members!",
               (select coalesce(sum(c.participants), 0)::bigint
                from app.participant_count c where c.study_id = s.id) as "participants!"
           from app.study s where s.id = $1"#,
        study.uuid()
    )
    .fetch_optional(ctx.db())
    .await?;
    Ok(row.ok_or(StudyError::StudyNotFound)?.view(who)?)
}
