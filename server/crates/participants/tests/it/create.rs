use crate::world::{World, field, new_site, new_study, reason, staff, with_email};
use chrono::NaiveDate;
use contract::participant::{ContactPresence, CreateParticipant, ParticipantStatus};
use contract::permission::{StudyRole, SystemRole};
use contract::study::{ChangeStudyStatus, StudyStatus};
use contract::{Id, Locale};
use platform::Actor;
use uuid::Uuid;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[tokio::test]
async fn a_coordinator_adds_a_participant_who_is_screened_until_enrolled() {
    let world = World::new().await;
    let made = world
        .try_add(CreateParticipant {
            language: Locale::Fr,
            contact: with_email("anna@example.org"),
            ..world.new_participant(" P-001 ")
        })
        .await
        .unwrap();
    assert_eq!(made.summary.participant_code, "P-001");
    assert_eq!(made.summary.status, ParticipantStatus::Screened);
    assert_eq!(made.summary.enrollment_date, None);
    assert_eq!(made.summary.language, Locale::Fr);
    assert_eq!((made.summary.site_code.as_str(), made.version), ("KIR", 1));
    // 1 March, 09:00 UTC is 23:00 of that day in Kiritimati
    assert_eq!(made.status_date, day("2026-03-01"));
    assert_eq!(made.contact, ContactPresence { email: true, ..ContactPresence::default() });
    assert_eq!(world.get(made.summary.id).await, made);

    let trail = world.trail().await;
    let (action, entity, values) = trail.last().unwrap();
    assert_eq!((action.as_str(), entity), ("participant.create", &made.summary.id.to_string()));
    assert!(values.contains(r#""contact":{"email":"set"}"#), "{values}");
    assert!(!values.contains("anna"), "contact data stays out of the trail: {values}");
}

#[tokio::test]
async fn with_an_enrollment_date_the_participant_is_enrolled_at_once() {
    let world = World::new().await;
    let enrolled = |site_id, date: &str| CreateParticipant {
        site_id,
        enrollment_date: Some(day(date)),
        ..world.new_participant("P-001")
    };
    // 09:00 UTC: it is 22:00 on 28 February in Niue
    let early = world.try_add(enrolled(world.niue, "2026-03-01")).await.unwrap_err();
    assert_eq!(field(early), ("enrollment_date".into(), "future".into()));
    let made = world.try_add(enrolled(world.niue, "2026-02-28")).await.unwrap();
    assert_eq!(made.summary.status, ParticipantStatus::Enrolled);
    assert_eq!(made.summary.enrollment_date, Some(day("2026-02-28")));
    assert_eq!(made.status_date, day("2026-02-28"));
}

#[tokio::test]
async fn a_code_is_taken_whatever_its_capitals_but_only_within_its_study() {
    let world = World::new().await;
    world.add("P-001").await;
    let clash = world.try_add(world.new_participant("p-001")).await.unwrap_err();
    let error = contract::ApiError::from(clash);
    assert_eq!((error.code.status(), error.reason.as_str()), (409, "participant_code_taken"));
    assert_eq!(error.fields[0].field, "participant_code");

    let other = new_study(&world.db, "NEURO-002").await;
    let site = new_site(&world.db, other, "LYO", "Europe/Paris").await;
    let new = CreateParticipant { site_id: site, ..world.new_participant("P-001") };
    participants::create(&world.db.ctx, &world.db.system, other, &new).await.unwrap();
    assert_eq!(world.actions().await.iter().filter(|a| *a == "participant.create").count(), 1);
}

#[tokio::test]
async fn a_site_of_another_study_is_no_site_of_this_one() {
    let world = World::new().await;
    let other = new_study(&world.db, "NEURO-002").await;
    let foreign = new_site(&world.db, other, "LYO", "Europe/Paris").await;
    for site_id in [foreign, Id::from_uuid(Uuid::from_u128(7))] {
        let new = CreateParticipant { site_id, ..world.new_participant("P-001") };
        let error = world.try_add(new).await.unwrap_err();
        assert_eq!(field(error), ("site_id".into(), "unknown".into()));
    }
}

#[tokio::test]
async fn a_participant_of_another_study_looks_like_an_unknown_one() {
    let world = World::new().await;
    let here = world.add("P-001").await.summary.id;
    let other = new_study(&world.db, "NEURO-002").await;
    let their_coordinator =
        staff(&world.db, SystemRole::Coordinator, other, StudyRole::Coordinator);
    let ctx = &world.db.ctx;

    let foreign = participants::get(ctx, &their_coordinator, other, here).await.unwrap_err();
    let unknown_id = Id::from_uuid(Uuid::from_u128(7));
    let unknown = participants::get(ctx, &their_coordinator, other, unknown_id).await.unwrap_err();
    let (foreign, unknown) = (contract::ApiError::from(foreign), contract::ApiError::from(unknown));
    assert_eq!(foreign, unknown);
    assert_eq!((foreign.code.status(), foreign.reason.as_str()), (404, "participant_not_found"));

    // And the study itself looks like no study
    let outside = participants::get(ctx, &their_coordinator, world.study, here).await.unwrap_err();
    assert_eq!(reason(outside), "study_not_found");
}

#[tokio::test]
async fn who_may_only_look_adds_nobody_and_nobody_sees_nothing() {
    let world = World::new().await;
    let ctx = &world.db.ctx;
    let viewer = staff(&world.db, SystemRole::Viewer, world.study, StudyRole::Viewer);
    let new = world.new_participant("P-001");
    let refused = participants::create(ctx, &viewer, world.study, &new).await.unwrap_err();
    assert_eq!(reason(refused), "not_allowed");
    let id = world.add("P-001").await.summary.id;
    assert!(participants::get(ctx, &viewer, world.study, id).await.is_ok());
    let refused = participants::reveal_contact(ctx, &viewer, world.study, id).await.unwrap_err();
    assert_eq!(reason(refused), "not_allowed");
    let nobody = participants::get(ctx, &Actor::Nobody, world.study, id).await.unwrap_err();
    assert_eq!(reason(nobody), "not_signed_in");
}

#[tokio::test]
async fn a_paused_study_takes_nobody_new_and_an_archived_one_stands_still() {
    let world = World::new().await;
    let known = world.add("P-001").await;
    let ctx = &world.db.ctx;
    for status in [StudyStatus::Active, StudyStatus::Paused] {
        let change = ChangeStudyStatus { status, reason: None };
        studies::study::change_status(ctx, &world.db.system, world.study, &change).await.unwrap();
    }
    let refused = world.try_add(world.new_participant("P-002")).await.unwrap_err();
    assert_eq!(reason(refused), "study_not_enrolling");
    let mut change = contract::participant::UpdateParticipant {
        version: known.version,
        participant_code: Some("P-100".into()),
        site_id: None,
        language: None,
        contact: Default::default(),
    };
    let id = known.summary.id;
    let renamed =
        participants::update(ctx, &world.coordinator, world.study, id, &change).await.unwrap();
    assert_eq!(renamed.summary.participant_code, "P-100");

    for status in [StudyStatus::Completed, StudyStatus::Archived] {
        let change = ChangeStudyStatus { status, reason: None };
        studies::study::change_status(ctx, &world.db.system, world.study, &change).await.unwrap();
    }
    change.version = renamed.version;
    let refused =
        participants::update(ctx, &world.coordinator, world.study, id, &change).await.unwrap_err();
    assert_eq!(reason(refused), "study_archived");
}
