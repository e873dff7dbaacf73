//! Who may call what: every REST address and every server function, as nobody, as a viewer, as
//! somebody from another study. The lists are read from the program: a new address without a row
//! here fails.

use crate::app::{App, Client, Reply};
use crate::line::{Line, Person, battery, id};
use contract::permission::SystemRole;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Addresses that nobody has to sign in for, and why.
const PUBLIC: &[&str] = &[
    // Says only whether the server is well
    "GET /api/health",
    "GET /api/health/db",
    "GET /api/health/redis",
    "GET /api/health/detailed",
    // Carry their own proof: a password, a token, a link
    "POST /api/auth/login",
    "POST /api/auth/login/browser",
    "POST /api/auth/refresh",
    "POST /api/auth/magic-link",
    "POST /api/auth/magic-link/verify",
    // Without a session there is nothing to do
    "POST /api/auth/logout",
    // What the columns mean, the same for everybody
    "GET /api/exports/columns",
];

/// Addresses about oneself: any member of staff may call them, a viewer too.
const OWN: &[&str] = &[
    "GET /api/auth/me",
    "GET /api/auth/sessions",
    "DELETE /api/auth/sessions",
    "DELETE /api/auth/sessions/{id}",
    "POST /api/auth/password",
];

/// Reads that belong to no one study: others see their own only.
const ACROSS: &[&str] = &["GET /api/studies", "GET /api/sessions", "GET /api/modules"];

/// For participants and their browsers: staff have nothing to do there.
const NOT_STAFF: &[&str] = &[
    "GET /api/portal/tasks",
    "POST /api/session/{id}/events",
    "POST /api/submit",
    "POST /api/session/end",
];

/// One of everything, so that every address can be filled in.
struct Stage<'a> {
    line: Line<'a>,
    person: Person,
    ids: BTreeMap<&'static str, String>,
    submit: Value,
    batch: Value,
}

impl<'a> Stage<'a> {
    async fn new(app: &'a App) -> Self {
        let line = Line::new(app).await;
        let window = json!({ "name": "Baseline", "target_day": 0, "days_after": 3 });
        id(&line.ada.post(&format!("{}/visit-windows", line.address), &window).await);
        let person = line.person("HFX-001").await;
        let portal = line.portal(&person.id).await;
        let run = line.run(&portal, &person.assignment).await;
        let (log, submit) = run.log();
        assert_eq!(run.append(&log.items[..3]).await.code(), 200);
        let participant = format!("{}/participants/{}", line.address, person.id);
        let visits = line.ada.get(&format!("{participant}/visits")).await;
        let me = line.ada.get("/api/auth/me").await;
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let ids = BTreeMap::from([
            ("study", line.study.clone()),
            ("site", line.site.clone()),
            ("user", text(&me.json["user"]["id"])),
            ("users", text(&me.json["user"]["id"])),
            ("visit", text(&visits.json[0]["id"])),
            ("participants", person.id.clone()),
            ("batteries", line.battery.clone()),
            ("assignments", person.assignment.clone()),
            ("sessions", run.config.session_id.to_string()),
            ("session", run.config.session_id.to_string()),
            ("auth/sessions", text(&me.json["session"]["id"])),
        ]);
        let batch = crate::line::batch(&log.items[3..5]);
        let submit = serde_json::to_value(submit).unwrap();
        Self { line, person, ids, submit, batch }
    }

    /// The address with the ids of the stage in it, and what it needs in its query.
    fn fill(&self, template: &str) -> String {
        let mut before = "";
        let mut path = String::new();
        for part in template.split('/').skip(1) {
            let name = part.trim_matches(['{', '}']);
            let key = match (name, before) {
                ("id", "sessions") if template.starts_with("/api/auth") => "auth/sessions",
                ("id", before) => before,
                (name, _) => name,
            };
            path.push('/');
            path.push_str(if part.starts_with('{') {
                self.ids.get(key).unwrap_or_else(|| panic!("no id for {template}"))
            } else {
                part
            });
            before = part;
        }
        path + match template {
            "/api/participants" => {
                return format!("/api/participants?study_id={}", self.line.study);
            }
            path if path.ends_with("/csv") || path.ends_with("/columns") => "?table=trials",
            path if path.ends_with("/download") => "?format=csv",
            _ => "",
        }
    }

