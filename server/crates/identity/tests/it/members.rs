//! Roles in a study.

use crate::world::{SYSTEM, World};
use contract::Id;
use contract::identity::{AddMember, UpdateUser, UserStatus};
use contract::ids::Study;
use contract::permission::{Permission, StudyRole, SystemRole};
use identity::error::IdentityError;
use identity::{member, users};
use platform::{Actor, Denied, require};

async fn join(world: &World, study: Id<Study>, email: &str, role: StudyRole) -> Actor {
    let new = AddMember { email: email.into(), role };
    member::add(world.ctx(), &SYSTEM, study, &new).await.unwrap();
    world.sign_in(email).await.1
}

#[tokio::test]
async fn an_owner_brings_colleagues_in_changes_their_role_and_lets_them_go() {
    let world = World::new().await;
    let study = world.study("ONE").await;
    world.account("owner@example.org", SystemRole::Researcher).await;
    let ben = world.account("ben@example.org", SystemRole::Coordinator).await;
    let owner = join(&world, study, "owner@example.org", StudyRole::Owner).await;

    let new = AddMember { email: "Ben@example.org".into(), role: StudyRole::Coordinator };
    let added = member::add(world.ctx(), &owner, study, &new).await.unwrap();
    assert_eq!((added.user_id, added.role), (ben.id, StudyRole::Coordinator));
    let again = member::add(world.ctx(), &owner, study, &new).await;
    assert!(matches!(again, Err(IdentityError::AlreadyMember)));

    let changed =
        member::change_role(world.ctx(), &owner, study, ben.id, StudyRole::Viewer).await.unwrap();
    assert_eq!(changed.role, StudyRole::Viewer);
    let (cookie, actor) = world.sign_in("ben@example.org").await;
    assert!(require(&actor, Permission::ParticipantManage, study).is_err());
    assert!(require(&actor, Permission::ParticipantRead, study).is_ok());

    member::remove(world.ctx(), &owner, study, ben.id).await.unwrap();
    let (actor, _) = world.behind(&cookie).await.unwrap();
    assert_eq!(
        require(&actor, Permission::ParticipantRead, study).unwrap_err(),
        Denied::NotAMember,
        "from the next request on"
    );
    let gone = member::remove(world.ctx(), &owner, study, ben.id).await;
    assert!(matches!(gone, Err(IdentityError::MemberNotFound)));

    // And back again
    assert!(member::add(world.ctx(), &owner, study, &new).await.is_ok());
    let names = member::list(world.ctx(), &owner, study).await.unwrap();
    assert_eq!(names.len(), 2);

    let trail = world.trail(Some(study)).await;
    let actions: Vec<&str> = trail.iter().map(|entry| entry.action.as_str()).collect();
    assert_eq!(
        actions,
        [
            "study.add_member",
            "study.add_member",
            "study.change_member_role",
            "study.remove_member",
            "study.add_member",
        ]
    );
    assert!(trail[2].values.contains("coordinator") && trail[2].values.contains("viewer"));
}

#[tokio::test]
async fn only_owners_and_administrators_make_and_unmake_owners() {
    let world = World::new().await;
    let study = world.study("ONE").await;
    for email in ["owner@example.org", "second@example.org", "deputy@example.org"] {
        world.account(email, SystemRole::Researcher).await;
    }
    let new = world.account("new@example.org", SystemRole::Researcher).await;
    let owner = join(&world, study, "owner@example.org", StudyRole::Owner).await;
    let second = join(&world, study, "second@example.org", StudyRole::Owner).await;
    // A study's own admin manages members, but not owners
    let deputy = join(&world, study, "deputy@example.org", StudyRole::Admin).await;
    let as_owner = AddMember { email: new.email.clone(), role: StudyRole::Owner };
    let refused = member::add(world.ctx(), &deputy, study, &as_owner).await;
    assert!(matches!(refused, Err(IdentityError::OwnerOnly)));
    let as_viewer = AddMember { email: new.email.clone(), role: StudyRole::Viewer };
    member::add(world.ctx(), &deputy, study, &as_viewer).await.unwrap();
    for result in [
        member::change_role(world.ctx(), &deputy, study, new.id, StudyRole::Owner).await.map(drop),
        member::remove(world.ctx(), &deputy, study, owner.staff().unwrap().user).await,
    ] {
        assert!(matches!(result, Err(IdentityError::OwnerOnly)));
    }
    member::change_role(world.ctx(), &owner, study, new.id, StudyRole::Owner).await.unwrap();

    let (_, admin) = world.person("root@example.org", SystemRole::Admin).await;
    member::remove(world.ctx(), &admin, study, second.staff().unwrap().user).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_study_keeps_an_owner() {
    let world = World::new().await;
    let study = world.study("ONE").await;
    let one = world.account("one@example.org", SystemRole::Researcher).await;
    let two = world.account("two@example.org", SystemRole::Researcher).await;
    let first = join(&world, study, "one@example.org", StudyRole::Owner).await;
    let alone = member::remove(world.ctx(), &first, study, one.id).await;
    assert!(matches!(alone, Err(IdentityError::LastOwner)));
    let alone = member::change_role(world.ctx(), &first, study, one.id, StudyRole::Viewer).await;
    assert!(matches!(alone, Err(IdentityError::LastOwner)));

    // Two who remove each other at the same moment: one stays
    let second = join(&world, study, "two@example.org", StudyRole::Owner).await;
    let (a, b) = tokio::join!(
        member::remove(world.ctx(), &first, study, two.id),
        member::remove(world.ctx(), &second, study, one.id),
    );
    assert_eq!(u32::from(a.is_ok()) + u32::from(b.is_ok()), 1, "{a:?} {b:?}");
    assert_eq!(member::list(world.ctx(), &SYSTEM, study).await.unwrap().len(), 1);
}

#[tokio::test]
async fn others_cannot_see_or_change_the_members() {
    let world = World::new().await;
    let study = world.study("ONE").await;
    world.account("researcher@example.org", SystemRole::Researcher).await;
    let inside = join(&world, study, "researcher@example.org", StudyRole::Researcher).await;
    let (_, outside) = world.person("outside@example.org", SystemRole::Researcher).await;
    let new = AddMember { email: "outside@example.org".into(), role: StudyRole::Viewer };

    let refused = member::add(world.ctx(), &inside, study, &new).await;
    assert!(matches!(refused, Err(IdentityError::Denied(Denied::NotAllowed))));
    let refused = member::add(world.ctx(), &outside, study, &new).await;
    assert!(matches!(refused, Err(IdentityError::Denied(Denied::NotAMember))));
    let refused = member::list(world.ctx(), &outside, study).await;
    assert!(matches!(refused, Err(IdentityError::Denied(Denied::NotAMember))));
}

#[tokio::test]
async fn unknown_and_disabled_accounts_do_not_become_members() {
    let world = World::new().await;
    let study = world.study("ONE").await;
    let ada = world.account("ada@example.org", SystemRole::Viewer).await;
    let disable = UpdateUser { status: Some(UserStatus::Disabled), ..UpdateUser::default() };
    users::update(world.ctx(), &SYSTEM, ada.id, &disable).await.unwrap();
    let add = async |email: &str| {
        let new = AddMember { email: email.into(), role: StudyRole::Viewer };
        member::add(world.ctx(), &SYSTEM, study, &new).await
    };
    assert!(matches!(add("ada@example.org").await, Err(IdentityError::AccountDisabled)));
    assert!(matches!(add("nobody@example.org").await, Err(IdentityError::UserNotFound)));
    assert!(matches!(add("not an address").await, Err(IdentityError::Invalid(_))));
}
