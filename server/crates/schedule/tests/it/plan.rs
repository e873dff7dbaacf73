use crate::world::{World, day, new_study, reason};

#[tokio::test]
async fn planning_twice_changes_nothing_and_leaves_no_trace() {
    let world = World::new().await;
    let anna = world.add("P-001", "2026-02-25").await.summary.id;
    let before = (world.visits(anna).await, world.actions().await);
    let (ctx, who) = (&world.db.ctx, &world.coordinator);
    let again = schedule::plan(ctx, who, world.study, anna).await.unwrap();
    assert_eq!(again, before.0);
    assert_eq!(world.actions().await, before.1);
}

#[tokio::test]
async fn a_window_added_later_is_planned_on_request_and_leaves_the_rest_alone() {
    let world = World::new().await;
    let anna = world.add("P-001", "2026-02-25").await.summary.id;
    let before = world.visits(anna).await;
    world.window("Month 1", 30, 3, 3).await.unwrap();
    let (ctx, who) = (&world.db.ctx, &world.coordinator);
    let after = schedule::plan(ctx, who, world.study, anna).await.unwrap();
    assert_eq!(after.len(), 4);
    assert_eq!((after[2].name.as_str(), after[2].scheduled_date), ("Month 1", day("2026-03-27")));
    assert_eq!([&after[..2], &after[3..]].concat(), before);
    assert_eq!(world.actions().await.last().unwrap(), "participant.plan_visits");
}

#[tokio::test]
async fn planned_by_many_at_once_every_visit_exists_once() {
    let world = World::without_windows().await;
    let anna = world.add("P-001", "2026-02-25").await.summary.id;
    world.window("Baseline", 0, 0, 0).await.unwrap();
    world.window("Week 2", 14, 2, 3).await.unwrap();
    let (ctx, who) = (&world.db.ctx, &world.coordinator);
    let attempts = (0..16).map(|_| schedule::plan(ctx, who, world.study, anna));
    for outcome in futures::future::join_all(attempts).await {
        assert_eq!(outcome.unwrap().len(), 2);
    }
    let planned: i64 = sqlx::query_scalar("select count(*) from app.scheduled_visit")
        .fetch_one(&world.db.owner)
        .await
        .unwrap();
    assert_eq!(planned, 2);
    let entries = world.actions().await;
    assert_eq!(entries.iter().filter(|a| *a == "participant.plan_visits").count(), 1);
}

#[tokio::test]
async fn a_participant_of_another_study_looks_like_an_unknown_one() {
    let world = World::new().await;
    let anna = world.add("P-001", "2026-02-25").await.summary.id;
    let other = new_study(&world.db, "NEURO-002").await;
    let (ctx, system) = (&world.db.ctx, &world.db.system);
    let read = schedule::visits(ctx, system, other, anna).await.unwrap_err();
    assert_eq!(reason(read), "participant_not_found");
    let planned = schedule::plan(ctx, system, other, anna).await.unwrap_err();
    assert_eq!(reason(planned), "participant_not_found");
    let outside = schedule::visits(ctx, &world.coordinator, other, anna).await.unwrap_err();
    assert_eq!(reason(outside), "study_not_found");
}
