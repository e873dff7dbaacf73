//! A study from draft to archive.

use crate::world::{World, new_study};
use contract::permission::{Permission, StudyRole, SystemRole};
use contract::study::{ChangeStudyStatus, IntegrationMode, StudyStatus, UpdateStudy};
use contract::{ApiError, ErrorCode, ListQuery, Locale, Order};
use platform::{Actor, Denied, require};
use studies::{StudyError, study};

fn become_(status: StudyStatus) -> ChangeStudyStatus {
    ChangeStudyStatus { status, reason: None }
}

#[tokio::test]
async fn who_makes_a_study_owns_it() {
    let world = World::new().await;
    let ada = world.person("ada", SystemRole::Coordinator).await;
    let made = study::create(world.ctx(), &ada, &new_study(" NEURO-2026-001 ")).await.unwrap();
    assert_eq!((made.code.as_str(), made.status), ("NEURO-2026-001", StudyStatus::Draft));
    assert_eq!((made.my_role, made.members), (Some(StudyRole::Owner), 1));
    assert!(!made.is_demo);

    let ada = world.sign_in("ada").await;
    let seen = study::get(world.ctx(), &ada, made.id).await.unwrap();
    assert_eq!(seen, made);
    assert!(require(&ada, Permission::MemberManage, made.id).is_ok());

    let trail = world.trail(made.id).await;
    assert_eq!((trail.len(), trail[0].action.as_str()), (1, "study.create"));
    assert_eq!(trail[0].actor_kind, "staff");
    assert!(trail[0].values.contains("NEURO-2026-001"));
}

#[tokio::test]
async fn a_viewer_makes_no_study_and_nobody_else_does() {
    let world = World::new().await;
    let viewer = world.person("viewer", SystemRole::Viewer).await;
    let refused = study::create(world.ctx(), &viewer, &new_study("A")).await;
    assert!(matches!(refused, Err(StudyError::Denied(Denied::NotAllowed))));
    let refused = study::create(world.ctx(), &Actor::Nobody, &new_study("A")).await;
    assert!(matches!(refused, Err(StudyError::Denied(Denied::NotSignedIn))));
    let admin = world.person("root", SystemRole::Admin).await;
    let refused = study::create_demo(world.ctx(), &admin, &new_study("A")).await;
    assert!(matches!(refused, Err(StudyError::Denied(Denied::NotAllowed))));
    let demo = study::create_demo(world.ctx(), world.system(), &new_study("A")).await.unwrap();
    assert!(demo.is_demo);
}

