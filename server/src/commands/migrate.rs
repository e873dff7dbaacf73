//! `metricis migrate`.

use super::{CommandError, say};
use crate::config::Config;
use crate::serve::Database;
use std::process::ExitCode;

/// Brings the schema up to date.
pub(super) async fn run(config: Config) -> Result<ExitCode, CommandError> {
    let database = Database::open_beside(&config).await?;
    let result = database.migrate().await;
    database.close().await;
    result?;
    say("The schema is up to date.");
    Ok(ExitCode::SUCCESS)
}
