//! Accounts: who makes them, and the first sign-in.

use crate::world::{PASSWORD, SYSTEM, World, credentials, register};
use contract::identity::{ChangePassword, Password, UpdateUser, UserStatus};
use contract::permission::{Permission, SystemRole};
use contract::{ApiError, ErrorCode, ListQuery, Locale, Order};
use identity::error::IdentityError;
use identity::{login, own, session, users};
use platform::policy::require_system;
use platform::{Actor, Denied};

fn change(current: &str, new: &str) -> ChangePassword {
    ChangePassword { current_password: current.into(), new_password: new.into() }
}

#[tokio::test]
async fn a_new_colleague_must_choose_a_password_before_anything_else() {
    let world = World::new().await;
    let (_, admin) = world.person("root@example.org", SystemRole::Admin).await;

    let new = register("Ada@Example.org", SystemRole::Admin, None);
    let registered = users::register(world.ctx(), &admin, &new).await.unwrap();
    let temporary = registered.temporary_password.unwrap();
    assert!(registered.user.must_change_password);

    // The address is found however it is written
    let credentials = credentials(" ada@EXAMPLE.org ", temporary.expose());
    let login = login::browser(world.ctx(), &credentials, "Safari").await.unwrap();
    let (ada, _) = world.behind(login.token.expose()).await.unwrap();

    // Nothing works yet, not even what her role allows
    assert_eq!(
        require_system(&ada, Permission::UserManage).unwrap_err(),
        Denied::MustChangePassword
    );
    let list = users::list(world.ctx(), &ada, &ListQuery::default()).await;
    assert!(matches!(list, Err(IdentityError::Denied(Denied::MustChangePassword))));

    own::change_password(world.ctx(), &ada, &change(temporary.expose(), PASSWORD)).await.unwrap();
    let (ada, info) = world.behind(login.token.expose()).await.unwrap();
    assert!(!info.user.must_change_password);
    assert!(users::list(world.ctx(), &ada, &ListQuery::default()).await.is_ok());
    assert!(world.try_password("ada@example.org", temporary.expose()).await.is_err());
    assert!(world.try_password("ada@example.org", PASSWORD).await.is_ok());
}

#[tokio::test]
async fn a_password_given_by_the_administrator_is_temporary_as_well() {
    let world = World::new().await;
    let (_, admin) = world.person("root@example.org", SystemRole::Admin).await;
    let new = register("ada@example.org", SystemRole::Viewer, Some(PASSWORD));
    let registered = users::register(world.ctx(), &admin, &new).await.unwrap();
    assert_eq!(registered.temporary_password, None);
    assert!(registered.user.must_change_password);

    // Only the system itself may leave that out
    let other = register("ben@example.org", SystemRole::Viewer, Some(PASSWORD));
    let refused = users::register_settled(world.ctx(), &admin, &other).await;
    assert!(matches!(refused, Err(IdentityError::Denied(Denied::NotAllowed))));
    let made = users::register_settled(world.ctx(), &SYSTEM, &other).await.unwrap();
    assert!(!made.user.must_change_password);
}

#[tokio::test]
async fn only_administrators_make_accounts() {
    let world = World::new().await;
    for role in [SystemRole::Researcher, SystemRole::Coordinator, SystemRole::Viewer] {
        let (_, who) = world.person(&format!("{role}@example.org"), role).await;
        let new = register("ada@example.org", SystemRole::Viewer, None);
        let refused = users::register(world.ctx(), &who, &new).await;
        assert!(matches!(refused, Err(IdentityError::Denied(Denied::NotAllowed))), "{role}");
    }
    let new = register("ada@example.org", SystemRole::Viewer, None);
    let refused = users::register(world.ctx(), &Actor::Nobody, &new).await;
    assert!(matches!(refused, Err(IdentityError::Denied(Denied::NotSignedIn))));
}

#[tokio::test]
async fn one_address_has_one_account_however_it_is_written() {
    let world = World::new().await;
    world.account("ada@example.org", SystemRole::Viewer).await;
    let again = register("ADA@example.org", SystemRole::Admin, None);
    let error = users::register(world.ctx(), &SYSTEM, &again).await.unwrap_err();
    assert!(matches!(error, IdentityError::EmailTaken));
    let error = ApiError::from(error);
    assert_eq!((error.code, error.reason.as_str()), (ErrorCode::Conflict, "email_taken"));
    assert_eq!(error.fields[0].field, "email");
}

