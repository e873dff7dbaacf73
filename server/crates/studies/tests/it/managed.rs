//! Who owns the schedule of a study.

use crate::world::World;
use studies::is_redcap_managed;

#[tokio::test]
async fn the_whole_truth_table() {
    let world = World::new().await;
    for (mode, enabled, expected) in [
        (Some("redcap"), true, true),
        (Some("metricis"), false, false),
        (None, true, true),
        (None, false, false),
    ] {
        let code = format!("{}-{enabled}", mode.unwrap_or("none"));
        let id = world.study(&code).await.id;
        sqlx::query!(
            "update app.study set integration_mode = $2, redcap_enabled = $3 where id = $1",
            id.uuid(),
            mode,
            enabled
        )
        .execute(world.ctx().db())
        .await
        .unwrap();
        assert_eq!(is_redcap_managed(world.ctx(), id).await.unwrap(), expected, "{code}");
    }
    assert!(!is_redcap_managed(world.ctx(), world.ctx().new_id()).await.unwrap());
}

#[tokio::test]
async fn the_database_refuses_a_mode_that_contradicts_the_switch() {
    let world = World::new().await;
    let id = world.study("ONE").await.id;
    for (mode, enabled) in [("redcap", false), ("metricis", true)] {
        let refused = sqlx::query!(
            "update app.study set integration_mode = $2, redcap_enabled = $3 where id = $1",
            id.uuid(),
            mode,
            enabled
        )
        .execute(world.ctx().db())
        .await;
        let error = platform::Failure::from(refused.unwrap_err());
        assert_eq!(error.constraint(), Some("study_redcap_consistent"));
    }
}
