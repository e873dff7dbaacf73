//! `wasm-opt` of binaryen, in release only.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::error::Error;
use crate::files;
use crate::profile::Profile;
use crate::workspace::{self, Workspace};

/// What the compiler uses and every browser of the last years reads. Named one by one:
/// `--all-features` writes encodings that Chromium refuses.
const FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-multivalue",
    "--enable-sign-ext",
    "--enable-mutable-globals",
];

/// Passes, for the smallest file. Flattened and looped anew, the code shrinks by another percent; the
/// second round cleans up after it.
const PASSES: [&str; 6] =
    ["--flatten", "--rereloop", "-Oz", "-Oz", "--strip-debug", "--strip-producers"];

/// Older ones (Debian 12 has 108) fail on what Rust 1.87 and newer writes.
const OLDEST_VERSION: u32 = 120;

#[derive(Debug)]
pub(crate) enum Optimizer {
    /// In dev: files stay as they are.
    None,
    WasmOpt {
        program: PathBuf,
        version: String,
    },
}

impl Optimizer {
    pub(crate) fn find(workspace: &Workspace, profile: Profile) -> Result<Self, Error> {
        if !profile.is_release() {
            return Ok(Self::None);
        }
        let Some(program) = locate(workspace) else { return Err(Error::NoOptimizer) };
        let version = workspace::ask(&program, &["--version"])?;
        if number(&version).is_none_or(|number| number < OLDEST_VERSION) {
            return Err(Error::OldOptimizer { path: program, found: version });
        }
        Ok(Self::WasmOpt { program, version })
    }

    /// All that influences the result, for the key of the cache.
    pub(crate) fn identity(&self) -> String {
        match self {
            Self::None => "none".to_owned(),
            Self::WasmOpt { version, .. } => {
                format!("{version} {} {}", PASSES.join(" "), FEATURES.join(" "))
            }
        }
    }

    /// Optimises a file in place.
    pub(crate) fn apply(&self, file: &Path) -> Result<(), Error> {
        let Self::WasmOpt { program, .. } = self else { return Ok(()) };
        let output = file.with_extension("opt");
        let mut command = Command::new(program);
        command.args(PASSES).args(FEATURES).arg(file).arg("-o").arg(&output);
        let shown = workspace::shown(&command);
        let status =
            command.status().map_err(|source| Error::Start { command: shown.clone(), source })?;
        if !status.success() {
            return Err(Error::Command { command: shown });
        }
        files::rename(&output, file)
    }
}

fn locate(workspace: &Workspace) -> Option<PathBuf> {
    let own = workspace.node_modules().join(".bin");
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::iter::once(own)
        .chain(std::env::split_paths(&path))
        .map(|folder| folder.join("wasm-opt"))
        .find(|program| program.is_file())
}

/// `wasm-opt version 132 (version_132)` to 132.
fn number(version: &str) -> Option<u32> {
    version.split_whitespace().find_map(|word| word.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_version_whatever_stands_around_it() {
        assert_eq!(number("wasm-opt version 132 (version_132)"), Some(132));
        assert_eq!(number("wasm-opt version 108"), Some(108));
        assert_eq!(number("no idea"), None);
    }
}
