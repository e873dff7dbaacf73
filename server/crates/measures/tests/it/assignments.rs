//! Giving batteries to participants.

use crate::world::{World, at, fields, give, new_study, reason, staff};
use chrono::{NaiveDate, TimeDelta};
use contract::ListQuery;
use contract::measure::{
    AssignmentFilter, AssignmentStatus, CancelAssignment, CreateAssignment, MeasureCounts,
};
use contract::participant::{ChangeParticipantStatus, ParticipantStatus};
use contract::permission::{StudyRole, SystemRole};

/// The test's clock stands at 09:00 UTC of 1 March 2026, 11:00 in Helsinki.
fn march(day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(2026, 3, day)
}

#[tokio::test]
async fn the_participant_sees_what_there_is_to_do_and_how_long_it_takes() {
    let w = World::new().await;
    let participant = w.participant_speaking("P-001", contract::Locale::Fr).await;
    let battery = w.battery("Screening").await;
    let id = w.assign(participant, battery).await;
    let own = w.own(&w.portal(participant)).await;
    assert_eq!(own.len(), 1);
    assert_eq!((own[0].id, own[0].status), (id, AssignmentStatus::Assigned));
    assert!(own[0].can_start && !own[0].begun && own[0].estimated_minutes > 1.0);
    let names: Vec<_> = own[0].tasks.iter().map(|task| task.name.as_str()).collect();
    assert_eq!(names, ["Temps de réaction simple", "Flanker"], "in the participant's language");
    assert_eq!(w.actions().await.last().unwrap(), "assignment.create");
}

#[tokio::test]
async fn a_second_click_gives_nothing_twice() {
    let w = World::new().await;
    let participant = w.participant("P-001").await;
    let battery = w.battery("Screening").await;
    let id = w.assign(participant, battery).await;
    let again = w.try_assign(participant, battery).await.unwrap_err();
    assert_eq!(reason(again), "already_assigned");
    // Taken back, it can be given again
    let cancel = CancelAssignment { reason: "Wrong participant".into() };
    let back = measures::cancel(&w.db.ctx, &w.coordinator, w.study, id, &cancel).await.unwrap();
    assert_eq!(back.status, AssignmentStatus::Cancelled);
    assert_eq!(back.cancel_reason.as_deref(), Some("Wrong participant"));
    assert!(w.own(&w.portal(participant)).await.is_empty());
    w.assign(participant, battery).await;
    let twice = measures::cancel(&w.db.ctx, &w.coordinator, w.study, id, &cancel).await;
    assert_eq!(reason(twice.unwrap_err()), "assignment_closed");
}

#[tokio::test]
async fn days_count_where_the_participant_is() {
    let w = World::new().await;
    let participant = w.participant("P-001").await;
    let battery = w.battery("Screening").await;
    let new =
        CreateAssignment { due_from: march(2), due_to: march(3), ..give(participant, battery) };
    let id = measures::assign(&w.db.ctx, &w.coordinator, w.study, &new).await.unwrap().id;
    let who = w.portal(participant);
    assert!(!w.own(&who).await[0].can_start, "1 March in Helsinki");
    let early = measures::launch(&w.db.ctx, &who, id).await.unwrap_err();
    assert_eq!(reason(early), "not_yet_due");
    // 22:30 UTC is half past midnight there
    w.db.advance(TimeDelta::hours(13) + TimeDelta::minutes(30));
    assert!(w.own(&who).await[0].can_start, "2 March in Helsinki");
    w.launch(&who, id).await;
    // After the last day it still can be begun, and counts as late
    w.db.advance(TimeDelta::days(2));
    let own = w.own(&who).await;
    assert!(own[0].can_start && own[0].is_late());
    let counts = measures::counts(&w.db.ctx, &w.coordinator, w.study).await.unwrap();
    let expected = MeasureCounts { assignments_open: 1, assignments_late: 1, ..Default::default() };
    assert_eq!(counts, expected);
    let launched = w.launch(&who, id).await;
    let config = measures::start(&w.db.ctx, &launched.run).await.unwrap();
    let session =
        measures::session(&w.db.ctx, &w.coordinator, w.study, config.session_id).await.unwrap();
    assert_eq!(session.summary.flags, ["late"]);
}

