//! One session as staff see it: scores, timing, every trial.

use super::list::Row;
use super::store;
use crate::MeasureError;
use crate::battery::stored;
use contract::Id;
use contract::ids::{Session, Study};
use contract::measure::{MeasureCounts, SessionDetail, SessionModule, SessionRecord};
use contract::permission::Permission;
use contract::task::{Item, ModuleSummary, Seed, TimingReport};
use platform::{Actor, Ctx, require};
use sqlx::types::Json;
use std::collections::BTreeMap;

/// A session with its modules, their scores and its timing report.
///
/// # Errors
/// [`MeasureError::SessionNotFound`], also for a session of another study.
pub async fn session(
    ctx: &Ctx,
    who: &Actor,
    study: Id<Study>,
    id: Id<Session>,
) -> Result<SessionDetail, MeasureError> {
    require(who, Permission::SessionRead, study)?;
    let row = sqlx::query!(
        r#"select s.participant_id, p.participant_code, s.battery_id, b.name as battery_name,
                  s.battery_version, s.assignment_id, s.attempt, s.status, s.language, s.trials,
                  s.flags, s.created_at, s.started_at, s.completed_at, s.ended_at, s.seed,
                  s.acknowledged, s.scoring_version, s.timing as "timing: Json<TimingReport>"
           from app.assessment_session s
           join app.participant p on p.study_id = s.study_id and p.id = s.participant_id
           join app.battery b on b.study_id = s.study_id and b.id = s.battery_id
           where s.study_id = $1 and s.id = $2"#,
        study.uuid(),
        id.uuid(),
    )
    .fetch_optional(ctx.db())
    .await?
    .ok_or(MeasureError::SessionNotFound)?;
    let battery = Id::from_uuid(row.battery_id);
    let modules = stored(ctx.db(), study, battery, row.battery_version).await?;
    let mut scores = scores(ctx, study, id, row.scoring_version.as_deref()).await?;
    let modules = (0_u32..)
        .zip(modules)
        .map(|(module, stored)| {
            let scored = scores.remove(&module);
            let (summary, browser_summary, differing) = scored.unwrap_or_default();
            SessionModule {
                module_id: stored.id,
                module,
                task_id: stored.task_id,
                task_version: stored.task_version,
                params: stored.params,
                summary,
                browser_summary,
                differing,
            }
        })
        .collect();
    let summary = Row {
        id: id.uuid(),
        study_id: study.uuid(),
        participant_id: row.participant_id,
        participant_code: row.participant_code,
        battery_id: row.battery_id,
        battery_name: row.battery_name,
        battery_version: row.battery_version,
        assignment_id: row.assignment_id,
        attempt: row.attempt,
        status: row.status,
        language: row.language,
        trials: row.trials,
        flags: row.flags,
        created_at: row.created_at,
        started_at: row.started_at,
        completed_at: row.completed_at,
    }
    .summary()?;
    Ok(SessionDetail {
        summary,
        seed: row.seed.map(|seed| Seed(seed.cast_unsigned())),
        scoring_version: row.scoring_version,
        items: row.acknowledged,
        modules,
        timing: row.timing.map(|timing| timing.0),
        ended_at: row.ended_at,
    })
}

/// Server's summary, browser's where it differs, and what differs.
type Scores = (Option<ModuleSummary>, Option<ModuleSummary>, Vec<String>);

/// The scores in force, by index of the module.
async fn scores(
    ctx: &Ctx,
    study: Id<Study>,
    session: Id<Session>,
    scoring_version: Option<&str>,
) -> Result<BTreeMap<u32, Scores>, MeasureError> {
    let rows = sqlx::query!(
        r#"select module, summary as "summary: Json<ModuleSummary>",
                  browser_summary as "browser: Json<ModuleSummary>", differing
           from app.module_summary
           where study_id = $1 and session_id = $2 and scoring_version = $3"#,
        study.uuid(),
        session.uuid(),
        scoring_version,
    )
    .fetch_all(ctx.db())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let module = crate::record::count(row.module);
            (module, (Some(row.summary.0), row.browser.map(|b| b.0), row.differing))
        })
        .collect())
}

/// Everything that a session recorded.
///
/// # Errors
/// As [`session`].
pub async fn record(
    ctx: &Ctx,
    who: &Actor,
    study: Id<Study>,
    id: Id<Session>,
) -> Result<SessionRecord, MeasureError> {
    require(who, Permission::SessionRead, study)?;
    let items = store::all(ctx.db(), study, id).await?;
    if items.is_empty() {
        // Nothing recorded, or no such session: only the latter is an error
        sqlx::query_scalar!(
            "select id from app.assessment_session where study_id = $1 and id = $2",
            study.uuid(),
            id.uuid(),
        )
        .fetch_optional(ctx.db())
        .await?
        .ok_or(MeasureError::SessionNotFound)?;
    }
    let mut record = SessionRecord::default();
    for item in items {
        match item {
            Item::Trial(trial) => record.trials.push(*trial),
            Item::Event(event) => record.events.push(event),
        }
    }
    Ok(record)
}

/// How many sessions and open assignments a study has.
///
/// # Errors
/// [`MeasureError::Denied`] for who may not read the study's sessions.
pub async fn counts(
    ctx: &Ctx,
    who: &Actor,
    study: Id<Study>,
) -> Result<MeasureCounts, MeasureError> {
    require(who, Permission::SessionRead, study)?;
    let row = sqlx::query!(
        r#"select s.completed as "completed!", s.running as "running!", s.flagged as "flagged!",
                  a.open as "open!", a.late as "late!"
           from (
               select count(*) filter (where status = 'completed') as completed,
                      count(*) filter (where status = 'running') as running,
                      count(*) filter (where status = 'completed' and flags <> '{}') as flagged
               from app.assessment_session where study_id = $1
           ) as s,
           (
               select count(*) as open,
                      count(*) filter (
                          where a.due_to < ($2::timestamptz at time zone site.time_zone)::date
                      ) as late
               from app.assignment a
               join app.participant p on p.study_id = a.study_id and p.id = a.participant_id
               join app.site on site.study_id = p.study_id and site.id = p.site_id
               where a.study_id = $1 and a.status in ('assigned', 'in_progress')
           ) as a"#,
        study.uuid(),
        ctx.clock.now(),
    )
    .fetch_one(ctx.db())
    .await?;
    Ok(MeasureCounts {
        sessions_completed: row.completed,
        sessions_running: row.running,
        sessions_flagged: row.flagged,
        assignments_open: row.open,
        assignments_late: row.late,
    })
}
