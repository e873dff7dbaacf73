//! A private Postgres cluster of the server's own, from the system's binaries, for whoever has no
//! database at hand: demonstrations, trials, small installations.
//!
//! It lives in the data directory, listens on a Unix socket only, runs as an unprivileged user when
//! the server is run by root (Postgres refuses root), and stops with the server, however that
//! stops. A cluster that a killed server left behind is picked up again.

mod account;
mod binaries;
mod cluster;
mod home;
mod leftover;

pub use account::Account;
pub use binaries::Binaries;
pub use cluster::Cluster;
pub use home::Home;

use nix::sys::signal::Signal;
use sqlx::ConnectOptions;
use sqlx::postgres::PgConnectOptions;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;
use tokio::process::{Child, ChildStdin};

/// The server's database in the cluster.
const DATABASE: &str = "metricis";

/// Why there is no cluster.
#[derive(Debug, thiserror::Error)]
pub enum EmbeddedError {
    #[error(
        "no Postgres server was found. Install it (Debian, Ubuntu: `apt install postgresql`; \
         Fedora: `dnf install postgresql-server`; macOS: `brew install postgresql`), or set \
         DATABASE_URL to a database of your own"
    )]
    NotInstalled,
    #[error(
        "the data in {} was made by Postgres {data}, but only {installed} is installed. Install \
         Postgres {data}, or move the data with pg_upgrade",
        cluster.display()
    )]
    OtherVersion { cluster: PathBuf, data: String, installed: String },
    #[error(
        "another metricis is already using {}. Stop it, or choose another METRICIS_DATA_DIR",
        .0.display()
    )]
    InUse(PathBuf),
    #[error(
        "the server is run by root, and there is no user `postgres` or `nobody` to run Postgres"
    )]
    NoAccount,
    #[error("{doing} {}: {source}", path.display())]
    Io { doing: &'static str, path: PathBuf, source: std::io::Error },
    #[error("{program} failed: {output}")]
    Program { program: &'static str, output: String },
    #[error("Postgres did not start; the end of {} says:\n{tail}", log.display())]
    DidNotStart { log: PathBuf, tail: String },
    #[error(
        "a Postgres (process {0}) from an earlier run still uses the data and cannot be stopped"
    )]
    CannotStopLeftover(i32),
    #[error(
        "Postgres has ended although nobody stopped it. Its log, {}, says why at the end; the data is \
         kept. Start metricis again",
        .0.display()
    )]
    Died(PathBuf),
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
}

/// What is wanted.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The server's data directory; the cluster is a folder in it.
    pub data_dir: PathBuf,
    /// Committed means on disk. False only where the data may be lost (tests).
    pub durable: bool,
    pub max_connections: u16,
}

impl Settings {
    /// A durable cluster for one server.
    #[must_use]
    pub fn new(data_dir: &Path) -> Self {
        Self { data_dir: data_dir.to_owned(), durable: true, max_connections: 100 }
    }
}

/// A running cluster with a database for the server. Stops when it is dropped, at the latest;
/// one that was only joined runs on.
#[derive(Debug)]
pub struct EmbeddedPostgres {
    cluster: Cluster,
    /// None: another process runs it.
    ours: Option<Ours>,
}

/// What makes a cluster ours.
#[derive(Debug)]
struct Ours {
    supervisor: Child,
    /// The pipe. Kept apart from the child, whose `wait` would close it.
    hold: Option<ChildStdin>,
    /// Held as long as the cluster is ours.
    _lock: File,
}

/// Starts Postgres ("$@") and stops it when the pipe on standard input closes: that happens when
/// the server stops it, but also when the server is killed.
const SUPERVISE: &str = r#"
exec 3<&0
"$@" 3<&- </dev/null &
postgres=$!
(
  while read -r _; do :; done
  # Again, because a Postgres that has just begun does not listen yet
  while kill -INT "$postgres" 2>/dev/null; do sleep 1; done
) <&3 &
pipe=$!
exec 3<&-
wait "$postgres"
code=$?
kill "$pipe" 2>/dev/null
exit "$code"
"#;

