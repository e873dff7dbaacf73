//! The subcommands of `metricis`.

mod admin;
mod demo;
mod migrate;
mod score;
mod web;
mod worker;

use crate::config::{Config, ConfigError, ProcessEnvironment};
use crate::{serve, telemetry};
use clap::Subcommand;
use platform::embedded_postgres::EmbeddedError;
use std::process::ExitCode;

/// What the program is asked to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    #[command(flatten)]
    Configured(Configured),
    /// Work out the scores of one module from its trials and print them as JSON.
    ///
    /// Reads two files and nothing else. Exit codes: 0 when the scores are printed, 1 when a file
    /// holds something wrong, 2 when the arguments cannot be followed.
    Score(score::ScoreArguments),
}

/// What needs the configuration, and most of it a database.
#[derive(Debug, Subcommand)]
pub enum Configured {
    /// Set up a demonstration study on the embedded database and serve it.
    Demo,
    /// Serve the portals and the API, and work off the queue.
    Web {
        /// Leave the queue to `metricis worker` processes.
        #[arg(long)]
        without_worker: bool,
    },
    /// Work off the queue only.
    Worker,
    /// Bring the database's schema up to date.
    Migrate,
    /// Operator's tools.
    #[command(subcommand)]
    Admin(AdminCommand),
}

/// Operator's tools.
#[derive(Debug, Subcommand)]
pub enum AdminCommand {
    /// Walk the audit chains: prints `valid` with the counts, or the first offending row.
    VerifyAudit {
        /// Only the chain of the study with this code.
        #[arg(long)]
        study: Option<String>,
        /// A file of the server's log: its checkpoints must be in the chains.
        #[arg(long)]
        log: Option<std::path::PathBuf>,
    },
    /// Print the public key that signs the heads of the audit chains, and below it those of earlier
    /// master secrets, newest first.
    AuditKey,
    /// Register the first administrator; prints a temporary password.
    CreateAdmin {
        #[arg(long)]
        email: String,
        #[arg(long)]
        name: String,
    },
}

/// Why a subcommand ended without success; `Display` is for the person at the terminal.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    #[error("the configuration is not usable:\n{}", list(.0))]
    Config(Vec<ConfigError>),
    #[error(transparent)]
    Failure(#[from] platform::Failure),
    #[error(transparent)]
    Embedded(#[from] EmbeddedError),
    #[error(transparent)]
    Assets(#[from] crate::http::assets::AssetsError),
    #[error("{0}")]
    Refused(String),
}

fn list(errors: &[ConfigError]) -> String {
    errors.iter().map(|error| format!("  - {error}")).collect::<Vec<_>>().join("\n")
}

impl CommandError {
    /// The word for it in the log.
    const fn event(&self) -> &'static str {
        match self {
            Self::Embedded(EmbeddedError::Died(_)) => "embedded_postgres_died",
            _ => "start_refused",
        }
    }
}

/// Runs a subcommand to its end.
pub async fn run(command: Command) -> ExitCode {
    let command = match command {
        Command::Configured(command) => command,
        Command::Score(arguments) => return score::run(&arguments),
    };
    let (config, errors) = Config::read(&ProcessEnvironment);
    telemetry::start(&config.log_level);
    let result = if errors.is_empty() {
        start(command, config).await
    } else {
        Err(every_reason(&config, errors).await)
    };
    match result {
        Ok(code) => code,
        Err(error) => {
            tracing::error!(event = error.event(), reason = %error);
            complain(&error.to_string());
            ExitCode::FAILURE
        }
    }
}

async fn start(command: Configured, config: Config) -> Result<ExitCode, CommandError> {
    match command {
        Configured::Demo => demo::run(config).await,
        Configured::Web { without_worker } => web::run(config, !without_worker).await,
        Configured::Worker => worker::run(config).await,
        Configured::Migrate => migrate::run(config).await,
        Configured::Admin(command) => admin::run(config, command).await,
    }
}

/// What is wrong with the variables, and whether the database answers: who puts the one right
/// should not learn of the other at the next start only.
async fn every_reason(config: &Config, mut errors: Vec<ConfigError>) -> CommandError {
    errors.extend(serve::database_problem(config).await);
    CommandError::Config(errors)
}

/// Says something to the person at the terminal.
#[expect(clippy::print_stdout, reason = "answers of the command line go to standard output")]
pub fn say(text: &str) {
    println!("{text}");
}

/// Says what went wrong to the person at the terminal.
pub fn complain(text: &str) {
    eprintln!("metricis: {text}");
}
