//! The system's Postgres binaries.

use super::EmbeddedError;
use std::path::{Path, PathBuf};
use tokio::process::Command;

/// A folder with `postgres` and `initdb` of one version.
#[derive(Debug, Clone)]
pub struct Binaries {
    pub(super) folder: PathBuf,
    /// Major version.
    pub(super) major: u32,
}

impl Binaries {
    /// The newest, or those of version `wanted` (what existing data needs).
    ///
    /// # Errors
    /// [`EmbeddedError::NotInstalled`]; with `wanted`, [`EmbeddedError::OtherVersion`].
    pub async fn find(wanted: Option<u32>, cluster: &Path) -> Result<Self, EmbeddedError> {
        let mut found = Vec::new();
        for folder in candidates() {
            if let Some(major) = major(&folder).await {
                found.push(Self { folder, major });
            }
        }
        // Stable: of the same version, a distribution's folder comes before the search path.
        found.sort_by_key(|binaries| std::cmp::Reverse(binaries.major));
        let newest = found.first().cloned().ok_or(EmbeddedError::NotInstalled)?;
        let Some(wanted) = wanted else { return Ok(newest) };
        found.into_iter().find(|binaries| binaries.major == wanted).ok_or_else(|| {
            EmbeddedError::OtherVersion {
                cluster: cluster.to_owned(),
                data: wanted.to_string(),
                installed: newest.major.to_string(),
            }
        })
    }

    pub(super) fn program(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }
}

/// Where distributions put them, then the search path.
fn candidates() -> Vec<PathBuf> {
    let mut folders = Vec::new();
    // <parent>/<version or name-version>/bin
    for (parent, prefix) in [
        ("/usr/lib/postgresql", ""),
        ("/usr", "pgsql-"),
        ("/usr/local", "pgsql"),
        ("/opt/homebrew/opt", "postgresql"),
        ("/usr/local/opt", "postgresql"),
        ("/Library/PostgreSQL", ""),
    ] {
        let Ok(entries) = std::fs::read_dir(parent) else { continue };
        folders.extend(
            entries
                .flatten()
                .filter(|entry| entry.file_name().to_string_lossy().starts_with(prefix))
                .map(|entry| entry.path().join("bin")),
        );
    }
    if let Some(path) = std::env::var_os("PATH") {
        folders.extend(std::env::split_paths(&path));
    }
    folders.retain(|folder| folder.join("postgres").is_file() && folder.join("initdb").is_file());
    folders
}

/// `postgres (PostgreSQL) 15.18 (Debian …)`, `postgres (PostgreSQL) 17beta1`
async fn major(folder: &Path) -> Option<u32> {
    let output = Command::new(folder.join("postgres")).arg("--version").output().await.ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    parse_major(&text)
}

fn parse_major(text: &str) -> Option<u32> {
    let version = text.split_once(") ")?.1;
    let digits = version.split(|c: char| !c.is_ascii_digit()).next()?;
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::parse_major;

    #[test]
    fn the_version_is_read_from_what_postgres_says() {
        assert_eq!(parse_major("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n"), Some(15));
        assert_eq!(parse_major("postgres (PostgreSQL) 18beta1\n"), Some(18));
        assert_eq!(parse_major("not it"), None);
    }
}
