//! A database for one test.

use crate::cluster;
use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use contract::Id;
use platform::db::{self, PoolSettings};
use platform::embedded_postgres::EmbeddedError;
use platform::keyring::Keyring;
use platform::{Actor, Clock, Ctx, Failure};
use secrecy::SecretString;
use sha2::{Digest, Sha256};
use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor, PgConnection, PgPool};
use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};
use uuid::Uuid;

/// The migrations as they lie in the work tree, not as some crate embedded them.
const MIGRATIONS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../migrations");

/// Held while a template is made, so that test processes do not make it twice.
const TEMPLATE_LOCK: i64 = 0x6d65_7472_6963_6973;

/// A database of its own for one test, freshly migrated, and a context on it. It is dropped with
/// this value.
pub struct TestDb {
    /// As the application sees it: role `metricis_app`, a clock that stands at 1 March 2026,
    /// 09:00 UTC until the test moves it, and keys that every test shares.
    pub ctx: Ctx,
    /// As a superuser, who may alter what the application may not.
    pub owner: PgPool,
    /// An actor that may do everything.
    pub system: Actor,
    database: EmptyDb,
}

/// A database without anything in it, for tests of the migrations themselves. It is dropped with
/// this value.
pub struct EmptyDb {
    name: String,
    maintenance: PgConnectOptions,
}

/// Why there is no database.
#[derive(Debug)]
pub enum OpenError {
    Embedded(EmbeddedError),
    Database(sqlx::Error),
    Migration(Failure),
}

impl From<EmbeddedError> for OpenError {
    fn from(error: EmbeddedError) -> Self {
        Self::Embedded(error)
    }
}
impl From<sqlx::Error> for OpenError {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error)
    }
}
impl From<Failure> for OpenError {
    fn from(error: Failure) -> Self {
        Self::Migration(error)
    }
}

impl TestDb {
    /// A fresh database. A test that gets none fails with the cause.
    #[expect(clippy::panic, reason = "a test without a database has failed")]
    pub async fn new() -> Self {
        match Self::open().await {
            Ok(database) => database,
            Err(error) => panic!("no test database: {error:?}"),
        }
    }

    /// A fresh database.
    ///
    /// # Errors
    /// [`OpenError`], by cause.
    pub async fn open() -> Result<Self, OpenError> {
        let maintenance = cluster::maintenance().await?;
        let mut connection = maintenance.connect().await?;
        let template = template(&mut connection, &maintenance).await?;
        let database = EmptyDb { name: unused_name(), maintenance };
        let create = format!("CREATE DATABASE {} TEMPLATE {template}", database.name);
        run(&mut connection, create).await?;
        connection.close().await?;

        let options = database.connect_options();
        let owner = PgPoolOptions::new().max_connections(2).connect_lazy_with(options.clone());
        let settings = PoolSettings { max_connections: 8, ..PoolSettings::default() };
        let pool = db::connect(options, &settings).await?;
        let master = SecretString::from("the master secret of all tests, 32 bytes and more");
        let keyring = Keyring::new(&master).map_err(Failure::from)?;
        let clock = Clock::set_to(start());
        let request = Id::from_uuid(Uuid::from_u128(0x7e57));
        let ctx = Ctx::new(pool, clock, keyring, "http://metricis.test").for_request(request);
        Ok(Self { ctx, owner, system: Actor::System { name: "test" }, database })
    }

    /// Moves the clock on.
    pub fn advance(&self, by: TimeDelta) {
        self.ctx.clock.advance(by);
    }

    /// The name of the database, to connect to it by other means.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.database.name
    }

    /// Options to connect to it as the superuser.
    #[must_use]
    pub fn connect_options(&self) -> PgConnectOptions {
        self.database.connect_options()
    }
}

impl EmptyDb {
    /// A database without anything in it.
    ///
    /// # Errors
    /// [`OpenError`], by cause.
    pub async fn open() -> Result<Self, OpenError> {
        let maintenance = cluster::maintenance().await?;
        let database = Self { name: unused_name(), maintenance };
        let mut connection = database.maintenance.connect().await?;
        run(&mut connection, format!("CREATE DATABASE {}", database.name)).await?;
        connection.close().await?;
        Ok(database)
    }

