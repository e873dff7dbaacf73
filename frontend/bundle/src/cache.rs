//! Results of slow steps, found again by the hash of all that went into them.
//!
//! Cargo tells us which programs it built, not whether they changed; with this the second build
//! of the same sources takes a second.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use crate::error::Error;
use crate::profile::Profile;
use crate::workspace::Workspace;
use crate::{files, naming};

#[derive(Debug)]
pub(crate) struct Cache {
    folder: PathBuf,
    profile: Profile,
    used: Mutex<BTreeSet<PathBuf>>,
}

impl Cache {
    pub(crate) fn open(workspace: &Workspace, profile: Profile) -> Result<Self, Error> {
        Self::at(&workspace.target.join("bundle").join(profile.name()), profile)
    }

    fn at(folder: &Path, profile: Profile) -> Result<Self, Error> {
        files::create_dir(folder)?;
        Ok(Self { folder: folder.to_path_buf(), profile, used: Mutex::default() })
    }

    pub(crate) fn profile(&self) -> Profile {
        self.profile
    }

    /// The files that `make` produces from these inputs: remembered, or made now.
    pub(crate) fn files(
        &self,
        inputs: &[&[u8]],
        make: impl FnOnce() -> Result<Vec<(PathBuf, Vec<u8>)>, Error>,
    ) -> Result<Vec<(PathBuf, Vec<u8>)>, Error> {
        let entry = self.folder.join(naming::digest(inputs));
        if !entry.is_dir() {
            // Written beside and renamed, so that an interrupted build leaves no half entry
            let unfinished = entry.with_extension("part");
            files::remove_dir(&unfinished)?;
            files::create_dir(&unfinished)?;
            for (name, content) in make()? {
                files::write(&unfinished.join(name), &content)?;
            }
            files::rename(&unfinished, &entry)?;
        }
        let mut found = Vec::new();
        for name in files::list(&entry)? {
            let content = files::read(&entry.join(&name))?;
            found.push((name, content));
        }
        if let Ok(mut used) = self.used.lock() {
            used.insert(entry);
        }
        Ok(found)
    }

    /// Forgets what this build did not use.
    pub(crate) fn sweep(&self) -> Result<(), Error> {
        let used = self.used.lock().map(|used| used.clone()).unwrap_or_default();
        let entries = std::fs::read_dir(&self.folder).map_err(Error::file(&self.folder))?;
        for entry in entries {
            let path = entry.map_err(Error::file(&self.folder))?.path();
            if !used.contains(&path) {
                files::remove_dir(&path)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(content: &str) -> Vec<(PathBuf, Vec<u8>)> {
        vec![(PathBuf::from("word"), content.as_bytes().to_vec())]
    }

    #[test]
    fn makes_once_and_forgets_what_a_later_build_leaves_out() {
        let folder = std::env::temp_dir().join(format!("bundle-cache-{}", std::process::id()));
        files::remove_dir(&folder).unwrap();

        let first = Cache::at(&folder, Profile::Dev).unwrap();
        assert_eq!(first.files(&[b"key"], || Ok(word("made"))).unwrap(), word("made"));
        assert_eq!(first.files(&[b"key"], || panic!("made twice")).unwrap(), word("made"));
        first.sweep().unwrap();

        let second = Cache::at(&folder, Profile::Dev).unwrap();
        assert_eq!(second.files(&[b"other"], || Ok(word("else"))).unwrap(), word("else"));
        second.sweep().unwrap();

        let third = Cache::at(&folder, Profile::Dev).unwrap();
        assert_eq!(third.files(&[b"key"], || Ok(word("again"))).unwrap(), word("again"));
        files::remove_dir(&folder).unwrap();
    }
}
