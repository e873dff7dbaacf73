//! `metricis demo`.

use super::{CommandError, say};
use crate::config::Config;
use crate::demo::{self, DemoFile};
use crate::serve::{self, Database, Mode, Server};
use contract::permission::SystemRole;
use std::net::{IpAddr, Ipv4Addr};
use std::process::ExitCode;

/// Seeds the demonstration study where it is not there yet, and serves it.
pub(super) async fn run(mut config: Config) -> Result<ExitCode, CommandError> {
    if config.environment.is_production() {
        return Err(CommandError::Refused(
            "a demonstration does not run with ENVIRONMENT=production".into(),
        ));
    }
    if !config.host_given {
        // Invented logins are printed: only this machine may use them unless told otherwise.
        config.listen.set_ip(IpAddr::V4(Ipv4Addr::LOCALHOST));
    }
    let data_dir = config.data_dir.clone();
    let database = Database::open(&config).await?;
    let seeded = match prepare(&config, &database).await {
        Ok(seeded) => seeded,
        Err(error) => {
            database.close().await;
            return Err(error);
        }
    };
    let server = Server::start(config, database, Mode { demo: true, with_worker: true }).await?;
    let file = DemoFile::write(&data_dir, &server.ctx, &seeded).await;
    match file {
        Ok(file) => greet(&file),
        Err(error) => {
            server.shut_down().await;
            return Err(error);
        }
    }
    server.run_until_signal().await?;
    Ok(ExitCode::SUCCESS)
}

async fn prepare(config: &Config, database: &Database) -> Result<demo::Seeded, CommandError> {
    database.migrate().await?;
    let ctx = serve::context(config, database).await?;
    let seeded = demo::seed(&ctx, &config.data_dir).await;
    ctx.db().close().await;
    seeded
}

fn greet(file: &DemoFile) {
    let mut text = format!("\n  Metricis is ready: {}\n\n  Staff logins\n", file.base_url);
    for user in &file.users {
        let role = match user.role {
            SystemRole::Admin => "admin",
            SystemRole::Researcher => "researcher",
            SystemRole::Coordinator => "coordinator",
            SystemRole::Viewer => "viewer",
        };
        text.push_str(&format!("    {role:<12} {:<28} {}\n", user.email, user.password));
    }
    text.push_str(&format!("\n  Mail that would be sent: {}/demo/mail\n", file.base_url));
    if let Some(participant) = &file.greeting {
        text.push_str(&format!(
            "  A participant ({}), link for one use:\n    {}\n",
            participant.code, participant.magic_link
        ));
    }
    text.push_str("\n  Ctrl-C stops everything; the data is kept.\n");
    say(&text);
}