    /// Options to connect to it as the superuser.
    #[must_use]
    pub fn connect_options(&self) -> PgConnectOptions {
        self.maintenance.clone().database(&self.name)
    }
}

/// Drops the database. What a killed test leaves is cleared away when the next template is made.
impl Drop for EmptyDb {
    fn drop(&mut self) {
        let drop = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
        let maintenance = self.maintenance.clone();
        // A thread with a runtime of its own: this one may be about to end.
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            let Ok(runtime) = runtime else { return };
            runtime.block_on(async {
                if let Ok(mut connection) = maintenance.connect().await {
                    let _ = run(&mut connection, drop).await;
                }
            });
        });
        let _ = dropping.join();
    }
}

/// When the tests play.
fn start() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, 1, 9, 0, 0).single().unwrap_or_default()
}

/// The name of the migrated template, which is made on first use.
async fn template(
    connection: &mut PgConnection,
    maintenance: &PgConnectOptions,
) -> Result<String, OpenError> {
    let migrator = Migrator::new(Path::new(MIGRATIONS)).await.map_err(Failure::from)?;
    let mut hash = Sha256::new();
    for migration in migrator.iter() {
        hash.update(migration.version.to_be_bytes());
        hash.update(&*migration.checksum);
    }
    let name: String = format!("tpl_{}", hex::encode(hash.finalize())).chars().take(20).collect();
    if is_ready(connection, &name).await? {
        return Ok(name);
    }
    sqlx::query("SELECT pg_advisory_lock($1)")
        .bind(TEMPLATE_LOCK)
        .execute(&mut *connection)
        .await?;
    let made = make_template(connection, maintenance, &name, &migrator).await;
    sqlx::query("SELECT pg_advisory_unlock($1)")
        .bind(TEMPLATE_LOCK)
        .execute(&mut *connection)
        .await?;
    made.map(|()| name)
}

/// A template is closed to connections when it is finished.
async fn is_ready(connection: &mut PgConnection, name: &str) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar(
        "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1 AND NOT datallowconn)",
    )
    .bind(name)
    .fetch_one(connection)
    .await
}

async fn make_template(
    connection: &mut PgConnection,
    maintenance: &PgConnectOptions,
    name: &str,
    migrator: &Migrator,
) -> Result<(), OpenError> {
    if is_ready(connection, name).await? {
        return Ok(());
    }
    clear_stale(connection).await?;
    run(connection, format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await?;
    run(connection, format!("CREATE DATABASE {name}")).await?;
    let owner = db::login(maintenance.clone().database(name)).await?;
    let migrated = db::migrate(&owner, migrator).await;
    owner.close().await;
    migrated?;
    run(connection, format!("COMMENT ON DATABASE {name} IS '{}'", now())).await?;
    run(connection, format!("ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false")).await?;
    Ok(())
}

/// Drops what killed tests left an hour ago or more, and templates of two days ago.
async fn clear_stale(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    let databases: Vec<(String, Option<String>)> = sqlx::query_as(
        "SELECT datname::text, shobj_description(oid, 'pg_database') FROM pg_database",
    )
    .fetch_all(&mut *connection)
    .await?;
    for (name, comment) in databases {
        let (made, keep) = if let Some(rest) = name.strip_prefix("t_") {
            (rest.split('_').next().and_then(|made| made.parse::<i64>().ok()), 3600)
        } else if name.starts_with("tpl_") {
            (comment.and_then(|made| made.parse::<i64>().ok()), 2 * 24 * 3600)
        } else {
            continue;
        };
        if made.is_some_and(|made| now() - made > keep) {
            run(connection, format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await?;
        }
    }
    Ok(())
}

async fn run(connection: &mut PgConnection, sql: String) -> Result<(), sqlx::Error> {
    // Names are made here, of letters and digits.
    connection.execute(AssertSqlSafe(sql)).await?;
    Ok(())
}

fn unused_name() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    format!("t_{}_{}_{count}", now(), std::process::id())
}

/// Seconds since 1970 by the machine's clock: stale databases are stale whatever a test's clock says.
fn now() -> i64 {
    Clock::system().now().timestamp()
}