#[tokio::test]
async fn a_code_is_taken_however_it_is_written_and_nothing_is_left_behind() {
    let world = World::new().await;
    world.study("NEURO-1").await;
    let error = study::create(world.ctx(), world.system(), &new_study("neuro-1")).await;
    let error = error.unwrap_err();
    assert!(matches!(error, StudyError::StudyCodeTaken));
    let error = ApiError::from(error);
    assert_eq!((error.code, error.reason.as_str()), (ErrorCode::Conflict, "study_code_taken"));
    assert_eq!(error.fields[0].field, "code");
    let entries = sqlx::query_scalar!(r#"select count(*) as "n!" from app.audit_entry"#);
    assert_eq!(entries.fetch_one(world.ctx().db()).await.unwrap(), 1);
}

#[tokio::test]
async fn a_study_is_found_by_its_code_however_it_is_written() {
    let world = World::new().await;
    let made = world.study("NEURO-1").await;
    assert_eq!(study::id_by_code(world.ctx(), " neuro-1 ").await.unwrap(), Some(made.id));
    assert_eq!(study::id_by_code(world.ctx(), "NEURO-2").await.unwrap(), None);
}

#[tokio::test]
async fn bad_input_names_every_field_at_fault() {
    let world = World::new().await;
    let mut bad = new_study("two words");
    bad.name = String::new();
    bad.languages = vec![Locale::Fr, Locale::Fr];
    bad.time_zone = "x".repeat(65);
    let error = study::create(world.ctx(), world.system(), &bad).await.unwrap_err();
    let error = ApiError::from(error);
    let fields: Vec<_> = error.fields.iter().map(|f| (f.field.as_str(), f.rule.as_str())).collect();
    assert_eq!(
        fields,
        [
            ("code", "code"),
            ("name", "required"),
            ("languages", "duplicate"),
            ("time_zone", "too_long")
        ]
    );
    let mut bad = new_study("ONE");
    bad.time_zone = "Mars/Olympus".into();
    let error = study::create(world.ctx(), world.system(), &bad).await.unwrap_err();
    assert_eq!(ApiError::from(error).fields[0].rule, "time_zone");
}

#[tokio::test]
async fn a_study_lives_from_draft_to_archive_and_skips_nothing() {
    use StudyStatus as S;
    let world = World::new().await;
    // Every step from every state, as the database sees it
    for from in S::ALL.iter().copied() {
        for to in S::ALL.iter().copied() {
            let id = world.study(&format!("{from}-{to}")).await.id;
            let way: &[S] = match from {
                S::Draft => &[],
                S::Active => &[S::Active],
                S::Paused => &[S::Active, S::Paused],
                S::Completed => &[S::Active, S::Completed],
                S::Archived => &[S::Archived],
            };
            for step in way {
                study::change_status(world.ctx(), world.system(), id, &become_(*step))
                    .await
                    .unwrap();
            }
            let allowed = matches!(
                (from, to),
                (S::Draft, S::Active | S::Archived)
                    | (S::Active, S::Paused | S::Completed)
                    | (S::Paused, S::Active | S::Completed)
                    | (S::Completed, S::Archived)
            );
            let result = study::change_status(world.ctx(), world.system(), id, &become_(to)).await;
            let now = study::get(world.ctx(), world.system(), id).await.unwrap().status;
            if allowed {
                assert_eq!((result.unwrap().status, now), (to, to));
            } else {
                let error = ApiError::from(result.unwrap_err());
                assert_eq!(error.reason, "study_status", "{from} to {to}");
                assert_eq!(now, from);
            }
        }
    }
}

#[tokio::test]
async fn a_change_of_status_keeps_its_reason() {
    let world = World::new().await;
    let id = world.study("ONE").await.id;
    study::change_status(world.ctx(), world.system(), id, &become_(StudyStatus::Active))
        .await
        .unwrap();
    let pause =
        ChangeStudyStatus { status: StudyStatus::Paused, reason: Some(" interim look ".into()) };
    study::change_status(world.ctx(), world.system(), id, &pause).await.unwrap();
    let trail = world.trail(id).await;
    assert_eq!(trail[2].action, "study.change_status");
    assert_eq!(trail[2].values, r#"{"status":"active"} {"status":"paused"} interim look"#);
}

#[tokio::test]
async fn fields_are_changed_one_by_one_until_the_study_is_archived() {
    let world = World::new().await;
    let before = world.study("ONE").await;
    let rename = UpdateStudy { name: Some(" Sleep and age ".into()), ..UpdateStudy::default() };
    let after = study::update(world.ctx(), world.system(), before.id, &rename).await.unwrap();
    assert_eq!(after.name, "Sleep and age");
    assert_eq!((&after.code, &after.languages), (&before.code, &before.languages));
    assert_eq!(study::get(world.ctx(), world.system(), before.id).await.unwrap(), after);
    let trail = world.trail(before.id).await;
    assert!(trail[1].values.contains("Study ONE") && trail[1].values.contains("Sleep and age"));

    let archive = become_(StudyStatus::Archived);
    study::change_status(world.ctx(), world.system(), before.id, &archive).await.unwrap();
    let refused = study::update(world.ctx(), world.system(), before.id, &rename).await;
    assert!(matches!(refused, Err(StudyError::Archived)));
}

#[tokio::test]
async fn who_owns_the_schedule_is_decided_once() {
    let world = World::new().await;
    let id = world.study("ONE").await.id;
    let mode = |mode| UpdateStudy { integration_mode: Some(mode), ..UpdateStudy::default() };
    let set = async |wanted| study::update(world.ctx(), world.system(), id, &mode(wanted)).await;

    let as_redcap = set(IntegrationMode::Redcap).await.unwrap();
    assert!(as_redcap.redcap_enabled);
    let as_ours = set(IntegrationMode::Metricis).await.unwrap();
    assert!(!as_ours.redcap_enabled, "a draft may still change its mind");

    let active = become_(StudyStatus::Active);
    study::change_status(world.ctx(), world.system(), id, &active).await.unwrap();
    assert!(matches!(set(IntegrationMode::Redcap).await, Err(StudyError::IntegrationModeFixed)));
    assert!(set(IntegrationMode::Metricis).await.is_ok(), "the same again is no change");

    // A study that began without a mode may still get one
    let other = world.study("TWO").await.id;
    study::change_status(world.ctx(), world.system(), other, &active).await.unwrap();
    let change = mode(IntegrationMode::Redcap);
    let decided = study::update(world.ctx(), world.system(), other, &change).await.unwrap();
    assert_eq!(decided.integration_mode, Some(IntegrationMode::Redcap));
}

#[tokio::test]
async fn roles_decide_who_sees_and_who_changes() {
    let world = World::new().await;
    let id = world.study("ONE").await.id;
    let outsider = world.person("outsider", SystemRole::Researcher).await;
    world.person("reader", SystemRole::Researcher).await;
    let reader = world.join(id, "reader", StudyRole::Viewer).await;
    world.person("manager", SystemRole::Researcher).await;
    let manager = world.join(id, "manager", StudyRole::Researcher).await;
    let admin = world.person("root", SystemRole::Admin).await;
    let rename = UpdateStudy { name: Some("X".into()), ..UpdateStudy::default() };

    let get = study::get(world.ctx(), &outsider, id).await;
    assert!(matches!(get, Err(StudyError::Denied(Denied::NotAMember))));
    let update = study::update(world.ctx(), &outsider, id, &rename).await;
    assert!(matches!(update, Err(StudyError::Denied(Denied::NotAMember))));

    assert_eq!(
        study::get(world.ctx(), &reader, id).await.unwrap().my_role,
        Some(StudyRole::Viewer)
    );
    let update = study::update(world.ctx(), &reader, id, &rename).await;
    assert!(matches!(update, Err(StudyError::Denied(Denied::NotAllowed))));
    let pause = study::change_status(world.ctx(), &reader, id, &become_(StudyStatus::Active)).await;
    assert!(matches!(pause, Err(StudyError::Denied(Denied::NotAllowed))));

    assert!(study::update(world.ctx(), &manager, id, &rename).await.is_ok());
    assert_eq!(study::get(world.ctx(), &admin, id).await.unwrap().my_role, None);
    assert!(study::update(world.ctx(), &admin, id, &rename).await.is_ok());

    let unknown = world.ctx().new_id();
    let get = study::get(world.ctx(), &admin, unknown).await;
    assert!(matches!(get, Err(StudyError::StudyNotFound)));
    let update = study::update(world.ctx(), &admin, unknown, &rename).await;
    assert!(matches!(update, Err(StudyError::StudyNotFound)));
    // Foreign and unknown are answered alike
    let foreign = ApiError::from(study::get(world.ctx(), &outsider, id).await.unwrap_err());
    let unknown = ApiError::from(study::get(world.ctx(), &admin, unknown).await.unwrap_err());
    assert_eq!(foreign, unknown);
}

#[tokio::test]
async fn the_list_shows_ones_own_studies_searched_sorted_and_paged() {
    let world = World::new().await;
    for code in ["b-2", "A-1", "C-3"] {
        world.study(code).await;
    }
    let third = world.study("D-4").await.id;
    study::change_status(world.ctx(), world.system(), third, &become_(StudyStatus::Active))
        .await
        .unwrap();
    let admin = world.person("root", SystemRole::Admin).await;
    world.person("ada", SystemRole::Viewer).await;
    let ada = world.join(third, "ada", StudyRole::Viewer).await;
    let nobody = world.person("ben", SystemRole::Researcher).await;

    let codes = async |who: &Actor, query: &ListQuery| {
        let page = study::list(world.ctx(), who, query).await.unwrap();
        let codes: Vec<String> = page.data.into_iter().map(|study| study.code).collect();
        (codes.join(" "), page.pagination.total)
    };
    let all = ListQuery::default();
    assert_eq!(codes(&admin, &all).await, ("A-1 b-2 C-3 D-4".into(), 4));
    assert_eq!(codes(&ada, &all).await, ("D-4".into(), 1));
    assert_eq!(codes(&nobody, &all).await, (String::new(), 0));

    let backwards = ListQuery {
        sort: Some("name".into()),
        order: Some(Order::Desc),
        per_page: Some(3),
        ..ListQuery::default()
    };
    assert_eq!(codes(&admin, &backwards).await, ("D-4 C-3 b-2".into(), 4));
    let second = ListQuery { page: Some(2), ..backwards };
    assert_eq!(codes(&admin, &second).await, ("A-1".into(), 4));
    let beyond = ListQuery { page: Some(9), ..ListQuery::default() };
    assert_eq!(codes(&admin, &beyond).await, (String::new(), 4));
    let active = ListQuery { status: Some("active".into()), ..ListQuery::default() };
    assert_eq!(codes(&admin, &active).await, ("D-4".into(), 1));
    let found = ListQuery { search: Some(" STUDY b".into()), ..ListQuery::default() };
    assert_eq!(codes(&admin, &found).await, ("b-2".into(), 1));
    let percent = ListQuery { search: Some("%".into()), ..ListQuery::default() };
    assert_eq!(codes(&admin, &percent).await, (String::new(), 0));

    for (query, field) in [
        (ListQuery { sort: Some("secret".into()), ..ListQuery::default() }, "sort"),
        (ListQuery { status: Some("asleep".into()), ..ListQuery::default() }, "status"),
        (ListQuery { per_page: Some(201), ..ListQuery::default() }, "per_page"),
    ] {
        let error = study::list(world.ctx(), &admin, &query).await.unwrap_err();
        assert_eq!(ApiError::from(error).fields[0].field, field);
    }
    let refused = study::list(world.ctx(), &Actor::Nobody, &all).await;
    assert!(matches!(refused, Err(StudyError::Denied(Denied::NotSignedIn))));
}
