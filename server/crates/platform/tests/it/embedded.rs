//! The private cluster: started, stopped, killed, picked up again.

use nix::sys::signal::{Signal, kill};
use nix::unistd::{Pid, Uid, User};
use platform::embedded_postgres::{
    Account, Cluster, EmbeddedError, EmbeddedPostgres, Home, Settings,
};
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, Connection, Executor};
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

/// Set for the process that plays the server which is killed.
const VICTIM: &str = "METRICIS_TEST_VICTIM";

/// A data directory that is removed at the end.
struct Folder(PathBuf);

// Where a Postgres is killed, its cluster is durable: otherwise the last commits may be lost.

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("metricis-{}-{name}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    fn settings(&self) -> Settings {
        Settings { durable: false, ..Settings::new(&self.0) }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

async fn ask(options: &PgConnectOptions, sql: &'static str) -> String {
    let mut connection = options.connect().await.unwrap();
    let answer: String = sqlx::query_scalar(sql).fetch_one(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    answer
}

async fn write_down(options: &PgConnectOptions) {
    let mut connection = options.connect().await.unwrap();
    connection.execute("CREATE TABLE note (text text)").await.unwrap();
    connection.execute("INSERT INTO note VALUES ('kept')").await.unwrap();
    // No goodbye: a killed server says none either.
}

fn lives(process: i32) -> bool {
    kill(Pid::from_raw(process), None).is_ok()
}

/// Waits until the process has ended.
async fn until_gone(process: i32) {
    let gone = async {
        while lives(process) {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), gone).await.expect("the process still runs");
}

#[tokio::test]
async fn what_was_written_is_there_after_a_stop_and_a_start() {
    let folder = Folder::new("restart");
    let postgres = EmbeddedPostgres::start(&folder.settings()).await.unwrap();
    let process = postgres.process().unwrap();
    write_down(&postgres.connect_options()).await;
    postgres.stop().await.unwrap();
    assert!(!lives(process));

    let postgres = EmbeddedPostgres::start(&folder.settings()).await.unwrap();
    assert_eq!(ask(&postgres.connect_options(), "SELECT text FROM note").await, "kept");
    postgres.stop().await.unwrap();
}

#[tokio::test]
async fn it_is_durable_listens_on_a_socket_only_and_nobody_else_gets_in() {
    let folder = Folder::new("settings");
    let postgres = EmbeddedPostgres::start(&Settings::new(&folder.0)).await.unwrap();
    let options = postgres.connect_options();
    for (setting, expected) in [
        ("SELECT current_setting('listen_addresses')", ""),
        ("SELECT current_setting('fsync')", "on"),
        ("SELECT current_setting('synchronous_commit')", "on"),
        ("SELECT current_setting('full_page_writes')", "on"),
        ("SELECT current_setting('data_checksums')", "on"),
        ("SELECT current_setting('server_encoding')", "UTF8"),
        ("SELECT current_database()", "metricis"),
        // letters beyond ASCII have case
        ("SELECT lower('ÉTÉ')", "été"),
    ] {
        assert_eq!(ask(&options, setting).await, expected, "{setting}");
    }
    let socket =
        PathBuf::from(ask(&options, "SELECT current_setting('unix_socket_directories')").await);
    let mode = fs::metadata(&socket).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
    if Uid::effective().is_root() {
        let owner = fs::read_to_string(format!("/proc/{}/status", postgres.process().unwrap()));
        assert!(!owner.unwrap().contains("Uid:\t0\t"), "Postgres does not run as root");
    }
    postgres.stop().await.unwrap();
}

#[tokio::test]
async fn a_second_server_is_refused_while_the_first_runs() {
    let folder = Folder::new("second");
    let first = EmbeddedPostgres::start(&folder.settings()).await.unwrap();
    let refused = EmbeddedPostgres::start(&folder.settings()).await.unwrap_err();
    assert!(matches!(refused, EmbeddedError::InUse(_)), "{refused}");
    assert!(refused.to_string().contains("METRICIS_DATA_DIR"));
    assert_eq!(ask(&first.connect_options(), "SELECT 'undisturbed'").await, "undisturbed");
    first.stop().await.unwrap();
}

#[tokio::test]
async fn an_operators_command_joins_the_running_cluster_and_leaves_it_alone() {
    let folder = Folder::new("joined");
    let server = EmbeddedPostgres::start(&folder.settings()).await.unwrap();
    write_down(&server.connect_options()).await;
    let command = EmbeddedPostgres::start_or_join(&folder.settings()).await.unwrap();
    assert_eq!(command.process(), server.process());
    assert_eq!(ask(&command.connect_options(), "SELECT text FROM note").await, "kept");
    command.stop().await.unwrap();
    assert_eq!(ask(&server.connect_options(), "SELECT text FROM note").await, "kept");
    server.stop().await.unwrap();

    // With no server about, the command runs the cluster itself.
    let command = EmbeddedPostgres::start_or_join(&folder.settings()).await.unwrap();
    assert_eq!(ask(&command.connect_options(), "SELECT text FROM note").await, "kept");
    let process = command.process().unwrap();
    command.stop().await.unwrap();
    assert!(!lives(process));
}

#[tokio::test]
async fn dropped_without_a_stop_it_ends_and_can_be_started_at_once() {
    let folder = Folder::new("dropped");
    let postgres = EmbeddedPostgres::start(&folder.settings()).await.unwrap();
    let first = postgres.process().unwrap();
    write_down(&postgres.connect_options()).await;
    drop(postgres);
    let postgres = EmbeddedPostgres::start(&folder.settings()).await.unwrap();
    assert_ne!(postgres.process(), Some(first));
    assert_eq!(ask(&postgres.connect_options(), "SELECT text FROM note").await, "kept");
    postgres.stop().await.unwrap();
}

#[tokio::test]
async fn a_killed_server_leaves_nothing_running_and_its_data_is_picked_up() {
    let folder = Folder::new("killed");
    let mut server = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "embedded::the_server_that_is_killed", "--nocapture"])
        .env(VICTIM, &folder.0)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let output = BufReader::new(server.stdout.take().unwrap());
    let process: i32 = output
        .lines()
        .map_while(Result::ok)
        .find_map(|line| line.split_once("running as ").and_then(|(_, pid)| pid.parse().ok()))
        .unwrap();
    assert!(lives(process));

    server.kill().unwrap();
    server.wait().unwrap();
    until_gone(process).await;

    let postgres = EmbeddedPostgres::start(&folder.settings()).await.unwrap();
    assert_eq!(ask(&postgres.connect_options(), "SELECT text FROM note").await, "kept");
    postgres.stop().await.unwrap();
}

