//! The program as a process of its own: how it starts, ends and answers an operator.

mod embedded;
mod rotation;
mod score;
mod start;
mod verify_audit;

use sqlx::ConnectOptions;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::time::Duration;
use testkit::TestDb;
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStderr, Command};

/// How long anything here may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// The master secret with which [`TestDb`] seals and signs.
const MASTER: &str = "the master secret of all tests, 32 bytes and more";

/// `metricis` with these arguments and variables, and none of this process's.
fn metricis(arguments: &[&str], variables: &HashMap<&str, String>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_metricis"));
    command.args(arguments).env_clear().envs(variables).kill_on_drop(true);
    if let Some(path) = std::env::var_os("PATH") {
        command.env("PATH", path);
    }
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// What a process said, and how it ended.
#[derive(Debug)]
struct Ended {
    code: Option<i32>,
    said: String,
    complained: String,
}

/// Runs it to its end.
async fn run(arguments: &[&str], variables: &HashMap<&str, String>) -> Ended {
    let output = metricis(arguments, variables).output();
    let output = tokio::time::timeout(PATIENCE, output).await.expect("it ends").unwrap();
    Ended {
        code: output.status.code(),
        said: String::from_utf8(output.stdout).unwrap(),
        complained: String::from_utf8(output.stderr).unwrap(),
    }
}

/// What an operator's command needs to work on the database of a test.
fn on(db: &TestDb) -> HashMap<&'static str, String> {
    HashMap::from([
        ("DATABASE_URL", db.connect_options().to_url_lossy().to_string()),
        ("SESSION_SECRET_KEY", MASTER.to_owned()),
    ])
}

/// A folder that is removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("metricis-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// The least that the server takes for built browser files.
    fn site(&self) -> PathBuf {
        let site = self.path("site");
        std::fs::create_dir_all(site.join("assess")).unwrap();
        let manifest = r#"{"researcher":{"output_name":"researcher"},
            "patient":{"output_name":"patient"},"css":"metricis.css"}"#;
        std::fs::write(site.join("manifest.json"), manifest).unwrap();
        std::fs::write(site.join("assess/index.html"), "<!DOCTYPE html>").unwrap();
        site
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A running `metricis web` on an embedded database.
struct Web {
    child: Child,
    log: Lines<BufReader<ChildStderr>>,
    /// `http://…`, as its log says.
    address: String,
}

impl Web {
    /// Starts it and waits until it listens.
    async fn start(folder: &Folder) -> Self {
        let variables = HashMap::from([
            ("API_HOST", "127.0.0.1".to_owned()),
            ("API_PORT", "0".to_owned()),
            ("METRICIS_DATA_DIR", text(&folder.path("data"))),
            ("METRICIS_SITE_DIR", text(&folder.site())),
        ]);
        let mut child = metricis(&["web"], &variables).stdout(Stdio::null()).spawn().unwrap();
        let mut log = BufReader::new(child.stderr.take().unwrap()).lines();
        let mut read = Vec::new();
        let listening = async {
            while let Some(line) = log.next_line().await.unwrap() {
                let event: serde_json::Value = serde_json::from_str(&line).unwrap_or_default();
                if event["event"] == "server_started" {
                    return event["address"].as_str().map(|address| format!("http://{address}"));
                }
                read.push(line);
            }
            None
        };
        let address = tokio::time::timeout(PATIENCE, listening).await.expect("it starts");
        let address = address.unwrap_or_else(|| panic!("it ended: {}", read.join("\n")));
        Self { child, log, address }
    }

    async fn status(&self, path: &str) -> u16 {
        reqwest::get(format!("{}{path}", self.address)).await.unwrap().status().as_u16()
    }

    /// Sends a signal to the server.
    async fn signal(&self, signal: &str) {
        send(signal, self.child.id().unwrap()).await;
    }

    /// Waits for its end; the rest of its log.
    async fn ended(mut self, within: Duration) -> (ExitStatus, Vec<String>) {
        let end = async {
            let mut rest = Vec::new();
            while let Some(line) = self.log.next_line().await.unwrap() {
                rest.push(line);
            }
            (self.child.wait().await.unwrap(), rest)
        };
        tokio::time::timeout(within, end).await.expect("the server ends")
    }
}

async fn send(signal: &str, process: u32) {
    let kill = format!("kill -{signal} {process}");
    assert!(Command::new("/bin/sh").args(["-c", &kill]).status().await.unwrap().success());
}

fn text(path: &Path) -> String {
    path.to_str().unwrap().to_owned()
}