    /// A body that the address would take from who may. None: the address has no row here.
    fn body(&self, route: &str) -> Option<Value> {
        let (method, path) = route.split_once(' ').unwrap();
        if matches!(method, "GET" | "DELETE") {
            return Some(Value::Null);
        }
        let study = path.strip_prefix("/api/studies/{study}").unwrap_or(path);
        let soon = "2026-03-01";
        Some(match (method, study) {
            ("POST", "/api/auth/register") => {
                json!({ "email": "new@example.org", "name": "New", "role": "viewer" })
            }
            ("POST", "/api/auth/password") => {
                json!({ "current_password": "wrong", "new_password": "tall gate 9 lanterns" })
            }
            ("POST", path) if path.starts_with("/api/auth/") => {
                json!({ "email": "e@example.org", "password": "p", "refresh_token": "r", "token": "t" })
            }
            ("PATCH", "/api/users/{id}") => json!({ "name": "Other" }),
            (
                "POST",
                "/api/users/{id}/reset-password"
                | "/participants/{id}/visits"
                | "/participants/{id}/contact"
                | "/participants/{id}/link",
            ) => Value::Null,
            ("POST", "/api/studies") => json!({ "code": "OTHER", "name": "Other" }),
            ("PATCH", "") => json!({ "name": "Other" }),
            ("POST", "/status") => json!({ "status": "paused" }),
            ("POST", "/members") => json!({ "email": "eve@example.org", "role": "viewer" }),
            ("PATCH", "/members/{user}") => json!({ "role": "viewer" }),
            ("POST", "/sites") => json!({ "code": "NEW", "name": "New" }),
            ("PATCH", "/sites/{site}") => json!({ "name": "Other" }),
            ("POST", "/participants") => {
                json!({ "participant_code": "NEW", "site_id": self.line.site })
            }
            ("PATCH", "/participants/{id}") => json!({ "version": 1, "language": "fr" }),
            ("POST", "/participants/{id}/status") => {
                json!({ "version": 1, "status": "withdrawn", "date": soon, "reason": "Moved" })
            }
            ("POST", "/visit-windows") => json!({ "name": "New", "target_day": 7 }),
            ("POST", "/visits/{visit}/complete") => json!({ "version": 1, "actual_date": soon }),
            ("POST", "/visits/{visit}/missed") => json!({ "version": 1, "reason": "Ill" }),
            ("POST", "/batteries") => battery("Other"),
            ("PATCH", "/batteries/{id}") => json!({ "revision": 1, "name": "Other" }),
            ("POST", "/assignments") | ("POST", "/api/session/start") => {
                json!({ "participant_id": self.person.id, "battery_id": self.line.battery })
            }
            ("POST", "/assignments/{id}/cancel") => json!({ "reason": "Mistake" }),
            ("POST", "/api/session/{id}/events") => self.batch.clone(),
            ("POST", "/api/submit") => self.submit.clone(),
            ("POST", "/api/session/end") => json!({ "session_id": self.ids["session"] }),
            _ => return None,
        })
    }

