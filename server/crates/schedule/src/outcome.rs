//! What became of a visit: completed or missed.

use crate::ScheduleError;
use crate::status::{Facts, State, left_on, status};
use crate::visits::word;
use chrono::NaiveDate;
use contract::ids::{Participant, ScheduledVisit, Study};
use contract::participant::ParticipantStatus;
use contract::permission::Permission;
use contract::visit::{CompleteVisit, MissVisit, Visit, VisitStatus};
use contract::{ApiError, Id};
use participants::local;
use platform::audit::Entry;
use platform::{Actor, AuditedTx, Ctx, require};
use serde_json::json;

/// Records that a visit took place. Outside its window that needs a reason; a visit recorded as
/// missed by mistake can be completed.
///
/// # Errors
/// [`ScheduleError::VisitChanged`] when somebody else was faster; see the others.
pub async fn complete(
    ctx: &Ctx,
    who: &Actor,
    study: Id<Study>,
    visit: Id<ScheduledVisit>,
    outcome: &CompleteVisit,
) -> Result<Visit, ScheduleError> {
    require(who, Permission::ParticipantManage, study)?;
    outcome.check()?;
    let mut tx = ctx.write(who, Some(study)).await?;
    let record = Record::lock(&mut tx, study, visit, outcome.version).await?;
    if record.facts.state == State::Completed {
        return Err(ScheduleError::AlreadyRecorded(VisitStatus::Completed));
    }
    let reason = given(outcome.reason.as_deref());
    record.check_actual_date(outcome.actual_date, reason)?;
    let written = Outcome { state: State::Completed, actual: Some(outcome.actual_date), reason };
    written.write(tx, study, visit, &record, "scheduled_visit.complete").await?;
    reread(ctx, study, record.participant, visit).await
}

/// Records that a visit did not take place and will not.
///
/// # Errors
/// [`ScheduleError::NotDueYet`] before its window opens; see the others.
pub async fn miss(
    ctx: &Ctx,
    who: &Actor,
    study: Id<Study>,
    visit: Id<ScheduledVisit>,
    outcome: &MissVisit,
) -> Result<Visit, ScheduleError> {
    require(who, Permission::ParticipantManage, study)?;
    outcome.check()?;
    let mut tx = ctx.write(who, Some(study)).await?;
    let record = Record::lock(&mut tx, study, visit, outcome.version).await?;
    match status(&record.facts, record.today) {
        VisitStatus::Due | VisitStatus::Overdue => {}
        VisitStatus::Upcoming => return Err(ScheduleError::NotDueYet(record.facts.window.0)),
        VisitStatus::Cancelled => return Err(ScheduleError::Cancelled),
        recorded @ (VisitStatus::Completed | VisitStatus::Missed) => {
            return Err(ScheduleError::AlreadyRecorded(recorded));
        }
    }
    let written =
        Outcome { state: State::Missed, actual: None, reason: given(Some(&outcome.reason)) };
    written.write(tx, study, visit, &record, "scheduled_visit.miss").await?;
    reread(ctx, study, record.participant, visit).await
}

/// A visit under lock, with what its outcome is judged by.
struct Record {
    participant: Id<Participant>,
    facts: Facts,
    actual: Option<NaiveDate>,
    /// At the site.
    today: NaiveDate,
}

impl Record {
    async fn lock(
        tx: &mut AuditedTx,
        study: Id<Study>,
        visit: Id<ScheduledVisit>,
        version: i64,
    ) -> Result<Self, ScheduleError> {
        participants::study_open(tx, study).await?;
        let row = sqlx::query!(
            "select v.participant_id, v.state, v.window_start, v.window_end, v.actual_date,
                    v.version, p.status, p.status_date, s.time_zone
             from app.scheduled_visit v
             join app.participant p on p.study_id = v.study_id and p.id = v.participant_id
             join app.site s on s.study_id = p.study_id and s.id = p.site_id
             where v.study_id = $1 and v.id = $2
             for update of v",
            study.uuid(),
            visit.uuid(),
        )
        .fetch_optional(tx.conn())
        .await?
        .ok_or(ScheduleError::VisitNotFound)?;
        if row.version != version {
            return Err(ScheduleError::VisitChanged);
        }
        let participant_status: ParticipantStatus = word(&row.status)?;
        Ok(Self {
            participant: Id::from_uuid(row.participant_id),
            facts: Facts {
                state: word(&row.state)?,
                window: (row.window_start, row.window_end),
                left_on: left_on(participant_status, row.status_date),
            },
            actual: row.actual_date,
            today: local::date(tx.ctx().clock.now(), &row.time_zone)?,
        })
    }

    fn check_actual_date(&self, date: NaiveDate, reason: Option<&str>) -> Result<(), ApiError> {
        local::check_not_future("actual_date", date, self.today)?;
        if let Some(left) = self.facts.left_on
            && date > left
        {
            let message = format!("must not be after {left}, when the participant left the study.");
            return Err(ApiError::field("actual_date", "after_leaving", message));
        }
        let (start, end) = self.facts.window;
        if reason.is_none() && !(start..=end).contains(&date) {
            let message =
                format!("must say why the visit took place outside its window, {start} to {end}.");
            return Err(ApiError::field("reason", "outside_window", message));
        }
        Ok(())
    }
}

struct Outcome<'a> {
    state: State,
    actual: Option<NaiveDate>,
    reason: Option<&'a str>,
}

impl Outcome<'_> {
    async fn write(
        self,
        mut tx: AuditedTx,
        study: Id<Study>,
        visit: Id<ScheduledVisit>,
        before: &Record,
        action: &'static str,
    ) -> Result<(), ScheduleError> {
        let now = tx.ctx().clock.now();
        sqlx::query!(
            "update app.scheduled_visit
             set state = $3, actual_date = $4, reason = $5, version = version + 1, updated_at = $6
             where study_id = $1 and id = $2",
            study.uuid(),
            visit.uuid(),
            self.state.as_str(),
            self.actual,
            self.reason,
            now,
        )
        .execute(tx.conn())
        .await?;
        let old = json!({ "state": before.facts.state.as_str(), "actual_date": before.actual });
        let new = json!({
            "state": self.state.as_str(),
            "actual_date": self.actual,
            "participant_id": before.participant,
        });
        let mut entry = Entry::new(action, visit).old(&old).new_values(&new);
        if let Some(reason) = self.reason {
            entry = entry.reason(reason);
        }
        tx.commit(entry).await?;
        Ok(())
    }
}

fn given(reason: Option<&str>) -> Option<&str> {
    reason.map(str::trim).filter(|text| !text.is_empty())
}

async fn reread(
    ctx: &Ctx,
    study: Id<Study>,
    participant: Id<Participant>,
    visit: Id<ScheduledVisit>,
) -> Result<Visit, ScheduleError> {
    let visits = crate::visits::read(ctx, study, participant).await?;
    visits.into_iter().find(|v| v.id == visit).ok_or(ScheduleError::VisitNotFound)
}
