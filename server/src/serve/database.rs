//! The database of this process: one from outside, or the embedded cluster.

use crate::commands::CommandError;
use crate::config::{Config, ConfigError};
use migrations::MIGRATOR;
use platform::Failure;
use platform::db::{self, PoolSettings, SchemaState};
use platform::embedded_postgres::{EmbeddedError, EmbeddedPostgres, Settings};
use secrecy::SecretString;
use sqlx::PgPool;
use sqlx::postgres::PgConnectOptions;

/// Where the data is.
pub struct Database {
    options: PgConnectOptions,
    /// With the login's own rights, for migrations.
    owner: PgPool,
    embedded: Option<EmbeddedPostgres>,
}

impl Database {
    /// Connects, starting the embedded cluster first where no `DATABASE_URL` is set.
    ///
    /// # Errors
    /// [`CommandError`] that says what to do.
    pub async fn open(config: &Config) -> Result<Self, CommandError> {
        match &config.database_url {
            Some(url) => Self::outside(options(url, config)?).await,
            None => {
                Self::ours(EmbeddedPostgres::start(&Settings::new(&config.data_dir)).await?).await
            }
        }
    }

    /// The same for a command that may run beside a server: the embedded cluster of a running
    /// server is joined.
    ///
    /// # Errors
    /// [`CommandError`] that says what to do.
    pub async fn open_beside(config: &Config) -> Result<Self, CommandError> {
        match &config.database_url {
            Some(url) => Self::outside(options(url, config)?).await,
            None => {
                let settings = Settings::new(&config.data_dir);
                Self::ours(EmbeddedPostgres::start_or_join(&settings).await?).await
            }
        }
    }

    async fn outside(options: PgConnectOptions) -> Result<Self, CommandError> {
        match db::login(options.clone()).await {
            Ok(owner) => Ok(Self { options, owner, embedded: None }),
            Err(failure) => {
                // A pool tries for a while and then only says so
                let reason = db::reach(&options).await.err().unwrap_or(failure);
                Err(CommandError::Config(vec![unreachable(&reason)]))
            }
        }
    }

    async fn ours(cluster: EmbeddedPostgres) -> Result<Self, CommandError> {
        let options = cluster.connect_options();
        let owner = db::login(options.clone()).await?;
        Ok(Self { options, owner, embedded: Some(cluster) })
    }

    /// The application's pool.
    ///
    /// # Errors
    /// As [`db::connect`].
    pub(super) async fn pool(&self, config: &Config) -> Result<PgPool, Failure> {
        let settings = PoolSettings {
            max_connections: config.database_max_connections,
            pgbouncer: config.database_pgbouncer,
            ..PoolSettings::default()
        };
        db::connect(self.options.clone(), &settings).await
    }

    /// Whether the cluster is this program's own.
    #[must_use]
    pub const fn is_embedded(&self) -> bool {
        self.embedded.is_some()
    }

    /// Waits until the embedded cluster ends although nobody stopped it; for ever where the
    /// database is another's, which comes back without us.
    pub async fn died(&mut self) -> EmbeddedError {
        match &mut self.embedded {
            Some(cluster) => cluster.died().await,
            None => std::future::pending().await,
        }
    }

    /// Brings the schema up to date.
    ///
    /// # Errors
    /// [`Failure::Migration`].
    pub async fn migrate(&self) -> Result<(), CommandError> {
        Ok(db::migrate(&self.owner, &MIGRATOR).await?)
    }

    /// Refuses a schema that is not this program's.
    ///
    /// # Errors
    /// [`CommandError::Refused`] with the command to run.
    pub async fn check_schema(&self) -> Result<(), CommandError> {
        let problem = match db::schema_state(&self.owner, &MIGRATOR).await? {
            SchemaState::UpToDate => return Ok(()),
            SchemaState::Behind { missing } => format!(
                "the database's schema is older than this program ({} migrations are missing). \
                 Run `metricis migrate`, then start again",
                missing.len()
            ),
            SchemaState::Ahead { .. } => "the database's schema is newer than this program. \
                 Install the newer program, or restore the older database"
                .to_owned(),
            SchemaState::Altered { version } => format!(
                "migration {version} was changed after it ran on this database. Use the program \
                 that migrated it"
            ),
        };
        Err(CommandError::Refused(problem))
    }

    /// Closes the connections and stops the embedded cluster.
    pub async fn close(self) {
        self.owner.close().await;
        if let Some(cluster) = self.embedded
            && let Err(error) = cluster.stop().await
        {
            tracing::error!(event = "embedded_postgres_not_stopped", %error);
        }
    }
}

/// What is wrong with the configured database, for a start that is refused for other reasons as
/// well. None where none is configured, or its address is one of those reasons.
pub async fn problem(config: &Config) -> Option<ConfigError> {
    let options = options(config.database_url.as_ref()?, config).ok()?;
    db::reach(&options).await.err().map(|reason| unreachable(&reason))
}

fn options(url: &SecretString, config: &Config) -> Result<PgConnectOptions, Failure> {
    let options = db::options(url)?;
    Ok(if config.database_pgbouncer { db::for_pgbouncer(options) } else { options })
}

fn unreachable(reason: &Failure) -> ConfigError {
    ConfigError {
        variable: "DATABASE_URL".to_owned(),
        problem: format!(
            "the database does not answer: {reason}. Start it, or correct the address."
        ),
    }
}
