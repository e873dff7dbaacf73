//! What an earlier run may have left: a Postgres that still runs, or the file that says so.

use super::{EmbeddedError, Home};
use nix::errno::Errno;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use std::fs;
use std::time::Duration;

/// The process that `postmaster.pid` names, if it lives.
pub(super) fn postmaster(home: &Home) -> Option<i32> {
    let text = fs::read_to_string(home.cluster.join("postmaster.pid")).ok()?;
    let process: i32 = text.lines().next()?.trim().parse().ok()?;
    (process > 0 && lives(process)).then_some(process)
}

/// Called with the lock held, so whatever runs here has lost its server. Stops it, and removes a
/// file that names a process which is none of ours.
pub(super) async fn clear(home: &Home) -> Result<(), EmbeddedError> {
    let Some(process) = postmaster(home) else { return Ok(()) };
    if !works_in(process, home) {
        // The number was given to another process since; Postgres would take it for itself.
        for file in
            [home.cluster.join("postmaster.pid"), home.socket_dir.join(".s.PGSQL.5432.lock")]
        {
            match fs::remove_file(&file) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(home.io("clearing up", error));
                }
                _ => {}
            }
        }
        return Ok(());
    }
    tracing::warn!(event = "embedded_postgres_leftover", process);
    for (how, patience) in
        [(Signal::SIGINT, Duration::from_secs(30)), (Signal::SIGQUIT, Duration::from_secs(10))]
    {
        signal(process, how);
        let gone = async {
            while lives(process) {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        if tokio::time::timeout(patience, gone).await.is_ok() {
            return Ok(());
        }
    }
    Err(EmbeddedError::CannotStopLeftover(process))
}

/// Sends a signal; that the process is gone meanwhile is no error.
pub(super) fn signal(process: i32, signal: Signal) {
    let _ = kill(Pid::from_raw(process), signal);
}

fn lives(process: i32) -> bool {
    // Not allowed to signal it: it lives.
    !matches!(kill(Pid::from_raw(process), None), Err(Errno::ESRCH))
}

/// Whether the process is a Postgres of this cluster: Postgres works in its data directory. Where
/// that cannot be seen (no /proc), the file is believed.
fn works_in(process: i32, home: &Home) -> bool {
    fs::read_link(format!("/proc/{process}/cwd")).map_or_else(
        |_| !fs::exists("/proc/self/cwd").unwrap_or(false),
        |folder| folder == home.cluster,
    )
}
