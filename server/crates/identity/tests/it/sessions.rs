//! Browser sessions.

use crate::world::World;
use chrono::TimeDelta;
use contract::identity::SessionKind;
use contract::permission::{StudyRole, SystemRole};
use identity::error::IdentityError;
use identity::{member, session};

#[tokio::test]
async fn a_cookie_leads_to_the_person_with_role_and_memberships() {
    let world = World::new().await;
    let ada = world.account("ada@example.org", SystemRole::Coordinator).await;
    let (one, two) = (world.study("ONE").await, world.study("TWO").await);
    for (study, role) in [(one, StudyRole::Owner), (two, StudyRole::Viewer)] {
        let new = contract::identity::AddMember { email: ada.email.clone(), role };
        member::add(world.ctx(), &crate::world::SYSTEM, study, &new).await.unwrap();
    }
    let (token, actor) = world.sign_in("ada@example.org").await;
    let staff = actor.staff().unwrap();
    assert_eq!((staff.user, staff.role), (ada.id, SystemRole::Coordinator));
    assert_eq!(staff.study_role(one), Some(StudyRole::Owner));
    assert_eq!(staff.study_role(two), Some(StudyRole::Viewer));
    assert_eq!(staff.memberships.len(), 2);

    let me = session::me(world.ctx(), &actor).await.unwrap();
    assert_eq!(me.user.email, "ada@example.org");
    assert!(me.user.last_login_at.is_some());
    assert_eq!(me.memberships.len(), 2);
    assert_eq!(me.session_seconds_left, 7200);
    assert!(me.session.current && me.session.kind == SessionKind::Browser);

    for wrong in ["", "x", &token.to_uppercase(), &format!("{token}A")] {
        assert!(world.behind(wrong).await.is_none(), "{wrong}");
    }
}

#[tokio::test]
async fn a_session_ends_after_two_idle_hours_and_after_twelve_in_any_case() {
    let world = World::new().await;
    world.account("ada@example.org", SystemRole::Viewer).await;
    let (idle, _) = world.sign_in("ada@example.org").await;
    world.ctx().clock.advance(TimeDelta::minutes(119));
    let (_, info) = world.behind(&idle).await.unwrap();
    assert_eq!(info.seconds_left(world.ctx().clock.now()), 60);
    world.ctx().clock.advance(TimeDelta::minutes(1));
    assert!(world.behind(&idle).await.is_none(), "looking is no activity");

    let (busy, _) = world.sign_in("ada@example.org").await;
    for _ in 0..11 {
        world.ctx().clock.advance(TimeDelta::minutes(65));
        let (_, info) = world.behind(&busy).await.unwrap();
        session::touch(world.ctx(), &info).await.unwrap();
    }
    // 11 × 65 minutes are 11:55; the absolute end is five minutes away
    let (_, info) = world.behind(&busy).await.unwrap();
    assert_eq!(info.seconds_left(world.ctx().clock.now()), 300);
    world.ctx().clock.advance(TimeDelta::minutes(5));
    assert!(world.behind(&busy).await.is_none());
}

#[tokio::test]
async fn the_idle_time_can_be_set_and_the_absolute_end_stays() {
    let mut world = World::new().await;
    world.db.ctx = world.ctx().clone().with_session_idle(TimeDelta::hours(5));
    world.account("ada@example.org", SystemRole::Viewer).await;
    let (token, _) = world.sign_in("ada@example.org").await;
    let (_, info) = world.behind(&token).await.unwrap();
    assert_eq!(info.idle_expires_at, info.created_at + TimeDelta::hours(5));
    assert_eq!(info.expires_at, info.created_at + TimeDelta::hours(12));
    world.ctx().clock.advance(TimeDelta::minutes(299));
    assert!(world.behind(&token).await.is_some());
    world.ctx().clock.advance(TimeDelta::minutes(1));
    assert!(world.behind(&token).await.is_none());
}

#[tokio::test]
async fn the_last_use_is_written_once_a_minute() {
    let world = World::new().await;
    world.account("ada@example.org", SystemRole::Viewer).await;
    let (token, _) = world.sign_in("ada@example.org").await;
    let begin = world.ctx().clock.now();
    world.ctx().clock.advance(TimeDelta::seconds(59));
    let (_, info) = world.behind(&token).await.unwrap();
    session::touch(world.ctx(), &info).await.unwrap();
    assert_eq!(world.behind(&token).await.unwrap().1.last_seen_at, begin);
    world.ctx().clock.advance(TimeDelta::seconds(1));
    session::touch(world.ctx(), &info).await.unwrap();
    assert_eq!(world.behind(&token).await.unwrap().1.last_seen_at, begin + TimeDelta::seconds(60));
}

#[tokio::test]
async fn sessions_are_listed_and_ended_one_by_one_or_all_others() {
    let world = World::new().await;
    world.account("ada@example.org", SystemRole::Viewer).await;
    let (laptop, ada) = world.sign_in("ada@example.org").await;
    let (phone, on_phone) = world.sign_in("ada@example.org").await;
    let (desk, _) = world.sign_in("ada@example.org").await;

    let listed = session::list(world.ctx(), &ada).await.unwrap();
    assert_eq!(listed.len(), 3);
    let current: Vec<_> = listed.iter().filter(|session| session.current).collect();
    assert_eq!(current.len(), 1);
    assert_eq!(current[0].id, ada.staff().unwrap().session);
    assert!(listed.iter().all(|session| session.client == "Firefox"));

    session::revoke(world.ctx(), &ada, on_phone.staff().unwrap().session).await.unwrap();
    assert!(world.behind(&phone).await.is_none());
    assert!(world.behind(&desk).await.is_some());

    assert_eq!(session::revoke_others(world.ctx(), &ada).await.unwrap(), 1);
    assert!(world.behind(&desk).await.is_none());
    assert!(world.behind(&laptop).await.is_some());

    session::logout(world.ctx(), &ada).await.unwrap();
    assert!(world.behind(&laptop).await.is_none());
    // Signing out twice is no error
    session::logout(world.ctx(), &ada).await.unwrap();
}

#[tokio::test]
async fn sessions_of_others_cannot_be_ended() {
    let world = World::new().await;
    world.account("ada@example.org", SystemRole::Viewer).await;
    let (token, ada) = world.sign_in("ada@example.org").await;
    let (_, eve) = world.person("eve@example.org", SystemRole::Researcher).await;
    let refused = session::revoke(world.ctx(), &eve, ada.staff().unwrap().session).await;
    assert!(matches!(refused, Err(IdentityError::SessionNotFound)));
    assert!(world.behind(&token).await.is_some());
}

#[tokio::test]
async fn the_database_holds_no_cookie() {
    let world = World::new().await;
    world.account("ada@example.org", SystemRole::Viewer).await;
    let (token, _) = world.sign_in("ada@example.org").await;
    let rows = sqlx::query_scalar!(
        r#"select concat_ws(' ', s::text, u::text) as "row!"
           from app.user_session s join app.staff_user u on u.id = s.user_id"#
    )
    .fetch_all(world.ctx().db())
    .await
    .unwrap();
    assert_eq!(rows.len(), 1);
    assert!(rows[0].contains("ada@example.org") && !rows[0].contains(&token));
}
