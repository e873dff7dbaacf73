//! A participant's session shows that participant's data and nothing else, whatever is asked.

use crate::access::{functions, page, routes};
use crate::app::{App, Client, Reply};
use crate::line::{Line, Person, Run, batch};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Anna, signed in, and two whose ids she has got hold of: Ben of her own study, Carl of another.
struct Stage<'a> {
    app: &'a App,
    line: Line<'a>,
    other: Line<'a>,
    anna: Person,
    ben: Person,
    carl: Person,
    portal: Client<'a>,
    /// Ben in the middle of a run.
    bens: Run<'a>,
}

impl<'a> Stage<'a> {
    async fn new(app: &'a App) -> Self {
        let line = Line::new(app).await;
        let other = Line::of(app, "eve@example.org", "OTHER").await;
        let anna = line.person("ANNA-1").await;
        let ben = line.person("BEN-2").await;
        let carl = other.person("CARL-3").await;
        let bens = line.run(&line.portal(&ben.id).await, &ben.assignment).await;
        let portal = line.portal(&anna.id).await;
        Self { app, line, other, anna, ben, carl, portal, bens }
    }

    /// Nothing of the others is in the reply.
    fn leaks(&self, reply: &Reply) -> bool {
        let secrets = [
            "BEN-2",
            "CARL-3",
            "OTHER",
            "Xanthippe",
            "Quarles",
            "@example.org",
            &self.ben.id,
            &self.ben.assignment,
            &self.carl.id,
            &self.carl.assignment,
        ];
        secrets.iter().any(|secret| {
            // A page may hold the very address that was asked for
            reply.text.contains(secret) && !reply.text.contains(&format!("/{secret}"))
        })
    }
}

#[tokio::test]
async fn no_page_of_the_portal_shows_what_belongs_to_another() {
    let app = App::new().await;
    let stage = Stage::new(&app).await;
    let mut pages = 0;
    for route in leptos_axum::generate_route_list(app::App) {
        let template = route.path();
        if !template.starts_with("/portal") {
            continue;
        }
        pages += 1;
        let own = BTreeMap::from([(":assignment", stage.anna.assignment.as_str())]);
        let own = page(template, &own);
        let reply = stage.portal.get(&own).await;
        assert_eq!(reply.code(), 200, "{own}");
        assert!(!stage.leaks(&reply), "{own}");
        let is_open = ["/portal/login", "/portal/verify"].contains(&template);
        let nobody = app.nobody().get(&own).await;
        let place = nobody.header("location").unwrap_or_default();
        assert!(is_open || place.starts_with("/portal/login"), "{own}: {nobody:?}");
        assert!(!nobody.text.contains(&stage.anna.assignment) || is_open, "{own}");
        if own == template {
            continue;
        }
        let unknown = "0199aaaa-0000-7000-8000-000000000000";
        for id in [&stage.ben.assignment, &stage.carl.assignment, unknown, "no-id", "%00"] {
            let path = page(template, &BTreeMap::from([(":assignment", id)]));
            let reply = stage.portal.get(&path).await;
            assert_eq!(reply.code(), 404, "{path}");
            assert!(!reply.text.contains("Screening") && !stage.leaks(&reply), "{path}");
        }
    }
    assert!(pages >= 5, "the portal's pages were found");
}