/// Played in a process of its own by the test above; on its own it does nothing.
#[tokio::test]
async fn the_server_that_is_killed() {
    let Some(folder) = std::env::var_os(VICTIM) else { return };
    let settings = Settings { durable: false, ..Settings::new(Path::new(&folder)) };
    let postgres = EmbeddedPostgres::start(&settings).await.unwrap();
    write_down(&postgres.connect_options()).await;
    let process = postgres.process().unwrap();
    writeln!(std::io::stdout(), "\nrunning as {process}").unwrap();
    std::future::pending::<()>().await;
}

#[tokio::test]
async fn a_postgres_that_lost_its_server_and_its_supervisor_is_replaced() {
    let folder = Folder::new("orphan");
    let home = Home::new(&folder.0, &Account::choose().unwrap()).unwrap();
    let cluster = Cluster::prepare(home, false).await.unwrap();
    let mut orphan = cluster.postgres("exec \"$@\"", &[], 20).unwrap().spawn().unwrap();
    cluster.until_ready(&mut orphan).await.unwrap();
    let orphan_process = i32::try_from(orphan.id().unwrap()).unwrap();

    // A child of this test would stay as a zombie: somebody must wait for it.
    let reaped = tokio::spawn(async move { orphan.wait().await });
    let postgres = EmbeddedPostgres::start(&folder.settings()).await.unwrap();
    reaped.await.unwrap().unwrap();
    assert_ne!(postgres.process(), Some(orphan_process));
    assert_eq!(ask(&postgres.connect_options(), "SELECT 'mine'").await, "mine");
    postgres.stop().await.unwrap();
}

#[tokio::test]
async fn a_stale_file_that_names_somebody_elses_process_is_no_obstacle() {
    let folder = Folder::new("stale");
    let postgres = EmbeddedPostgres::start(&Settings::new(&folder.0)).await.unwrap();
    write_down(&postgres.connect_options()).await;
    let process = postgres.process().unwrap();
    kill(Pid::from_raw(process), Signal::SIGKILL).unwrap();
    drop(postgres);
    until_gone(process).await;

    // The number was given to another process of the same user.
    let mut other = Command::new("cat");
    other.stdin(Stdio::piped());
    if let (true, Some(user)) = (Uid::effective().is_root(), postgres_user()) {
        other.uid(user.uid.as_raw());
    }
    let mut other = other.spawn().unwrap();
    let pid_file = folder.0.join("postgres/postmaster.pid");
    let text = fs::read_to_string(&pid_file).unwrap();
    fs::write(&pid_file, text.replacen(&process.to_string(), &other.id().to_string(), 1)).unwrap();

    let postgres = EmbeddedPostgres::start(&folder.settings()).await.unwrap();
    assert_eq!(ask(&postgres.connect_options(), "SELECT text FROM note").await, "kept");
    postgres.stop().await.unwrap();
    assert!(other.try_wait().unwrap().is_none(), "the other process was left alone");
    drop(other.stdin.take());
    other.wait().unwrap();
}

fn postgres_user() -> Option<User> {
    ["postgres", "nobody"].into_iter().find_map(|name| User::from_name(name).unwrap())
}

#[tokio::test]
async fn the_server_learns_that_postgres_died_and_recovers_at_the_next_start() {
    let folder = Folder::new("died");
    let mut postgres = EmbeddedPostgres::start(&Settings::new(&folder.0)).await.unwrap();
    write_down(&postgres.connect_options()).await;
    kill(Pid::from_raw(postgres.process().unwrap()), Signal::SIGKILL).unwrap();
    tokio::time::timeout(Duration::from_secs(30), postgres.died()).await.expect("it is noticed");
    drop(postgres);

    let postgres = EmbeddedPostgres::start(&Settings::new(&folder.0)).await.unwrap();
    assert_eq!(ask(&postgres.connect_options(), "SELECT text FROM note").await, "kept");
    postgres.stop().await.unwrap();
}

