//! Participants: links and portal sessions.

use crate::world::{SYSTEM, World};
use chrono::TimeDelta;
use contract::Id;
use contract::ids::Participant;
use identity::error::IdentityError;
use identity::{magic_link, portal_actor, portal_session};

#[tokio::test]
async fn a_link_signs_its_participant_in_once() {
    let world = World::new().await;
    let study = world.study("ONE").await;
    let participant: Id<Participant> = world.ctx().new_id();
    let link = world.link(study, participant).await;

    let login = magic_link::redeem(world.ctx(), &link).await.unwrap();
    assert_eq!(login.participant.participant, participant);
    assert_eq!(login.reply().study_id, study);
    let (actor, _) = portal_actor(world.ctx(), login.token.expose()).await.unwrap().unwrap();
    let who = actor.participant().unwrap();
    assert_eq!((who.participant, who.study), (participant, study));
    assert!(actor.staff().is_err());

    let again = magic_link::redeem(world.ctx(), &link).await;
    assert!(matches!(again, Err(IdentityError::LinkNotValid)));
    assert!(portal_actor(world.ctx(), &link).await.unwrap().is_none(), "a link is no cookie");
}

#[tokio::test]
async fn a_link_is_good_for_fifteen_minutes() {
    let world = World::new().await;
    let study = world.study("ONE").await;
    let early = world.link(study, world.ctx().new_id()).await;
    let late = world.link(study, world.ctx().new_id()).await;
    world.ctx().clock.advance(TimeDelta::minutes(15) - TimeDelta::seconds(1));
    assert!(magic_link::redeem(world.ctx(), &early).await.is_ok());
    world.ctx().clock.advance(TimeDelta::seconds(1));
    let refused = magic_link::redeem(world.ctx(), &late).await;
    assert!(matches!(refused, Err(IdentityError::LinkNotValid)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_who_open_a_link_at_once_one_gets_in() {
    let world = World::new().await;
    let study = world.study("ONE").await;
    for _ in 0..5 {
        let link = world.link(study, world.ctx().new_id()).await;
        let visitors: Vec<_> = (0..6)
            .map(|_| {
                let (ctx, link) = (world.ctx().clone(), link.clone());
                tokio::spawn(async move { magic_link::redeem(&ctx, &link).await })
            })
            .collect();
        let mut inside = 0;
        for visitor in visitors {
            match visitor.await.unwrap() {
                Ok(_) => inside += 1,
                Err(IdentityError::LinkNotValid) => {}
                Err(other) => panic!("{other}"),
            }
        }
        assert_eq!(inside, 1);
    }
    let sessions = sqlx::query_scalar!(r#"select count(*) as "n!" from app.portal_session"#);
    assert_eq!(sessions.fetch_one(world.ctx().db()).await.unwrap(), 5, "losers leave nothing");
}

#[tokio::test]
async fn links_that_are_none_are_refused_alike() {
    let world = World::new().await;
    let study = world.study("ONE").await;
    let other = world.study("TWO").await;
    let link = world.link(study, world.ctx().new_id()).await;
    let (_, secret) = link.split_once('.').unwrap();
    let elsewhere = world.link(other, world.ctx().new_id()).await;
    let (other, _) = elsewhere.split_once('.').unwrap();
    let moved = format!("{other}.{secret}");
    for wrong in ["", "x", secret, &moved, &format!("{link}A"), &link.to_lowercase()] {
        let refused = magic_link::redeem(world.ctx(), wrong).await;
        assert!(matches!(refused, Err(IdentityError::LinkNotValid)), "{wrong}");
    }
    assert!(magic_link::redeem(world.ctx(), &link).await.is_ok(), "still good");
}

#[tokio::test]
async fn portal_sessions_of_two_participants_do_not_touch() {
    let world = World::new().await;
    let study = world.study("ONE").await;
    let (ana, bo): (Id<Participant>, Id<Participant>) =
        (world.ctx().new_id(), world.ctx().new_id());
    let of_ana = magic_link::redeem(world.ctx(), &world.link(study, ana).await).await.unwrap();
    let of_bo = magic_link::redeem(world.ctx(), &world.link(study, bo).await).await.unwrap();
    let behind = async |token: &str| {
        let found = portal_actor(world.ctx(), token).await.unwrap();
        found.map(|(actor, _)| actor.participant().unwrap().participant)
    };
    assert_eq!(behind(of_ana.token.expose()).await, Some(ana));
    assert_eq!(behind(of_bo.token.expose()).await, Some(bo));

    let (actor, _) = portal_actor(world.ctx(), of_ana.token.expose()).await.unwrap().unwrap();
    portal_session::end(world.ctx(), &actor).await.unwrap();
    portal_session::end(world.ctx(), &actor).await.unwrap();
    assert_eq!(behind(of_ana.token.expose()).await, None);
    assert_eq!(behind(of_bo.token.expose()).await, Some(bo));

    // A token is nothing in another study, even for somebody who knows how tokens are made
    let elsewhere = world.link(world.study("TWO").await, ana).await;
    let (prefix, _) = elsewhere.split_once('.').unwrap();
    let (_, secret) = of_bo.token.expose().split_once('.').unwrap();
    assert_eq!(behind(&format!("{prefix}.{secret}")).await, None);
    assert!(world.behind(of_bo.token.expose()).await.is_none(), "not a member of staff");
}

#[tokio::test]
async fn a_portal_session_ends_after_two_idle_hours_and_after_twelve_in_any_case() {
    let world = World::new().await;
    let study = world.study("ONE").await;
    let link = world.link(study, world.ctx().new_id()).await;
    let login = magic_link::redeem(world.ctx(), &link).await.unwrap();
    let cookie = login.token.expose();
    for _ in 0..11 {
        world.ctx().clock.advance(TimeDelta::minutes(65));
        let (_, info) = portal_actor(world.ctx(), cookie).await.unwrap().unwrap();
        portal_session::touch(world.ctx(), &info).await.unwrap();
    }
    world.ctx().clock.advance(TimeDelta::minutes(5));
    assert!(portal_actor(world.ctx(), cookie).await.unwrap().is_none());

    let link = world.link(study, world.ctx().new_id()).await;
    let login = magic_link::redeem(world.ctx(), &link).await.unwrap();
    world.ctx().clock.advance(TimeDelta::hours(2));
    assert!(portal_actor(world.ctx(), login.token.expose()).await.unwrap().is_none());
}

#[tokio::test]
async fn the_idle_time_of_a_portal_session_can_be_set() {
    let world = World::new().await;
    let ctx = world.ctx().clone().with_session_idle(TimeDelta::hours(1));
    let link = world.link(world.study("ONE").await, ctx.new_id()).await;
    let login = magic_link::redeem(&ctx, &link).await.unwrap();
    ctx.clock.advance(TimeDelta::minutes(59));
    assert!(portal_actor(&ctx, login.token.expose()).await.unwrap().is_some());
    ctx.clock.advance(TimeDelta::minutes(1));
    assert!(portal_actor(&ctx, login.token.expose()).await.unwrap().is_none());
}

#[tokio::test]
async fn everything_of_a_participant_can_be_ended_at_once() {
    let world = World::new().await;
    let study = world.study("ONE").await;
    let (ana, bo): (Id<Participant>, Id<Participant>) =
        (world.ctx().new_id(), world.ctx().new_id());
    let signed_in = magic_link::redeem(world.ctx(), &world.link(study, ana).await).await.unwrap();
    let open_link = world.link(study, ana).await;
    let of_other = world.link(study, bo).await;

    let mut tx = world.ctx().write(&SYSTEM, Some(study)).await.unwrap();
    assert_eq!(portal_session::end_all(&mut tx, study, ana).await.unwrap(), 1);
    tx.commit(platform::audit::Entry::new("participant.withdraw", ana)).await.unwrap();

    assert!(portal_actor(world.ctx(), signed_in.token.expose()).await.unwrap().is_none());
    assert!(magic_link::redeem(world.ctx(), &open_link).await.is_err());
    assert!(magic_link::redeem(world.ctx(), &of_other).await.is_ok());
}

#[tokio::test]
async fn the_trail_of_the_study_says_who_came_and_holds_no_token() {
    let world = World::new().await;
    let study = world.study("ONE").await;
    let ana: Id<Participant> = world.ctx().new_id();
    let link = world.link(study, ana).await;
    let login = magic_link::redeem(world.ctx(), &link).await.unwrap();
    let (actor, _) = portal_actor(world.ctx(), login.token.expose()).await.unwrap().unwrap();
    portal_session::end(world.ctx(), &actor).await.unwrap();

    let trail = world.trail(Some(study)).await;
    let actions: Vec<&str> = trail.iter().map(|entry| entry.action.as_str()).collect();
    assert_eq!(actions, ["magic_link.create", "portal_session.create", "portal_session.end"]);
    assert!(
        trail[1..].iter().all(|e| e.actor_kind == "participant" && e.actor_id == ana.to_string())
    );
    for entry in &trail {
        assert!(!entry.values.contains(&link) && !entry.values.contains(login.token.expose()));
    }
}
