//! `metricis web`.

use super::CommandError;
use crate::config::Config;
use crate::serve::{Database, Mode, Server};
use std::process::ExitCode;

/// Serves until a signal ends it.
pub(super) async fn run(config: Config, with_worker: bool) -> Result<ExitCode, CommandError> {
    let database = Database::open(&config).await?;
    // The embedded database is this program's own; one from outside is migrated by its operator.
    let ready = if database.is_embedded() { database.migrate().await } else { Ok(()) };
    let server = match ready {
        Ok(()) => Server::start(config, database, Mode { demo: false, with_worker }).await?,
        Err(error) => {
            database.close().await;
            return Err(error);
        }
    };
    server.run_until_signal().await?;
    Ok(ExitCode::SUCCESS)
}
