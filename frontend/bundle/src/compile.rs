//! The call of cargo that compiles the programs for the browser.

use std::collections::BTreeMap;
use std::io::BufReader;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use cargo_metadata::Message;

use crate::error::Error;
use crate::profile::Profile;
use crate::workspace::{self, Workspace};

/// The islands a participant's page may hold (frontend/src/bin).
pub(crate) const PATIENT: &str = "patient-islands";
/// The islands a page of the research portal may hold (frontend/src/bin).
pub(crate) const RESEARCHER: &str = "researcher-islands";
/// The crate of the task runner.
const ASSESS: &str = "assessments";
/// Its programs, one for each group of tasks and one for the scores: what the page calls it, and
/// cargo (assessments/src/bin).
pub(crate) const TASKS: [(&str, &str); 6] = [
    ("speed", "assess-speed"),
    ("conflict", "assess-conflict"),
    ("memory", "assess-memory"),
    ("planning", "assess-planning"),
    ("decisions", "assess-decisions"),
    ("scores", "assess-scores"),
];

/// Program name to compiled file.
pub(crate) type Programs = BTreeMap<String, PathBuf>;

/// Compiles all programs. One call, so that they share their dependencies.
pub(crate) fn programs(workspace: &Workspace, profile: Profile) -> Result<Programs, Error> {
    workspace.require_wasm_target()?;
    let mut command = Command::new(&workspace.cargo);
    command.args(["build", "--locked", "--target", "wasm32-unknown-unknown"]);
    command.args(["--profile", profile.cargo_name(), "--package", "frontend"]);
    command.args(["--package", ASSESS]);
    for name in names() {
        command.args(["--bin", name]);
    }
    if profile.is_release() {
        command.arg("--config").arg(remap(workspace));
    }
    let built = artifacts(workspace, command, |message| {
        let Message::CompilerArtifact(artifact) = message else { return None };
        let file = artifact.filenames.into_iter().find(|file| file.extension() == Some("wasm"))?;
        Some((artifact.target.name, file.into_std_path_buf()))
    })?;
    // Libraries that are built as WASM modules by themselves are among them
    let mut built: Programs = built.into_iter().collect();
    names()
        .map(|name| built.remove_entry(name).ok_or_else(|| Error::NoProgram(name.to_owned())))
        .collect()
}

fn names() -> impl Iterator<Item = &'static str> {
    [PATIENT, RESEARCHER].into_iter().chain(TASKS.map(|(_, program)| program))
}

/// Runs cargo, shows its progress, and picks what is wanted out of its messages.
pub(crate) fn artifacts<T>(
    workspace: &Workspace,
    mut command: Command,
    mut pick: impl FnMut(Message) -> Option<T>,
) -> Result<Vec<T>, Error> {
    command.args(["--message-format", "json-render-diagnostics"]);
    command.current_dir(&workspace.root).stdout(Stdio::piped());
    let shown = workspace::shown(&command);
    let mut child =
        command.spawn().map_err(|source| Error::Start { command: shown.clone(), source })?;
    let mut picked = Vec::new();
    if let Some(output) = child.stdout.take() {
        for message in Message::parse_stream(BufReader::new(output)) {
            let message =
                message.map_err(|source| Error::Start { command: shown.clone(), source })?;
            picked.extend(pick(message));
        }
    }
    let status = child.wait().map_err(|source| Error::Start { command: shown.clone(), source })?;
    if status.success() { Ok(picked) } else { Err(Error::Command { command: shown }) }
}

/// Panic messages name source files: without the folders of this machine.
fn remap(workspace: &Workspace) -> String {
    let flags: Vec<String> = workspace
        .local_paths
        .iter()
        .map(|(path, name)| format!("--remap-path-prefix={}={name}", path.display()))
        // Of several prefixes that fit, the compiler takes the last
        .rev()
        .collect();
    format!("target.wasm32-unknown-unknown.rustflags={flags:?}")
}
