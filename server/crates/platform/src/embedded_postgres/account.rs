//! As whom Postgres runs.

use super::EmbeddedError;
use nix::unistd::{Gid, Uid, User};
use std::os::unix::fs::chown;
use std::path::Path;
use tokio::process::Command;

/// The user that Postgres runs as: ourselves, or an unprivileged one when we are root.
#[derive(Debug, Clone)]
pub struct Account {
    pub(super) uid: Uid,
    pub(super) gid: Gid,
    /// We are root and step down.
    pub(super) steps_down: bool,
}

impl Account {
    /// Ourselves; for root `postgres`, else `nobody`.
    ///
    /// # Errors
    /// [`EmbeddedError::NoAccount`].
    pub fn choose() -> Result<Self, EmbeddedError> {
        if !Uid::effective().is_root() {
            return Ok(Self { uid: Uid::effective(), gid: Gid::effective(), steps_down: false });
        }
        ["postgres", "nobody"]
            .into_iter()
            .find_map(|name| User::from_name(name).ok().flatten())
            .map(|user| Self { uid: user.uid, gid: user.gid, steps_down: true })
            .ok_or(EmbeddedError::NoAccount)
    }

    /// Makes `command` run as this user, apart from the terminal's signals.
    pub(super) fn run(&self, command: &mut Command) {
        if self.steps_down {
            command.uid(self.uid.as_raw()).gid(self.gid.as_raw());
        }
        command.process_group(0);
    }

    /// Gives a file or folder to this user.
    pub(super) fn own(&self, path: &Path) -> std::io::Result<()> {
        if self.steps_down {
            chown(path, Some(self.uid.as_raw()), Some(self.gid.as_raw()))?;
        }
        Ok(())
    }
}
