//! Sites of a study.

use crate::study::{refuse_archived, word};
use crate::{StudyError, time_zone};
use chrono::{DateTime, Utc};
use contract::Id;
use contract::ids::{Site, Study};
use contract::permission::Permission;
use contract::study::{CreateSite, SiteStatus, SiteView, UpdateSite};
use platform::audit::Entry;
use platform::{Actor, Ctx, Failure, require};
use serde::Serialize;
use uuid::Uuid;

struct SiteRow {
    study_id: Uuid,
    id: Uuid,
    code: String,
    name: String,
    time_zone: String,
    status: String,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

impl TryFrom<SiteRow> for SiteView {
    type Error = Failure;

    fn try_from(row: SiteRow) -> Result<Self, Failure> {
        Ok(Self {
            id: Id::from_uuid(row.id),
            study_id: Id::from_uuid(row.study_id),
            code: row.code,
            name: row.name,
            time_zone: row.time_zone,
            status: word(&row.status)?,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    }
}

/// What the audit trail keeps of a site.
#[derive(Serialize)]
struct Values<'a> {
    code: &'a str,
    name: &'a str,
    time_zone: &'a str,
    status: SiteStatus,
}

impl<'a> From<&'a SiteView> for Values<'a> {
    fn from(site: &'a SiteView) -> Self {
        Self { code: &site.code, name: &site.name, time_zone: &site.time_zone, status: site.status }
    }
}

/// All sites of a study, by code.
///
/// # Errors
/// [`StudyError::Denied`] without [`Permission::StudyRead`].
pub async fn list(ctx: &Ctx, who: &Actor, study: Id<Study>) -> Result<Vec<SiteView>, StudyError> {
    require(who, Permission::StudyRead, study)?;
    let rows = sqlx::query_as!(
        SiteRow,
        "select study_id, id, code, name, time_zone, status, created_at, updated_at
         from app.site where study_id = $1 order by lower(code)",
        study.uuid()
    )
    .fetch_all(ctx.db())
    .await?;
    Ok(rows.into_iter().map(SiteView::try_from).collect::<Result<_, _>>()?)
}

/// One site.
///
/// # Errors
/// [`StudyError::SiteNotFound`], also for a site of another study.
pub async fn get(
    ctx: &Ctx,
    who: &Actor,
    study: Id<Study>,
    site: Id<Site>,
) -> Result<SiteView, StudyError> {
    require(who, Permission::StudyRead, study)?;
    let row = sqlx::query_as!(
        SiteRow,
        "select study_id, id, code, name, time_zone, status, created_at, updated_at
         from app.site where study_id = $1 and id = $2",
        study.uuid(),
        site.uuid()
    )
    .fetch_optional(ctx.db())
    .await?;
    Ok(row.ok_or(StudyError::SiteNotFound)?.try_into()?)
}

/// Adds a site; without a time zone of its own it takes the study's.
///
/// # Errors
/// [`StudyError::SiteCodeTaken`]; [`StudyError::Archived`]; 422 for what breaks a rule;
/// [`StudyError::Denied`] without [`Permission::StudyManage`].
pub async fn create(
    ctx: &Ctx,
    who: &Actor,
    study: Id<Study>,
    new: &CreateSite,
) -> Result<SiteView, StudyError> {
    require(who, Permission::StudyManage, study)?;
    new.check()?;
    let own_zone =
        new.time_zone.as_deref().map(|zone| time_zone::known("time_zone", zone)).transpose()?;
    let mut tx = ctx.write(who, Some(study)).await?;
    let study_zone = refuse_archived(tx.conn(), study).await?;
    let now = ctx.clock.now();
    let site = SiteView {
        id: ctx.new_id(),
        study_id: study,
        code: new.code.trim().to_owned(),
        name: new.name.trim().to_owned(),
        time_zone: own_zone.map_or(study_zone, str::to_owned),
        status: SiteStatus::Active,
        created_at: now,
        updated_at: now,
    };
    sqlx::query!(
        "insert into app.site (study_id, id, code, name, time_zone, status, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $7)",
        study.uuid(),
        site.id.uuid(),
        site.code,
        site.name,
        site.time_zone,
        site.status.as_str(),
        now
    )
    .execute(tx.conn())
    .await?;
    tx.commit(Entry::new("site.create", site.id).new_values(&Values::from(&site))).await?;
    Ok(site)
}

/// Changes a site. What `change` leaves out stays; its code does.
///
/// # Errors
/// [`StudyError::SiteNotFound`]; otherwise as [`create`].
pub async fn update(
    ctx: &Ctx,
    who: &Actor,
    study: Id<Study>,
    site: Id<Site>,
    change: &UpdateSite,
) -> Result<SiteView, StudyError> {
    require(who, Permission::StudyManage, study)?;
    change.check()?;
    let zone =
        change.time_zone.as_deref().map(|zone| time_zone::known("time_zone", zone)).transpose()?;
    let mut tx = ctx.write(who, Some(study)).await?;
    refuse_archived(tx.conn(), study).await?;
    let row = sqlx::query_as!(
        SiteRow,
        "select study_id, id, code, name, time_zone, status, created_at, updated_at
         from app.site where study_id = $1 and id = $2 for update",
        study.uuid(),
        site.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    let old: SiteView = row.ok_or(StudyError::SiteNotFound)?.try_into()?;
    let new = SiteView {
        name: change.name.as_ref().map_or_else(|| old.name.clone(), |n| n.trim().to_owned()),
        time_zone: zone.map_or_else(|| old.time_zone.clone(), str::to_owned),
        status: change.status.unwrap_or(old.status),
        updated_at: ctx.clock.now(),
        ..old.clone()
    };
    sqlx::query!(
        "update app.site set name = $3, time_zone = $4, status = $5, updated_at = $6
         where study_id = $1 and id = $2",
        study.uuid(),
        site.uuid(),
        new.name,
        new.time_zone,
        new.status.as_str(),
        new.updated_at
    )
    .execute(tx.conn())
    .await?;
    let entry = Entry::new("site.update", site);
    tx.commit(entry.old(&Values::from(&old)).new_values(&Values::from(&new))).await?;
    Ok(new)
}