#[tokio::test]
async fn what_is_not_of_this_study_is_named() {
    let w = World::new().await;
    let participant = w.participant("P-001").await;
    let battery = w.battery("Screening").await;
    let (ctx, who) = (&w.db.ctx, &w.coordinator);
    let foreign = give(w.db.ctx.new_id(), battery);
    let error = measures::assign(ctx, who, w.study, &foreign).await.unwrap_err();
    assert_eq!(fields(error), [at("participant_id", "unknown")]);
    let foreign = give(participant, w.db.ctx.new_id());
    let error = measures::assign(ctx, who, w.study, &foreign).await.unwrap_err();
    assert_eq!(fields(error), [at("battery_id", "unknown")]);
    let foreign =
        CreateAssignment { visit_id: Some(w.db.ctx.new_id()), ..give(participant, battery) };
    let error = measures::assign(ctx, who, w.study, &foreign).await.unwrap_err();
    assert_eq!(fields(error), [at("visit_id", "unknown")]);
    let (other, _) = new_study(&w.db, "OTHER").await;
    let stranger = staff(&w.db, SystemRole::Researcher, other, StudyRole::Owner);
    let error = measures::assign(ctx, &stranger, other, &give(participant, battery)).await;
    assert_eq!(fields(error.unwrap_err()), [at("participant_id", "unknown")]);
    let id = w.assign(participant, battery).await;
    let hidden = measures::assignment(ctx, &stranger, other, id).await.unwrap_err();
    assert_eq!(reason(hidden), "assignment_not_found");
}

#[tokio::test]
async fn who_has_left_gets_nothing_more_to_do() {
    let w = World::new().await;
    let participant = w.participant("P-001").await;
    let battery = w.battery("Screening").await;
    let id = w.assign(participant, battery).await;
    let leave = ChangeParticipantStatus {
        version: 1,
        status: ParticipantStatus::Withdrawn,
        date: march(1).unwrap(),
        reason: Some("Moved away".into()),
    };
    participants::change_status(&w.db.ctx, &w.coordinator, w.study, participant, &leave)
        .await
        .unwrap();
    let refused = measures::launch(&w.db.ctx, &w.portal(participant), id).await.unwrap_err();
    assert_eq!(reason(refused), "participant_withdrawn");
    let other = w.battery("Follow-up").await;
    let refused = w.try_assign(participant, other).await.unwrap_err();
    assert_eq!(reason(refused), "participant_withdrawn");
}

#[tokio::test]
async fn staff_find_assignments_by_participant_battery_and_status() {
    let w = World::new().await;
    let battery = w.battery("Screening").await;
    for code in ["P-001", "P-002", "P-003"] {
        let participant = w.participant(code).await;
        w.db.advance(TimeDelta::minutes(1));
        w.assign(participant, battery).await;
    }
    let codes = |query: ListQuery, filter: AssignmentFilter| {
        let w = &w;
        async move {
            measures::assignments(&w.db.ctx, &w.coordinator, w.study, &query, &filter)
                .await
                .unwrap()
                .data
                .into_iter()
                .map(|a| a.participant_code)
                .collect::<Vec<_>>()
        }
    };
    let newest = codes(ListQuery::default(), AssignmentFilter::default()).await;
    assert_eq!(newest, ["P-003", "P-002", "P-001"]);
    let query = ListQuery {
        sort: Some("participant".into()),
        search: Some("00".into()),
        status: Some("assigned".into()),
        ..ListQuery::default()
    };
    let filter = AssignmentFilter { battery: Some(battery), participant: None };
    assert_eq!(codes(query.clone(), filter).await, ["P-001", "P-002", "P-003"]);
    let done = ListQuery { status: Some("completed".into()), ..query };
    assert!(codes(done, AssignmentFilter::default()).await.is_empty());
}
