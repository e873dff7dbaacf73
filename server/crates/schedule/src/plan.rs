//! From visit windows and an enrollment date to visits.

use crate::ScheduleError;
use chrono::{NaiveDate, TimeDelta};
use contract::Id;
use contract::ids::{Participant, ScheduledVisit, Study};
use contract::participant::ParticipantStatus;
use contract::permission::Permission;
use contract::visit::Visit;
use participants::ParticipantError;
use platform::audit::Entry;
use platform::{Actor, AuditedTx, Authorized, Ctx, Denied, Failure, require};
use serde_json::json;

/// The days of one visit; the window includes both ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dates {
    pub target: NaiveDate,
    pub start: NaiveDate,
    pub end: NaiveDate,
}

/// The days of a visit `target_day` days after `anchor`. Calendar days: no hour and no time zone
/// comes into it. None where the calendar ends.
#[must_use]
pub fn window_dates(
    anchor: NaiveDate,
    target_day: i32,
    days_before: i32,
    days_after: i32,
) -> Option<Dates> {
    let days = |n: i32| TimeDelta::days(i64::from(n));
    let target = anchor.checked_add_signed(days(target_day))?;
    Some(Dates {
        target,
        start: target.checked_sub_signed(days(days_before))?,
        end: target.checked_add_signed(days(days_after))?,
    })
}

/// Plans every visit that the participant does not have yet. Asking twice changes nothing.
///
/// # Errors
/// [`ScheduleError::NotEnrolled`] without an enrollment date to count from.
pub async fn plan(
    ctx: &Ctx,
    who: &Actor,
    study: Id<Study>,
    participant: Id<Participant>,
) -> Result<Vec<Visit>, ScheduleError> {
    let auth = require(who, Permission::ParticipantManage, study)?;
    let mut tx = ctx.write(who, Some(study)).await?;
    participants::study_open(&mut tx, study).await?;
    let row = sqlx::query!(
        "select status, enrollment_date from app.participant
         where study_id = $1 and id = $2
         for share",
        study.uuid(),
        participant.uuid(),
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(ParticipantError::NotFound)?;
    let enrolled = match row.enrollment_date {
        Some(date) if row.status == ParticipantStatus::Enrolled.as_str() => date,
        _ => return Err(ScheduleError::NotEnrolled),
    };
    let planned = plan_in(&mut tx, auth, participant, enrolled).await?;
    if planned.is_empty() {
        // Its connection is wanted for reading
        drop(tx);
    } else {
        let values = json!({ "visits": planned, "anchor": "enrollment", "anchor_date": enrolled });
        tx.commit(Entry::new("participant.plan_visits", participant).new_values(&values)).await?;
    }
    crate::visits::read(ctx, study, participant).await
}

/// The same within a transaction that does more: adds the visits that are missing, counted from
/// `anchor`, and names them.
///
/// # Errors
/// [`ScheduleError::Failure`].
pub async fn plan_in(
    tx: &mut AuditedTx,
    auth: Authorized,
    participant: Id<Participant>,
    anchor: NaiveDate,
) -> Result<Vec<Id<ScheduledVisit>>, ScheduleError> {
    let study = auth.study().ok_or(Denied::NotAllowed)?;
    let windows = sqlx::query!(
        "select w.id, w.target_day, w.days_before, w.days_after
         from app.visit_window w
         where w.study_id = $1 and not exists (
             select from app.scheduled_visit v
             where v.study_id = $1 and v.participant_id = $2 and v.visit_window_id = w.id)
         order by w.position",
        study.uuid(),
        participant.uuid(),
    )
    .fetch_all(tx.conn())
    .await?;
    let (mut ids, mut window_ids, mut dates) = (Vec::new(), Vec::new(), [const { Vec::new() }; 3]);
    for window in &windows {
        let days = window_dates(anchor, window.target_day, window.days_before, window.days_after)
            .ok_or_else(|| Failure::other("a visit window reaches beyond the calendar"))?;
        let id: Id<ScheduledVisit> = tx.ctx().new_id();
        ids.push(id.uuid());
        window_ids.push(window.id);
        for (list, date) in dates.iter_mut().zip([days.target, days.start, days.end]) {
            list.push(date);
        }
    }
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let [targets, starts, ends] = dates;
    let now = tx.ctx().clock.now();
    // Somebody may be planning the same participant at this moment: whoever comes second adds
    // nothing
    let planned = sqlx::query_scalar!(
        "insert into app.scheduled_visit
             (study_id, id, participant_id, visit_window_id, scheduled_date, window_start,
              window_end, state, created_at, updated_at)
         select $1, n.id, $2, n.visit_window_id, n.scheduled_date, n.window_start, n.window_end,
                'planned', $8, $8
         from unnest($3::uuid[], $4::uuid[], $5::date[], $6::date[], $7::date[])
             as n (id, visit_window_id, scheduled_date, window_start, window_end)
         on conflict on constraint scheduled_visit_once_key do nothing
         returning id",
        study.uuid(),
        participant.uuid(),
        &ids,
        &window_ids,
        &targets,
        &starts,
        &ends,
        now,
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(planned.into_iter().map(Id::from_uuid).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_window_counts_calendar_days_across_the_change_of_clocks_and_leap_days() {
        let dates = window_dates(day("2028-02-15"), 14, 1, 3).unwrap();
        assert_eq!(dates.target, day("2028-02-29"));
        assert_eq!((dates.start, dates.end), (day("2028-02-28"), day("2028-03-03")));
        let baseline = window_dates(day("2026-03-08"), 0, 0, 0).unwrap();
        assert_eq!(baseline.start, baseline.end);
        assert!(window_dates(NaiveDate::MAX, 1, 0, 0).is_none());
    }

    proptest! {
        #[test]
        fn the_target_lies_in_its_window(
            anchor in 0_u64..40_000, target in -365_i32..7_300, before in 0_i32..365,
            after in 0_i32..365,
        ) {
            let anchor = day("1950-01-01") + chrono::Days::new(anchor);
            let dates = window_dates(anchor, target, before, after).unwrap();
            prop_assert!(dates.start <= dates.target && dates.target <= dates.end);
            prop_assert_eq!((dates.target - anchor).num_days(), i64::from(target));
            prop_assert_eq!((dates.end - dates.start).num_days(), i64::from(before + after));
        }
    }
}
