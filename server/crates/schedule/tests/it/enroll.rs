use crate::world::{World, day, reason};
use contract::participant::{ChangeParticipantStatus, ParticipantStatus};
use platform::ParticipantActor;

#[tokio::test]
async fn who_is_enrolled_has_the_visits_at_once_in_one_entry_of_the_trail() {
    let world = World::new().await;
    let before = world.actions().await.len();
    let anna = world.add("P-001", "2026-02-25").await;
    assert_eq!(world.actions().await[before..], ["participant.create"]);
    let visits = world.visits(anna.summary.id).await;
    let dates: Vec<_> = visits
        .iter()
        .map(|v| (v.name.as_str(), v.window_start, v.scheduled_date, v.window_end))
        .collect();
    assert_eq!(
        dates,
        [
            ("Baseline", day("2026-02-25"), day("2026-02-25"), day("2026-02-25")),
            ("Week 2", day("2026-03-09"), day("2026-03-11"), day("2026-03-14")),
            ("Month 3", day("2026-05-19"), day("2026-05-26"), day("2026-06-02")),
        ]
    );
}

#[tokio::test]
async fn who_is_screened_has_no_visits_until_enrolled() {
    let world = World::new().await;
    let anna = world.add("P-001", "").await;
    let id = anna.summary.id;
    assert!(world.visits(id).await.is_empty());
    let (ctx, who) = (&world.db.ctx, &world.coordinator);
    let too_early = schedule::plan(ctx, who, world.study, id).await.unwrap_err();
    assert_eq!(reason(too_early), "participant_not_enrolled");

    let change = ChangeParticipantStatus {
        version: anna.version,
        status: ParticipantStatus::Enrolled,
        date: day("2026-02-25"),
        reason: None,
    };
    let enrolled = schedule::change_status(ctx, who, world.study, id, &change).await.unwrap();
    assert_eq!(enrolled.summary.status, ParticipantStatus::Enrolled);
    assert_eq!(world.visits(id).await.len(), 3);
}

#[tokio::test]
async fn a_refused_enrolment_leaves_no_visits() {
    let world = World::new().await;
    let anna = world.add("P-001", "").await;
    let change = ChangeParticipantStatus {
        version: anna.version + 1,
        status: ParticipantStatus::Enrolled,
        date: day("2026-02-25"),
        reason: None,
    };
    let (ctx, who) = (&world.db.ctx, &world.coordinator);
    let refused = schedule::change_status(ctx, who, world.study, anna.summary.id, &change).await;
    assert_eq!(reason(refused.unwrap_err()), "participant_changed");
    assert!(world.visits(anna.summary.id).await.is_empty());
}

#[tokio::test]
async fn a_participant_sees_the_own_visits_and_no_others() {
    let world = World::new().await;
    let anna = world.add("P-001", "2026-02-25").await.summary.id;
    let bob = world.add("P-002", "2026-02-26").await.summary.id;
    let actor =
        ParticipantActor { participant: anna, study: world.study, session: world.db.ctx.new_id() };
    let own = schedule::own_visits(&world.db.ctx, &actor).await.unwrap();
    assert_eq!(own, world.visits(anna).await);
    assert!(own.iter().all(|visit| visit.participant_id == anna && visit.participant_id != bob));
}
