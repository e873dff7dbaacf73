//! Throughput and latency of the whole server on loopback: reads of a participant, of a 50-row
//! list, and submits of a 200-trial session, everything switched on (sign-in, audit chain, fsync).
//!
//! `make bench-load` builds the server in release, starts it on its embedded Postgres in a folder
//! of its own, and runs this against it. Prints a table, and JSON for machines.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a measuring program: it prints, and a failed step ends it"
)]

mod client;
mod prepare;
mod report;

use client::Client;
use report::Row;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// How long each level of reads is measured.
const READ_TIME: Duration = Duration::from_secs(4);
/// Connections a level, and submits at that level.
const LEVELS: [(usize, usize); 3] = [(1, 200), (16, 1200), (64, 1200)];
/// Connections at which nothing may fail, and submits there.
const CROWD: (usize, usize) = (256, 1024);

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let data_dir = PathBuf::from(std::env::args().nth(1).expect("the server's data folder"));
    let text = std::fs::read_to_string(data_dir.join("demo.json")).expect("demo.json");
    let demo: serde_json::Value = serde_json::from_str(&text).expect("demo.json is JSON");
    let base = demo["base_url"].as_str().expect("base_url");
    let port = base.rsplit(':').next().and_then(|port| port.parse().ok()).expect("a port");
    let address = SocketAddr::from(([127, 0, 0, 1], port));

    let levels: Vec<_> = LEVELS.into_iter().chain([CROWD]).collect();
    let submits: usize = levels.iter().map(|(_, submits)| submits).sum();
    eprint_line(&format!("preparing 20 studies and {submits} sessions …"));
    let world = Arc::new(prepare::prepare(address, &demo, submits).await);
    let mut rows = Vec::new();
    for &(connections, _) in &levels {
        rows.push(reads("participant", address, &world, connections, READ_TIME, one).await);
        rows.push(reads("list of 50", address, &world, connections, READ_TIME, fifty).await);
    }
    let next = Arc::new(AtomicUsize::new(0));
    for &(connections, count) in &levels {
        rows.push(submit(address, &world, connections, count, &next).await);
    }
    report::print(&rows, prepare::peak_memory_mb(&data_dir));
}

fn eprint_line(text: &str) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stderr(), "bench-load: {text}");
}

type Path = fn(&prepare::World, usize) -> String;

fn one(world: &prepare::World, n: usize) -> String {
    let (study, participant) = &world.participants[n % world.participants.len()];
    format!("/api/studies/{study}/participants/{participant}")
}

fn fifty(world: &prepare::World, n: usize) -> String {
    format!("/api/studies/{}/participants?per_page=50", world.studies[n % world.studies.len()])
}

/// Reads from `connections` at once for `time`.
async fn reads(
    what: &'static str,
    address: SocketAddr,
    world: &Arc<prepare::World>,
    connections: usize,
    time: Duration,
    path: Path,
) -> Row {
    let until = Instant::now() + time;
    let started = Instant::now();
    let tasks: Vec<_> = (0..connections)
        .map(|connection| {
            let world = world.clone();
            tokio::spawn(async move {
                let mut client = Client::connect(address).await;
                let (mut times, mut errors, mut n) = (Vec::new(), 0, connection * 7919);
                while Instant::now() < until {
                    let begin = Instant::now();
                    let status = client.get(&path(&world, n), &world.token).await.0;
                    times.push(begin.elapsed());
                    errors += usize::from(status != 200);
                    n += 1;
                }
                (times, errors)
            })
        })
        .collect();
    Row::of(what, connections, started, join(tasks).await)
}

/// Submits prepared sessions, each once.
async fn submit(
    address: SocketAddr,
    world: &Arc<prepare::World>,
    connections: usize,
    count: usize,
    next: &Arc<AtomicUsize>,
) -> Row {
    let end = next.load(Ordering::Relaxed) + count;
    let started = Instant::now();
    let tasks: Vec<_> = (0..connections)
        .map(|_| {
            let (world, next) = (world.clone(), next.clone());
            tokio::spawn(async move {
                let mut client = Client::connect(address).await;
                let (mut times, mut errors) = (Vec::new(), 0);
                loop {
                    let n = next.fetch_add(1, Ordering::Relaxed);
                    if n >= end {
                        next.fetch_min(end, Ordering::Relaxed);
                        return (times, errors);
                    }
                    let session = &world.sessions[n];
                    let begin = Instant::now();
                    let headers = [
                        ("X-Session-ID", session.id.as_str()),
                        ("X-Session-Key", session.key.as_str()),
                    ];
                    let status = client.post("/api/submit", &headers, &session.body).await.0;
                    times.push(begin.elapsed());
                    errors += usize::from(status != 200);
                }
            })
        })
        .collect();
    Row::of("submit of 200 trials", connections, started, join(tasks).await)
}

type Measured = (Vec<Duration>, usize);

async fn join(tasks: Vec<tokio::task::JoinHandle<Measured>>) -> Measured {
    let (mut times, mut errors) = (Vec::new(), 0);
    for task in tasks {
        let (more, failed) = task.await.expect("a connection ended early");
        times.extend(more);
        errors += failed;
    }
    (times, errors)
}
