//! What every answer carries, and what no browser may do for a stranger.

use crate::app::{App, Client, PASSWORD, Reply};
use contract::permission::SystemRole;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The limits as they are when nobody sets them.
const DEFAULT_LIMITS: [(&str, &str); 2] =
    [("RATE_LIMIT_PER_MINUTE", ""), ("AUTH_RATE_LIMIT_PER_MINUTE", "")];

fn nonce_of(reply: &Reply) -> String {
    let policy = reply.header("content-security-policy").unwrap();
    let (_, rest) = policy.split_once("'nonce-").unwrap();
    rest.split_once('\'').unwrap().0.to_owned()
}

#[tokio::test]
async fn every_answer_carries_the_headers_that_protect_it() {
    let app = App::new().await;
    for path in [
        "/login",
        "/portal/login",
        "/",
        "/dashboard",
        "/no/such/page",
        "/assess/",
        "/docs",
        "/api/health",
        "/api/studies",
        "/api/no/such",
        "/pkg/none.js",
        "/public/none.svg",
    ] {
        let reply = app.nobody().get(path).await;
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(reply.header(name), Some(value), "{path} {name}");
        }
        let policy = reply.header("content-security-policy").unwrap();
        for part in [
            "default-src 'none'",
            "style-src 'self'",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "'wasm-unsafe-eval'",
        ] {
            assert!(policy.contains(part), "{path}: {policy}");
        }
        for loose in ["'unsafe-inline'", "'unsafe-eval'", "*", "http"] {
            assert!(!policy.contains(loose), "{path}: {policy}");
        }
        assert!(reply.header("permissions-policy").unwrap().contains("camera=()"));
        for name in ["x-request-id", "x-correlation-id"] {
            assert!(reply.header(name).is_some_and(|id| id.len() >= 32), "{path} {name}");
        }
        let isolated = reply.header("cross-origin-embedder-policy");
        assert_eq!(isolated.is_some(), path.starts_with("/assess"), "{path}");
        assert!(reply.header("strict-transport-security").is_none(), "not over plain HTTP");
    }
    let secure = app.nobody().with("x-forwarded-proto", "https").get("/login").await;
    assert!(secure.header("strict-transport-security").is_some());
}

#[tokio::test]
async fn scripts_of_a_page_carry_the_nonce_of_its_answer_and_no_other() {
    let app = App::new().await;
    app.account("ada@example.org", SystemRole::Admin).await;
    let ada = app.sign_in_browser("ada@example.org").await;
    let mut nonces = BTreeSet::new();
    for (who, path) in [
        (&app.nobody(), "/login"),
        (&app.nobody(), "/portal/login"),
        (&app.nobody(), "/assess/"),
        (&ada, "/dashboard"),
        (&ada, "/studies"),
        (&ada, "/users/new"),
    ] {
        let reply = who.get(path).await;
        assert_eq!(reply.code(), 200, "{path}");
        let nonce = nonce_of(&reply);
        assert!(nonces.insert(nonce.clone()), "{path}: a nonce twice");
        assert!(reply.text.contains(&format!("nonce=\"{nonce}\"")), "{path}: {}", reply.text);
        for tag in reply.text.split("<script").skip(1) {
            let tag = tag.split('>').next().unwrap();
            let is_data = tag.contains("application/json");
            assert!(is_data || tag.contains(&nonce), "{path}: <script{tag}>");
        }
        assert!(!reply.text.contains(" style=\"") && !reply.text.contains("onclick="), "{path}");
    }
}

#[tokio::test]
async fn a_strangers_sixty_first_call_in_a_minute_is_refused() {
    let app = App::with(&DEFAULT_LIMITS).await;
    for call in 1..=60_u32 {
        let reply = app.nobody().get("/api/studies").await;
        assert_eq!(reply.code(), 401, "call {call}");
        assert_eq!(reply.header("x-ratelimit-limit"), Some("60"));
        let left: u32 = reply.header("x-ratelimit-remaining").unwrap().parse().unwrap();
        assert!(left >= 60 - call && left <= 61 - call, "call {call}: {left}");
        assert!(reply.header("x-ratelimit-reset").unwrap().parse::<u32>().is_ok());
    }
    let refused = app.nobody().get("/api/studies").await;
    assert_eq!((refused.code(), refused.reason()), (429, "too_many_requests"));
    assert_eq!(refused.header("x-ratelimit-remaining"), Some("0"));
    let wait: u32 = refused.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=60).contains(&wait));
    // Health, pages and sign-in have nothing to do with it
    assert_eq!(app.nobody().get("/api/health").await.code(), 200);
    assert_eq!(app.nobody().get("/login").await.code(), 200);
    // Nor have those who are signed in
    let ada = app.staff("ada@example.org", SystemRole::Viewer).await;
    for _ in 0..150 {
        let reply = ada.get("/api/studies").await;
        assert_eq!((reply.code(), reply.header("x-ratelimit-limit")), (200, Some("3000")));
    }
}

