//! A launch link: the first step of a run.

use crate::assignment::{self, Target};
use crate::record::word;
use crate::{MeasureError, key};
use chrono::TimeDelta;
use contract::Id;
use contract::ids::{Assignment, Participant, Session, Study};
use contract::measure::{
    AssignmentStatus, CreateAssignment, Launched, SessionStatus, StartSession,
};
use contract::permission::Permission;
use platform::audit::Entry;
use platform::{Actor, AuditedTx, Ctx, Denied, ParticipantActor, require};
use serde_json::json;
use sqlx::PgExecutor;

/// How long a launch link can be used. It is followed at once; the rest is slow networks.
const LINK_LIVES: TimeDelta = TimeDelta::minutes(15);

/// Prepares a run of one of the actor's own assignments.
///
/// A link that was not used is replaced by the new one. A run that a browser has fetched is not
/// touched before the new link is followed: its browser may hold trials that wait to be sent.
///
/// # Errors
/// 404 for another's assignment; 409 when it is finished, cancelled or not yet due, or when its
/// battery or study is closed.
pub async fn launch(
    ctx: &Ctx,
    who: &ParticipantActor,
    assignment: Id<Assignment>,
) -> Result<Launched, MeasureError> {
    let mut tx = ctx.write(&Actor::Participant(*who), Some(who.study)).await?;
    let open = Open::lock(&mut tx, who.study, assignment, Some(who.participant)).await?;
    let (launched, entry) = open.launch(&mut tx, "participant").await?;
    tx.commit(entry).await?;
    Ok(launched)
}

/// Prepares a run for a participant who is present, on the device of a member of staff. Gives the
/// battery to the participant first when that has not been done. A participant may ask for the
/// own runs, of batteries that were given.
///
/// # Errors
/// As [`launch`]; 404 for a participant of a study that is not the actor's.
pub async fn launch_for(
    ctx: &Ctx,
    who: &Actor,
    start: StartSession,
) -> Result<Launched, MeasureError> {
    if let Actor::Participant(own) = who {
        return launch_own(ctx, own, start).await;
    }
    let study = study_of(ctx, who, start.participant_id).await?;
    let auth =
        require(who, Permission::AssignmentManage, study).map_err(|denied| match denied {
            Denied::NotAMember => MeasureError::ParticipantNotFound,
            denied => denied.into(),
        })?;
    let mut tx = ctx.write(who, Some(study)).await?;
    let assignment = match open_assignment(tx.conn(), study, start).await? {
        Some(id) => id,
        None => {
            Target::read(&mut tx, study, start.participant_id, start.battery_id).await?.check()?;
            let new = CreateAssignment {
                participant_id: start.participant_id,
                battery_id: start.battery_id,
                visit_id: None,
                due_from: None,
                due_to: None,
            };
            assignment::insert(&mut tx, auth, &new).await?.0
        }
    };
    let open = Open::lock(&mut tx, study, assignment, None).await?;
    let (launched, entry) = open.launch(&mut tx, "staff").await?;
    tx.commit(entry).await?;
    Ok(launched)
}

async fn launch_own(
    ctx: &Ctx,
    own: &ParticipantActor,
    start: StartSession,
) -> Result<Launched, MeasureError> {
    if start.participant_id != own.participant {
        return Err(MeasureError::ParticipantNotFound);
    }
    let open = open_assignment(ctx.db(), own.study, start).await?;
    launch(ctx, own, open.ok_or(MeasureError::AssignmentNotFound)?).await
}

/// The participant's open assignment of the battery, the one that is due first.
async fn open_assignment(
    db: impl PgExecutor<'_>,
    study: Id<Study>,
    start: StartSession,
) -> Result<Option<Id<Assignment>>, MeasureError> {
    let open = sqlx::query_scalar!(
        "select id from app.assignment
         where study_id = $1 and participant_id = $2 and battery_id = $3
           and status in ('assigned', 'in_progress')
         order by due_to nulls last, created_at
         limit 1",
        study.uuid(),
        start.participant_id.uuid(),
        start.battery_id.uuid(),
    )
    .fetch_optional(db)
    .await?;
    Ok(open.map(Id::from_uuid))
}

/// The study of a participant, if the actor may know of it.
async fn study_of(
    ctx: &Ctx,
    who: &Actor,
    participant: Id<Participant>,
) -> Result<Id<Study>, MeasureError> {
    if !matches!(who, Actor::System { .. }) {
        who.staff()?;
    }
    let study = sqlx::query_scalar!(
        "select p.study_id
         from app.study t
         join app.participant p on p.study_id = t.id and p.id = $1",
        participant.uuid(),
    )
    .fetch_optional(ctx.db())
    .await?
    .ok_or(MeasureError::ParticipantNotFound)?;
    Ok(Id::from_uuid(study))
}

