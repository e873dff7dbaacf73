//! The whole server for one test: its router on a database of its own, called without a socket.

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use chrono::TimeDelta;
use contract::Locale;
use contract::identity::{Password, RegisterUser};
use contract::permission::SystemRole;
use http_body_util::BodyExt;
use identity::JwtKeys;
use leptos::config::LeptosOptions;
use metricis::config::Config;
use metricis::http::assets::{Assets, Bundle, Manifest};
use metricis::http::middleware::rate_limit::RateLimits;
use metricis::http::router;
use metricis::state::AppState;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use testkit::TestDb;
use tower::ServiceExt;

/// The password of everybody in these stories.
pub(crate) const PASSWORD: &str = "marble otter 7 canal";

pub(crate) struct App {
    pub(crate) db: TestDb,
    pub(crate) config: Arc<Config>,
    router: Router,
}

/// An answer, read to its end.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    /// Null where there is no JSON.
    pub(crate) json: Value,
    pub(crate) text: String,
}

impl Reply {
    /// The status as a number, for short assertions.
    pub(crate) fn code(&self) -> u16 {
        self.status.as_u16()
    }

    /// The stable word of an error.
    pub(crate) fn reason(&self) -> &str {
        self.json["error"]["code"].as_str().unwrap_or_default()
    }

    /// The fields that an error names.
    pub(crate) fn fields(&self) -> Vec<&str> {
        let fields = self.json["error"]["details"]["fields"].as_array();
        fields.into_iter().flatten().filter_map(|field| field["field"].as_str()).collect()
    }

    /// `name=value` of the cookie that the answer sets.
    pub(crate) fn cookie(&self) -> Option<&str> {
        self.header("set-cookie").and_then(|cookie| cookie.split(';').next())
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }
}

impl App {
    pub(crate) async fn new() -> Self {
        Self::with(&[]).await
    }

    /// With variables of the environment beside the usual ones.
    pub(crate) async fn with(variables: &[(&'static str, &'static str)]) -> Self {
        let mut environment = HashMap::from([
            ("ENVIRONMENT", "test"),
            ("PORTAL_BASE_URL", "http://metricis.test"),
            ("RATE_LIMIT_PER_MINUTE", "100000"),
            ("AUTH_RATE_LIMIT_PER_MINUTE", "100000"),
        ]);
        environment.extend(variables.iter().copied());
        let config = Arc::new(Config::from_lookup(&environment).unwrap());
        let db = TestDb::new().await;
        let bundle = |name: &str| Bundle { output_name: name.to_owned() };
        let manifest = Manifest {
            researcher: bundle("researcher"),
            patient: bundle("patient"),
            css: "metricis.css".into(),
        };
        let assets = Assets {
            root: PathBuf::from("no-site-in-tests"),
            manifest,
            assess_index: "<!DOCTYPE html><script nonce=\"{{NONCE}}\"></script>".into(),
        };
        let state = AppState {
            ctx: db.ctx.clone().with_session_idle(config.session_idle()),
            jwt: JwtKeys::new(
                b"a secret of the tests, 32 bytes!",
                TimeDelta::minutes(i64::from(config.access_token_minutes)),
                TimeDelta::days(i64::from(config.refresh_token_days)),
            ),
            rate_limits: RateLimits::new(
                config.auth_rate_limit_per_minute,
                config.rate_limit_per_minute,
                config.user_rate_limit_per_minute,
            ),
            config: Arc::clone(&config),
            assets: Arc::new(assets),
            demo: false,
            leptos_options: LeptosOptions::builder().output_name("metricis").build(),
        };
        Self { router: router::build(state), config, db }
    }

