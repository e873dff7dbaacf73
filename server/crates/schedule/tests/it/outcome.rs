use crate::world::{World, day, field, new_study, reason, staff};
use contract::participant::{ChangeParticipantStatus, ParticipantStatus};
use contract::permission::{StudyRole, SystemRole};
use contract::visit::{CompleteVisit, MissVisit, Visit, VisitStatus};
use schedule::ScheduleError;

async fn complete(
    world: &World,
    visit: &Visit,
    date: &str,
    why: &str,
) -> Result<Visit, ScheduleError> {
    let outcome = CompleteVisit {
        version: visit.version,
        actual_date: day(date),
        reason: (!why.is_empty()).then(|| why.to_owned()),
    };
    schedule::complete(&world.db.ctx, &world.coordinator, world.study, visit.id, &outcome).await
}

async fn miss(world: &World, visit: &Visit, why: &str) -> Result<Visit, ScheduleError> {
    let outcome = MissVisit { version: visit.version, reason: why.into() };
    schedule::miss(&world.db.ctx, &world.coordinator, world.study, visit.id, &outcome).await
}

#[tokio::test]
async fn a_visit_in_its_window_is_completed_with_its_date() {
    let world = World::new().await;
    let anna = world.add("P-001", "2026-02-25").await.summary.id;
    let baseline = world.visits(anna).await.remove(0);
    let done = complete(&world, &baseline, "2026-02-25", "").await.unwrap();
    assert_eq!(done.status, VisitStatus::Completed);
    assert_eq!((done.actual_date, done.version), (Some(day("2026-02-25")), 2));
    assert_eq!(world.actions().await.last().unwrap(), "scheduled_visit.complete");

    let again = complete(&world, &done, "2026-02-25", "").await.unwrap_err();
    assert_eq!(reason(again), "visit_already_recorded");
    let missed = miss(&world, &done, "Flu").await.unwrap_err();
    assert_eq!(reason(missed), "visit_already_recorded");
}

#[tokio::test]
async fn outside_its_window_a_completed_visit_says_why_and_never_lies_in_the_future() {
    let world = World::new().await;
    let anna = world.add("P-001", "2026-02-25").await.summary.id;
    let week_2 = world.visits(anna).await.remove(1);
    world.at("2026-03-20T09:00:00Z");
    let silent = complete(&world, &week_2, "2026-03-15", " ").await.unwrap_err();
    assert_eq!(field(silent), ("reason".into(), "outside_window".into()));
    let future = complete(&world, &week_2, "2026-03-21", "Holiday").await.unwrap_err();
    assert_eq!(field(future), ("actual_date".into(), "future".into()));
    let done = complete(&world, &week_2, "2026-03-15", "Holiday").await.unwrap();
    assert_eq!(done.reason.as_deref(), Some("Holiday"));
}

#[tokio::test]
async fn a_visit_is_missed_from_the_day_its_window_opens_with_a_reason() {
    let world = World::new().await;
    let anna = world.add("P-001", "2026-02-25").await.summary.id;
    let week_2 = world.visits(anna).await.remove(1);
    let early = miss(&world, &week_2, "Flu").await.unwrap_err();
    assert_eq!(reason(early), "visit_not_due_yet");
    world.at("2026-03-09T09:00:00Z");
    let silent = miss(&world, &week_2, "").await.unwrap_err();
    assert_eq!(field(silent), ("reason".into(), "required".into()));
    let missed = miss(&world, &week_2, "Flu").await.unwrap();
    assert_eq!((missed.status, missed.reason.as_deref()), (VisitStatus::Missed, Some("Flu")));
    // It had taken place after all
    let done = complete(&world, &missed, "2026-03-09", "").await.unwrap();
    assert_eq!((done.status, done.reason), (VisitStatus::Completed, None));
}

#[tokio::test]
async fn of_many_outcomes_at_once_exactly_one_is_recorded() {
    let world = World::new().await;
    let anna = world.add("P-001", "2026-03-01").await.summary.id;
    let baseline = world.visits(anna).await.remove(0);
    let attempts = (0..16).map(|n| {
        let (world, baseline) = (&world, &baseline);
        async move {
            if n % 2 == 0 {
                complete(world, baseline, "2026-03-01", "").await
            } else {
                miss(world, baseline, "Flu").await
            }
        }
    });
    let outcomes = futures::future::join_all(attempts).await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
    for refused in outcomes.into_iter().filter_map(Result::err) {
        assert_eq!(reason(refused), "visit_changed");
    }
}

#[tokio::test]
async fn after_leaving_only_what_happened_before_can_be_recorded() {
    let world = World::new().await;
    let anna = world.add("P-001", "2026-02-20").await;
    world.at("2026-03-08T09:00:00Z");
    let week_2 = world.visits(anna.summary.id).await.remove(1);
    let change = ChangeParticipantStatus {
        version: anna.version,
        status: ParticipantStatus::Withdrawn,
        date: day("2026-03-06"),
        reason: Some("Moved away".into()),
    };
    let (ctx, who) = (&world.db.ctx, &world.coordinator);
    schedule::change_status(ctx, who, world.study, anna.summary.id, &change).await.unwrap();
    let missed = miss(&world, &week_2, "Moved away").await.unwrap_err();
    assert_eq!(reason(missed), "visit_cancelled");
    let after = complete(&world, &week_2, "2026-03-07", "").await.unwrap_err();
    assert_eq!(field(after), ("actual_date".into(), "after_leaving".into()));
    let done = complete(&world, &week_2, "2026-03-05", "").await.unwrap();
    assert_eq!(done.status, VisitStatus::Completed);
}

#[tokio::test]
async fn a_visit_of_another_study_looks_like_an_unknown_one_and_viewers_record_nothing() {
    let world = World::new().await;
    let anna = world.add("P-001", "2026-02-25").await.summary.id;
    let baseline = world.visits(anna).await.remove(0);
    let other = new_study(&world.db, "NEURO-002").await;
    let outcome = MissVisit { version: 1, reason: "Flu".into() };
    let ctx = &world.db.ctx;
    let foreign = schedule::miss(ctx, &world.db.system, other, baseline.id, &outcome).await;
    assert_eq!(reason(foreign.unwrap_err()), "visit_not_found");
    let viewer = staff(&world.db, SystemRole::Viewer, world.study, StudyRole::Viewer);
    let refused = schedule::miss(ctx, &viewer, world.study, baseline.id, &outcome).await;
    assert_eq!(reason(refused.unwrap_err()), "not_allowed");
}
