//! The Postgres of the tests: given by the environment, or one that all test processes share.

use nix::sys::statvfs::statvfs;
use nix::unistd::Uid;
use platform::embedded_postgres::{Account, Cluster, EmbeddedError, Home};
use secrecy::SecretString;
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, Connection};
use std::fs::{self, File, OpenOptions};
use std::path::{Path, PathBuf};
use std::process::Stdio;

/// Starts Postgres ("$@" after the first) and stops it when no test has touched the file $1 for ten
/// minutes.
const UNTIL_UNUSED: &str = r#"
used=$1
shift
"$@" </dev/null &
postgres=$!
while sleep 20 && kill -0 "$postgres" 2>/dev/null; do
  [ -n "$(find "$used" -mmin -10 2>/dev/null)" ] || kill -INT "$postgres"
done
"#;

/// Options for the maintenance database of the tests' Postgres: that of `METRICIS_TEST_PG` or
/// `TEST_DATABASE_URL` (a superuser's URL), else one that is started on first use, without fsync and
/// in memory where the system allows, and that stops by itself when unused.
pub(crate) async fn maintenance() -> Result<PgConnectOptions, EmbeddedError> {
    for name in ["METRICIS_TEST_PG", "TEST_DATABASE_URL"] {
        #[expect(clippy::disallowed_methods, reason = "tests have no configuration of their own")]
        let url = std::env::var(name).unwrap_or_default();
        if !url.is_empty() {
            let options = platform::db::options(&SecretString::from(url))
                .map_err(|error| sqlx::Error::Configuration(error.to_string().into()))?;
            let database = options.get_database().unwrap_or("postgres").to_owned();
            return Ok(options.database(&database));
        }
    }
    shared().await
}

async fn shared() -> Result<PgConnectOptions, EmbeddedError> {
    let folder = folder();
    let io = |source| EmbeddedError::Io { doing: "preparing", path: folder.clone(), source };
    let account = Account::choose()?;
    let home = Home::new(&folder, &account)?;
    // One test process at a time looks whether it runs, and starts it.
    let lock = open(&folder.join("start.lock")).map_err(io)?;
    let lock = tokio::task::spawn_blocking(move || lock.lock().map(|()| lock))
        .await
        .map_err(|error| io(std::io::Error::other(error)))?
        .map_err(io)?;
    let used = folder.join("used");
    fs::write(&used, "").map_err(io)?;
    let cluster = Cluster::prepare(home, false).await?;
    let options = cluster.connect_options("postgres");
    if let Ok(connection) = options.connect().await {
        connection.close().await?;
    } else {
        let mut command = cluster.postgres(UNTIL_UNUSED, &[used.as_os_str()], 300)?;
        let mut supervisor = command.stdin(Stdio::null()).spawn().map_err(io)?;
        cluster.until_ready(&mut supervisor).await?;
    }
    drop(lock);
    Ok(options)
}

/// In memory, where that is large enough (containers often have 64 MB).
fn folder() -> PathBuf {
    const ENOUGH: u64 = 2 * 1024 * 1024 * 1024;
    let memory = Path::new("/dev/shm");
    let size = statvfs(memory).map_or(0, |system| system.blocks() * system.fragment_size());
    let parent = if size >= ENOUGH { memory.to_owned() } else { std::env::temp_dir() };
    parent.join(format!("metricis-test-{}", Uid::current()))
}

fn open(path: &Path) -> std::io::Result<File> {
    OpenOptions::new().create(true).truncate(false).write(true).open(path)
}
