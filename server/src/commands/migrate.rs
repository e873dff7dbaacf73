//! `metricis migrate`.

use super::{CommandError, say};
use crate::config::Config;
use crate::serve::Database;
use std::process::ExitCode;

/// Brings the schema up to date.
pub(super) async fn run(config: Config) -> Result<ExitCode, CommandError> {
    if config.database_pgbouncer {
        return Err(CommandError::Refused(
            "migrations do not go through PgBouncer, which would part them from the lock that they \
             take. Unset DATABASE_PGBOUNCER and let DATABASE_URL name Postgres itself, with a login \
             that may change the schema"
                .to_owned(),
        ));
    }
    let database = Database::open_beside(&config).await?;
    let result = database.migrate().await;
    database.close().await;
    result?;
    say("The schema is up to date.");
    Ok(ExitCode::SUCCESS)
}