impl EmbeddedPostgres {
    /// Starts the cluster, making it first where there is none, and the database in it.
    ///
    /// # Errors
    /// [`EmbeddedError`], by cause, with what to do about it.
    pub async fn start(settings: &Settings) -> Result<Self, EmbeddedError> {
        let home = Home::new(&settings.data_dir, &Account::choose()?)?;
        let lock = home.lock()?;
        let cluster = Cluster::prepare(home, settings.durable).await?;
        leftover::clear(cluster.home()).await?;
        let mut command = cluster.postgres(SUPERVISE, &[], settings.max_connections)?;
        let mut supervisor = command
            .stdin(Stdio::piped())
            .spawn()
            .map_err(|source| cluster.home().io("starting Postgres in", source))?;
        let hold = supervisor.stdin.take();
        cluster.until_ready(&mut supervisor).await?;
        cluster.ensure_database(DATABASE).await?;
        tracing::info!(event = "embedded_postgres_started", cluster = %cluster.home().cluster.display());
        Ok(Self { cluster, ours: Some(Ours { supervisor, hold, _lock: lock }) })
    }

    /// Starts the cluster, or joins it where a running server has started it: for the commands that
    /// an operator runs beside the server. What was joined ends with that server.
    ///
    /// # Errors
    /// As [`EmbeddedPostgres::start`].
    pub async fn start_or_join(settings: &Settings) -> Result<Self, EmbeddedError> {
        match Self::start(settings).await {
            Err(EmbeddedError::InUse(_)) => {}
            started_or_failed => return started_or_failed,
        }
        let home = Home::new(&settings.data_dir, &Account::choose()?)?;
        // The other server may be about to make it, or to stop.
        let answers = async {
            while home.connect_options(DATABASE).connect().await.is_err() {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        if tokio::time::timeout(Duration::from_secs(10), answers).await.is_err() {
            return Err(EmbeddedError::InUse(settings.data_dir.clone()));
        }
        Ok(Self { cluster: Cluster::prepare(home, settings.durable).await?, ours: None })
    }

    /// Where to connect to, as the cluster's superuser.
    #[must_use]
    pub fn connect_options(&self) -> PgConnectOptions {
        self.cluster.connect_options(DATABASE)
    }

    /// The process of the running Postgres.
    #[must_use]
    pub fn process(&self) -> Option<i32> {
        leftover::postmaster(self.cluster.home())
    }

    /// Waits until Postgres ends without having been told to, and says so: [`EmbeddedError::Died`].
    /// One that was only joined is watched by the process that started it.
    pub async fn died(&mut self) -> EmbeddedError {
        match &mut self.ours {
            // An error would mean that it was waited for already.
            Some(ours) => drop(ours.supervisor.wait().await),
            None => std::future::pending().await,
        }
        EmbeddedError::Died(self.cluster.home().log())
    }

    /// Stops it in order: sessions are ended, everything is on disk, then it is gone. One that was
    /// only joined is left alone.
    ///
    /// # Errors
    /// [`EmbeddedError::Io`].
    pub async fn stop(self) -> Result<(), EmbeddedError> {
        let home = self.cluster.home();
        let Some(mut ours) = self.ours else { return Ok(()) };
        drop(ours.hold.take());
        let ended = tokio::time::timeout(Duration::from_secs(30), ours.supervisor.wait()).await;
        if ended.is_err() {
            // Immediate shutdown: it recovers from its log at the next start.
            if let Some(process) = leftover::postmaster(home) {
                leftover::signal(process, Signal::SIGQUIT);
            }
            ours.supervisor
                .wait()
                .await
                .map_err(|source| home.io("stopping Postgres in", source))?;
        }
        tracing::info!(event = "embedded_postgres_stopped");
        Ok(())
    }
}
