use crate::world::{World, field, new_study, reason, staff};
use contract::permission::{StudyRole, SystemRole};
use contract::visit::CreateVisitWindow;

#[tokio::test]
async fn windows_stand_in_the_order_in_which_they_were_made() {
    let world = World::new().await;
    let windows = schedule::windows(&world.db.ctx, &world.coordinator, world.study).await.unwrap();
    let names: Vec<_> = windows.iter().map(|w| (w.name.as_str(), w.position)).collect();
    assert_eq!(names, [("Baseline", 1), ("Week 2", 2), ("Month 3", 3)]);
    assert_eq!((windows[1].days_before, windows[1].days_after), (2, 3));
    let made = world.actions().await;
    assert_eq!(made.iter().filter(|action| *action == "visit_window.create").count(), 3);

    let other = new_study(&world.db, "NEURO-002").await;
    assert!(schedule::windows(&world.db.ctx, &world.db.system, other).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_name_is_taken_whatever_its_capitals_and_limits_are_named() {
    let world = World::new().await;
    let taken = world.window("week 2", 21, 0, 0).await.unwrap_err();
    assert_eq!(reason(taken), "visit_window_name_taken");
    let far = world.window("Far", 7301, 0, 0).await.unwrap_err();
    assert_eq!(field(far), ("target_day".into(), "range".into()));
}

#[tokio::test]
async fn windows_made_at_once_each_get_a_place_of_their_own() {
    let world = World::without_windows().await;
    let names: Vec<_> = (0..8).map(|n| format!("Visit {n}")).collect();
    let made = names.iter().map(|name| world.window(name, 0, 0, 0));
    let mut places: Vec<_> = futures::future::join_all(made)
        .await
        .into_iter()
        .map(|window| window.unwrap().position)
        .collect();
    places.sort_unstable();
    assert_eq!(places, (1..=8).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_coordinator_looks_at_the_design_and_does_not_change_it() {
    let world = World::new().await;
    let new = CreateVisitWindow {
        name: "Extra".into(),
        target_day: 7,
        days_before: 0,
        days_after: 0,
        battery_id: None,
    };
    let refused = schedule::create_window(&world.db.ctx, &world.coordinator, world.study, &new);
    assert_eq!(reason(refused.await.unwrap_err()), "not_allowed");
    let researcher = staff(&world.db, SystemRole::Researcher, world.study, StudyRole::Researcher);
    assert!(schedule::create_window(&world.db.ctx, &researcher, world.study, &new).await.is_ok());
}
