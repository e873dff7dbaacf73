//! API clients with access and refresh tokens.

use crate::world::{PASSWORD, World, credentials};
use chrono::TimeDelta;
use contract::identity::TokenReply;
use contract::permission::SystemRole;
use identity::error::IdentityError;
use identity::{JwtKeys, login, session};
use platform::Actor;

async fn api_login(world: &World) -> TokenReply {
    world.account("ada@example.org", SystemRole::Researcher).await;
    let request = credentials("ada@example.org", PASSWORD);
    login::api(world.ctx(), &world.keys, &request, "curl").await.unwrap()
}

async fn bearer(world: &World, access: &str) -> Option<Actor> {
    identity::bearer_actor(world.ctx(), &world.keys, access).await.unwrap().map(|(who, _)| who)
}

#[tokio::test]
async fn an_access_token_works_for_thirty_minutes_and_is_refreshed() {
    let world = World::new().await;
    let first = api_login(&world).await;
    assert_eq!((first.token_type.as_str(), first.expires_in), ("bearer", 1800));
    let who = bearer(&world, &first.access_token).await.unwrap();
    assert_eq!(who.staff().unwrap().user, first.user.id);
    assert!(bearer(&world, &first.refresh_token).await.is_none(), "not for this use");

    world.ctx().clock.advance(TimeDelta::minutes(30));
    assert!(bearer(&world, &first.access_token).await.is_none());
    let second = identity::refresh(world.ctx(), &world.keys, &first.refresh_token).await.unwrap();
    assert!(bearer(&world, &second.access_token).await.is_some());
    assert_ne!(first.refresh_token, second.refresh_token);
    let refused = identity::refresh(world.ctx(), &world.keys, &second.access_token).await;
    assert!(matches!(refused, Err(IdentityError::TokenRefused)), "not for this use");
}

#[tokio::test]
async fn an_old_refresh_token_that_comes_back_ends_the_session_for_both() {
    let world = World::new().await;
    let first = api_login(&world).await;
    let second = identity::refresh(world.ctx(), &world.keys, &first.refresh_token).await.unwrap();

    // Somebody copied the first one
    let thief = identity::refresh(world.ctx(), &world.keys, &first.refresh_token).await;
    assert!(matches!(thief, Err(IdentityError::TokenRefused)));
    let entry = world.last_entry(None).await;
    assert_eq!(entry.action, "user_session.revoke");
    assert!(entry.values.contains("came back"));

    assert!(bearer(&world, &second.access_token).await.is_none());
    let owner = identity::refresh(world.ctx(), &world.keys, &second.refresh_token).await;
    assert!(matches!(owner, Err(IdentityError::TokenRefused)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_refreshes_at_once_one_at_most_lives_on() {
    let world = World::new().await;
    let first = api_login(&world).await;
    let (one, two) = tokio::join!(
        identity::refresh(world.ctx(), &world.keys, &first.refresh_token),
        identity::refresh(world.ctx(), &world.keys, &first.refresh_token),
    );
    assert_eq!(u32::from(one.is_ok()) + u32::from(two.is_ok()), 1);
}

#[tokio::test]
async fn a_refresh_token_is_good_for_seven_days_and_a_session_for_thirty() {
    let world = World::new().await;
    let mut tokens = api_login(&world).await;
    for _ in 0..4 {
        world.ctx().clock.advance(TimeDelta::days(7) - TimeDelta::seconds(1));
        tokens = identity::refresh(world.ctx(), &world.keys, &tokens.refresh_token).await.unwrap();
    }
    world.ctx().clock.advance(TimeDelta::days(2));
    tokens = identity::refresh(world.ctx(), &world.keys, &tokens.refresh_token).await.unwrap();
    // 30 days less 4 seconds have gone by
    world.ctx().clock.advance(TimeDelta::seconds(4));
    let refused = identity::refresh(world.ctx(), &world.keys, &tokens.refresh_token).await;
    assert!(matches!(refused, Err(IdentityError::TokenRefused)));

    let late = World::new().await;
    let tokens = api_login(&late).await;
    late.ctx().clock.advance(TimeDelta::days(7));
    let refused = identity::refresh(late.ctx(), &late.keys, &tokens.refresh_token).await;
    assert!(matches!(refused, Err(IdentityError::TokenRefused)));
}

#[tokio::test]
async fn the_tokens_of_a_revoked_session_are_worth_nothing() {
    let world = World::new().await;
    let tokens = api_login(&world).await;
    let who = bearer(&world, &tokens.access_token).await.unwrap();
    session::logout(world.ctx(), &who).await.unwrap();
    assert!(bearer(&world, &tokens.access_token).await.is_none());
    let refused = identity::refresh(world.ctx(), &world.keys, &tokens.refresh_token).await;
    assert!(matches!(refused, Err(IdentityError::TokenRefused)));
}

#[tokio::test]
async fn tokens_signed_with_another_secret_are_refused() {
    let world = World::new().await;
    let tokens = api_login(&world).await;
    let other =
        JwtKeys::new(b"another secret of thirty-two by.", JwtKeys::ACCESS, JwtKeys::REFRESH);
    let resolved = identity::bearer_actor(world.ctx(), &other, &tokens.access_token).await;
    assert!(resolved.unwrap().is_none());
    for rubbish in ["", "a.b.c", "Bearer", "eyJhbGciOiJub25lIn0.e30."] {
        assert!(bearer(&world, rubbish).await.is_none(), "{rubbish}");
    }
}

#[tokio::test]
async fn a_cookie_is_no_token_and_a_refresh_secret_no_cookie() {
    let world = World::new().await;
    let tokens = api_login(&world).await;
    let (cookie, _) = world.sign_in("ada@example.org").await;
    assert!(bearer(&world, &cookie).await.is_none());
    // The secret within the refresh token has its hash in the same column as cookies have theirs
    let payload = tokens.refresh_token.split('.').nth(1).unwrap();
    let bytes = base64::Engine::decode(&base64::prelude::BASE64_URL_SAFE_NO_PAD, payload).unwrap();
    let claims: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    let secret = claims["jti"].as_str().unwrap();
    assert!(world.behind(secret).await.is_none());
}
