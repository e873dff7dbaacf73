//! `/api/auth` and `/api/users`: signing in and out over HTTP.

use crate::app::{App, PASSWORD};
use chrono::TimeDelta;
use contract::Id;
use contract::ids::{Participant, Study};
use contract::permission::SystemRole;
use serde_json::{Value, json};

fn login(password: &str) -> Value {
    json!({ "email": "ada@example.org", "password": password })
}

#[tokio::test]
async fn an_api_client_signs_in_by_json_or_form_refreshes_and_signs_out() {
    let app = App::new().await;
    app.account("ada@example.org", SystemRole::Researcher).await;
    let reply = app.nobody().post("/api/auth/login", &login(PASSWORD)).await;
    assert_eq!(reply.code(), 200, "{reply:?}");
    assert_eq!(reply.json["token_type"], "bearer");
    assert_eq!(reply.json["expires_in"], 1800);
    assert_eq!(reply.json["user"]["role"], "researcher");
    assert_eq!(reply.header("cache-control"), Some("no-store"));
    assert!(reply.cookie().is_none());
    assert!(!reply.text.contains("argon2"));

    // OAuth2 clients post a form and say username
    let form = "grant_type=password&username=ADA%40example.org&password=marble+otter+7+canal";
    let by_form = app.nobody().form("/api/auth/login", form).await;
    assert_eq!(by_form.code(), 200, "{by_form:?}");

    let access = reply.json["access_token"].as_str().unwrap();
    let me = app.bearer(access).get("/api/auth/me").await;
    assert_eq!((me.code(), &me.json["user"]["email"]), (200, &json!("ada@example.org")));
    assert_eq!(me.json["session"]["kind"], "api");

    app.db.advance(TimeDelta::minutes(30));
    let late = app.bearer(access).get("/api/auth/me").await;
    assert_eq!(late.code(), 401);
    let refresh = json!({ "refresh_token": reply.json["refresh_token"] });
    let renewed = app.nobody().post("/api/auth/refresh", &refresh).await;
    assert_eq!(renewed.code(), 200, "{renewed:?}");
    let client = app.bearer(renewed.json["access_token"].as_str().unwrap());
    assert_eq!(client.get("/api/auth/me").await.code(), 200);

    assert_eq!(client.post("/api/auth/logout", &json!({})).await.code(), 204);
    assert_eq!(client.get("/api/auth/me").await.code(), 401);
    let refresh = json!({ "refresh_token": renewed.json["refresh_token"] });
    let refused = app.nobody().post("/api/auth/refresh", &refresh).await;
    assert_eq!((refused.code(), refused.reason()), (401, "token_refused"));
}

#[tokio::test]
async fn a_browser_gets_a_cookie_that_scripts_cannot_read() {
    let app = App::new().await;
    app.account("ada@example.org", SystemRole::Viewer).await;
    let first = app.nobody().post("/api/auth/login/browser", &login(PASSWORD)).await;
    assert_eq!(first.code(), 200, "{first:?}");
    let set = first.header("set-cookie").unwrap();
    for part in ["HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(set.contains(part), "{set}");
    }
    let cookie = first.cookie().unwrap().to_owned();
    let (_, secret) = cookie.split_once('=').unwrap();
    assert!(!first.text.contains(secret));
    let browser = app.browser(&cookie);
    let me = browser.get("/api/auth/me").await;
    assert_eq!((me.code(), &me.json["session"]["client"]), (200, &json!("Firefox")));

    // Signing in again in the same browser ends the session before
    let second = browser.post("/api/auth/login/browser", &login(PASSWORD)).await;
    assert_eq!(second.code(), 200);
    assert_eq!(browser.get("/api/auth/me").await.code(), 401);
    let browser = app.browser(second.cookie().unwrap());
    let out = browser.post("/api/auth/logout", &json!({})).await;
    assert_eq!(out.code(), 204);
    assert!(out.header("set-cookie").unwrap().contains("Max-Age=0"));
    assert_eq!(browser.get("/api/auth/me").await.code(), 401);
    // Without a session there is nothing to do
    assert_eq!(app.nobody().post("/api/auth/logout", &json!({})).await.code(), 204);
}

#[tokio::test]
async fn wrong_credentials_have_one_answer_and_ten_of_them_lock() {
    let app = App::new().await;
    app.account("ada@example.org", SystemRole::Viewer).await;
    let wrong = app.nobody().post("/api/auth/login", &login("wrong")).await;
    assert_eq!((wrong.code(), wrong.reason()), (401, "invalid_credentials"));
    assert_eq!(wrong.json["detail"], wrong.json["error"]["message"]);
    let unknown = json!({ "email": "nobody@example.org", "password": "wrong" });
    let unknown = app.nobody().post("/api/auth/login", &unknown).await;
    assert_eq!((unknown.status, &unknown.json), (wrong.status, &wrong.json));
    for _ in 0..9 {
        assert_eq!(app.nobody().post("/api/auth/login", &login("wrong")).await.code(), 401);
    }
    for address in ["/api/auth/login", "/api/auth/login/browser"] {
        let locked = app.nobody().post(address, &login(PASSWORD)).await;
        assert_eq!((locked.code(), locked.reason()), (423, "login_locked"), "{address}");
    }
}

