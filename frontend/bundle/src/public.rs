//! Files that are served under their own names: icons, web manifest, service worker, robots.txt.

use std::path::Path;

use crate::error::Error;
use crate::files;
use crate::site::{PUBLIC, Site};
use crate::workspace::Workspace;

/// Copies `app/public`.
pub(crate) fn copy(workspace: &Workspace, site: &mut Site) -> Result<(), Error> {
    let folder = workspace.root.join("app/public");
    for path in files::list(&folder)? {
        let hidden = path.iter().any(|part| part.to_string_lossy().starts_with('.'));
        if !hidden {
            site.add(Path::new(PUBLIC).join(&path), &files::read(&folder.join(&path))?)?;
        }
    }
    Ok(())
}
