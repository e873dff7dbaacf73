//! A refused form, as each kind of sender hears of it: a script of our pages, a browser without
//! script, a client of the REST interface.

use crate::app::{App, Client, Reply};
use contract::REFUSAL_TYPE;
use contract::permission::SystemRole;
use serde_json::json;

const FORM: &str = "code=&name=&description=&integration_mode=metricis&languages=en&time_zone=UTC";

/// As the form island of a page asks.
fn script<'a>(who: &Client<'a>) -> Client<'a> {
    who.with("accept", &format!("application/json, {REFUSAL_TYPE}"))
}

/// Expects an answer that no browser reports, with this status in its envelope.
fn enveloped(reply: &Reply, status: u16) {
    assert_eq!(reply.code(), 200, "{reply:?}");
    assert_eq!(reply.header("content-type"), Some(REFUSAL_TYPE), "{reply:?}");
    assert_eq!(reply.json["status"], status, "{reply:?}");
    assert!(reply.json["error"]["message"].is_string(), "{reply:?}");
    assert!(reply.header("location").is_none(), "{reply:?}");
}

#[tokio::test]
async fn a_script_gets_what_is_wrong_in_an_envelope() {
    let app = App::new().await;
    app.account("ada@example.org", SystemRole::Researcher).await;
    let ada = app.sign_in_browser("ada@example.org").await;

    let refused = script(&ada).form("/_fn/create_study", FORM).await;
    enveloped(&refused, 422);
    assert_eq!(refused.json["error"]["fields"][0]["field"], "code");
    assert_eq!(ada.get("/api/studies").await.json["pagination"]["total"], 0);

    let huge = format!("code={}", "x".repeat(300 * 1024));
    enveloped(&script(&ada).form("/_fn/create_study", &huge).await, 413);
    enveloped(&script(&app.nobody()).form("/_fn/create_study", FORM).await, 401);
    enveloped(&script(&app.nobody()).form("/_fn/portal/start_task", "assignment=x").await, 401);
    let wrong = "email=ada%40example.org&password=wrong";
    let refused = script(&app.nobody()).form("/_fn/sign_in", wrong).await;
    enveloped(&refused, 401);
    assert!(refused.cookie().is_none());
    enveloped(&script(&app.nobody()).form("/_fn/portal/verify", "token=x").await, 401);
    enveloped(&script(&app.nobody()).form("/_fn/sign_in", "").await, 422);
    let elsewhere = script(&ada).with("origin", "https://evil.example");
    enveloped(&elsewhere.form("/_fn/create_study", FORM).await, 403);

    let form = FORM.replace("code=&name=", "code=NEURO&name=Neuro");
    let made = script(&ada).form("/_fn/create_study", &form).await;
    assert_eq!(made.code(), 200, "{made:?}");
    assert!(made.header("location").is_some_and(|place| place.starts_with("/studies/")));
    assert_eq!(made.header("content-type"), Some("application/json"));
}

#[tokio::test]
async fn the_dialog_that_signs_in_again_asks_in_the_same_way() {
    let app = App::new().await;
    app.account("ada@example.org", SystemRole::Viewer).await;
    let wrong = json!({ "email": "ada@example.org", "password": "wrong" });
    let refused = script(&app.nobody()).post("/api/auth/login/browser", &wrong).await;
    enveloped(&refused, 401);
    assert!(refused.cookie().is_none());
    enveloped(&script(&app.nobody()).get("/api/auth/me").await, 401);
}

#[tokio::test]
async fn a_limit_still_says_when_to_come_back() {
    let app = App::with(&[("AUTH_RATE_LIMIT_PER_MINUTE", "1")]).await;
    let form = "email=a%40example.org";
    let first = script(&app.nobody()).form("/_fn/portal/request_link", form).await;
    assert!(first.header("location").is_some(), "{first:?}");
    let refused = script(&app.nobody()).form("/_fn/portal/request_link", form).await;
    enveloped(&refused, 429);
    assert!(refused.header("retry-after").is_some(), "{refused:?}");
}

#[tokio::test]
async fn who_does_not_ask_for_an_envelope_gets_the_status_itself() {
    let app = App::new().await;
    app.account("ada@example.org", SystemRole::Researcher).await;
    let ada = app.sign_in_browser("ada@example.org").await;
    for accept in ["application/json", "*/*"] {
        let form = ada.with("accept", accept).form("/_fn/create_study", FORM).await;
        assert_eq!((form.code(), &form.json["fields"][0]["field"]), (422, &json!("code")));
        let rest = ada.with("accept", accept).post("/api/studies", &json!({ "code": "" })).await;
        assert_eq!((rest.code(), rest.reason()), (422, "invalid"), "{rest:?}");
        assert_eq!(app.nobody().with("accept", accept).get("/api/auth/me").await.code(), 401);
    }
    let plain = ada.with("accept", "text/html,application/xhtml+xml");
    let plain = plain.with("referer", "http://metricis.test/studies/new");
    let back = plain.form("/_fn/create_study", FORM).await;
    assert!((300..400).contains(&back.code()), "{back:?}");
    let place = back.header("location").unwrap_or_default();
    assert!(place.contains("/studies/new?") && place.contains("__err="), "{place}");
}
