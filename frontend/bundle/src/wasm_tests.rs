//! `cargo bundle --test-wasm CRATE…`: tests written with `#[wasm_bindgen_test]`, run where the
//! programs run, in Chromium.
//!
//! It does what `wasm-bindgen-test-runner` does, without the minutes that installing it takes:
//! cargo compiles the tests, wasm-bindgen binds them, and a small script (end2end/wasm/run.mjs)
//! opens each in the browser of the end-to-end tests.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use cargo_metadata::Message;
use wasm_bindgen_cli_support::Bindgen;

use crate::error::Error;
use crate::lock::Lock;
use crate::workspace::Workspace;
use crate::{compile, files, report};

pub(crate) fn run(workspace: &Workspace, crates: &[String]) -> Result<ExitCode, Error> {
    if !workspace.node_modules().join("playwright-core").is_dir() {
        return Err(Error::NoBrowserPackages);
    }
    workspace.require_wasm_target()?;
    let mut command = Command::new(&workspace.cargo);
    command.args(["test", "--no-run", "--locked", "--target", "wasm32-unknown-unknown"]);
    for name in crates {
        command.args(["--package", name]);
    }
    let programs = compile::artifacts(workspace, command, |message| {
        let Message::CompilerArtifact(artifact) = message else { return None };
        if !artifact.profile.test {
            return None;
        }
        Some((artifact.target.name, artifact.executable?.into_std_path_buf()))
    })?;

    let _lock = Lock::take(workspace)?;
    let folder = workspace.target.join("wasm-tests");
    files::remove_dir(&folder)?;
    files::create_dir(&folder)?;
    let mut suites = Vec::new();
    for (name, program) in &programs {
        if !has_tests(program)? {
            continue;
        }
        let suite = folder.join(program.file_stem().unwrap_or_default());
        report::step(&format!("tests of {name}"));
        bind(name, program, &suite)?;
        suites.push(suite);
    }
    drive(workspace, &suites)
}

/// Whether a test program holds tests for the browser. One that holds none (native tests, left
/// out for wasm32) cannot be bound: it lacks what wasm-bindgen looks for.
fn has_tests(program: &Path) -> Result<bool, Error> {
    /// How the exports begin that `#[wasm_bindgen_test]` makes.
    const EXPORT: &[u8] = b"__wbgt_";
    Ok(files::read(program)?.windows(EXPORT.len()).any(|bytes| bytes == EXPORT))
}

fn bind(name: &str, program: &Path, suite: &Path) -> Result<(), Error> {
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(program)
        .out_name("suite")
        .debug(true)
        // The tests are exports of the program, reached through `__wasm`
        .export_wasm(true)
        .emit_start(false)
        .web(true)
        .and_then(|bindgen| bindgen.generate(suite))
        .map_err(|error| Error::Bind { program: name.to_owned(), message: format!("{error:#}") })
}

fn drive(workspace: &Workspace, suites: &[PathBuf]) -> Result<ExitCode, Error> {
    let script = workspace.root.join("end2end/wasm/run.mjs");
    let status = Command::new("node")
        .arg(script)
        .args(suites)
        .status()
        .map_err(|source| Error::Start { command: "node".to_owned(), source })?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
