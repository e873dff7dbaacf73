//! Participants and visits over HTTP, and the pages that show them.

use crate::app::{App, Client, PASSWORD, Reply};
use contract::permission::SystemRole;
use serde_json::{Value, json};

/// A study with a site on each side of the Atlantic and two visit windows.
struct Study<'a> {
    ada: Client<'a>,
    /// `/api/studies/{id}`
    address: String,
    halifax: Value,
    lyon: Value,
}

impl<'a> Study<'a> {
    async fn new(app: &'a App) -> Self {
        let ada = app.staff("ada@example.org", SystemRole::Coordinator).await;
        Self::made_by(ada, "NEURO-1").await
    }

    async fn made_by(ada: Client<'a>, code: &str) -> Self {
        let study = json!({ "code": code, "name": "Attention", "languages": ["en", "fr"] });
        let address = created(&ada.post("/api/studies", &study).await);
        let sites = format!("{address}/sites");
        let halifax = json!({ "code": "HFX", "name": "Halifax", "time_zone": "America/Halifax" });
        let lyon = json!({ "code": "LYO", "name": "Lyon", "time_zone": "Europe/Paris" });
        let halifax = ada.post(&sites, &halifax).await.json["id"].clone();
        let lyon = ada.post(&sites, &lyon).await.json["id"].clone();
        for (name, day) in [("Baseline", 0), ("Week 2", 14)] {
            let window = json!({ "name": name, "target_day": day, "days_after": 3 });
            let made = ada.post(&format!("{address}/visit-windows"), &window).await;
            assert_eq!(made.code(), 201, "{made:?}");
        }
        Self { ada, address, halifax, lyon }
    }

    fn participants(&self) -> String {
        format!("{}/participants", self.address)
    }

    /// Adds a participant at Halifax; the fields of `more` beside code and site.
    async fn add(&self, code: &str, more: Value) -> Reply {
        let mut new = json!({ "participant_code": code, "site_id": self.halifax });
        new.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.ada.post(&self.participants(), &new).await
    }

    fn page(&self, place: &str) -> String {
        format!("{}{place}", self.address.strip_prefix("/api").unwrap())
    }
}

/// The address of what was made.
fn created(reply: &Reply) -> String {
    assert_eq!(reply.code(), 201, "{reply:?}");
    reply.header("location").unwrap().to_owned()
}

/// Somebody with a cookie: pages want one.
async fn browser<'a>(app: &'a App, email: &str) -> Client<'a> {
    let body = json!({ "email": email, "password": PASSWORD });
    let reply = app.nobody().post("/api/auth/login/browser", &body).await;
    app.browser(reply.cookie().unwrap())
}

#[tokio::test]
async fn a_coordinator_adds_changes_and_withdraws_a_participant() {
    let app = App::new().await;
    let study = Study::new(&app).await;
    let contact = json!({ "email": "anna@example.org", "phone": "+1 902 555 0100" });
    let made = study.add("HFX-001", json!({ "language": "fr", "contact": contact })).await;
    let address = created(&made);
    assert_eq!(made.json["status"], "screened");
    assert_eq!(made.json["contact"]["email"], true);
    assert!(!made.text.contains("anna"), "contact data is not part of the record");
    assert_eq!(study.ada.get(&address).await.json, made.json);

    let changed = study.ada.patch(&address, &json!({ "version": 1, "site_id": study.lyon })).await;
    assert_eq!((changed.code(), &changed.json["site_code"]), (200, &json!("LYO")), "{changed:?}");
    let stale = study.ada.patch(&address, &json!({ "version": 1, "language": "en" })).await;
    assert_eq!((stale.code(), stale.reason()), (409, "participant_changed"));

    let status = format!("{address}/status");
    let enrol = json!({ "version": 2, "status": "enrolled", "date": "2026-03-01" });
    let enrolled = study.ada.post(&status, &enrol).await;
    assert_eq!((enrolled.code(), &enrolled.json["enrollment_date"]), (200, &json!("2026-03-01")));
    let visits = study.ada.get(&format!("{address}/visits")).await;
    let seen: Vec<_> = visits.json.as_array().unwrap().iter().map(|v| &v["status"]).collect();
    assert_eq!(seen, ["due", "upcoming"]);

    let silent = json!({ "version": 3, "status": "withdrawn", "date": "2026-03-01" });
    let silent = study.ada.post(&status, &silent).await;
    assert_eq!((silent.code(), silent.fields()), (422, vec!["reason"]));
    let gone = json!({ "version": 3, "status": "withdrawn", "date": "2026-03-01",
                       "reason": "Moved away" });
    assert_eq!(study.ada.post(&status, &gone).await.json["status_reason"], "Moved away");
}

