//! Trades a launch link for the run configuration.

use crate::assignment::Target;
use crate::battery::{Stored, stored};
use crate::record::{locale, word};
use crate::{MeasureError, key, library};
use chrono::{DateTime, NaiveDate, Utc};
use contract::ids::{Assignment, Battery, Participant, Session, Study};
use contract::measure::{AssignmentStatus, session_flag};
use contract::task::{RunConfig, RunModule, Seed};
use contract::{Id, Locale, run_store};
use platform::audit::Entry;
use platform::{Actor, AuditedTx, Ctx};
use serde_json::json;
use task_engine::{SCORING_VERSION, tasks};

/// Hands out the run configuration for the single-use token of a launch link, with a fresh seed
/// and a fresh upload key. From now on other runs of the same assignment count as interrupted;
/// what their browsers still send is kept.
///
/// # Errors
/// [`MeasureError::LaunchLinkSpent`] for a link that is unknown, used or too old; 409 as for
/// launching when things have changed since.
pub async fn start(ctx: &Ctx, run: &str) -> Result<RunConfig, MeasureError> {
    let (study, hash) = key::parse(run).ok_or(MeasureError::LaunchLinkSpent)?;
    let found = sqlx::query!(
        "select id, participant_id from app.assessment_session
         where study_id = $1 and launch_hash = $2",
        study.uuid(),
        &hash,
    )
    .fetch_optional(ctx.db())
    .await?
    .ok_or(MeasureError::LaunchLinkSpent)?;
    let session = Id::from_uuid(found.id);
    let participant = Id::from_uuid(found.participant_id);
    let who = Actor::TaskRunner { session, participant, study };
    let mut tx = ctx.write(&who, Some(study)).await?;
    let ready = Ready::lock(&mut tx, study, session, participant, &hash).await?;
    let modules = stored(tx.conn(), study, ready.battery, ready.version).await?;
    let seed = key::seed();
    let (upload_key, upload_hash) = key::generate(study);
    let interrupted = ready.interrupt_others(&mut tx, study, session).await?;
    ready.begin(&mut tx, study, session, seed, &upload_hash).await?;
    let entry = Entry::new("session.start", session).new_values(&json!({
        "assignment_id": ready.assignment,
        "participant_id": participant,
        "battery_id": ready.battery,
        "battery_version": ready.version,
        "modules": modules.iter().map(|module| module.id).collect::<Vec<_>>(),
        "language": ready.locale,
        "seed": Seed(seed),
        "interrupted_sessions": interrupted,
    }));
    tx.commit(entry).await?;
    Ok(RunConfig {
        session_id: session,
        upload_key,
        locale: ready.locale,
        seed: Seed(seed),
        modules: modules.into_iter().map(|module| run_module(module, ready.locale)).collect(),
        strings: tasks::common_strings(ready.locale),
        scoring_version: SCORING_VERSION.into(),
        server_time_ms: millis(ctx.clock.now()),
        acknowledged: 0,
        return_to: ready.return_to(study, session),
    })
}

/// A module as the task runner gets it.
fn run_module(module: Stored, locale: Locale) -> RunModule {
    let strings = tasks::find(&module.task_id, &module.task_version)
        .map(|spec| tasks::strings(locale, spec))
        .unwrap_or_default();
    RunModule {
        module_id: module.id,
        minutes: library::minutes(&module.task_id, &module.task_version, &module.params),
        task_id: module.task_id,
        task_version: module.task_version,
        params: module.params,
        strings,
    }
}

/// Milliseconds since 1970, as the browser's clocks count.
#[expect(clippy::cast_precision_loss, reason = "exact to the microsecond until the year 2255")]
fn millis(at: DateTime<Utc>) -> f64 {
    at.timestamp_micros() as f64 / 1000.0
}

/// A launched session that may begin, locked with its assignment.
struct Ready {
    assignment: Id<Assignment>,
    battery: Id<Battery>,
    /// The battery's version now; it is fixed for this session from here on.
    version: i32,
    locale: Locale,
    due_to: Option<NaiveDate>,
    today: NaiveDate,
    by_staff: bool,
}

