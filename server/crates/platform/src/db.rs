//! Connections, migrations, and whether the schema is this program's.

use crate::Failure;
use secrecy::{ExposeSecret, SecretString};
use sqlx::migrate::{MigrateError, Migrator};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{ConnectOptions, Connection, Executor, PgConnection, PgPool};
use std::collections::BTreeMap;
use std::time::Duration;

/// Where sqlx notes which migrations ran.
const MIGRATION_TABLE: &str = "app.migration";

/// How the pool behaves.
#[derive(Debug, Clone, Copy)]
pub struct PoolSettings {
    pub max_connections: u32,
    /// How long a request waits for a connection before it is told that the database is busy.
    pub acquire_timeout: Duration,
    /// The database is reached through PgBouncer in transaction mode: sessions are not changed, so
    /// the login itself must have the rights of `metricis_app` and no more
    /// (`ALTER ROLE login SET role = 'metricis_app'`), which is checked. PgBouncer must be 1.21 or
    /// later with `max_prepared_statements` above 0: sqlx names its statements, whether it remembers
    /// them or not. It goes on remembering them (up to 100 a connection): where it does not, it never
    /// closes them either. Migrations go to Postgres directly; workers fall back to polling.
    pub pgbouncer: bool,
}

impl Default for PoolSettings {
    fn default() -> Self {
        Self { max_connections: 20, acquire_timeout: Duration::from_secs(10), pgbouncer: false }
    }
}

/// Reads `DATABASE_URL`. A driver's name in the scheme (`postgresql+asyncpg://`) is ignored.
///
/// # Errors
/// [`Failure::Other`], without the URL: it holds a password.
pub fn options(url: &SecretString) -> Result<PgConnectOptions, Failure> {
    let url = url.expose_secret().trim();
    let not_postgres =
        || Failure::other("DATABASE_URL must be postgres://user:password@host:port/database");
    let (scheme, rest) = url.split_once("://").ok_or_else(not_postgres)?;
    let scheme = scheme.split_once('+').map_or(scheme, |(scheme, _driver)| scheme);
    if !matches!(scheme, "postgres" | "postgresql") {
        return Err(not_postgres());
    }
    format!("{scheme}://{rest}").parse().map_err(|_| not_postgres())
}

/// The same options without what PgBouncer refuses in a client's first message.
#[must_use]
pub fn for_pgbouncer(options: PgConnectOptions) -> PgConnectOptions {
    options.extra_float_digits(None)
}

/// The application's pool: each connection becomes `metricis_app`, which can neither delete nor
/// truncate nor touch what the audit trail says.
///
/// # Errors
/// [`Failure::Database`] when the database does not answer, or was never migrated (then there is
/// no such role: ask [`schema_state`] on a [`login`] first).
pub async fn connect(
    options: PgConnectOptions,
    settings: &PoolSettings,
) -> Result<PgPool, Failure> {
    let pgbouncer = settings.pgbouncer;
    let options = if pgbouncer { for_pgbouncer(options) } else { options };
    let pool = PgPoolOptions::new()
        .max_connections(settings.max_connections)
        .acquire_timeout(settings.acquire_timeout)
        // A ping at every use would double the round trips of a read.
        .test_before_acquire(false)
        .before_acquire(|conn, meta| {
            Box::pin(async move {
                if meta.idle_for > Duration::from_secs(15) {
                    conn.ping().await?;
                }
                Ok(true)
            })
        })
        .after_connect(move |conn, _meta| {
            Box::pin(async move {
                if !pgbouncer {
                    become_app(conn).await?;
                }
                Ok(())
            })
        })
        .connect_with(options.application_name("metricis"))
        .await?;
    if pgbouncer && can_delete_audit_entries(&pool).await? {
        pool.close().await;
        return Err(Failure::other(
            "the database login may delete from the audit trail; behind PgBouncer it must have \
             the rights of metricis_app only: ALTER ROLE <login> SET role = 'metricis_app'",
        ));
    }
    Ok(pool)
}

async fn become_app(conn: &mut PgConnection) -> Result<(), sqlx::Error> {
    conn.execute(
        "SET ROLE metricis_app; SET lock_timeout = '10s'; \
         SET idle_in_transaction_session_timeout = '5min'",
    )
    .await?;
    Ok(())
}

async fn can_delete_audit_entries(pool: &PgPool) -> Result<bool, Failure> {
    Ok(sqlx::query_scalar!(
        r#"SELECT has_table_privilege('app.audit_entry', 'DELETE, UPDATE, TRUNCATE') AS "may!""#
    )
    .fetch_one(pool)
    .await?)
}

