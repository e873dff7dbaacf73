//! `metricis worker`.

use super::CommandError;
use crate::config::Config;
use crate::jobs;
use crate::serve::{self, Database};
use std::process::ExitCode;
use tokio_util::sync::CancellationToken;

/// Works off the queue until a signal ends it.
pub(super) async fn run(config: Config) -> Result<ExitCode, CommandError> {
    let mut database = Database::open_beside(&config).await?;
    database.check_schema().await?;
    let ctx = serve::context(&config, &database).await?;
    let stop = CancellationToken::new();
    let worker = jobs::worker(ctx, &config, false)?;
    let running = tokio::spawn({
        let stop = stop.clone();
        async move { worker.run(stop).await }
    });
    tokio::select! {
        () = serve::signal() => {}
        died = database.died() => return Err(died.into()),
    }
    stop.cancel();
    let _ = running.await;
    database.close().await;
    Ok(ExitCode::SUCCESS)
}