impl Ready {
    async fn lock(
        tx: &mut AuditedTx,
        study: Id<Study>,
        session: Id<Session>,
        participant: Id<Participant>,
        hash: &[u8; 32],
    ) -> Result<Self, MeasureError> {
        let row = sqlx::query!(
            r#"select s.assignment_id, s.launch_expires_at as "launch_expires_at!",
                      s.launched_by, a.status, a.due_to, a.battery_id, p.language, site.time_zone
               from app.assessment_session s
               join app.assignment a on a.study_id = s.study_id and a.id = s.assignment_id
               join app.participant p on p.study_id = s.study_id and p.id = s.participant_id
               join app.site site on site.study_id = p.study_id and site.id = p.site_id
               where s.study_id = $1 and s.id = $2 and s.launch_hash = $3
                 and s.status = 'launched'
               for update of s, a"#,
            study.uuid(),
            session.uuid(),
            hash,
        )
        .fetch_optional(tx.conn())
        .await?
        .ok_or(MeasureError::LaunchLinkSpent)?;
        let now = tx.ctx().clock.now();
        if row.launch_expires_at <= now {
            return Err(MeasureError::LaunchLinkSpent);
        }
        let status: AssignmentStatus = word(&row.status)?;
        if !status.is_open() {
            return Err(MeasureError::AssignmentClosed(status));
        }
        let battery = Id::from_uuid(row.battery_id);
        // Holds the battery as it is: its version cannot move between here and the commit
        Target::read(tx, study, participant, battery).await?.check()?;
        let version = sqlx::query_scalar!(
            "select version from app.battery where study_id = $1 and id = $2",
            study.uuid(),
            battery.uuid(),
        )
        .fetch_one(tx.conn())
        .await?;
        Ok(Self {
            assignment: Id::from_uuid(row.assignment_id),
            battery,
            version,
            locale: locale(&row.language)?,
            due_to: row.due_to,
            today: participants::local::date(now, &row.time_zone)?,
            by_staff: row.launched_by == "staff",
        })
    }

    async fn interrupt_others(
        &self,
        tx: &mut AuditedTx,
        study: Id<Study>,
        session: Id<Session>,
    ) -> Result<Vec<Id<Session>>, MeasureError> {
        let ids = sqlx::query_scalar!(
            "update app.assessment_session set status = 'interrupted'
             where study_id = $1 and assignment_id = $2 and id <> $3 and status = 'running'
             returning id",
            study.uuid(),
            self.assignment.uuid(),
            session.uuid(),
        )
        .fetch_all(tx.conn())
        .await?;
        Ok(ids.into_iter().map(Id::from_uuid).collect())
    }

    async fn begin(
        &self,
        tx: &mut AuditedTx,
        study: Id<Study>,
        session: Id<Session>,
        seed: u64,
        upload_hash: &[u8; 32],
    ) -> Result<(), MeasureError> {
        let late = self.due_to.is_some_and(|due| due < self.today);
        let flags: Vec<String> = late.then(|| session_flag::LATE.to_owned()).into_iter().collect();
        let now = tx.ctx().clock.now();
        sqlx::query!(
            "with begun as (
                 update app.assessment_session
                 set status = 'running', battery_version = $4, language = $5, seed = $6,
                     upload_hash = $7, flags = $8, started_at = $9, launch_hash = null,
                     launch_expires_at = null
                 where study_id = $1 and id = $2
             )
             update app.assignment set status = 'in_progress'
             where study_id = $1 and id = $3",
            study.uuid(),
            session.uuid(),
            self.assignment.uuid(),
            self.version,
            self.locale.tag(),
            seed.cast_signed(),
            upload_hash,
            &flags,
            now,
        )
        .execute(tx.conn())
        .await?;
        Ok(())
    }

    /// Where the browser goes when everything is sent.
    fn return_to(&self, study: Id<Study>, session: Id<Session>) -> String {
        if self.by_staff {
            format!("/studies/{study}/sessions/{session}")
        } else {
            run_store::done_page(self.assignment)
        }
    }
}