/// Does the database answer?
///
/// # Errors
/// [`Failure::Database`] when it does not.
pub async fn ping(pool: &PgPool) -> Result<(), Failure> {
    sqlx::query_scalar!(r#"SELECT 1 AS "one!""#).fetch_one(pool).await?;
    Ok(())
}

/// Opens one connection and closes it again: is there a database, and does it let us in? The
/// failure says what is wrong, where a pool only says that it waited in vain.
///
/// # Errors
/// [`Failure::Database`]; [`Failure::Other`] when nothing answers within 5 seconds.
pub async fn reach(options: &PgConnectOptions) -> Result<(), Failure> {
    const PATIENCE: Duration = Duration::from_secs(5);
    let reached = async { options.connect().await?.close().await };
    match tokio::time::timeout(PATIENCE, reached).await {
        Ok(reached) => Ok(reached?),
        Err(_) => Err(Failure::other(format!("no answer within {} s", PATIENCE.as_secs()))),
    }
}

/// A small pool with the login's own rights, for migrations and for [`schema_state`].
///
/// # Errors
/// [`Failure::Database`] when the database does not answer.
pub async fn login(options: PgConnectOptions) -> Result<PgPool, Failure> {
    Ok(PgPoolOptions::new()
        .max_connections(2)
        .acquire_timeout(Duration::from_secs(10))
        .connect_with(options.application_name("metricis migrate"))
        .await?)
}

/// Brings the schema up to date. Several processes may do so at once: one works, the others wait.
/// `owner` is a [`login`] that may create schemas and roles.
///
/// # Errors
/// [`Failure::Migration`]: a migration failed (it left nothing behind), one that ran has been
/// altered since, or the database is newer than this program.
pub async fn migrate(owner: &PgPool, migrations: &Migrator) -> Result<(), Failure> {
    let mut migrator = Migrator::with_migrations(migrations.iter().cloned().collect());
    migrator.create_schema("app");
    migrator.dangerous_set_table_name(MIGRATION_TABLE);
    migrator.run(owner).await?;
    owner.execute("GRANT SELECT ON app.migration TO metricis_app").await?;
    Ok(())
}

/// The database's schema against this program's migrations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SchemaState {
    UpToDate,
    /// These have not run: `metricis migrate` is needed.
    Behind {
        missing: Vec<i64>,
    },
    /// These are unknown here: a newer program migrated the database.
    Ahead {
        unknown: Vec<i64>,
    },
    /// This one ran, but with another text.
    Altered {
        version: i64,
    },
}

/// Compares. Changes nothing.
///
/// # Errors
/// [`Failure::Database`] when the database does not answer.
pub async fn schema_state(pool: &PgPool, migrations: &Migrator) -> Result<SchemaState, Failure> {
    // Not checked at compile time: the table is sqlx's own and not in the migrations.
    let table: bool = sqlx::query_scalar("SELECT to_regclass('app.migration') IS NOT NULL")
        .fetch_one(pool)
        .await?;
    let mut applied: BTreeMap<i64, Vec<u8>> = BTreeMap::new();
    if table {
        let rows: Vec<(i64, Vec<u8>)> =
            sqlx::query_as("SELECT version, checksum FROM app.migration WHERE success")
                .fetch_all(pool)
                .await?;
        applied.extend(rows);
    }
    let mut missing = Vec::new();
    for migration in migrations.iter() {
        match applied.remove(&migration.version) {
            None => missing.push(migration.version),
            Some(checksum) if checksum != *migration.checksum => {
                return Ok(SchemaState::Altered { version: migration.version });
            }
            Some(_) => {}
        }
    }
    Ok(if !applied.is_empty() {
        SchemaState::Ahead { unknown: applied.into_keys().collect() }
    } else if missing.is_empty() {
        SchemaState::UpToDate
    } else {
        SchemaState::Behind { missing }
    })
}

/// Whether [`migrate`] failed because the database is newer than the program.
#[must_use]
pub const fn is_newer_schema(failure: &Failure) -> bool {
    matches!(failure, Failure::Migration(MigrateError::VersionMissing(_)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(url: &str) -> Result<PgConnectOptions, Failure> {
        options(&SecretString::from(url))
    }

    #[test]
    fn urls_of_other_drivers_are_understood() {
        for url in [
            "postgres://u:p@db.example.org:5433/metricis",
            "postgresql://u:p@db.example.org:5433/metricis",
            "postgresql+asyncpg://u:p@db.example.org:5433/metricis",
            " postgresql+psycopg2://u:p@db.example.org:5433/metricis\n",
        ] {
            let options = read(url).unwrap();
            assert_eq!(options.get_host(), "db.example.org");
            assert_eq!(options.get_port(), 5433);
            assert_eq!(options.get_database(), Some("metricis"));
        }
    }

    #[test]
    fn a_wrong_url_is_refused_without_showing_the_password() {
        for url in ["", "metricis", "mysql://u:s3cret@db/x", "postgres://u:s3cret@db:port/x"] {
            let message = read(url).unwrap_err().to_string();
            assert!(message.contains("DATABASE_URL"), "{message}");
            assert!(!message.contains("s3cret"), "{message}");
        }
    }
}
