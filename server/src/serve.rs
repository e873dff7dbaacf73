//! From configuration to a listening server, and back down without leaving anything running.

use crate::commands::{CommandError, say};
use crate::config::{Config, SecretsConfig};
use crate::http::assets::Assets;
use crate::http::middleware::rate_limit::RateLimits;
use crate::http::router;
use crate::jobs;
use crate::state::AppState;
use chrono::TimeDelta;
use identity::JwtKeys;
use leptos::config::LeptosOptions;
use migrations::MIGRATOR;
use platform::db::{self, PoolSettings, SchemaState};
use platform::embedded_postgres::{EmbeddedError, EmbeddedPostgres, Settings};
use platform::keyring::Keyring;
use platform::{Clock, Ctx, Failure, secrets};
use secrecy::{ExposeSecret, SecretString};
use sqlx::PgPool;
use sqlx::postgres::PgConnectOptions;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// The database of this process: one from outside, or the embedded cluster.
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
            Some(url) => Self::connect(db::options(url)?, None).await,
            None => {
                Self::embedded(EmbeddedPostgres::start(&Settings::new(&config.data_dir)).await)
                    .await
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
            Some(_) => Self::open(config).await,
            None => {
                let settings = Settings::new(&config.data_dir);
                Self::embedded(EmbeddedPostgres::start_or_join(&settings).await).await
            }
        }
    }

    async fn embedded(
        cluster: Result<EmbeddedPostgres, EmbeddedError>,
    ) -> Result<Self, CommandError> {
        let cluster = cluster.map_err(|error| CommandError::Refused(error.to_string()))?;
        Self::connect(cluster.connect_options(), Some(cluster)).await
    }

    async fn connect(
        options: PgConnectOptions,
        embedded: Option<EmbeddedPostgres>,
    ) -> Result<Self, CommandError> {
        let owner = db::login(options.clone()).await.map_err(unreachable)?;
        Ok(Self { options, owner, embedded })
    }

    /// Whether the cluster is this program's own.
    #[must_use]
    pub const fn is_embedded(&self) -> bool {
        self.embedded.is_some()
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

#[expect(clippy::needless_pass_by_value, reason = "the shape that map_err asks for")]
fn unreachable(failure: Failure) -> CommandError {
    CommandError::Refused(format!("the database does not answer: {failure}"))
}

/// The application's context on `database`.
///
/// # Errors
/// [`CommandError`] when the secrets or the connection are not to be had.
pub async fn context(config: &Config, database: &Database) -> Result<Ctx, CommandError> {
    let settings = PoolSettings {
        max_connections: config.database_max_connections,
        ..PoolSettings::default()
    };
    let pool = db::connect(database.options.clone(), &settings).await.map_err(unreachable)?;
    let master = master_secret(config)?;
    let keyring = Keyring::new(&master)
        .map_err(|error| CommandError::Refused(format!("SESSION_SECRET_KEY: {error}")))?;
    Ok(Ctx::new(pool, Clock::system(), keyring, &config.base_url))
}

fn master_secret(config: &Config) -> Result<SecretString, CommandError> {
    secret_or_generated(config, "SESSION_SECRET_KEY", |secrets| secrets.session.as_ref())
}

fn jwt_keys(config: &Config) -> Result<JwtKeys, CommandError> {
    let secret = secret_or_generated(config, "JWT_SECRET_KEY", |secrets| secrets.jwt.as_ref())?;
    Ok(JwtKeys::new(
        secret.expose_secret().as_bytes(),
        TimeDelta::minutes(i64::from(config.access_token_minutes)),
        TimeDelta::days(i64::from(config.refresh_token_days)),
    ))
}

fn secret_or_generated(
    config: &Config,
    name: &str,
    configured: impl Fn(&SecretsConfig) -> Option<&SecretString>,
) -> Result<SecretString, CommandError> {
    if let Some(secret) = configured(&config.secrets) {
        return Ok(secret.clone());
    }
    secrets::load_or_create(&config.data_dir, &[name])?
        .remove(name)
        .ok_or_else(|| CommandError::Refused(format!("{name} could not be generated")))
}

/// How the server is run.
#[derive(Debug, Clone, Copy)]
pub struct Mode {
    pub demo: bool,
    /// Work off the queue in this process.
    pub with_worker: bool,
}

/// A listening server.
pub struct Server {
    pub address: SocketAddr,
    pub ctx: Ctx,
    database: Database,
    stop: CancellationToken,
    tasks: Vec<JoinHandle<()>>,
}

impl Server {
    /// Checks the schema, finds the browser files, listens.
    ///
    /// # Errors
    /// [`CommandError`]; the embedded database has been stopped again then.
    pub async fn start(
        config: Config,
        database: Database,
        mode: Mode,
    ) -> Result<Self, CommandError> {
        match Box::pin(prepare(config, &database, mode)).await {
            Ok((address, ctx, stop, tasks)) => Ok(Self { address, ctx, database, stop, tasks }),
            Err(error) => {
                database.close().await;
                Err(error)
            }
        }
    }

    /// Serves until Ctrl-C or a termination signal, then ends everything it started.
    pub async fn run_until_signal(self) {
        signal().await;
        self.shut_down().await;
    }

    /// Ends requests, workers and the embedded database.
    pub async fn shut_down(self) {
        tracing::info!(event = "server_stopping");
        self.stop.cancel();
        for task in self.tasks {
            let _ = task.await;
        }
        self.ctx.db().close().await;
        self.database.close().await;
        tracing::info!(event = "server_stopped");
    }
}

type Prepared = (SocketAddr, Ctx, CancellationToken, Vec<JoinHandle<()>>);

async fn prepare(
    config: Config,
    database: &Database,
    mode: Mode,
) -> Result<Prepared, CommandError> {
    database.check_schema().await?;
    let assets = Arc::new(Assets::find(config.site_dir.as_deref())?);
    let ctx = context(&config, database).await?;
    let stop = CancellationToken::new();
    let mut tasks = Vec::new();
    if mode.with_worker {
        let worker = jobs::worker(ctx.clone(), &config, mode.demo)?;
        let stop = stop.clone();
        tasks.push(tokio::spawn(async move { worker.run(stop).await }));
    }
    let listener = TcpListener::bind(config.listen).await.map_err(|error| {
        CommandError::Refused(format!(
            "{} cannot be listened on: {error}. Choose another API_PORT",
            config.listen
        ))
    })?;
    let address = listener.local_addr().map_err(Failure::from)?;
    let rate_limits = RateLimits::new(
        config.auth_rate_limit_per_minute,
        config.rate_limit_per_minute,
        config.user_rate_limit_per_minute,
    );
    tasks.push(tokio::spawn(keep_house(ctx.clone(), rate_limits.clone(), stop.clone())));
    let jwt = jwt_keys(&config)?;
    let state = AppState {
        ctx: ctx.clone(),
        config: Arc::new(config),
        jwt,
        rate_limits,
        assets,
        demo: mode.demo,
        leptos_options: LeptosOptions::builder().output_name("metricis").build(),
    };
    let app = router::build(state).into_make_service_with_connect_info::<SocketAddr>();
    let stopped = stop.clone();
    tasks.push(tokio::spawn(async move {
        let served = axum::serve(listener, app)
            .with_graceful_shutdown(async move { stopped.cancelled().await })
            .await;
        if let Err(error) = served {
            tracing::error!(event = "server_failed", %error);
        }
    }));
    tracing::info!(event = "server_started", address = %address);
    Ok((address, ctx, stop, tasks))
}

/// Once a minute: forgets clients that have their whole allowance again, and failed sign-ins that
/// count no more.
async fn keep_house(ctx: Ctx, limits: RateLimits, stop: CancellationToken) {
    let mut every = tokio::time::interval(Duration::from_secs(60));
    loop {
        tokio::select! {
            _ = every.tick() => {
                limits.forget_idle();
                if let Err(error) = identity::prune_login_failures(&ctx).await {
                    tracing::warn!(event = "housekeeping_failed", %error);
                }
            }
            () = stop.cancelled() => return,
        }
    }
}

/// Waits for Ctrl-C or a termination signal.
pub async fn signal() {
    let interrupt = tokio::signal::ctrl_c();
    match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(mut terminate) => {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
        }
        Err(_) => {
            let _ = interrupt.await;
        }
    }
    say("Stopping.");
}
