//! Somebody guesses passwords.

use crate::world::{PASSWORD, World, credentials};
use chrono::TimeDelta;
use contract::identity::ChangePassword;
use contract::permission::SystemRole;
use contract::{ApiError, ErrorCode};
use identity::error::IdentityError;
use identity::{login, own};
use std::time::{Duration, Instant};

#[tokio::test]
async fn unknown_address_wrong_password_and_disabled_account_get_one_answer() {
    let world = World::new().await;
    world.account("ada@example.org", SystemRole::Viewer).await;
    let mut answers = Vec::new();
    for (email, password) in [
        ("ada@example.org", "wrong"),
        ("nobody@example.org", "wrong"),
        ("not an address", "wrong"),
        ("ada@example.org", ""),
        ("nobody@example.org", ""),
    ] {
        let error = world.try_password(email, password).await.unwrap_err();
        answers.push(ApiError::from(error));
    }
    assert_eq!(answers[0].code, ErrorCode::Unauthenticated);
    assert_eq!(answers[0].reason, "invalid_credentials");
    assert!(answers[..3].iter().all(|answer| *answer == answers[0]));
    assert_eq!(answers[3].code, ErrorCode::Invalid);
    assert_eq!(answers[3], answers[4]);
}

/// Medians, with a wide margin: the machine does other things as well. What must never happen is
/// that an unknown address is answered without hashing at all, which takes a hundredth of it.
#[tokio::test]
async fn unknown_addresses_take_as_long_as_wrong_passwords() {
    let world = World::new().await;
    world.account("ada@example.org", SystemRole::Viewer).await;
    let mut known = Vec::new();
    let mut unknown = Vec::new();
    for _ in 0..9 {
        for (email, times) in
            [("ada@example.org", &mut known), ("nobody@example.org", &mut unknown)]
        {
            let begin = Instant::now();
            let answer = world.try_password(email, "wrong").await;
            times.push(begin.elapsed());
            assert!(matches!(answer, Err(IdentityError::InvalidCredentials)));
        }
    }
    let (known, unknown) = (median(known), median(unknown));
    assert!(unknown * 5 > known * 2, "unknown {unknown:?}, known {known:?}");
    assert!(known * 5 > unknown * 2, "unknown {unknown:?}, known {known:?}");
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

#[tokio::test]
async fn ten_wrong_passwords_lock_that_account_and_nobody_else() {
    let world = World::new().await;
    world.account("ada@example.org", SystemRole::Viewer).await;
    world.account("ben@example.org", SystemRole::Viewer).await;
    let (cookie, _) = world.sign_in("ada@example.org").await;

    for _ in 0..10 {
        let answer = world.try_password("ADA@example.org", "wrong").await;
        assert!(matches!(answer, Err(IdentityError::InvalidCredentials)));
    }
    let right = world.try_password("ada@example.org", PASSWORD).await.unwrap_err();
    let wrong = world.try_password("ada@example.org", "wrong").await.unwrap_err();
    let (right, wrong) = (ApiError::from(right), ApiError::from(wrong));
    assert_eq!((right.code, right.reason.as_str()), (ErrorCode::Locked, "login_locked"));
    assert_eq!(right, wrong, "the lock does not tell a right password from a wrong one");

    assert!(world.try_password("ben@example.org", PASSWORD).await.is_ok());
    assert!(world.behind(&cookie).await.is_some(), "whoever is signed in stays so");

    world.ctx().clock.advance(TimeDelta::minutes(15));
    assert!(world.try_password("ada@example.org", PASSWORD).await.is_ok());
}

#[tokio::test]
async fn unknown_addresses_are_locked_alike() {
    let world = World::new().await;
    for _ in 0..10 {
        let answer = world.try_password("nobody@example.org", "wrong").await;
        assert!(matches!(answer, Err(IdentityError::InvalidCredentials)));
    }
    let answer = world.try_password("nobody@example.org", "wrong").await;
    assert!(matches!(answer, Err(IdentityError::Locked { minutes: 15 | 16 })));
}

#[tokio::test]
async fn failures_older_than_fifteen_minutes_and_before_a_success_do_not_count() {
    let world = World::new().await;
    world.account("ada@example.org", SystemRole::Viewer).await;
    let wrong = async |times: u32| {
        for _ in 0..times {
            let answer = world.try_password("ada@example.org", "wrong").await;
            assert!(matches!(answer, Err(IdentityError::InvalidCredentials)), "{answer:?}");
        }
    };
    // Nine, a success, nine: no lock
    wrong(9).await;
    assert!(world.try_password("ada@example.org", PASSWORD).await.is_ok());
    wrong(9).await;

    // A window that slides: five of the nine above leave it, then five more fit
    world.ctx().clock.advance(TimeDelta::minutes(16));
    wrong(5).await;
    world.ctx().clock.advance(TimeDelta::minutes(10));
    wrong(4).await;
    world.ctx().clock.advance(TimeDelta::minutes(6));
    wrong(5).await;
    wrong(1).await;
    let answer = world.try_password("ada@example.org", PASSWORD).await;
    assert!(matches!(answer, Err(IdentityError::Locked { .. })), "4 + 6 within 15 minutes");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_flood_of_parallel_guesses_gets_no_further_than_one_after_another() {
    let world = World::new().await;
    world.account("ada@example.org", SystemRole::Viewer).await;
    let guesses: Vec<_> = (0..40)
        .map(|_| {
            let ctx = world.ctx().clone();
            tokio::spawn(async move {
                let guess = credentials("ada@example.org", "wrong");
                let answer = login::browser(&ctx, &guess, "x").await;
                matches!(answer, Err(IdentityError::InvalidCredentials))
            })
        })
        .collect();
    let mut tried = 0;
    for guess in guesses {
        tried += u32::from(guess.await.unwrap());
    }
    // Two hash at the same time, so one may already have begun when the tenth is counted
    assert!((10..=11).contains(&tried), "{tried}");
}

#[tokio::test]
async fn guessing_the_present_password_of_an_open_session_is_counted_too() {
    let world = World::new().await;
    world.account("ada@example.org", SystemRole::Viewer).await;
    let (_, ada) = world.sign_in("ada@example.org").await;
    let guess = ChangePassword {
        current_password: "wrong".into(),
        new_password: "l'œuf bleu chante".into(),
    };
    for _ in 0..10 {
        let error = own::change_password(world.ctx(), &ada, &guess).await.unwrap_err();
        assert_eq!(ApiError::from(error).fields[0].rule, "wrong");
    }
    let right = ChangePassword { current_password: PASSWORD.into(), ..guess };
    let answer = own::change_password(world.ctx(), &ada, &right).await;
    assert!(matches!(answer, Err(IdentityError::Locked { .. })));
}

#[tokio::test]
async fn a_lock_is_in_the_trail_without_the_address_and_counters_are_cleared_away() {
    let world = World::new().await;
    let ada = world.account("ada@example.org", SystemRole::Viewer).await;
    for email in ["ada@example.org", "nobody@example.org"] {
        for _ in 0..10 {
            assert!(world.try_password(email, "wrong").await.is_err());
        }
    }
    let trail = world.trail(None).await;
    let locks: Vec<_> = trail.iter().filter(|e| e.action == "login_counter.lock").collect();
    assert_eq!(locks.len(), 2);
    assert!(locks[0].values.contains(&ada.id.to_string()));
    assert!(locks[1].values.contains("null"));
    assert!(locks.iter().all(|e| e.actor_kind == "system" && !e.values.contains('@')));

    assert_eq!(identity::prune_login_failures(world.ctx()).await.unwrap(), 0, "still needed");
    world.ctx().clock.advance(TimeDelta::minutes(31));
    assert_eq!(identity::prune_login_failures(world.ctx()).await.unwrap(), 2);
}