#[tokio::test]
async fn bad_registrations_name_every_field_at_fault() {
    let world = World::new().await;
    let mut new = register("not an address", SystemRole::Viewer, Some(""));
    new.name = "  ".into();
    let error = ApiError::from(users::register(world.ctx(), &SYSTEM, &new).await.unwrap_err());
    let fields: Vec<&str> = error.fields.iter().map(|field| field.field.as_str()).collect();
    assert_eq!(fields, ["email", "name", "password"]);

    let weak = register("ada@example.org", SystemRole::Viewer, Some("ada@example.org"));
    let error = ApiError::from(users::register(world.ctx(), &SYSTEM, &weak).await.unwrap_err());
    assert_eq!(
        (error.fields[0].field.as_str(), error.fields[0].rule.as_str()),
        ("password", "is_email")
    );
}

#[tokio::test]
async fn a_new_password_must_be_strong_and_new_and_ends_the_other_sessions() {
    let world = World::new().await;
    world.account("ada@example.org", SystemRole::Coordinator).await;
    let (here, ada) = world.sign_in("ada@example.org").await;
    let (elsewhere, _) = world.sign_in("ada@example.org").await;

    let refused = [
        (change("wrong password", "l'œuf bleu chante"), "current_password", "wrong"),
        (change(PASSWORD, "short"), "new_password", "too_short"),
        (change(PASSWORD, "password1234"), "new_password", "too_weak"),
        (change(PASSWORD, "ada@example.org"), "new_password", "is_email"),
        (change(PASSWORD, PASSWORD), "new_password", "same"),
    ];
    for (attempt, field, rule) in refused {
        let error = own::change_password(world.ctx(), &ada, &attempt).await.unwrap_err();
        let error = ApiError::from(error);
        assert_eq!(error.code, ErrorCode::Invalid);
        assert_eq!((error.fields[0].field.as_str(), error.fields[0].rule.as_str()), (field, rule));
    }
    assert!(world.behind(&elsewhere).await.is_some(), "nothing has happened yet");

    let good = change(PASSWORD, "l'œuf bleu chante");
    own::change_password(world.ctx(), &ada, &good).await.unwrap();
    assert!(world.behind(&here).await.is_some());
    assert!(world.behind(&elsewhere).await.is_none());
}

#[tokio::test]
async fn disabling_an_account_ends_its_sessions_and_refuses_its_password() {
    let world = World::new().await;
    let ada = world.account("ada@example.org", SystemRole::Researcher).await;
    let (token, _) = world.sign_in("ada@example.org").await;
    let request = credentials("ada@example.org", PASSWORD);
    let api = login::api(world.ctx(), &world.keys, &request, "curl").await.unwrap();

    let disable = UpdateUser { status: Some(UserStatus::Disabled), ..UpdateUser::default() };
    users::update(world.ctx(), &SYSTEM, ada.id, &disable).await.unwrap();

    assert!(world.behind(&token).await.is_none());
    let bearer = identity::bearer_actor(world.ctx(), &world.keys, &api.access_token).await;
    assert!(bearer.unwrap().is_none());
    assert!(matches!(
        world.try_password("ada@example.org", PASSWORD).await,
        Err(IdentityError::InvalidCredentials)
    ));

    let enable = UpdateUser { status: Some(UserStatus::Active), ..UpdateUser::default() };
    users::update(world.ctx(), &SYSTEM, ada.id, &enable).await.unwrap();
    assert!(world.try_password("ada@example.org", PASSWORD).await.is_ok());
    assert!(world.behind(&token).await.is_none(), "an ended session stays ended");
}

#[tokio::test]
async fn there_is_always_an_administrator() {
    let world = World::new().await;
    let (first, admin) = world.person("first@example.org", SystemRole::Admin).await;
    let demote = UpdateUser { role: Some(SystemRole::Viewer), ..UpdateUser::default() };
    let disable = UpdateUser { status: Some(UserStatus::Disabled), ..UpdateUser::default() };
    for change in [&demote, &disable] {
        let refused = users::update(world.ctx(), &admin, first.id, change).await;
        assert!(matches!(refused, Err(IdentityError::LastAdmin)));
    }

    // Two who demote each other at the same moment: one stays
    let (second, other) = world.person("second@example.org", SystemRole::Admin).await;
    let (one, two) = tokio::join!(
        users::update(world.ctx(), &admin, second.id, &demote),
        users::update(world.ctx(), &other, first.id, &demote),
    );
    assert_eq!(u32::from(one.is_ok()) + u32::from(two.is_ok()), 1);
}

