use std::path::{Path, PathBuf};
use std::process::Command;

use cargo_metadata::MetadataCommand;

use crate::error::Error;

/// Where things are on this machine.
#[derive(Debug)]
pub(crate) struct Workspace {
    /// The folder of the root Cargo.toml.
    pub(crate) root: PathBuf,
    /// Cargo's target folder (`CARGO_TARGET_DIR` or `<root>/target`).
    pub(crate) target: PathBuf,
    /// Folders whose names the compiler would write into panic messages, with what is written
    /// in their place.
    pub(crate) local_paths: Vec<(PathBuf, &'static str)>,
    /// Version of the wasm-bindgen library in this program, which is the one of the programs.
    pub(crate) bindgen: String,
    /// `cargo` of the toolchain that runs this program.
    pub(crate) cargo: PathBuf,
    rustc: PathBuf,
}

impl Workspace {
    pub(crate) fn read() -> Result<Self, Error> {
        let metadata = MetadataCommand::new().other_options(["--locked".to_owned()]).exec()?;
        let root = metadata.workspace_root.clone().into_std_path_buf();
        let rustc = program("RUSTC", "rustc");
        let sysroot = PathBuf::from(ask(&rustc, &["--print", "sysroot"])?);
        let mut local_paths = vec![
            (root.clone(), "metricis"),
            (sysroot.join("lib/rustlib/src/rust"), "rust"),
            (sysroot, "rust"),
        ];
        local_paths.extend(registries(&metadata).into_iter().map(|path| (path, "crates")));
        Ok(Self {
            bindgen: bindgen_version(&metadata)?,
            root,
            target: metadata.target_directory.into_std_path_buf(),
            local_paths,
            cargo: program("CARGO", "cargo"),
            rustc,
        })
    }

    pub(crate) fn node_modules(&self) -> PathBuf {
        self.root.join("end2end/node_modules")
    }

    /// Whether the compiler can build for wasm32, asked before cargo says it in its own words.
    pub(crate) fn require_wasm_target(&self) -> Result<(), Error> {
        let target = ["--print", "target-libdir", "--target", "wasm32-unknown-unknown"];
        let library = PathBuf::from(ask(&self.rustc, &target)?);
        if crate::files::list(&library)?.is_empty() {
            return Err(Error::NoWasmTarget { toolchain: ask(&self.rustc, &["--version"])? });
        }
        Ok(())
    }

    /// A path as a person in this repository would write it.
    pub(crate) fn relative<'a>(&self, path: &'a Path) -> &'a Path {
        path.strip_prefix(&self.root).unwrap_or(path)
    }
}

/// The programs and this one must use the same release of wasm-bindgen; both are pinned.
fn bindgen_version(metadata: &cargo_metadata::Metadata) -> Result<String, Error> {
    let version = |name: &str| {
        metadata
            .packages
            .iter()
            .find(|package| package.name.as_str() == name)
            .map(|package| package.version.to_string())
            .unwrap_or_default()
    };
    let (library, tool) = (version("wasm-bindgen"), version("wasm-bindgen-cli-support"));
    if library == tool { Ok(tool) } else { Err(Error::BindgenVersions { library, tool }) }
}

/// The folders that cargo unpacked the registries' crates to.
fn registries(metadata: &cargo_metadata::Metadata) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = metadata
        .packages
        .iter()
        .filter(|package| package.source.is_some())
        .filter_map(|package| package.manifest_path.parent()?.parent())
        .map(|folder| folder.to_path_buf().into_std_path_buf())
        .collect();
    folders.sort();
    folders.dedup();
    folders
}

/// Cargo names itself and the compiler in the environment of what it runs.
fn program(variable: &str, otherwise: &str) -> PathBuf {
    std::env::var_os(variable).map_or_else(|| PathBuf::from(otherwise), PathBuf::from)
}

/// A command as a person would type it.
pub(crate) fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or_default();
    let words = std::iter::once(program).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

/// The trimmed output of a command.
pub(crate) fn ask(program: &Path, arguments: &[&str]) -> Result<String, Error> {
    let command = format!("{} {}", program.display(), arguments.join(" "));
    let output = Command::new(program)
        .args(arguments)
        .output()
        .map_err(|source| Error::Start { command: command.clone(), source })?;
    if !output.status.success() {
        return Err(Error::Command { command });
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
