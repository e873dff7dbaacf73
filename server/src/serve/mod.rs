//! From configuration to a listening server, and back down without leaving anything running.

mod database;

pub use database::{Database, problem as database_problem};

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
use platform::keyring::Keyring;
use platform::{Clock, Ctx, Failure, secrets};
use secrecy::{ExposeSecret, SecretString};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// The application's context on `database`.
///
/// # Errors
/// [`CommandError`] when the secrets or the connection are not to be had.
pub async fn context(config: &Config, database: &Database) -> Result<Ctx, CommandError> {
    let pool = database.pool(config).await.map_err(|failure| {
        CommandError::Refused(format!("the database cannot be worked with: {failure}"))
    })?;
    let ctx = Ctx::new(pool, Clock::system(), keyring(config)?, &config.base_url);
    Ok(ctx.with_session_idle(config.session_idle()))
}

fn keyring(config: &Config) -> Result<Keyring, CommandError> {
    let master =
        secret_or_generated(config, "SESSION_SECRET_KEY", |secrets| secrets.session.as_ref())?;
    Keyring::with_previous(&master, &config.secrets.session_previous)
        .map_err(|error| CommandError::Refused(format!("SESSION_SECRET_KEY: {error}")))
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

/// How long a server that has lost its database goes on answering.
const LAST_ANSWERS: Duration = Duration::from_secs(2);

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
    ///
    /// # Errors
    /// [`CommandError::Embedded`] when the embedded Postgres ended instead: nothing is left to serve
    /// from, and whoever watches over the process is to start it again.
    pub async fn run_until_signal(mut self) -> Result<(), CommandError> {
        tokio::select! {
            () = signal() => {}
            died = self.database.died() => {
                // Requests may still say that the database does not answer; nothing waits for it.
                if tokio::time::timeout(LAST_ANSWERS, self.shut_down()).await.is_err() {
                    tracing::warn!(event = "server_stopped_at_once");
                }
                return Err(died.into());
            }
        }
        self.shut_down().await;
        Ok(())
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