#[tokio::test]
async fn a_reset_password_is_temporary_and_ends_sessions_and_lock() {
    let world = World::new().await;
    let ada = world.account("ada@example.org", SystemRole::Viewer).await;
    let (token, _) = world.sign_in("ada@example.org").await;
    for _ in 0..10 {
        assert!(world.try_password("ada@example.org", "wrong").await.is_err());
    }
    let reset = users::reset_password(world.ctx(), &SYSTEM, ada.id).await.unwrap();
    let temporary: Password = reset.temporary_password.unwrap();
    assert!(world.behind(&token).await.is_none());
    assert!(world.try_password("ada@example.org", PASSWORD).await.is_err());
    assert!(world.try_password("ada@example.org", temporary.expose()).await.is_ok());
}

#[tokio::test]
async fn the_list_of_accounts_is_searched_sorted_and_paged() {
    let world = World::new().await;
    for (email, role) in [
        ("carl@example.org", SystemRole::Viewer),
        ("Ada@example.org", SystemRole::Researcher),
        ("ben@clinic.example", SystemRole::Coordinator),
    ] {
        world.account(email, role).await;
    }
    let emails = async |query: &ListQuery| -> Vec<String> {
        let page = users::list(world.ctx(), &SYSTEM, query).await.unwrap();
        page.data.into_iter().map(|user| user.email).collect()
    };
    let by_email = ListQuery { sort: Some("email".into()), ..ListQuery::default() };
    assert_eq!(
        emails(&by_email).await,
        ["Ada@example.org", "ben@clinic.example", "carl@example.org"]
    );
    let backwards = ListQuery {
        order: Some(Order::Desc),
        per_page: Some(2),
        page: Some(2),
        ..by_email.clone()
    };
    assert_eq!(emails(&backwards).await, ["Ada@example.org"]);
    let found = ListQuery { search: Some("EXAMPLE.ORG".into()), ..by_email.clone() };
    assert_eq!(emails(&found).await, ["Ada@example.org", "carl@example.org"]);

    for (query, field) in [
        (ListQuery { sort: Some("password_hash".into()), ..ListQuery::default() }, "sort"),
        (ListQuery { status: Some("asleep".into()), ..ListQuery::default() }, "status"),
        (ListQuery { page: Some(0), ..ListQuery::default() }, "page"),
    ] {
        let error = ApiError::from(users::list(world.ctx(), &SYSTEM, &query).await.unwrap_err());
        assert_eq!(error.fields[0].field, field);
    }
}

#[tokio::test]
async fn what_happens_to_accounts_is_in_the_trail_without_secrets() {
    let world = World::new().await;
    let (root, admin) = world.person("root@example.org", SystemRole::Admin).await;
    let new = register("ada@example.org", SystemRole::Coordinator, None);
    let registered = users::register(world.ctx(), &admin, &new).await.unwrap();
    let temporary = registered.temporary_password.unwrap();
    let ada = registered.user.id;
    let created = world.last_entry(None).await;
    assert_eq!((created.action.as_str(), created.entity_id), ("user.create", ada.to_string()));
    assert_eq!((created.actor_kind.as_str(), created.actor_id), ("staff", root.id.to_string()));

    let rename = UpdateUser { name: Some("Ada K. Osei".into()), ..UpdateUser::default() };
    users::update(world.ctx(), &admin, ada, &rename).await.unwrap();
    let renamed = world.last_entry(None).await;
    assert!(renamed.values.contains("Ada Osei") && renamed.values.contains("Ada K. Osei"));

    let request = credentials("ada@example.org", temporary.expose());
    let login = login::browser(world.ctx(), &request, "Edge").await.unwrap();
    let token = login.token.expose().to_owned();
    let (actor, _) = world.behind(&token).await.unwrap();
    own::change_password(world.ctx(), &actor, &change(temporary.expose(), PASSWORD)).await.unwrap();
    own::set_locale(world.ctx(), &actor, Locale::Fr).await.unwrap();
    session::logout(world.ctx(), &actor).await.unwrap();
    users::reset_password(world.ctx(), &admin, ada).await.unwrap();
    users::end_sessions(world.ctx(), &admin, ada).await.unwrap();

    let trail = world.trail(None).await;
    let actions: Vec<&str> = trail.iter().map(|entry| entry.action.as_str()).collect();
    assert_eq!(
        actions,
        [
            "user.create",
            "user_session.create",
            "user.create",
            "user.update",
            "user_session.create",
            "user.change_password",
            "user.set_locale",
            "user_session.end",
            "user.reset_password",
            "user.end_sessions",
        ]
    );
    for entry in &trail {
        for secret in ["$argon2", PASSWORD, temporary.expose(), token.as_str()] {
            assert!(!entry.values.contains(secret), "{entry:?}");
        }
    }
}
