//! The world that is measured: 20 studies with 60 participants each, and sessions begun and
//! played by simulated participants, ready to be submitted.

use crate::client::Client;
use contract::task::RunConfig;
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::path::Path;
use task_engine::simulate::{self, Setup};

const STUDIES: usize = 20;
const PARTICIPANTS: usize = 60;

/// A session to be submitted.
pub(crate) struct Session {
    pub(crate) id: String,
    pub(crate) key: String,
    pub(crate) body: String,
}

pub(crate) struct World {
    pub(crate) token: String,
    pub(crate) studies: Vec<String>,
    /// Study and participant.
    pub(crate) participants: Vec<(String, String)>,
    pub(crate) sessions: Vec<Session>,
}

/// One connection of the admin.
struct Admin {
    client: Client,
    token: String,
}

impl Admin {
    async fn new(address: SocketAddr, token: &str) -> Self {
        Self { client: Client::connect(address).await, token: token.to_owned() }
    }

    async fn post(&mut self, path: &str, body: &Value) -> Value {
        let bearer = format!("Bearer {}", self.token);
        post(&mut self.client, path, &[("Authorization", &bearer)], body).await
    }
}

async fn post(client: &mut Client, path: &str, headers: &[(&str, &str)], body: &Value) -> Value {
    let (status, answer) = client.post(path, headers, &body.to_string()).await;
    let text = String::from_utf8_lossy(&answer).into_owned();
    assert!((200..300).contains(&status), "POST {path}: {status} {text}");
    serde_json::from_str(&text).unwrap_or(Value::Null)
}

/// What one study holds.
struct Prepared {
    study: String,
    participants: Vec<String>,
    sessions: Vec<Session>,
}

/// Builds the world, all studies at once.
pub(crate) async fn prepare(address: SocketAddr, demo: &Value, sessions: usize) -> World {
    let token = sign_in(address, demo).await;
    let each = sessions.div_ceil(STUDIES);
    let building: Vec<_> = (0..STUDIES)
        .map(|n| {
            let token = token.clone();
            tokio::spawn(async move {
                let mut admin = Admin::new(address, &token).await;
                fill(&mut admin, n, each).await
            })
        })
        .collect();
    let mut world =
        World { token, studies: Vec::new(), participants: Vec::new(), sessions: Vec::new() };
    let mut in_turn = Vec::new();
    for study in building {
        let prepared = study.await.expect("a study to measure");
        let id = prepared.study;
        world.participants.extend(prepared.participants.into_iter().map(|p| (id.clone(), p)));
        world.studies.push(id);
        in_turn.extend(prepared.sessions.into_iter().enumerate());
    }
    // In turn over the studies, as they would come in.
    in_turn.sort_by_key(|(turn, _)| *turn);
    world.sessions.extend(in_turn.into_iter().map(|(_, session)| session));
    world
}

/// One study with its participants and `each` sessions ready to be submitted.
async fn fill(admin: &mut Admin, n: usize, each: usize) -> Prepared {
    let (study, site, battery) = study(admin, std::process::id(), n).await;
    let mut prepared = Prepared { study, participants: Vec::new(), sessions: Vec::new() };
    for p in 0..PARTICIPANTS.max(each) {
        let id = participant(admin, &prepared.study, &site, p).await;
        if p < each {
            let seed = u64::try_from(n * 1000 + p).unwrap();
            let session = session(admin, &prepared.study, &battery, &id, seed).await;
            prepared.sessions.push(session);
        }
        prepared.participants.push(id);
    }
    prepared
}

/// An access token of the demonstration's admin.
async fn sign_in(address: SocketAddr, demo: &Value) -> String {
    let users = demo["users"].as_array().expect("users");
    let user = users.iter().find(|user| user["role"] == "admin").expect("an admin");
    let body = json!({"email": user["email"], "password": user["password"]});
    let mut client = Client::connect(address).await;
    let answer = post(&mut client, "/api/auth/login", &[], &body).await;
    text(&answer["access_token"])
}

async fn study(admin: &mut Admin, run: u32, n: usize) -> (String, String, String) {
    let body = json!({
        "code": format!("LOAD-{run}-{n}"), "name": "Load", "integration_mode": "metricis",
    });
    let study = text(&admin.post("/api/studies", &body).await["id"]);
    let site = json!({"code": "S1", "name": "Site", "time_zone": "America/Halifax"});
    let site = text(&admin.post(&format!("/api/studies/{study}/sites"), &site).await["id"]);
    let battery = json!({
        "name": "Load", "status": "active",
        "modules": [{"task_id": "simple_rt", "params": {"trials": 192, "practice_trials": 8}}],
    });
    let battery = admin.post(&format!("/api/studies/{study}/batteries"), &battery).await;
    let status = json!({"status": "active"});
    admin.post(&format!("/api/studies/{study}/status"), &status).await;
    (study, site, text(&battery["id"]))
}

async fn participant(admin: &mut Admin, study: &str, site: &str, p: usize) -> String {
    let body = json!({
        "participant_code": format!("P-{p:04}"), "site_id": site,
        "enrollment_date": "2026-01-15",
    });
    text(&admin.post(&format!("/api/studies/{study}/participants"), &body).await["id"])
}

async fn session(
    admin: &mut Admin,
    study: &str,
    battery: &str,
    participant: &str,
    seed: u64,
) -> Session {
    let assignment = json!({"participant_id": participant, "battery_id": battery});
    admin.post(&format!("/api/studies/{study}/assignments"), &assignment).await;
    let launched = admin.post("/api/session/start", &assignment).await;
    let config = admin.post("/api/session/start", &json!({"launch": launched["run"]})).await;
    let config: RunConfig = serde_json::from_value(config).expect("a run configuration");
    let setup = Setup::honest(30.0);
    let log = simulate::run(&config, seed, &setup).expect("a simulated session");
    let body = serde_json::to_string(&log.submit(&config, &setup)).expect("JSON");
    Session { id: config.session_id.to_string(), key: config.upload_key, body }
}

/// A text of an answer.
fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

/// Largest resident memory of the server so far, MB; none where the system does not tell.
pub(crate) fn peak_memory_mb(data_dir: &Path) -> Option<u64> {
    let pid = std::fs::read_to_string(data_dir.join("server.pid")).ok()?;
    let status = std::fs::read_to_string(format!("/proc/{}/status", pid.trim())).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().split(' ').next()?.parse::<u64>().ok()? / 1024)
}