    /// The form that a server function would take from who may.
    fn form(&self, path: &str) -> Option<String> {
        let id = |name: &str| self.ids[name].as_str();
        let (study, participant) = (id("study"), id("participants"));
        let fields = format!(
            "participant_code=NEW&site_id={}&language=en&email=&phone=&given_name=\
            &family_name=",
            id("site")
        );
        let modules = "%5B%7B%22task_id%22%3A%22simple_rt%22%2C%22params%22%3A%7B%7D%7D%5D";
        let own = format!("study={study}&participant={participant}");
        Some(match path.strip_prefix("/_fn/")? {
            "change_password" => "current_password=wrong&new_password=tall+gate+9+lanterns".into(),
            "revoke_session" => format!("session={}", id("auth/sessions")),
            "revoke_other_sessions" => String::new(),
            "register_user" => {
                "name=New&email=new%40example.org&role=viewer&password=tall+gate+9+lanterns".into()
            }
            "create_study" => "code=OTHER&name=Other&description=&integration_mode=metricis\
                &languages=en&time_zone=UTC"
                .into(),
            "change_study_status" => format!("study={study}&status=paused&reason="),
            "create_site" => format!("study={study}&code=NEW&name=New&time_zone=UTC"),
            "create_visit_window" => format!(
                "study={study}&name=New&target_day=28&days_before=7&days_after=7&battery_id="
            ),
            "create_participant" => format!("study={study}&enrollment_date=&{fields}"),
            "update_participant" => format!("{own}&version=1&{fields}"),
            "change_participant_status" => {
                format!("{own}&version=1&status=withdrawn&date=2026-03-01&reason=Moved")
            }
            "send_participant_link" | "reveal_contact" | "plan_visits" => own,
            "record_visit" => {
                format!("{own}&visit={}%3A1&outcome=missed&actual_date=&reason=Ill", id("visit"))
            }
            "assign_battery" => {
                format!("{own}&battery_id={}&visit_id=&due_from=&due_to=", id("batteries"))
            }
            "cancel_assignment" => {
                format!("{own}&assignment={}&reason=Mistake", id("assignments"))
            }
            "create_battery" => {
                format!("study={study}&name=Other&description=&status=active&modules={modules}")
            }
            "update_battery" => format!(
                "study={study}&battery={}&revision=1&name=Other&description=&status=active\
                 &modules={modules}",
                id("batteries")
            ),
            "estimate_battery" => format!("modules={modules}"),
            "portal/start_task" => format!("assignment={}", id("assignments")),
            _ => return None,
        })
    }

    async fn call(&self, who: &Client<'_>, route: &str) -> Reply {
        let (method, template) = route.split_once(' ').unwrap();
        let body = self.body(route).unwrap_or_else(|| panic!("{route} has no body in this test"));
        let who = who.with("x-session-id", &self.ids["session"]);
        who.call(method, &self.fill(template), &body).await
    }
}

/// `METHOD /path` of every operation in the document.
pub(crate) async fn routes(app: &App) -> BTreeSet<String> {
    let document = app.nobody().get("/api/openapi.json").await;
    let paths = document.json["paths"].as_object().unwrap();
    let operations = paths.iter().flat_map(|(path, item)| {
        let methods = item.as_object().unwrap().keys();
        methods
            .filter(|name| ["get", "post", "put", "patch", "delete"].contains(&name.as_str()))
            .map(move |method| format!("{} {path}", method.to_uppercase()))
    });
    operations.collect()
}

/// Path of every server function that is linked into the program.
pub(crate) fn functions() -> BTreeSet<&'static str> {
    server_fn::axum::server_fn_paths().map(|(path, _)| path).collect()
}

#[tokio::test]
async fn the_list_of_addresses_is_known() {
    let app = App::new().await;
    let routes: Vec<String> = routes(&app).await.into_iter().collect();
    insta::assert_snapshot!("rest", routes.join("\n"));
    insta::assert_snapshot!(
        "server_functions",
        functions().into_iter().collect::<Vec<_>>().join("\n")
    );
    let mut pages: Vec<String> = leptos_axum::generate_route_list(app::App)
        .iter()
        .map(|route| route.path().to_owned())
        .collect();
    pages.sort();
    insta::assert_snapshot!("pages", pages.join("\n"));
}

