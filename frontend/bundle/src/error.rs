use std::path::{Path, PathBuf};

/// Why there is no bundle. Each message says what to do about it where that is known.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("{path}: {source}")]
    File { path: String, source: std::io::Error },

    #[error("cargo metadata: {0}")]
    Metadata(#[from] cargo_metadata::Error),

    #[error("`{command}` could not be started: {source}")]
    Start { command: String, source: std::io::Error },

    #[error("`{command}` failed (its messages are above)")]
    Command { command: String },

    #[error(
        "the compiler {toolchain} has no standard library for wasm32-unknown-unknown.\n\
         Get it by `rustup target add wasm32-unknown-unknown`, or run .ci/setup, which also knows \
         what to do where rustup cannot fetch it"
    )]
    NoWasmTarget { toolchain: String },

    #[error(
        "wasm-opt is missing; a release bundle needs it.\n\
         Get it by `npm ci --prefix end2end` (it comes with the package binaryen) or run .ci/setup"
    )]
    NoOptimizer,

    #[error(
        "wasm-opt at {path} is version {found}; it must be 120 or newer to read what this compiler \
         writes.\nGet it by `npm ci --prefix end2end`"
    )]
    OldOptimizer { path: PathBuf, found: String },

    #[error(
        "wasm-bindgen is {library} but wasm-bindgen-cli-support is {tool}; pin both to one version \
         in the root Cargo.toml"
    )]
    BindgenVersions { library: String, tool: String },

    #[error("cargo built no program named `{0}` for wasm32-unknown-unknown")]
    NoProgram(String),

    #[error("wasm-bindgen over `{program}`: {message}")]
    Bind { program: String, message: String },

    #[error("{0}")]
    Style(String),

    #[error("{page}: {message}")]
    Page { page: String, message: String },

    #[error("{file} holds the local path {path}; a release must not")]
    LocalPath { file: String, path: String },

    #[error("{0} is in no step's output")]
    NotWritten(PathBuf),

    #[error("manifest.json: {0}")]
    Json(#[from] serde_json::Error),

    #[error(
        "the packages of the browser tests are missing.\n\
         Get them by `npm ci --prefix end2end` or run .ci/setup"
    )]
    NoBrowserPackages,
}

impl Error {
    /// For `map_err` on file operations.
    pub(crate) fn file(path: &Path) -> impl FnOnce(std::io::Error) -> Self + '_ {
        move |source| Self::File { path: path.display().to_string(), source }
    }
}
