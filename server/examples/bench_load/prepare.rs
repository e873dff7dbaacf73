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

struct Admin {
    client: Client,
    token: String,
}

impl Admin {
    async fn post(&mut self, path: &str, body: &Value) -> Value {
        let bearer = format!("Bearer {}", self.token);
        let headers = [("Authorization", bearer.as_str())];
        let (status, answer) = self.client.post(path, &headers, &body.to_string()).await;
        let text = String::from_utf8_lossy(&answer).into_owned();
        assert!((200..300).contains(&status), "POST {path}: {status} {text}");
        serde_json::from_str(&text).unwrap_or(Value::Null)
    }
}

pub(crate) async fn prepare(address: SocketAddr, demo: &Value, sessions: usize) -> World {
    let mut admin = sign_in(address, demo).await;
    let run = std::process::id();
    let (mut studies, mut participants, mut prepared) = (Vec::new(), Vec::new(), Vec::new());
    let each = sessions.div_ceil(STUDIES);
    for n in 0..STUDIES {
        let (study, site, battery) = study(&mut admin, run, n).await;
        for p in 0..PARTICIPANTS.max(each) {
            let id = participant(&mut admin, &study, &site, p).await;
            if p < each && prepared.len() < sessions {
                let seed = u64::try_from(n * 1000 + p).unwrap();
                prepared.push(session(&mut admin, &study, &battery, &id, seed).await);
            }
            participants.push((study.clone(), id));
        }
        studies.push(study);
    }
    // In turn over the studies, as they would come in.
    let mut in_turn: Vec<(usize, Session)> =
        prepared.into_iter().enumerate().map(|(n, session)| (n % each, session)).collect();
    in_turn.sort_by_key(|(turn, _)| *turn);
    let sessions = in_turn.into_iter().map(|(_, session)| session).collect();
    World { token: admin.token, studies, participants, sessions }
}

async fn sign_in(address: SocketAddr, demo: &Value) -> Admin {
    let users = demo["users"].as_array().expect("users");
    let user = users.iter().find(|user| user["role"] == "admin").expect("an admin");
    let mut admin = Admin { client: Client::connect(address).await, token: String::new() };
    let body = json!({"email": user["email"], "password": user["password"]});
    let answer = admin.post("/api/auth/login", &body).await;
    admin.token = answer["access_token"].as_str().expect("a token").to_owned();
    admin
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

fn text(value: &Value) -> String {
    value.as_str().expect("an id").to_owned()
}

/// Largest resident memory of the server so far, MB; none where the system does not tell.
pub(crate) fn peak_memory_mb(data_dir: &Path) -> Option<u64> {
    let pid = std::fs::read_to_string(data_dir.join("server.pid")).ok()?;
    let status = std::fs::read_to_string(format!("/proc/{}/status", pid.trim())).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().split(' ').next()?.parse::<u64>().ok()? / 1024)
}