#[tokio::test]
async fn a_colleague_is_registered_and_must_choose_a_password_first() {
    let app = App::new().await;
    let admin = app.staff("root@example.org", SystemRole::Admin).await;
    let coordinator = app.staff("co@example.org", SystemRole::Coordinator).await;
    let new = json!({ "email": "ada@example.org", "name": "Ada", "role": "researcher" });
    let refused = coordinator.post("/api/auth/register", &new).await;
    assert_eq!((refused.code(), refused.reason()), (403, "not_allowed"));
    assert_eq!(app.nobody().post("/api/auth/register", &new).await.code(), 401);

    let made = admin.post("/api/auth/register", &new).await;
    assert_eq!(made.code(), 201, "{made:?}");
    let id = made.json["user"]["id"].as_str().unwrap();
    assert_eq!(made.header("location"), Some(format!("/api/users/{id}").as_str()));
    let again = admin.post("/api/auth/register", &new).await;
    assert_eq!((again.code(), again.reason()), (409, "email_taken"));
    assert_eq!(again.fields(), ["email"]);

    let temporary = made.json["temporary_password"].as_str().unwrap();
    let ada = app.sign_in("ada@example.org", temporary).await;
    let early = ada.get("/api/studies").await;
    assert_eq!((early.code(), early.reason()), (403, "must_change_password"));
    let weak = json!({ "current_password": temporary, "new_password": "password1234" });
    let weak = ada.post("/api/auth/password", &weak).await;
    assert_eq!((weak.code(), weak.fields()), (422, vec!["new_password"]));
    let good = json!({ "current_password": temporary, "new_password": PASSWORD });
    assert_eq!(ada.post("/api/auth/password", &good).await.code(), 204);
    assert_eq!(ada.get("/api/studies").await.code(), 200);
}

#[tokio::test]
async fn sessions_are_listed_and_ended() {
    let app = App::new().await;
    let here = app.staff("ada@example.org", SystemRole::Viewer).await;
    let there = app.sign_in("ada@example.org", PASSWORD).await;
    let third = app.sign_in("ada@example.org", PASSWORD).await;
    let eve = app.staff("eve@example.org", SystemRole::Admin).await;

    let list = here.get("/api/auth/sessions").await;
    assert_eq!(list.json.as_array().unwrap().len(), 3);
    let own = there.get("/api/auth/me").await.json["session"]["id"].clone();
    let address = format!("/api/auth/sessions/{}", own.as_str().unwrap());
    let foreign = eve.delete(&address).await;
    assert_eq!((foreign.code(), foreign.reason()), (404, "session_not_found"));
    assert_eq!(here.delete(&address).await.code(), 204);
    assert_eq!(there.get("/api/auth/me").await.code(), 401);
    assert_eq!(here.delete(&address).await.code(), 404);
    assert_eq!(here.delete("/api/auth/sessions/no-id").await.code(), 404);

    let others = here.delete("/api/auth/sessions").await;
    assert_eq!((others.code(), &others.json["ended"]), (200, &json!(1)));
    assert_eq!(third.get("/api/auth/me").await.code(), 401);
    assert_eq!(here.get("/api/auth/me").await.code(), 200);
}

#[tokio::test]
async fn administrators_look_after_accounts() {
    let app = App::new().await;
    let admin = app.staff("root@example.org", SystemRole::Admin).await;
    let ada = app.staff("ada@example.org", SystemRole::Viewer).await;
    let list = admin.get("/api/users?sort=email&search=ada").await;
    assert_eq!((list.code(), &list.json["pagination"]["total"]), (200, &json!(1)));
    let id = list.json["data"][0]["id"].as_str().unwrap();
    let address = format!("/api/users/{id}");

    let promoted = admin.patch(&address, &json!({ "role": "coordinator" })).await;
    assert_eq!((promoted.code(), &promoted.json["role"]), (200, &json!("coordinator")));
    assert_eq!(admin.get(&address).await.json, promoted.json);
    let unknown = admin.patch(&address, &json!({ "role": "king" })).await;
    assert_eq!((unknown.code(), unknown.fields()), (422, vec!["role"]));

    let reset = admin.post(&format!("{address}/reset-password"), &json!({})).await;
    assert_eq!(reset.code(), 200);
    assert!(reset.json["temporary_password"].is_string());
    assert_eq!(ada.get("/api/auth/me").await.code(), 401);
    let ended = admin.delete(&format!("{address}/sessions")).await;
    assert_eq!((ended.code(), &ended.json["ended"]), (200, &json!(0)));

    let eve = app.staff("eve@example.org", SystemRole::Researcher).await;
    for path in ["/api/users", &address] {
        assert_eq!(eve.get(path).await.code(), 403, "{path}");
    }
    let me = admin.get("/api/auth/me").await.json["user"]["id"].clone();
    let own = format!("/api/users/{}", me.as_str().unwrap());
    let last = admin.patch(&own, &json!({ "status": "disabled" })).await;
    assert_eq!((last.code(), last.reason()), (409, "last_admin"));
}

