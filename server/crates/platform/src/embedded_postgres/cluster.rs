//! One cluster: made, configured, started, ready.

use super::home::SUPERUSER;
use super::{Binaries, EmbeddedError, Home};
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, Connection, Executor};
use std::ffi::{OsStr, OsString};
use std::fs::{self, OpenOptions};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;
use tokio::process::{Child, Command};

/// The log is started afresh at this size, in bytes.
const LOG_LIMIT: u64 = 10 * 1024 * 1024;

/// A cluster on disk, running or not.
#[derive(Debug, Clone)]
pub struct Cluster {
    home: Home,
    binaries: Binaries,
    durable: bool,
}

impl Cluster {
    /// Makes the cluster where there is none yet.
    ///
    /// # Errors
    /// [`EmbeddedError`], by cause.
    pub async fn prepare(home: Home, durable: bool) -> Result<Self, EmbeddedError> {
        let version = home.cluster.join("PG_VERSION");
        let data = fs::read_to_string(version).ok().and_then(|text| text.trim().parse().ok());
        let binaries = Binaries::find(data, &home.cluster).await?;
        if data.is_none() {
            make(&home, &binaries, durable).await?;
        }
        Ok(Self { home, binaries, durable })
    }

    pub(super) const fn home(&self) -> &Home {
        &self.home
    }

    /// Where to connect to for `database`, as the superuser.
    #[must_use]
    pub fn connect_options(&self, database: &str) -> PgConnectOptions {
        self.home.connect_options(database)
    }

    /// The command that runs Postgres under the shell script `supervisor`, which finds `arguments`,
    /// then Postgres and its arguments, in `"$@"`.
    ///
    /// # Errors
    /// [`EmbeddedError::Io`] when the log cannot be written.
    pub fn postgres(
        &self,
        supervisor: &str,
        arguments: &[&OsStr],
        max_connections: u16,
    ) -> Result<Command, EmbeddedError> {
        let path = self.home.log();
        let is_long = fs::metadata(&path).is_ok_and(|meta| meta.len() > LOG_LIMIT);
        let log = OpenOptions::new()
            .create(true)
            .append(!is_long)
            .write(true)
            .truncate(is_long)
            .mode(0o600)
            .open(&path)
            .map_err(|source| self.home.io("opening the log of", source))?;
        let again = log.try_clone().map_err(|source| self.home.io("opening the log of", source))?;

        let mut command = Command::new("/bin/sh");
        command.args(["-c", supervisor, "sh"]).args(arguments);
        command.arg(self.binaries.program("postgres")).arg("-D").arg(&self.home.cluster);
        for (name, value) in self.parameters(max_connections) {
            let mut setting = OsString::from(format!("{name}="));
            setting.push(value);
            command.arg("-c").arg(setting);
        }
        command.stdin(Stdio::null()).stdout(log).stderr(again).current_dir("/");
        self.home.account.run(&mut command);
        Ok(command)
    }

    /// Suited to two cores that the server shares, and about 20 connections of its pool.
    fn parameters(&self, max_connections: u16) -> Vec<(&'static str, OsString)> {
        let mut parameters: Vec<(&'static str, OsString)> = vec![
            ("listen_addresses", "".into()),
            ("port", "5432".into()),
            ("unix_socket_directories", self.home.socket_dir.clone().into()),
            ("unix_socket_permissions", "0700".into()),
            ("max_connections", max_connections.to_string().into()),
            ("shared_buffers", "128MB".into()),
            ("max_wal_size", if self.durable { "1GB" } else { "128MB" }.into()),
            ("checkpoint_timeout", "15min".into()),
            ("wal_compression", "on".into()),
            ("jit", "off".into()),
            ("max_parallel_workers_per_gather", "0".into()),
            ("timezone", "UTC".into()),
            ("log_timezone", "UTC".into()),
            ("lc_messages", "C".into()),
            ("logging_collector", "off".into()),
            ("log_min_messages", "warning".into()),
            // No statement and no detail: both can quote personal data.
            ("log_min_error_statement", "panic".into()),
            ("log_error_verbosity", "terse".into()),
        ];
        if !self.durable {
            for name in ["fsync", "synchronous_commit", "full_page_writes", "autovacuum"] {
                parameters.push((name, "off".into()));
            }
        }
        parameters
    }

    /// Waits until it answers.
    ///
    /// # Errors
    /// [`EmbeddedError::DidNotStart`] when it ends instead.
    pub async fn until_ready(&self, supervisor: &mut Child) -> Result<(), EmbeddedError> {
        loop {
            match self.connect_options("postgres").connect().await {
                Ok(connection) => {
                    connection.close().await?;
                    return Ok(());
                }
                // Not there yet, or still recovering: only its end says that it failed.
                Err(_) => {
                    let ended = tokio::time::timeout(Duration::from_millis(15), supervisor.wait());
                    if ended.await.is_ok() {
                        let log = self.home.log();
                        return Err(EmbeddedError::DidNotStart { tail: tail(&log), log });
                    }
                }
            }
        }
    }

    /// Makes the database where there is none yet. `name` is a plain identifier.
    ///
    /// # Errors
    /// [`EmbeddedError::Database`].
    pub async fn ensure_database(&self, name: &'static str) -> Result<(), EmbeddedError> {
        let mut connection = self.connect_options("postgres").connect().await?;
        let exists: bool =
            sqlx::query_scalar("SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)")
                .bind(name)
                .fetch_one(&mut connection)
                .await?;
        if !exists {
            let create = sqlx::AssertSqlSafe(format!("CREATE DATABASE \"{name}\""));
            connection.execute(create).await?;
        }
        connection.close().await?;
        Ok(())
    }
}

/// `initdb` in a folder beside, which then takes its place: a killed run leaves nothing half-made.
async fn make(home: &Home, binaries: &Binaries, durable: bool) -> Result<(), EmbeddedError> {
    let new = home.cluster.with_extension("new");
    match fs::remove_dir_all(&new) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            return Err(home.io("clearing up for", error));
        }
        _ => {}
    }
    fs::DirBuilder::new()
        .mode(0o700)
        .create(&new)
        .and_then(|()| home.account.own(&new))
        .map_err(|source| home.io("making", source))?;
    let mut initdb = Command::new(binaries.program("initdb"));
    initdb
        .arg("--pgdata")
        .arg(&new)
        .args(["--auth=trust", "--encoding=UTF8", "--data-checksums", "--no-instructions"])
        .arg(format!("--username={SUPERUSER}"))
        // The same order of text everywhere, and letters beyond ASCII have case
        .arg(if cfg!(target_os = "linux") { "--locale=C.UTF-8" } else { "--locale=C" })
        .current_dir("/")
        .kill_on_drop(true);
    if !durable {
        initdb.arg("--no-sync");
    }
    home.account.run(&mut initdb);
    let output = initdb.output().await.map_err(|source| home.io("running initdb for", source))?;
    if !output.status.success() {
        let mut text = String::from_utf8_lossy(&output.stdout).into_owned();
        text.push_str(&String::from_utf8_lossy(&output.stderr));
        return Err(EmbeddedError::Program { program: "initdb", output: text });
    }
    fs::rename(&new, &home.cluster).map_err(|source| home.io("making", source))
}

/// The last lines of the log.
fn tail(log: &Path) -> String {
    let text = fs::read(log).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let lines: Vec<&str> = text.lines().rev().take(12).collect();
    lines.into_iter().rev().collect::<Vec<_>>().join("\n")
}