/// An assignment that can be begun now, locked.
struct Open {
    study: Id<Study>,
    assignment: Id<Assignment>,
    participant: Id<Participant>,
    battery: Id<contract::ids::Battery>,
    /// The task that comes first.
    first_task: Option<String>,
}

impl Open {
    async fn lock(
        tx: &mut AuditedTx,
        study: Id<Study>,
        assignment: Id<Assignment>,
        participant: Option<Id<Participant>>,
    ) -> Result<Self, MeasureError> {
        let row = sqlx::query!(
            r#"select a.participant_id, a.battery_id, a.status, a.due_from, s.time_zone,
                    (select m.task_id
                     from app.battery b
                     join app.battery_module m
                         on m.study_id = b.study_id and m.battery_id = b.id
                         and m.version = b.version and m.replaced_at is null
                     where b.study_id = a.study_id and b.id = a.battery_id
                     order by m.position
                     limit 1) as first_task
             from app.assignment a
             join app.participant p on p.study_id = a.study_id and p.id = a.participant_id
             join app.site s on s.study_id = p.study_id and s.id = p.site_id
             where a.study_id = $1 and a.id = $2
               and ($3::uuid is null or a.participant_id = $3)
             for update of a"#,
            study.uuid(),
            assignment.uuid(),
            participant.map(Id::uuid),
        )
        .fetch_optional(tx.conn())
        .await?
        .ok_or(MeasureError::AssignmentNotFound)?;
        let status: AssignmentStatus = word(&row.status)?;
        if !status.is_open() {
            return Err(MeasureError::AssignmentClosed(status));
        }
        let participant = Id::from_uuid(row.participant_id);
        let battery = Id::from_uuid(row.battery_id);
        Target::read(tx, study, participant, battery).await?.check()?;
        let today = participants::local::date(tx.ctx().clock.now(), &row.time_zone)?;
        match row.due_from {
            Some(from) if from > today => Err(MeasureError::NotYetDue(from)),
            _ => Ok(Self { study, assignment, participant, battery, first_task: row.first_task }),
        }
    }

    /// Writes the link, into the newest session if nobody has followed its link yet, else into a
    /// new session.
    async fn launch(
        &self,
        tx: &mut AuditedTx,
        by: &'static str,
    ) -> Result<(Launched, Entry), MeasureError> {
        let now = tx.ctx().clock.now();
        let expires_at = now + LINK_LIVES;
        let (run, hash) = key::generate(self.study);
        let newest = sqlx::query!(
            "select id, attempt, status from app.assessment_session
             where study_id = $1 and assignment_id = $2
             order by attempt desc
             limit 1",
            self.study.uuid(),
            self.assignment.uuid(),
        )
        .fetch_optional(tx.conn())
        .await?;
        let waiting = newest.as_ref().filter(|s| s.status == SessionStatus::Launched.as_str());
        let (session, attempt): (Id<Session>, i32) = if let Some(row) = waiting {
            sqlx::query!(
                "update app.assessment_session
                 set launch_hash = $3, launch_expires_at = $4, launched_by = $5
                 where study_id = $1 and id = $2",
                self.study.uuid(),
                row.id,
                &hash,
                expires_at,
                by,
            )
            .execute(tx.conn())
            .await?;
            (Id::from_uuid(row.id), row.attempt)
        } else {
            let id = tx.ctx().new_id();
            let attempt = newest.map_or(1, |row| row.attempt.saturating_add(1));
            sqlx::query!(
                "insert into app.assessment_session
                     (study_id, id, assignment_id, participant_id, battery_id, battery_version,
                      attempt, status, launched_by, launch_hash, launch_expires_at, created_at)
                 select $1, $2, $3, $4, b.id, b.version, $6, 'launched', $7, $8, $9, $10
                 from app.battery b where b.study_id = $1 and b.id = $5",
                self.study.uuid(),
                id.uuid(),
                self.assignment.uuid(),
                self.participant.uuid(),
                self.battery.uuid(),
                attempt,
                by,
                &hash,
                expires_at,
                now,
            )
            .execute(tx.conn())
            .await?;
            (id, attempt)
        };
        let entry = Entry::new("session.launch", session).new_values(&json!({
            "assignment_id": self.assignment,
            "participant_id": self.participant,
            "battery_id": self.battery,
            "attempt": attempt,
            "launched_by": by,
            "expires_at": expires_at,
        }));
        // So that the page loads the right program at once
        let group = self.first_task.as_deref().and_then(task_engine::tasks::group_of);
        let hint = group.map(|group| format!("&tasks={}", group.word())).unwrap_or_default();
        let path = format!("/assess/?run={run}{hint}");
        Ok((Launched { session_id: session, path, run, expires_at }, entry))
    }
}
