use std::fs::{File, OpenOptions};

use crate::error::Error;
use crate::workspace::Workspace;
use crate::{files, report};

/// Held while this build writes what another one would write as well; the system gives it back
/// when the file is closed, also after a crash.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: File,
}

impl Lock {
    /// Waits for other builds of the same target folder.
    pub(crate) fn take(workspace: &Workspace) -> Result<Self, Error> {
        let path = workspace.target.join("bundle/lock");
        files::write_once(&path)?;
        let file = OpenOptions::new().write(true).open(&path).map_err(Error::file(&path))?;
        if file.try_lock().is_err() {
            report::step("after another build, which runs now");
            file.lock().map_err(Error::file(&path))?;
        }
        Ok(Self { _file: file })
    }
}
