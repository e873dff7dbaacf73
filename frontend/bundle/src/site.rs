//! The folder that the server serves, written beside the old one and moved into its place.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::cache::Cache;
use crate::compress::{self, Sizes};
use crate::error::Error;
use crate::files;
use crate::manifest::Manifest;
use crate::profile::Profile;
use crate::workspace::Workspace;

/// Islands and style of the portals, below the site; served at `/pkg/`.
pub(crate) const PKG: &str = "pkg";
/// Files under their own names, below the site; served at `/public/`.
pub(crate) const PUBLIC: &str = "public";
/// The task runner, below the site; served at `/assess/`.
pub(crate) const ASSESS: &str = "assess";

#[derive(Debug)]
pub(crate) struct Site {
    next: PathBuf,
    profile: Profile,
    files: BTreeSet<PathBuf>,
}

impl Site {
    pub(crate) fn begin(workspace: &Workspace, profile: Profile) -> Result<Self, Error> {
        let next = workspace.target.join("site.next");
        files::remove_dir(&next)?;
        files::create_dir(&next)?;
        Ok(Self { next, profile, files: BTreeSet::new() })
    }

    /// Adds a file by its path below the site.
    pub(crate) fn add(&mut self, path: impl Into<PathBuf>, content: &[u8]) -> Result<(), Error> {
        let path = path.into();
        files::write(&self.next.join(&path), content)?;
        self.files.insert(path);
        Ok(())
    }

    /// Writes `.br` and `.gz` beside each file that shrinks by it; answers the sizes of all.
    pub(crate) fn compress(&self, cache: &Cache) -> Result<Sizes, Error> {
        compress::all(&self.next, &self.files, cache)
    }

    /// A release must not tell where it was built.
    pub(crate) fn refuse_local_paths(&self, workspace: &Workspace) -> Result<(), Error> {
        if !self.profile.is_release() {
            return Ok(());
        }
        let local: Vec<String> = workspace
            .local_paths
            .iter()
            .map(|(path, _)| path.to_string_lossy().into_owned())
            .collect();
        for path in &self.files {
            let content = files::read(&self.next.join(path))?;
            if let Some(found) = local.iter().find(|local| holds(&content, local.as_bytes())) {
                let file = path.display().to_string();
                return Err(Error::LocalPath { file, path: found.clone() });
            }
        }
        Ok(())
    }

    /// Writes the manifest and takes the place of the site that was there.
    pub(crate) fn finish(&self, workspace: &Workspace, manifest: &Manifest) -> Result<(), Error> {
        let mut text = serde_json::to_vec_pretty(manifest)?;
        text.push(b'\n');
        files::write(&self.next.join("manifest.json"), &text)?;

        let site = workspace.target.join("site");
        let old = workspace.target.join("site.old");
        files::remove_dir(&old)?;
        if site.exists() {
            files::rename(&site, &old)?;
        }
        files::rename(&self.next, &site)?;
        files::remove_dir(&old)
    }
}

/// The address of a file of the site.
pub(crate) fn url(path: &Path) -> String {
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    format!("/{}", parts.join("/"))
}

fn holds(content: &[u8], wanted: &[u8]) -> bool {
    !wanted.is_empty() && content.windows(wanted.len()).any(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_below_the_root() {
        assert_eq!(url(Path::new("pkg/portal-1.css")), "/pkg/portal-1.css");
    }

    #[test]
    fn finds_a_path_inside_a_binary() {
        assert!(holds(b"\0asm.../home/me/x.rs", b"/home/me"));
        assert!(!holds(b"\0asm", b"/home/me"));
        assert!(!holds(b"\0asm", b""));
    }
}
