use crate::world::{World, field, reason, with_email};
use contract::Locale;
use contract::participant::{ContactChange, ParticipantDetail, UpdateParticipant};
use participants::ParticipantError;

fn change_from(state: &ParticipantDetail) -> UpdateParticipant {
    UpdateParticipant {
        version: state.version,
        participant_code: None,
        site_id: None,
        language: None,
        contact: ContactChange::default(),
    }
}

async fn update(
    world: &World,
    state: &ParticipantDetail,
    change: &UpdateParticipant,
) -> Result<ParticipantDetail, ParticipantError> {
    let id = state.summary.id;
    participants::update(&world.db.ctx, &world.coordinator, world.study, id, change).await
}

#[tokio::test]
async fn two_coordinators_change_the_same_participant_and_the_second_is_told() {
    let world = World::new().await;
    let seen = world.add("P-001").await;
    let first = UpdateParticipant { language: Some(Locale::Fr), ..change_from(&seen) };
    let second = UpdateParticipant { site_id: Some(world.niue), ..change_from(&seen) };

    let after = update(&world, &seen, &first).await.unwrap();
    assert_eq!((after.summary.language, after.version), (Locale::Fr, 2));
    let refused = update(&world, &seen, &second).await.unwrap_err();
    assert_eq!(reason(refused), "participant_changed");
    let now = world.get(seen.summary.id).await;
    assert_eq!(now, after, "nothing of the second change was written");

    let again = update(&world, &seen, &UpdateParticipant { version: 2, ..second }).await.unwrap();
    assert_eq!((again.summary.site_id, again.version), (world.niue, 3));
}

#[tokio::test]
async fn of_many_changes_at_once_exactly_one_wins() {
    let world = World::new().await;
    let seen = world.add("P-001").await;
    let attempts = (0..16).map(|n| {
        let change = UpdateParticipant {
            participant_code: Some(format!("P-1{n:02}")),
            ..change_from(&seen)
        };
        let (world, seen) = (&world, &seen);
        async move { update(world, seen, &change).await }
    });
    let outcomes = futures::future::join_all(attempts).await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
    for refused in outcomes.into_iter().filter_map(Result::err) {
        assert_eq!(reason(refused), "participant_changed");
    }
    assert_eq!(world.get(seen.summary.id).await.version, 2);
    assert_eq!(world.actions().await.iter().filter(|a| *a == "participant.update").count(), 1);
}

#[tokio::test]
async fn the_trail_holds_the_fields_that_changed_and_no_others() {
    let world = World::new().await;
    let seen = world.add("P-001").await;
    let change = UpdateParticipant {
        participant_code: Some("P-002".into()),
        language: Some(Locale::En),
        contact: with_email("anna@example.org"),
        ..change_from(&seen)
    };
    update(&world, &seen, &change).await.unwrap();
    let (old, new): (String, String) = sqlx::query_as(
        "select old_values::text, new_values::text from app.audit_entry
         where action = 'participant.update'",
    )
    .fetch_one(&world.db.owner)
    .await
    .unwrap();
    assert_eq!(old, r#"{"contact":{},"participant_code":"P-001"}"#);
    assert_eq!(new, r#"{"contact":{"email":"set"},"participant_code":"P-002"}"#);
}

#[tokio::test]
async fn a_change_that_changes_nothing_leaves_no_trace() {
    let world = World::new().await;
    let seen = world.add("P-001").await;
    let before = world.actions().await.len();
    let same = UpdateParticipant {
        participant_code: Some("P-001".into()),
        language: Some(Locale::En),
        ..change_from(&seen)
    };
    assert_eq!(update(&world, &seen, &same).await.unwrap(), seen);
    assert_eq!(world.actions().await.len(), before);
}

#[tokio::test]
async fn a_code_that_is_taken_or_malformed_is_refused_by_name() {
    let world = World::new().await;
    world.add("P-001").await;
    let second = world.add("P-002").await;
    let taken =
        UpdateParticipant { participant_code: Some("P-001".into()), ..change_from(&second) };
    let refused = update(&world, &second, &taken).await.unwrap_err();
    assert_eq!(reason(refused), "participant_code_taken");
    let broken =
        UpdateParticipant { participant_code: Some("P 001".into()), ..change_from(&second) };
    let refused = update(&world, &second, &broken).await.unwrap_err();
    assert_eq!(field(refused), ("participant_code".into(), "code".into()));
    assert_eq!(world.get(second.summary.id).await, second);
}