    /// Somebody without any credential.
    pub(crate) const fn nobody(&self) -> Client<'_> {
        Client { app: self, cookie: None, bearer: None, headers: Vec::new() }
    }

    /// Makes an account whose password stays good.
    pub(crate) async fn account(&self, email: &str, role: SystemRole) {
        let new = RegisterUser {
            email: email.into(),
            name: email.split('@').next().unwrap_or_default().into(),
            role,
            locale: Locale::En,
            password: Some(Password::from(PASSWORD)),
        };
        identity::users::register_settled(&self.db.ctx, &self.db.system, &new).await.unwrap();
    }

    /// Somebody with a new account, signed in as an API client.
    pub(crate) async fn staff(&self, email: &str, role: SystemRole) -> Client<'_> {
        self.account(email, role).await;
        self.sign_in(email, PASSWORD).await
    }

    /// Signs in as an API client.
    pub(crate) async fn sign_in(&self, email: &str, password: &str) -> Client<'_> {
        let body = json!({ "email": email, "password": password });
        let reply = self.nobody().post("/api/auth/login", &body).await;
        assert_eq!(reply.code(), 200, "{reply:?}");
        let token = reply.json["access_token"].as_str().unwrap().to_owned();
        Client { bearer: Some(token), ..self.nobody() }
    }

    /// Signs in as a member of staff in a browser.
    pub(crate) async fn sign_in_browser(&self, email: &str) -> Client<'_> {
        let body = json!({ "email": email, "password": PASSWORD });
        let reply = self.nobody().post("/api/auth/login/browser", &body).await;
        self.browser(reply.cookie().unwrap())
    }

    /// Somebody with a cookie, in a browser.
    pub(crate) fn browser(&self, cookie: &str) -> Client<'_> {
        Client { cookie: Some(cookie.to_owned()), ..self.nobody() }
    }

    /// Somebody with an access token.
    pub(crate) fn bearer(&self, token: &str) -> Client<'_> {
        Client { bearer: Some(token.to_owned()), ..self.nobody() }
    }
}

/// Somebody who calls.
#[derive(Clone)]
pub(crate) struct Client<'a> {
    app: &'a App,
    cookie: Option<String>,
    bearer: Option<String>,
    headers: Vec<(&'static str, String)>,
}

impl Client<'_> {
    /// The same caller, who sends this header too.
    pub(crate) fn with(&self, name: &'static str, value: &str) -> Self {
        let mut other = self.clone();
        other.headers.push((name, value.to_owned()));
        other
    }

    /// Any method, with a JSON body unless that is null.
    pub(crate) async fn call(&self, method: &str, path: &str, body: &Value) -> Reply {
        let method = method.to_uppercase().parse().unwrap();
        if body.is_null() {
            return self.send(method, path, None, Body::empty()).await;
        }
        self.json(method, path, body).await
    }

    pub(crate) async fn get(&self, path: &str) -> Reply {
        self.send(Method::GET, path, None, Body::empty()).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Reply {
        self.json(Method::POST, path, body).await
    }

    pub(crate) async fn patch(&self, path: &str, body: &Value) -> Reply {
        self.json(Method::PATCH, path, body).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Reply {
        self.send(Method::DELETE, path, None, Body::empty()).await
    }

    /// Posts a form, `a=1&b=2`.
    pub(crate) async fn form(&self, path: &str, body: &str) -> Reply {
        let form = Some("application/x-www-form-urlencoded");
        self.send(Method::POST, path, form, Body::from(body.to_owned())).await
    }

    /// Posts bytes that call themselves JSON.
    pub(crate) async fn raw(&self, path: &str, body: impl Into<Body>) -> Reply {
        self.send(Method::POST, path, Some("application/json"), body.into()).await
    }

    async fn json(&self, method: Method, path: &str, body: &Value) -> Reply {
        self.send(method, path, Some("application/json"), Body::from(body.to_string())).await
    }

    async fn send(
        &self,
        method: Method,
        path: &str,
        content_type: Option<&str>,
        body: Body,
    ) -> Reply {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "metricis.test")
            .header(header::USER_AGENT, "Mozilla/5.0 (X11; Linux) Gecko/20100101 Firefox/150.0");
        if let Some(content_type) = content_type {
            request = request.header(header::CONTENT_TYPE, content_type);
        }
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, cookie);
            if !self.headers.iter().any(|(name, _)| matches!(*name, "origin" | "sec-fetch-site")) {
                request = request.header("sec-fetch-site", "same-origin");
            }
        }
        if let Some(token) = &self.bearer {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        let request = request.body(body).unwrap();
        let response = self.app.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        Reply {
            status: parts.status,
            headers: parts.headers,
            json: serde_json::from_slice(&bytes).unwrap_or_default(),
            text: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }
}