#[tokio::test]
async fn nobody_reads_or_writes_anything() {
    let app = App::new().await;
    let stage = Stage::new(&app).await;
    let mut wrong = Vec::new();
    for route in routes(&app).await {
        let reply = stage.call(&app.nobody(), &route).await;
        let expected = if PUBLIC.contains(&route.as_str()) {
            reply.code() < 500 && reply.reason() != "not_signed_in"
        } else {
            reply.code() == 401 && reply.header("www-authenticate").is_some()
        };
        if !expected {
            wrong.push(format!("{route}: {} {}", reply.code(), reply.text));
        }
    }
    for path in functions() {
        let form = stage.form(path).unwrap_or_else(|| panic!("{path} has no form in this test"));
        let reply = app.nobody().form(path, &form).await;
        if reply.code() != 401 {
            wrong.push(format!("{path}: {} {}", reply.code(), reply.text));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn a_viewer_of_the_study_reads_and_changes_nothing() {
    let app = App::new().await;
    let stage = Stage::new(&app).await;
    let vera = app.staff("vera@example.org", SystemRole::Viewer).await;
    let member = json!({ "email": "vera@example.org", "role": "viewer" });
    let added = stage.line.ada.post(&format!("{}/members", stage.line.address), &member).await;
    assert_eq!(added.code(), 201);
    let mut wrong = Vec::new();
    for route in routes(&app).await {
        let name = route.as_str();
        if PUBLIC.contains(&name) || OWN.contains(&name) {
            continue;
        }
        let reply = stage.call(&vera, &route).await;
        let is_read = name.starts_with("GET /api/studies")
            || name == "GET /api/participants"
            || ACROSS.contains(&name);
        let expected = if NOT_STAFF.contains(&name) {
            matches!(reply.code(), 401 | 403)
        } else if is_read {
            reply.code() == 200
        } else {
            reply.code() == 403
        };
        if !expected {
            wrong.push(format!("{route}: {} {}", reply.code(), reply.text));
        }
    }
    let browser = app.sign_in_browser("vera@example.org").await;
    for path in functions() {
        let form = stage.form(path).unwrap_or_default();
        if ["/_fn/change_password", "/_fn/revoke_session", "/_fn/revoke_other_sessions"]
            .contains(&path)
        {
            continue;
        }
        // Counts minutes and reads nothing
        if path == "/_fn/estimate_battery" {
            assert_eq!(browser.form(path, &form).await.code(), 200);
            continue;
        }
        let reply = browser.form(path, &form).await;
        if !matches!((path, reply.code()), (_, 403) | ("/_fn/portal/start_task", 401)) {
            wrong.push(format!("{path}: {} {}", reply.code(), reply.text));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn a_study_that_is_not_yours_does_not_exist() {
    let app = App::new().await;
    let stage = Stage::new(&app).await;
    let eve = app.staff("eve@example.org", SystemRole::Researcher).await;
    id(&eve.post("/api/studies", &json!({ "code": "EVES", "name": "Eve's" })).await);
    let mut wrong = Vec::new();
    for route in routes(&app).await {
        let of_study = route.contains("{study}")
            || ["GET /api/participants", "POST /api/session/start"].contains(&route.as_str());
        if !of_study {
            continue;
        }
        let reply = stage.call(&eve, &route).await;
        if reply.code() != 404 || reply.text.contains("HFX") {
            wrong.push(format!("{route}: {} {}", reply.code(), reply.text));
        }
    }
    let sessions = eve.get("/api/sessions").await;
    assert_eq!(sessions.json["pagination"]["total"], 0);
    let browser = app.sign_in_browser("eve@example.org").await;
    for path in functions() {
        let form = stage.form(path).unwrap_or_default();
        if !form.contains("study=") {
            continue;
        }
        let reply = browser.form(path, &form).await;
        if reply.code() != 404 {
            wrong.push(format!("{path}: {} {}", reply.code(), reply.text));
        }
    }
    let ids: BTreeMap<&str, &str> = BTreeMap::from([
        (":study", stage.ids["study"].as_str()),
        (":participant", &stage.ids["participants"]),
        (":battery", &stage.ids["batteries"]),
        (":session", &stage.ids["sessions"]),
    ]);
    let mut pages = 0;
    for route in leptos_axum::generate_route_list(app::App) {
        if !route.path().contains("{study}") {
            continue;
        }
        pages += 1;
        let path = page(route.path(), &ids);
        let reply = browser.get(&path).await;
        if reply.code() != 404 || reply.text.contains("HFX") {
            wrong.push(format!("page {path}: {}", reply.code()));
        }
        let nobody = app.nobody().get(&path).await;
        let place = nobody.header("location").unwrap_or_default();
        if !place.starts_with("/login?next=") || nobody.text.contains("HFX") {
            wrong.push(format!("page {path} as nobody: {} {place}", nobody.code()));
        }
    }
    assert!(pages > 8, "the pages of a study were found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The path of a page with ids for its parameters.
pub(crate) fn page(template: &str, ids: &BTreeMap<&str, &str>) -> String {
    let parts = template.split('/').map(|part| {
        let name = format!(":{}", part.trim_matches(['{', '}', ':']));
        if part.starts_with([':', '{']) {
            ids.get(name.as_str()).copied().unwrap_or_else(|| panic!("no id for {template}"))
        } else {
            part
        }
    });
    parts.collect::<Vec<_>>().join("/")
}