#[tokio::test]
async fn a_participant_asks_for_a_link_and_spends_it_once() {
    let app = App::new().await;
    let known = json!({ "email": "p@example.org" });
    let asked = app.nobody().post("/api/auth/magic-link", &known).await;
    assert_eq!(asked.code(), 202, "{asked:?}");
    let other = app.nobody().form("/api/auth/magic-link", "email=q%40example.org").await;
    assert_eq!((other.status, other.json), (asked.status, asked.json));
    let wrong = app.nobody().post("/api/auth/magic-link", &json!({ "email": "nobody" })).await;
    assert_eq!((wrong.code(), wrong.fields()), (422, vec!["email"]));

    let token = json!({ "token": link(&app).await });
    let spent = app.nobody().post("/api/auth/magic-link/verify", &token).await;
    assert_eq!(spent.code(), 200, "{spent:?}");
    assert!(spent.json["participant_id"].is_string());
    assert!(spent.header("set-cookie").unwrap().contains("HttpOnly"));
    let again = app.nobody().post("/api/auth/magic-link/verify", &token).await;
    assert_eq!((again.code(), again.reason()), (401, "link_not_valid"));
    // The portal's cookie opens nothing that is for staff
    let portal = app.browser(spent.cookie().unwrap());
    assert_eq!(portal.get("/api/auth/me").await.code(), 401);
    assert_eq!(portal.get("/api/studies").await.code(), 401);
}

/// A link as the participants context issues it.
async fn link(app: &App) -> String {
    let new = serde_json::from_value(json!({ "code": "ONE", "name": "One" })).unwrap();
    let study: Id<Study> =
        studies::study::create(&app.db.ctx, &app.db.system, &new).await.unwrap().id;
    let participant: Id<Participant> = app.db.ctx.new_id();
    let mut tx = app.db.ctx.write(&app.db.system, Some(study)).await.unwrap();
    let token = identity::magic_link::issue(&mut tx, participant, study).await.unwrap();
    tx.commit(platform::audit::Entry::new("magic_link.create", participant)).await.unwrap();
    token.expose().to_owned()
}

#[tokio::test]
async fn broken_requests_are_answered_with_what_is_wrong() {
    let app = App::new().await;
    let nobody = app.nobody();
    for (body, code, fields) in [
        (&b"{\"email\":"[..], 400, vec![]),
        (b"\xff\xfe", 400, vec![]),
        (b"{}", 422, vec![]),
        (b"{\"email\":\"\",\"password\":\"\"}", 422, vec!["email", "password"]),
        (b"{\"email\":1,\"password\":\"x\"}", 422, vec!["email"]),
        (b"{\"email\":\"a\",\"password\":[\"x\"]}", 422, vec!["password"]),
    ] {
        let reply = nobody.raw("/api/auth/login", body.to_vec()).await;
        let sent = String::from_utf8_lossy(body);
        assert_eq!(reply.code(), code, "{sent}: {reply:?}");
        if !fields.is_empty() {
            assert_eq!(reply.fields(), fields, "{sent}");
        }
    }
    let long = login(&"x".repeat(2000));
    let reply = nobody.post("/api/auth/login", &long).await;
    assert_eq!((reply.code(), reply.fields()), (422, vec!["password"]));
    let huge = nobody.raw("/api/auth/login", vec![b' '; 300 * 1024]).await;
    assert_eq!(huge.code(), 413);
    for token in ["", "rubbish", "a.b.c"] {
        let reply = app.bearer(token).get("/api/auth/me").await;
        assert_eq!(reply.code(), 401, "{token}");
    }
}

#[tokio::test]
async fn sign_in_is_limited_per_client_and_says_when_to_come_back() {
    let app = App::with(&[("AUTH_RATE_LIMIT_PER_MINUTE", "3")]).await;
    for remaining in ["2", "1", "0"] {
        let reply = app.nobody().post("/api/auth/login", &login("wrong")).await;
        assert_eq!(reply.code(), 401);
        assert_eq!(reply.header("x-ratelimit-limit"), Some("3"));
        assert_eq!(reply.header("x-ratelimit-remaining"), Some(remaining));
    }
    let reply = app.nobody().form("/api/auth/login/browser", "email=a&password=b").await;
    assert_eq!((reply.code(), reply.reason()), (429, "too_many_requests"));
    assert!(reply.header("retry-after").unwrap().parse::<u32>().unwrap() > 0);
}
