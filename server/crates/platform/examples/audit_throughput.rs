//! How many audited transactions a second: an embedded Postgres with fsync, 20 studies, 1, 16 and
//! 64 writers on at most 16 connections, five seconds each.
//!
//! `cargo run --release -p platform --example audit_throughput`

#![expect(clippy::print_stdout, reason = "a command-line tool")]

use contract::Id;
use contract::ids::Study;
use platform::audit::{self, Entry};
use platform::db::{self, PoolSettings};
use platform::embedded_postgres::{EmbeddedPostgres, Settings};
use platform::keyring::Keyring;
use platform::{Actor, Clock, Ctx};
use sqlx::migrate::Migrator;
use std::error::Error;
use std::path::Path;
use std::time::{Duration, Instant};
use uuid::Uuid;

const STUDIES: u128 = 20;
const CONNECTIONS: u32 = 16;
const PERIOD: Duration = Duration::from_secs(5);

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::temp_dir().join(format!("metricis-throughput-{}", std::process::id()));
    let outcome = measure(&folder).await;
    std::fs::remove_dir_all(&folder)?;
    outcome
}

async fn measure(folder: &Path) -> Result<(), Box<dyn Error>> {
    let postgres = EmbeddedPostgres::start(&Settings::new(folder)).await?;
    let owner = db::login(postgres.connect_options()).await?;
    let migrations = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../migrations"));
    db::migrate(&owner, &Migrator::new(migrations).await?).await?;
    let settings = PoolSettings { max_connections: CONNECTIONS, ..PoolSettings::default() };
    let pool = db::connect(postgres.connect_options(), &settings).await?;
    let ctx = Ctx::new(pool, Clock::system(), Keyring::ephemeral()?, "http://localhost");

    println!(
        "{:>8} {:>8} {:>10} {:>9} {:>9}",
        "studies", "writers", "commits/s", "p50 ms", "p99 ms"
    );
    for studies in [STUDIES, 1] {
        for writers in [1, 16, 64] {
            let mut times = run(&ctx, studies, writers).await?;
            times.sort_unstable();
            println!(
                "{studies:>8} {writers:>8} {:>10} {:>9.2} {:>9.2}",
                u64::try_from(times.len())? / PERIOD.as_secs(),
                at(&times, 50),
                at(&times, 99),
            );
        }
    }
    let began = Instant::now();
    let report = audit::verify(&ctx, None, &[]).await?;
    println!(
        "verified {} entries in {:.1} s: {}",
        report.entries(),
        began.elapsed().as_secs_f64(),
        if report.is_valid() { "valid" } else { "broken" },
    );
    ctx.db().close().await;
    owner.close().await;
    postgres.stop().await?;
    Ok(())
}

/// Milliseconds that so many in a hundred needed at most.
fn at(times: &[Duration], percent: usize) -> f64 {
    times.get(times.len() * percent / 100).map_or(f64::NAN, Duration::as_secs_f64) * 1000.0
}

async fn run(ctx: &Ctx, studies: u128, writers: u128) -> Result<Vec<Duration>, Box<dyn Error>> {
    let began = Instant::now();
    let tasks = (0..writers).map(|writer| {
        let ctx = ctx.clone();
        tokio::spawn(async move {
            let mut times = Vec::new();
            let mut turn = writer;
            while began.elapsed() < PERIOD {
                turn += 1;
                let study: Id<Study> = Id::from_uuid(Uuid::from_u128(1 + turn % studies));
                let values = serde_json::json!({ "writer": writer as u64, "turn": turn as u64 });
                let entry = Entry::new("study.update", study).new_values(&values);
                let start = Instant::now();
                let tx = ctx.write(&Actor::System { name: "bench" }, Some(study)).await?;
                tx.commit(entry).await?;
                times.push(start.elapsed());
            }
            Ok::<_, platform::Failure>(times)
        })
    });
    let mut all = Vec::new();
    for times in futures::future::join_all(tasks).await {
        all.extend(times??);
    }
    Ok(all)
}
