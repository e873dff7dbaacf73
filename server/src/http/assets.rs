//! The built browser files: where they are and what they are called.

use serde::Deserialize;
use std::path::{Path, PathBuf};

/// What `cargo bundle` wrote into `manifest.json`, as far as the server needs it.
#[derive(Debug, Clone, Deserialize)]
pub struct Manifest {
    /// Output names of the two front-end programs (`researcher-<hash>`), without extension.
    pub researcher: Bundle,
    pub patient: Bundle,
    /// File name of the style sheet under `/pkg/`.
    pub css: String,
}

/// One front-end program.
#[derive(Debug, Clone, Deserialize)]
pub struct Bundle {
    pub output_name: String,
}

/// The site folder and its manifest.
#[derive(Debug, Clone)]
pub struct Assets {
    pub root: PathBuf,
    pub manifest: Manifest,
    /// `/assess/`'s page with the placeholder `{{NONCE}}`.
    pub assess_index: String,
}

/// Why the browser files cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum AssetsError {
    #[error(
        "the browser files are missing: no {} found. Run `cargo bundle` (or `make demo`), or set \
         METRICIS_SITE_DIR to the folder that holds manifest.json",
        tried.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(" or ")
    )]
    Missing { tried: Vec<PathBuf> },
    #[error("{path} cannot be read: {source}")]
    Unreadable { path: PathBuf, source: std::io::Error },
    #[error("{path} is not a manifest of this version: {source}. Run `cargo bundle` again")]
    Manifest { path: PathBuf, source: serde_json::Error },
}

impl Assets {
    /// Finds the site folder: the configured one, else `site` beside or above the executable.
    ///
    /// # Errors
    /// [`AssetsError`] says where it looked and what to run.
    pub fn find(configured: Option<&Path>) -> Result<Self, AssetsError> {
        let candidates = configured.map_or_else(beside_executable, |dir| vec![dir.to_path_buf()]);
        let Some(root) = candidates.iter().find(|dir| dir.join("manifest.json").is_file()) else {
            let tried = candidates.into_iter().map(|dir| dir.join("manifest.json")).collect();
            return Err(AssetsError::Missing { tried });
        };
        let read = |path: PathBuf| {
            std::fs::read_to_string(&path)
                .map_err(|source| AssetsError::Unreadable { path, source })
        };
        let manifest_path = root.join("manifest.json");
        let manifest = serde_json::from_str(&read(manifest_path.clone())?)
            .map_err(|source| AssetsError::Manifest { path: manifest_path, source })?;
        let assess_index = read(root.join("assess").join("index.html"))?;
        Ok(Self { root: root.clone(), manifest, assess_index })
    }
}

fn beside_executable() -> Vec<PathBuf> {
    let Ok(executable) = std::env::current_exe() else { return vec![PathBuf::from("site")] };
    executable.ancestors().skip(1).take(3).map(|dir| dir.join("site")).collect()
}