#[tokio::test]
async fn a_first_start_that_was_interrupted_is_begun_anew() {
    let folder = Folder::new("interrupted");
    let half = folder.0.join("postgres.new");
    fs::create_dir_all(half.join("base")).unwrap();
    fs::write(half.join("PG_VERSION"), "15\n").unwrap();
    let postgres = EmbeddedPostgres::start(&folder.settings()).await.unwrap();
    assert!(!half.exists());
    postgres.stop().await.unwrap();
}

#[tokio::test]
async fn a_path_that_is_too_long_for_a_socket_is_no_obstacle() {
    let folder = Folder::new("long");
    let deep = folder.0.join("d".repeat(60)).join("e".repeat(60));
    let settings = Settings { durable: false, ..Settings::new(&deep) };
    let postgres = EmbeddedPostgres::start(&settings).await.unwrap();
    let options = postgres.connect_options();
    let socket = ask(&options, "SELECT current_setting('unix_socket_directories')").await;
    assert!(socket.len() < 90, "{socket}");
    postgres.stop().await.unwrap();
    fs::remove_dir_all(socket).unwrap();
}

#[tokio::test]
async fn root_may_use_folders_that_postgres_cannot_reach() {
    if !Uid::effective().is_root() {
        return;
    }
    // A private folder, as `mktemp -d` makes it: the right to pass through is enough.
    let folder = Folder::new("private");
    fs::set_permissions(&folder.0, fs::Permissions::from_mode(0o700)).unwrap();
    let postgres = EmbeddedPostgres::start(&folder.settings()).await.unwrap();
    assert!(folder.0.join("postgres/PG_VERSION").exists());
    assert_eq!(fs::metadata(&folder.0).unwrap().permissions().mode() & 0o777, 0o711);
    postgres.stop().await.unwrap();

    // A folder within somebody's private folder: the cluster lies elsewhere, twice the same.
    let inner = folder.0.join("closed/data");
    fs::DirBuilder::new().recursive(true).mode(0o700).create(&inner).unwrap();
    let settings = Settings { durable: false, ..Settings::new(&inner) };
    let postgres = EmbeddedPostgres::start(&settings).await.unwrap();
    write_down(&postgres.connect_options()).await;
    postgres.stop().await.unwrap();
    let postgres = EmbeddedPostgres::start(&settings).await.unwrap();
    assert_eq!(ask(&postgres.connect_options(), "SELECT text FROM note").await, "kept");
    postgres.stop().await.unwrap();
    let elsewhere = fs::read_to_string(inner.join("postgres.path")).unwrap();
    assert!(elsewhere.starts_with("/var/lib/metricis/"), "{elsewhere}");
    assert!(!inner.join("postgres").exists());
    fs::remove_dir_all(elsewhere).unwrap();
}

#[tokio::test]
async fn data_of_another_version_is_not_touched() {
    let folder = Folder::new("version");
    let cluster = folder.0.join("postgres");
    fs::create_dir_all(&cluster).unwrap();
    fs::write(cluster.join("PG_VERSION"), "9\n").unwrap();
    let refused = EmbeddedPostgres::start(&folder.settings()).await.unwrap_err();
    assert!(refused.to_string().contains("made by Postgres 9"), "{refused}");
}

#[tokio::test]
async fn a_postgres_that_cannot_start_says_why() {
    let folder = Folder::new("broken");
    let postgres = EmbeddedPostgres::start(&folder.settings()).await.unwrap();
    postgres.stop().await.unwrap();
    fs::remove_file(folder.0.join("postgres/global/pg_control")).unwrap();
    let refused = EmbeddedPostgres::start(&folder.settings()).await.unwrap_err();
    assert!(matches!(refused, EmbeddedError::DidNotStart { .. }), "{refused}");
    assert!(refused.to_string().contains("pg_control"), "{refused}");
}

#[tokio::test]
async fn the_log_quotes_no_values() {
    let folder = Folder::new("log");
    let postgres = EmbeddedPostgres::start(&folder.settings()).await.unwrap();
    let mut connection = postgres.connect_options().connect().await.unwrap();
    connection.execute("CREATE TABLE person (email text UNIQUE)").await.unwrap();
    for _ in 0..2 {
        let _ = sqlx::query("INSERT INTO person VALUES ($1)")
            .bind("ada@example.org")
            .execute(&mut connection)
            .await;
        let _ = connection.execute("INSERT INTO person VALUES ('ada@example.org')").await;
    }
    connection.close().await.unwrap();
    postgres.stop().await.unwrap();
    let log = fs::read_to_string(folder.0.join("postgres.log")).unwrap();
    assert!(log.contains("duplicate key"), "{log}");
    assert!(!log.contains("ada@"), "{log}");
}
