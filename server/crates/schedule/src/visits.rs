//! The visits of one participant, with the status that they have now.

use crate::ScheduleError;
use crate::status::{Facts, State, left_on, status};
use contract::Id;
use contract::ids::{Participant, Study};
use contract::participant::ParticipantStatus;
use contract::permission::Permission;
use contract::visit::Visit;
use participants::{ParticipantError, local};
use platform::{Actor, Ctx, Failure, ParticipantActor, require};

/// The visits of a participant, by date.
///
/// # Errors
/// [`ParticipantError::NotFound`], also for a participant of another study.
pub async fn visits(
    ctx: &Ctx,
    who: &Actor,
    study: Id<Study>,
    participant: Id<Participant>,
) -> Result<Vec<Visit>, ScheduleError> {
    require(who, Permission::ParticipantRead, study)?;
    read(ctx, study, participant).await
}

/// The actor's own visits; there is no way to ask for another's.
///
/// # Errors
/// [`ScheduleError::Failure`].
pub async fn own_visits(ctx: &Ctx, who: &ParticipantActor) -> Result<Vec<Visit>, ScheduleError> {
    read(ctx, who.study, who.participant).await
}

pub(crate) async fn read(
    ctx: &Ctx,
    study: Id<Study>,
    participant: Id<Participant>,
) -> Result<Vec<Visit>, ScheduleError> {
    // From the participant outwards: one without visits gives a row, an unknown one does not
    let rows = sqlx::query!(
        r#"select p.status as participant_status, p.status_date, s.time_zone,
                  v.id as "id?", v.visit_window_id as "visit_window_id?", w.name as "name?",
                  w.battery_id as "battery_id?", v.scheduled_date as "scheduled_date?",
                  v.window_start as "window_start?", v.window_end as "window_end?",
                  v.state as "state?", v.actual_date as "actual_date?", v.reason as "reason?",
                  v.version as "version?"
           from app.participant p
           join app.site s on s.study_id = p.study_id and s.id = p.site_id
           left join app.scheduled_visit v on v.study_id = p.study_id and v.participant_id = p.id
           left join app.visit_window w on w.study_id = v.study_id and w.id = v.visit_window_id
           where p.study_id = $1 and p.id = $2
           order by v.scheduled_date, w.position"#,
        study.uuid(),
        participant.uuid(),
    )
    .fetch_all(ctx.db())
    .await?;
    let first = rows.first().ok_or(ParticipantError::NotFound)?;
    let today = local::date(ctx.clock.now(), &first.time_zone)?;
    let participant_status: ParticipantStatus = word(&first.participant_status)?;
    let left = left_on(participant_status, first.status_date);
    let visits = rows.into_iter().filter_map(|row| {
        let window = (row.window_start?, row.window_end?);
        let (id, name, state) = (row.id?, row.name?, row.state?);
        let (window_id, scheduled_date) = (row.visit_window_id?, row.scheduled_date?);
        let version = row.version?;
        Some(word::<State>(&state).map(|state| Visit {
            id: Id::from_uuid(id),
            participant_id: participant,
            visit_window_id: Id::from_uuid(window_id),
            name,
            scheduled_date,
            window_start: window.0,
            window_end: window.1,
            status: status(&Facts { state, window, left_on: left }, today),
            actual_date: row.actual_date,
            reason: row.reason,
            battery_id: row.battery_id.map(Id::from_uuid),
            version,
        }))
    });
    Ok(visits.collect::<Result<_, _>>()?)
}

/// A word of ours as it came back from the database, where a check constraint guards it.
pub(crate) fn word<T: core::str::FromStr>(text: &str) -> Result<T, Failure> {
    text.parse().map_err(|_| Failure::other(format!("unknown word in the database: {text}")))
}