#[tokio::test]
async fn no_address_of_the_portal_or_the_runner_touches_what_belongs_to_another() {
    let app = App::new().await;
    let stage = Stage::new(&app).await;
    let own = stage.portal.get("/api/portal/tasks").await;
    let ids: Vec<&Value> = own.json.as_array().unwrap().iter().map(|task| &task["id"]).collect();
    assert_eq!(ids, [&json!(stage.anna.assignment)]);
    assert!(!stage.leaks(&own));

    for (participant, battery) in [
        (&stage.ben.id, &stage.line.battery),
        (&stage.carl.id, &stage.other.battery),
        (&stage.anna.id, &stage.other.battery),
    ] {
        let body = json!({ "participant_id": participant, "battery_id": battery });
        let reply = stage.portal.post("/api/session/start", &body).await;
        assert_eq!(reply.code(), 404, "{reply:?}");
    }
    for assignment in [&stage.ben.assignment, &stage.carl.assignment] {
        let form = format!("assignment={assignment}");
        let reply = stage.portal.form("/_fn/portal/start_task", &form).await;
        assert_eq!(reply.code(), 404, "{reply:?}");
        assert!(reply.header("location").is_none());
        let nobody = app.nobody().form("/_fn/portal/start_task", &form).await;
        assert_eq!(nobody.code(), 401);
    }

    // The key of one's own run opens no other run
    let anna = stage.line.run(&stage.portal, &stage.anna.assignment).await;
    let (log, submit) = anna.log();
    let theirs = stage.bens.config.session_id.to_string();
    let items = batch(&log.items[..3]);
    let events = anna.runner.post(&stage.bens.events(), &items).await;
    assert_eq!((events.code(), events.reason()), (404, "session_not_found"));
    let end = anna.runner.post("/api/session/end", &json!({ "session_id": theirs })).await;
    assert_eq!(end.code(), 404);
    let submit = serde_json::to_value(&submit).unwrap();
    let runner = anna.runner.with("x-session-id", &theirs);
    assert_eq!(runner.post("/api/submit", &submit).await.code(), 404);
    let mut forged = submit.clone();
    forged["session_id"] = json!(theirs);
    assert_eq!(runner.post("/api/submit", &forged).await.code(), 404);
    // Nor does the portal's cookie upload anything
    let reply = stage.portal.post(&stage.bens.events(), &items).await;
    assert!(matches!(reply.code(), 401 | 403), "{reply:?}");
    let detail = format!("{}/sessions/{theirs}", stage.line.address);
    let detail = stage.line.ada.get(&detail).await;
    assert_eq!((&detail.json["items"], &detail.json["status"]), (&json!(0), &json!("running")));
}

#[tokio::test]
async fn the_portals_cookie_opens_nothing_that_is_for_staff() {
    let app = App::new().await;
    let stage = Stage::new(&app).await;
    let open =
        ["/api/health", "/api/auth/", "/api/exports/columns", "/api/portal", "/api/session/"];
    let mut asked = 0;
    for route in routes(&app).await {
        let (method, template) = route.split_once(' ').unwrap();
        if open.iter().any(|prefix| template.starts_with(prefix)) || template == "/api/submit" {
            continue;
        }
        let path = template
            .replace("{study}", &stage.line.study)
            .replace("{site}", &stage.line.site)
            .replace("participants/{id}", &format!("participants/{}", stage.anna.id))
            .replace("assignments/{id}", &format!("assignments/{}", stage.anna.assignment))
            .replace("{id}", &stage.line.battery)
            .replace("{user}", &stage.anna.id)
            .replace("{visit}", &stage.anna.id);
        if method == "GET" {
            let query = "?table=trials&format=csv&study_id=";
            let reply = stage.portal.get(&format!("{path}{query}{}", stage.line.study)).await;
            assert_eq!(reply.code(), 401, "{route}: {reply:?}");
        } else {
            let reply = stage.portal.call(method, &path, &Value::Null).await;
            assert!(matches!(reply.code(), 400 | 401 | 422), "{route}: {reply:?}");
        }
        asked += 1;
    }
    assert!(asked > 25, "{asked}");
    for path in functions() {
        let reply = stage.portal.form(path, &format!("study={}", stage.line.study)).await;
        assert!(matches!(reply.code(), 400..=404 | 422), "{path}: {reply:?}");
    }
    for path in ["/dashboard", "/studies", "/users", "/account"] {
        let reply = stage.portal.get(path).await;
        assert!(reply.header("location").unwrap_or_default().starts_with("/login"), "{path}");
        assert!(!stage.leaks(&reply), "{path}");
    }
    let study = format!("/studies/{}/participants", stage.line.study);
    let reply = stage.portal.get(&study).await;
    assert!(!reply.text.contains("ANNA-1") && !stage.leaks(&reply));
}

#[tokio::test]
async fn a_session_that_ended_is_nobodys() {
    let app = App::new().await;
    let stage = Stage::new(&app).await;
    let out = stage.portal.form("/_fn/portal/sign_out", "").await;
    assert_eq!(out.header("location"), Some("/portal/login"));
    assert_eq!(stage.portal.get("/api/portal/tasks").await.code(), 401);
    let reply = stage.portal.get("/portal").await;
    assert!(reply.header("location").unwrap().starts_with("/portal/login"));
    let again = stage.line.portal(&stage.anna.id).await;
    assert_eq!(again.get("/api/portal/tasks").await.code(), 200);
    stage.app.db.advance(chrono::TimeDelta::days(2));
    assert_eq!(again.get("/api/portal/tasks").await.code(), 401);
}
