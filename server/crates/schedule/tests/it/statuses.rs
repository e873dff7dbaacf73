use crate::world::{World, day};
use contract::participant::{ChangeParticipantStatus, ParticipantStatus};
use contract::visit::VisitStatus::{Cancelled, Due, Overdue, Upcoming};

#[tokio::test]
async fn visits_become_due_and_overdue_as_time_goes_by_and_nothing_else_happens() {
    let world = World::new().await;
    let anna = world.add("P-001", "2026-03-01").await.summary.id;
    // 1 March, 23:00 in Kiritimati
    assert_eq!(world.statuses(anna).await, [Due, Upcoming, Upcoming]);
    world.at("2026-03-01T10:00:00Z"); // 2 March, 00:00
    assert_eq!(world.statuses(anna).await, [Overdue, Upcoming, Upcoming]);
    world.at("2026-03-12T09:59:59Z"); // 12 March, 23:59:59
    assert_eq!(world.statuses(anna).await, [Overdue, Upcoming, Upcoming]);
    world.at("2026-03-12T10:00:00Z"); // 13 March, 00:00: week 2 opens
    assert_eq!(world.statuses(anna).await, [Overdue, Due, Upcoming]);
    world.at("2026-03-18T09:59:59Z"); // 18 March, the last second of the window
    assert_eq!(world.statuses(anna).await, [Overdue, Due, Upcoming]);
    world.at("2026-03-18T10:00:00Z");
    assert_eq!(world.statuses(anna).await, [Overdue, Overdue, Upcoming]);
    let touched: i64 = sqlx::query_scalar(
        "select count(*) from app.scheduled_visit where version <> 1 or state <> 'planned'",
    )
    .fetch_one(&world.db.owner)
    .await
    .unwrap();
    assert_eq!(touched, 0);
}

#[tokio::test]
async fn the_same_visit_is_due_a_day_later_on_the_other_side_of_the_date_line() {
    let world = World::new().await;
    let first = world.add_at(world.kiritimati, "P-001", "2026-02-27").await.summary.id;
    let last = world.add_at(world.niue, "P-002", "2026-02-27").await.summary.id;
    // Week 2 opens on 11 March at both sites, 25 hours apart
    world.at("2026-03-10T10:00:00Z");
    assert_eq!(world.statuses(first).await[1], Due);
    assert_eq!(world.statuses(last).await[1], Upcoming);
    world.at("2026-03-11T10:59:59Z");
    assert_eq!(world.statuses(last).await[1], Upcoming);
    world.at("2026-03-11T11:00:00Z");
    assert_eq!(world.statuses(last).await[1], Due);
    // A participant who moves to the other site lives by that site's calendar from then on
    world.at("2026-03-16T10:30:00Z"); // 17 March there, 15 March here; the window ends on the 16th
    assert_eq!(world.statuses(first).await[1], Overdue);
    let change = contract::participant::UpdateParticipant {
        version: 1,
        participant_code: None,
        site_id: Some(world.niue),
        language: None,
        contact: contract::participant::ContactChange::default(),
    };
    participants::update(&world.db.ctx, &world.coordinator, world.study, first, &change)
        .await
        .unwrap();
    assert_eq!(world.statuses(first).await[1], Due);
}

#[tokio::test]
async fn who_leaves_has_no_visits_to_come_and_who_is_brought_back_has_them_again() {
    let world = World::new().await;
    let anna = world.add("P-001", "2026-02-20").await;
    let id = anna.summary.id;
    let (ctx, who) = (&world.db.ctx, &world.coordinator);
    assert_eq!(world.statuses(id).await, [Overdue, Upcoming, Upcoming]);
    let mut change = ChangeParticipantStatus {
        version: anna.version,
        status: ParticipantStatus::Withdrawn,
        date: day("2026-03-01"),
        reason: Some("Moved away".into()),
    };
    let gone = schedule::change_status(ctx, who, world.study, id, &change).await.unwrap();
    // The baseline window had closed before: somebody still has to say what became of it
    assert_eq!(world.statuses(id).await, [Overdue, Cancelled, Cancelled]);

    change.status = ParticipantStatus::Enrolled;
    change.version = gone.version;
    change.reason = Some("Withdrawn by mistake".into());
    schedule::change_status(ctx, who, world.study, id, &change).await.unwrap();
    assert_eq!(world.statuses(id).await, [Overdue, Upcoming, Upcoming]);
    assert_eq!(world.visits(id).await.len(), 3, "nothing was planned twice");
}