#[tokio::test]
async fn contact_data_is_shown_to_who_needs_it_and_to_nobody_else() {
    let app = App::new().await;
    let study = Study::new(&app).await;
    let contact = json!({ "email": "anna@example.org" });
    let address = created(&study.add("HFX-001", json!({ "contact": contact })).await);
    let shown = study.ada.post(&format!("{address}/contact"), &Value::Null).await;
    assert_eq!((shown.code(), &shown.json["email"]), (200, &json!("anna@example.org")));
    assert_eq!(shown.header("cache-control"), Some("no-store"));

    let ben = app.staff("ben@example.org", SystemRole::Coordinator).await;
    let join = json!({ "email": "ben@example.org", "role": "data_entry" });
    study.ada.post(&format!("{}/members", study.address), &join).await;
    assert_eq!(ben.get(&address).await.code(), 200);
    let refused = ben.post(&format!("{address}/contact"), &Value::Null).await;
    assert_eq!(refused.code(), 403, "{refused:?}");
    assert_eq!(app.nobody().get(&address).await.code(), 401);
}

#[tokio::test]
async fn the_list_is_searched_filtered_sorted_and_paged_under_both_addresses() {
    let app = App::new().await;
    let study = Study::new(&app).await;
    for code in ["HFX-001", "HFX-002", "HFX-003"] {
        created(&study.add(code, json!({ "enrollment_date": "2026-02-20" })).await);
    }
    let lyon = json!({ "participant_code": "LYO-001", "site_id": study.lyon });
    created(&study.ada.post(&study.participants(), &lyon).await);
    let id = study.address.rsplit('/').next().unwrap();
    let codes = async |address: String| {
        let list = study.ada.get(&address).await;
        assert_eq!(list.code(), 200, "{list:?}");
        let data = list.json["data"].as_array().unwrap().clone();
        data.iter()
            .map(|row| row["participant_code"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    for list in [format!("{}?", study.participants()), format!("/api/participants?study_id={id}&")]
    {
        assert_eq!(codes(format!("{list}status=screened")).await, ["LYO-001"]);
        assert_eq!(
            codes(format!("{list}search=fx-&sort=code&order=desc&per_page=2")).await,
            ["HFX-003", "HFX-002"]
        );
        let site = study.lyon.as_str().unwrap();
        assert_eq!(codes(format!("{list}site={site}")).await, ["LYO-001"]);
    }
    for (query, field) in [
        ("sort=email", "sort"),
        ("status=gone", "status"),
        ("page=0", "page"),
        ("page=x", "page"),
        ("site=here", "site"),
        ("search=%00", "search"),
    ] {
        let refused = study.ada.get(&format!("{}?{query}", study.participants())).await;
        assert_eq!((refused.code(), refused.fields()), (422, vec![field]), "{query}");
    }
    let unsaid = study.ada.get("/api/participants").await;
    assert_eq!((unsaid.code(), unsaid.fields()), (422, vec!["study_id"]));
}

#[tokio::test]
async fn bad_input_names_the_field_and_writes_nothing() {
    let app = App::new().await;
    let study = Study::new(&app).await;
    let site = study.halifax.clone();
    let nowhere = "0199aaaa-0000-7000-8000-000000000000";
    for (new, field) in [
        (json!({ "site_id": site }), "participant_code"),
        (json!({ "participant_code": 7, "site_id": site }), "participant_code"),
        (json!({ "participant_code": "", "site_id": site }), "participant_code"),
        (json!({ "participant_code": "a b", "site_id": site }), "participant_code"),
        (json!({ "participant_code": "x".repeat(41), "site_id": site }), "participant_code"),
        (json!({ "participant_code": "A", "site_id": nowhere }), "site_id"),
        (json!({ "participant_code": "A", "site_id": "here" }), "site_id"),
        (json!({ "participant_code": "A", "site_id": site, "language": "de" }), "language"),
        (json!({ "participant_code": "A", "site_id": site, "status": "enrolled" }), "status"),
        (
            json!({ "participant_code": "A", "site_id": site, "enrollment_date": "2026-02-30" }),
            "enrollment_date",
        ),
        (
            json!({ "participant_code": "A", "site_id": site, "enrollment_date": "2999-01-01" }),
            "enrollment_date",
        ),
        (
            json!({ "participant_code": "A", "site_id": site, "enrollment_date": "-9999-01-01" }),
            "enrollment_date",
        ),
        (
            json!({ "participant_code": "A", "site_id": site, "contact": { "email": "anna" } }),
            "contact.email",
        ),
        (
            json!({ "participant_code": "A", "site_id": site,
                    "contact": { "given_name": "A\u{0}nna" } }),
            "contact.given_name",
        ),
    ] {
        let refused = study.ada.post(&study.participants(), &new).await;
        assert_eq!((refused.code(), refused.fields()), (422, vec![field]), "{new} {refused:?}");
    }
    for body in [&b"{"[..], b"\xff\xfe", b"[]garbage"] {
        let refused = study.ada.raw(&study.participants(), body.to_vec()).await;
        assert!([400, 422].contains(&refused.code()), "{refused:?}");
    }
    let list = study.ada.get(&study.participants()).await;
    assert_eq!(list.json["pagination"]["total"], 0);
    let unknown = study.ada.get(&format!("{}/{nowhere}", study.participants())).await;
    assert_eq!((unknown.code(), unknown.reason()), (404, "participant_not_found"));
    assert_eq!(study.ada.get(&format!("{}/7", study.participants())).await.code(), 404);
}

#[tokio::test]
async fn ids_of_another_study_are_ids_of_nothing() {
    let app = App::new().await;
    let study = Study::new(&app).await;
    let mine = created(&study.add("HFX-001", json!({ "enrollment_date": "2026-02-20" })).await);
    let visit = study.ada.get(&format!("{mine}/visits")).await.json[0]["id"].clone();
    let visit = visit.as_str().unwrap();
    let eve = app.staff("eve@example.org", SystemRole::Coordinator).await;
    let other = Study::made_by(eve, "NEURO-2").await;

    let id = mine.rsplit('/').next().unwrap();
    let foreign = format!("{}/{id}", other.participants());
    let gone = json!({ "version": 1, "status": "completed", "date": "2026-03-01" });
    let missed = json!({ "version": 1, "reason": "Flu" });
    for reply in [
        other.ada.get(&foreign).await,
        other.ada.patch(&foreign, &json!({ "version": 1, "language": "fr" })).await,
        other.ada.post(&format!("{foreign}/status"), &gone).await,
        other.ada.post(&format!("{foreign}/contact"), &Value::Null).await,
        other.ada.post(&format!("{foreign}/link"), &Value::Null).await,
        other.ada.get(&format!("{foreign}/visits")).await,
        other.ada.post(&format!("{foreign}/visits"), &Value::Null).await,
        other.ada.post(&format!("{}/visits/{visit}/missed", other.address), &missed).await,
    ] {
        assert_eq!(reply.code(), 404, "{reply:?}");
    }
    // Nor is the study itself hers
    for reply in [
        other.ada.get(&mine).await,
        other.ada.get(&study.participants()).await,
        other.ada.get(&format!("{}/visit-windows", study.address)).await,
        other.ada.post(&format!("{}/visits/{visit}/missed", study.address), &missed).await,
    ] {
        assert_eq!((reply.code(), reply.reason()), (404, "study_not_found"), "{reply:?}");
    }
    assert_eq!(study.ada.get(&mine).await.json["version"], 1, "untouched");
}

#[tokio::test]
async fn a_visit_is_completed_once() {
    let app = App::new().await;
    let study = Study::new(&app).await;
    let mine = created(&study.add("HFX-001", json!({ "enrollment_date": "2026-02-27" })).await);
    let visits = study.ada.get(&format!("{mine}/visits")).await;
    let baseline = visits.json[0]["id"].as_str().unwrap().to_owned();
    let complete = format!("{}/visits/{baseline}/complete", study.address);
    let late = json!({ "version": 1, "actual_date": "2026-02-26" });
    let late = study.ada.post(&complete, &late).await;
    assert_eq!((late.code(), late.fields()), (422, vec!["reason"]));
    let done = json!({ "version": 1, "actual_date": "2026-02-28" });
    let done_reply = study.ada.post(&complete, &done).await;
    assert_eq!((done_reply.code(), &done_reply.json["status"]), (200, &json!("completed")));
    let again = study.ada.post(&complete, &done).await;
    assert_eq!((again.code(), again.reason()), (409, "visit_changed"));
    let planned = study.ada.post(&format!("{mine}/visits"), &Value::Null).await;
    assert_eq!((planned.code(), planned.json.as_array().unwrap().len()), (200, 2));
}

#[tokio::test]
async fn a_link_is_queued_for_who_has_an_address() {
    let app = App::new().await;
    let study = Study::new(&app).await;
    let silent = created(&study.add("HFX-001", json!({})).await);
    let refused = study.ada.post(&format!("{silent}/link"), &Value::Null).await;
    assert_eq!((refused.code(), refused.reason()), (409, "no_email_address"));
    let contact = json!({ "email": "anna@example.org" });
    let anna = created(&study.add("HFX-002", json!({ "contact": contact })).await);
    let sent = study.ada.post(&format!("{anna}/link"), &Value::Null).await;
    assert_eq!((sent.code(), &sent.json["expires_at"]), (202, &json!("2026-03-01T09:15:00Z")));
    assert!(!sent.text.contains("token"), "the link goes by mail only");
}

#[tokio::test]
async fn the_pages_show_the_list_the_form_and_one_participant() {
    let app = App::new().await;
    let study = Study::new(&app).await;
    let contact = json!({ "email": "anna@example.org", "given_name": "Anna-Lena" });
    let mine = study.add("HFX-001", json!({ "enrollment_date": "2026-02-20", "contact": contact }));
    let mine = created(&mine.await);
    let ada = browser(&app, "ada@example.org").await;

    let list = ada.get(&study.page("/participants?sort=nonsense&status=gone&page=0")).await;
    assert_eq!(list.code(), 200, "an address that somebody cut still shows the list");
    assert!(list.text.contains("HFX-001"));
    let empty = ada.get(&study.page("/participants?search=zzz")).await;
    assert!(!empty.text.contains("HFX-001"));
    let form = ada.get(&study.page("/participants/new")).await;
    assert!(form.text.contains("name=\"participant_code\""));

    let page = ada.get(mine.strip_prefix("/api").unwrap()).await;
    assert_eq!(page.code(), 200);
    assert!(page.text.contains("HFX-001") && page.text.contains("Week 2"));
    for secret in ["anna@example.org", "Anna-Lena"] {
        assert!(!page.text.contains(secret), "contact data is never part of the page");
    }
    let nowhere = study.page("/participants/0199aaaa-0000-7000-8000-000000000000");
    assert_eq!(ada.get(&nowhere).await.code(), 404);
    let outside = app.nobody().get(&study.page("/participants")).await;
    assert!(outside.header("location").unwrap().starts_with("/login?next="), "{outside:?}");
    assert!(!outside.text.contains("HFX-001"));

    app.account("eve@example.org", SystemRole::Coordinator).await;
    let eve = browser(&app, "eve@example.org").await;
    assert_eq!(eve.get(mine.strip_prefix("/api").unwrap()).await.code(), 404);
}

#[tokio::test]
async fn a_form_creates_a_participant_and_says_what_is_wrong_by_its_own_field_names() {
    let app = App::new().await;
    let study = Study::new(&app).await;
    let ada = browser(&app, "ada@example.org").await;
    let id = study.address.rsplit('/').next().unwrap();
    let site = study.halifax.as_str().unwrap();
    let form = |code: &str, email: &str| {
        format!(
            "study={id}&enrollment_date=2026-02-20&participant_code={code}&site_id={site}\
             &language=en&email={email}&phone=&given_name=&family_name="
        )
    };
    let wrong = ada.form("/_fn/create_participant", &form("HFX-001", "anna")).await;
    assert_eq!(wrong.code(), 422, "{wrong:?}");
    assert_eq!(wrong.json["fields"][0]["field"], "email");
    let made = ada.form("/_fn/create_participant", &form("HFX-001", "anna%40example.org")).await;
    let place = made.header("location").unwrap_or_default().to_owned();
    assert!(place.starts_with(&study.page("/participants/")), "{made:?}");
    let list = study.ada.get(&study.participants()).await;
    assert_eq!(list.json["data"][0]["participant_code"], "HFX-001");
    let nobody = app.nobody().form("/_fn/create_participant", &form("HFX-002", "")).await;
    assert_eq!(nobody.code(), 401, "{nobody:?}");
}
