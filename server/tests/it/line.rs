//! Everything that a session needs: study, site, battery, participants with something to do, and
//! their browsers.

use crate::app::{App, Client, Reply};
use contract::Id;
use contract::ids::{Participant, Study};
use contract::permission::SystemRole;
use contract::task::{EventBatch, Item, RunConfig, Submit};
use serde_json::{Value, json};
use task_engine::simulate::{self, Log, Setup};

pub(crate) struct Line<'a> {
    pub(crate) app: &'a App,
    /// The coordinator who owns the study.
    pub(crate) ada: Client<'a>,
    /// `/api/studies/{id}`
    pub(crate) address: String,
    /// Ids of the study and of what is in it.
    pub(crate) study: String,
    pub(crate) site: String,
    pub(crate) battery: String,
}

/// A participant and what is to be done.
pub(crate) struct Person {
    pub(crate) id: String,
    pub(crate) assignment: String,
}

/// A browser that has fetched its run.
pub(crate) struct Run<'a> {
    pub(crate) config: RunConfig,
    /// Who holds the upload key.
    pub(crate) runner: Client<'a>,
}

impl<'a> Line<'a> {
    pub(crate) async fn new(app: &'a App) -> Self {
        Self::of(app, "ada@example.org", "NEURO-1").await
    }

    /// A study that this coordinator makes.
    pub(crate) async fn of(app: &'a App, email: &str, code: &str) -> Self {
        let ada = app.staff(email, SystemRole::Coordinator).await;
        let study = json!({ "code": code, "name": "Attention", "languages": ["en", "fr"] });
        let study = id(&ada.post("/api/studies", &study).await);
        let address = format!("/api/studies/{study}");
        let active = ada.post(&format!("{address}/status"), &json!({ "status": "active" })).await;
        assert_eq!(active.code(), 200, "{active:?}");
        let site = json!({ "code": "HFX", "name": "Halifax", "time_zone": "America/Halifax" });
        let site = id(&ada.post(&format!("{address}/sites"), &site).await);
        let battery = ada.post(&format!("{address}/batteries"), &battery("Screening")).await;
        Self { app, ada, address, study, site, battery: id(&battery) }
    }

    /// A participant without a task, to be reached at `email`.
    pub(crate) async fn add(&self, code: &str, email: &str) -> String {
        let new = json!({
            "participant_code": code, "site_id": self.site, "enrollment_date": "2026-02-27",
            "contact": { "email": email, "given_name": "Xanthippe", "family_name": "Quarles" },
        });
        id(&self.ada.post(&format!("{}/participants", self.address), &new).await)
    }

    pub(crate) async fn assign(&self, participant: &str) -> String {
        let new = json!({ "participant_id": participant, "battery_id": self.battery });
        id(&self.ada.post(&format!("{}/assignments", self.address), &new).await)
    }

    /// A participant with the battery to do.
    pub(crate) async fn person(&self, code: &str) -> Person {
        let participant = self.add(code, &format!("{}@example.org", code.to_lowercase())).await;
        let assignment = self.assign(&participant).await;
        Person { id: participant, assignment }
    }

    /// The participant, signed in by a link.
    pub(crate) async fn portal(&self, participant: &str) -> Client<'a> {
        let db = &self.app.db;
        let study: Id<Study> = self.study.parse().unwrap();
        let participant: Id<Participant> = participant.parse().unwrap();
        let mut tx = db.ctx.write(&db.system, Some(study)).await.unwrap();
        let token = identity::magic_link::issue(&mut tx, participant, study).await.unwrap();
        tx.commit(platform::audit::Entry::new("magic_link.create", participant)).await.unwrap();
        let form = format!("token={}", token.expose());
        let reply = self.app.nobody().form("/_fn/portal/verify", &form).await;
        assert_eq!(reply.header("location"), Some("/portal"), "{reply:?}");
        self.app.browser(reply.cookie().unwrap())
    }

    /// Presses "start" in the portal and fetches the run.
    pub(crate) async fn run(&self, portal: &Client<'_>, assignment: &str) -> Run<'a> {
        let form = format!("assignment={assignment}");
        let launched = portal.form("/_fn/portal/start_task", &form).await;
        let place = launched.header("location").unwrap_or_default();
        let token = place
            .strip_prefix("/assess/?run=")
            .and_then(|rest| rest.split('&').next())
            .unwrap_or_else(|| panic!("{launched:?}"));
        let launch = json!({ "launch": token });
        let started = self.app.nobody().post("/api/session/start", &launch).await;
        assert_eq!(started.code(), 200, "{started:?}");
        let config: RunConfig = serde_json::from_value(started.json).unwrap();
        let runner = self.app.nobody().with("x-session-key", &config.upload_key);
        Run { config, runner }
    }
}

impl Run<'_> {
    /// What an honest participant's browser records.
    pub(crate) fn log(&self) -> (Log, Submit) {
        let setup = Setup::honest(35.0);
        let log = simulate::run(&self.config, 7, &setup).unwrap();
        let submit = log.submit(&self.config, &setup);
        (log, submit)
    }

    pub(crate) fn events(&self) -> String {
        format!("/api/session/{}/events", self.config.session_id)
    }

    pub(crate) async fn append(&self, items: &[Item]) -> Reply {
        self.runner.post(&self.events(), &batch(items)).await
    }

    pub(crate) async fn submit(&self, submit: &Submit) -> Reply {
        self.submit_json(&serde_json::to_value(submit).unwrap()).await
    }

    pub(crate) async fn submit_json(&self, submit: &Value) -> Reply {
        let id = self.config.session_id.to_string();
        self.runner.with("x-session-id", &id).post("/api/submit", submit).await
    }

    pub(crate) async fn end(&self) -> Reply {
        let end = json!({ "session_id": self.config.session_id });
        self.runner.post("/api/session/end", &end).await
    }
}

/// An active battery of both tasks, short.
pub(crate) fn battery(name: &str) -> Value {
    json!({ "name": name, "status": "active", "modules": [
        { "task_id": "simple_rt", "params": { "trials": 10, "practice_trials": 2 } },
        { "task_id": "flanker", "params": { "trials": 24, "practice_trials": 4 } },
    ] })
}

pub(crate) fn batch(items: &[Item]) -> Value {
    let batch = EventBatch { first_seq: items[0].seq(), items: items.to_vec() };
    serde_json::to_value(batch).unwrap()
}

/// The id of what was made.
pub(crate) fn id(reply: &Reply) -> String {
    assert_eq!(reply.code(), 201, "{reply:?}");
    reply.json["id"].as_str().unwrap().to_owned()
}