#[tokio::test]
async fn the_eleventh_sign_in_of_a_client_in_a_minute_is_refused() {
    let app = App::with(&DEFAULT_LIMITS).await;
    for number in 0..10 {
        let body = json!({ "email": format!("p{number}@example.org"), "password": "wrong" });
        let reply = app.nobody().post("/api/auth/login", &body).await;
        assert_eq!((reply.code(), reply.header("x-ratelimit-limit")), (401, Some("10")));
    }
    for (address, form) in [
        ("/api/auth/login", "email=a%40example.org&password=x"),
        ("/api/auth/login/browser", "email=a%40example.org&password=x"),
        ("/api/auth/magic-link", "email=a%40example.org"),
        ("/api/auth/magic-link/verify", "token=x"),
        ("/_fn/sign_in", "email=a%40example.org&password=x"),
        ("/_fn/portal/request_link", "email=a%40example.org"),
        ("/_fn/portal/verify", "token=x"),
    ] {
        let reply = app.nobody().form(address, form).await;
        assert_eq!(reply.code(), 429, "{address}: {reply:?}");
        assert!(reply.header("retry-after").is_some(), "{address}");
    }
}

async fn study(who: &Client<'_>, code: &str) -> Reply {
    who.post("/api/studies", &json!({ "code": code, "name": "S" })).await
}

#[tokio::test]
async fn another_sites_page_cannot_use_the_cookie() {
    let app = App::new().await;
    app.account("ada@example.org", SystemRole::Researcher).await;
    let ada = app.sign_in_browser("ada@example.org").await;
    for (name, value) in [
        ("origin", "https://evil.example"),
        ("origin", "null"),
        ("origin", "http://metricis.test.evil.example"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
    ] {
        let evil = ada.with(name, value);
        let reply = study(&evil, "EVIL").await;
        assert_eq!((reply.code(), reply.reason()), (403, "foreign_origin"), "{name} {value}");
        let form =
            "code=EVIL&name=E&description=&integration_mode=metricis&languages=en&time_zone=UTC";
        assert_eq!(evil.form("/_fn/create_study", form).await.code(), 403, "{name} {value}");
        assert_eq!(evil.form("/_fn/sign_out", "").await.code(), 403, "{name} {value}");
    }
    assert_eq!(ada.get("/api/studies").await.json["pagination"]["total"], 0);
    assert_eq!(study(&ada, "OWN").await.code(), 201);
    let same = ada.with("origin", "http://metricis.test");
    assert_eq!(study(&same, "SAME").await.code(), 201);
    // A bearer token is a proof of its own: another site does not have it
    let bearer = app.sign_in("ada@example.org", PASSWORD).await;
    assert_eq!(study(&bearer.with("origin", "https://tool.example"), "TOOL").await.code(), 201);
}

#[tokio::test]
async fn cookies_of_staff_and_participants_are_out_of_reach_for_scripts() {
    let app = App::new().await;
    app.account("ada@example.org", SystemRole::Viewer).await;
    let form = "email=ada%40example.org&password=marble+otter+7+canal&next=";
    let by_form = app.nobody().form("/_fn/sign_in", form).await;
    assert_eq!(by_form.header("location"), Some("/dashboard"), "{by_form:?}");
    let cookie = by_form.header("set-cookie").unwrap();
    for part in ["HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    for next in ["https%3A%2F%2Fevil.example", "%2F%2Fevil.example", "%2F%5Cevil.example"] {
        let reply = app.nobody().form("/_fn/sign_in", &format!("{form}{next}")).await;
        assert_eq!(reply.header("location"), Some("/dashboard"), "{next}");
    }
}

#[tokio::test]
async fn only_listed_origins_may_read_answers() {
    let app = App::with(&[("ALLOWED_ORIGINS", "https://tool.example, https://lab.example/")]).await;
    let ada = app.staff("ada@example.org", SystemRole::Viewer).await;
    for origin in ["https://tool.example", "https://lab.example"] {
        let reply = ada.with("origin", origin).get("/api/studies").await;
        assert_eq!(reply.header("access-control-allow-origin"), Some(origin));
        assert_eq!(reply.header("access-control-allow-credentials"), Some("true"));
        let ask = app.nobody().with("origin", origin).with("access-control-request-method", "POST");
        let reply = ask.call("options", "/api/studies", &Value::Null).await;
        assert_eq!(reply.code(), 200, "{reply:?}");
        assert!(reply.header("access-control-allow-methods").unwrap().contains("POST"));
    }
    for origin in ["https://evil.example", "null", "https://tool.example.evil.example"] {
        let reply = ada.with("origin", origin).get("/api/studies").await;
        assert_eq!(reply.header("access-control-allow-origin"), None, "{origin}");
    }
}

#[tokio::test]
async fn a_correlation_id_comes_back_unless_it_could_break_a_log_line() {
    let app = App::new().await;
    let good = app.nobody().with("x-correlation-id", "visit-7.a_B").get("/api/health").await;
    assert_eq!(good.header("x-correlation-id"), Some("visit-7.a_B"));
    assert_ne!(good.header("x-request-id"), Some("visit-7.a_B"));
    for bad in ["", "a b", "a\"b", "{}", &"x".repeat(65)] {
        let reply = app.nobody().with("x-correlation-id", bad).get("/api/health").await;
        assert_eq!(reply.header("x-correlation-id"), reply.header("x-request-id"), "{bad}");
    }
}
