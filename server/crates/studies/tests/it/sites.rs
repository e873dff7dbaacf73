//! Sites of a study.

use crate::world::World;
use contract::permission::{StudyRole, SystemRole};
use contract::study::{
    ChangeStudyStatus, CreateSite, SiteStatus, StudyStatus, UpdateSite, UpdateStudy,
};
use contract::{ApiError, ErrorCode};
use platform::Denied;
use studies::{StudyError, site, study};

fn new_site(code: &str, time_zone: Option<&str>) -> CreateSite {
    CreateSite {
        code: code.into(),
        name: format!("Site {code}"),
        time_zone: time_zone.map(str::to_owned),
    }
}

#[tokio::test]
async fn a_site_has_a_zone_of_its_own_or_the_studys() {
    let world = World::new().await;
    let id = world.study("ONE").await.id;
    let paris = new_site("PAR", Some("Europe/Paris"));
    let own = site::create(world.ctx(), world.system(), id, &paris).await.unwrap();
    assert_eq!(own.time_zone, "Europe/Paris");
    let other =
        site::create(world.ctx(), world.system(), id, &new_site("mtl", None)).await.unwrap();
    assert_eq!((other.time_zone.as_str(), other.status), ("America/Toronto", SiteStatus::Active));

    // What the study changes later does not move a site that is there
    let move_ = UpdateStudy { time_zone: Some("Asia/Tokyo".into()), ..UpdateStudy::default() };
    study::update(world.ctx(), world.system(), id, &move_).await.unwrap();
    let sites = site::list(world.ctx(), world.system(), id).await.unwrap();
    let zones: Vec<_> = sites.iter().map(|s| (s.code.as_str(), s.time_zone.as_str())).collect();
    assert_eq!(zones, [("mtl", "America/Toronto"), ("PAR", "Europe/Paris")]);
    assert_eq!(study::get(world.ctx(), world.system(), id).await.unwrap().sites, 2);

    let mars = new_site("X", Some("Mars/Olympus"));
    let wrong = site::create(world.ctx(), world.system(), id, &mars).await.unwrap_err();
    assert_eq!(ApiError::from(wrong).fields[0].rule, "time_zone");
}

#[tokio::test]
async fn a_site_code_is_unique_in_its_study_only() {
    let world = World::new().await;
    let (one, two) = (world.study("ONE").await.id, world.study("TWO").await.id);
    site::create(world.ctx(), world.system(), one, &new_site("MTL", None)).await.unwrap();
    let clash = site::create(world.ctx(), world.system(), one, &new_site("mtl", None)).await;
    let error = ApiError::from(clash.unwrap_err());
    assert_eq!((error.code, error.reason.as_str()), (ErrorCode::Conflict, "site_code_taken"));
    assert!(site::create(world.ctx(), world.system(), two, &new_site("MTL", None)).await.is_ok());
}

#[tokio::test]
async fn a_site_is_changed_in_its_own_study_only() {
    let world = World::new().await;
    let (one, two) = (world.study("ONE").await.id, world.study("TWO").await.id);
    let made =
        site::create(world.ctx(), world.system(), one, &new_site("MTL", None)).await.unwrap();
    let change = UpdateSite { status: Some(SiteStatus::Inactive), ..UpdateSite::default() };
    let foreign = site::update(world.ctx(), world.system(), two, made.id, &change).await;
    assert!(matches!(foreign, Err(StudyError::SiteNotFound)));
    let foreign = site::get(world.ctx(), world.system(), two, made.id).await;
    assert!(matches!(foreign, Err(StudyError::SiteNotFound)));

    let changed = site::update(world.ctx(), world.system(), one, made.id, &change).await.unwrap();
    assert_eq!((changed.status, changed.name.as_str()), (SiteStatus::Inactive, "Site MTL"));
    assert_eq!(site::get(world.ctx(), world.system(), one, made.id).await.unwrap(), changed);
    let trail = world.trail(one).await;
    let actions: Vec<&str> = trail.iter().map(|entry| entry.action.as_str()).collect();
    assert_eq!(actions, ["study.create", "site.create", "site.update"]);
    assert!(trail[2].values.contains("active") && trail[2].values.contains("inactive"));
}

#[tokio::test]
async fn sites_are_managed_by_those_who_manage_the_study() {
    let world = World::new().await;
    let id = world.study("ONE").await.id;
    world.person("coordinator", SystemRole::Coordinator).await;
    let coordinator = world.join(id, "coordinator", StudyRole::Coordinator).await;
    let outsider = world.person("outsider", SystemRole::Researcher).await;
    let refused = site::create(world.ctx(), &coordinator, id, &new_site("MTL", None)).await;
    assert!(matches!(refused, Err(StudyError::Denied(Denied::NotAllowed))));
    assert!(site::list(world.ctx(), &coordinator, id).await.is_ok());
    let refused = site::list(world.ctx(), &outsider, id).await;
    assert!(matches!(refused, Err(StudyError::Denied(Denied::NotAMember))));
}

#[tokio::test]
async fn neither_an_archived_nor_an_unknown_study_gets_sites() {
    let world = World::new().await;
    let id = world.study("ONE").await.id;
    let archive = ChangeStudyStatus { status: StudyStatus::Archived, reason: None };
    study::change_status(world.ctx(), world.system(), id, &archive).await.unwrap();
    let refused = site::create(world.ctx(), world.system(), id, &new_site("MTL", None)).await;
    assert!(matches!(refused, Err(StudyError::Archived)));
    let unknown = world.ctx().new_id();
    let refused = site::create(world.ctx(), world.system(), unknown, &new_site("MTL", None)).await;
    assert!(matches!(refused, Err(StudyError::StudyNotFound)));
    let bad = new_site("a site", None);
    let refused = site::create(world.ctx(), world.system(), id, &bad).await.unwrap_err();
    assert_eq!(ApiError::from(refused).fields[0].field, "code");
}
