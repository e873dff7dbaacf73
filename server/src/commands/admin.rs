//! `metricis admin …`.

use super::{AdminCommand, CommandError, say};
use crate::config::Config;
use crate::serve::{self, Database};
use contract::identity::RegisterUser;
use contract::permission::SystemRole;
use contract::{ApiError, Locale};
use platform::audit::Anchor;
use platform::{Actor, Ctx};
use std::path::Path;
use std::process::ExitCode;

/// Runs an operator's tool.
pub(super) async fn run(config: Config, command: AdminCommand) -> Result<ExitCode, CommandError> {
    let database = Database::open_beside(&config).await?;
    let result = act(&config, &database, command).await;
    database.close().await;
    result
}

async fn act(
    config: &Config,
    database: &Database,
    command: AdminCommand,
) -> Result<ExitCode, CommandError> {
    database.check_schema().await?;
    let ctx = serve::context(config, database).await?;
    match command {
        AdminCommand::VerifyAudit { study, log } => {
            verify_audit(&ctx, study.as_deref(), log.as_deref()).await
        }
        AdminCommand::AuditKey => {
            for key in ctx.keyring.audit_public_keys() {
                say(&hex::encode(key));
            }
            Ok(ExitCode::SUCCESS)
        }
        AdminCommand::CreateAdmin { email, name } => create_admin(&ctx, email, name).await,
    }
}

async fn verify_audit(
    ctx: &Ctx,
    code: Option<&str>,
    log: Option<&Path>,
) -> Result<ExitCode, CommandError> {
    let anchors: Vec<Anchor> = match log {
        Some(path) => std::fs::read_to_string(path)
            .map_err(|error| CommandError::Refused(format!("{}: {error}", path.display())))?
            .lines()
            .filter_map(Anchor::from_log_line)
            .collect(),
        None => Vec::new(),
    };
    let study = match code {
        None => None,
        Some(code) => Some(studies::study::id_by_code(ctx, code).await?.ok_or_else(|| {
            CommandError::Refused(format!("there is no study with the code {code}"))
        })?),
    };
    let report = platform::audit::verify(ctx, study, &anchors).await?;
    for chain in &report.chains {
        let name = chain.study.map_or_else(|| "system".to_owned(), |study| study.to_string());
        say(&match &chain.fault {
            None => format!("{name}: {} entries, {} checkpoints", chain.entries, chain.checkpoints),
            Some(fault) => {
                let entry = fault.entry.map(|id| format!(" ({id})")).unwrap_or_default();
                format!("{name}: entry {}{entry}: {}", fault.seq, fault.kind)
            }
        });
    }
    if report.is_valid() {
        say(&format!("valid: {} entries in {} chains", report.entries(), report.chains.len()));
    } else {
        say("NOT VALID");
    }
    Ok(if report.is_valid() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn create_admin(ctx: &Ctx, email: String, name: String) -> Result<ExitCode, CommandError> {
    let who = Actor::System { name: "command line" };
    let command =
        RegisterUser { email, name, role: SystemRole::Admin, locale: Locale::En, password: None };
    let registered = identity::users::register(ctx, &who, &command)
        .await
        .map_err(|error| CommandError::Refused(ApiError::from(error).message))?;
    let password = registered
        .temporary_password
        .ok_or_else(|| CommandError::Refused("no temporary password was made".into()))?;
    say(&format!("Temporary password, to be changed at first sign-in: {}", password.expose()));
    Ok(ExitCode::SUCCESS)
}
