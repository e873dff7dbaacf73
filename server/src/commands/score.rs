//! `metricis score`: the scores of one module, worked out from its raw trials alone, so that anybody
//! can check what a server has stored. Reads two files; needs no server and no database.

mod csv_file;
mod json_file;
mod numbering;
mod problem;
mod recording;

use super::{complain, say};
use clap::Args;
use contract::Id;
use contract::task::{Item, ModuleSummary, RunModule};
use problem::Problems;
use recording::{Found, Recording};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use task_engine::spec::TaskSpec;
use task_engine::tasks;

/// What to score.
#[derive(Debug, Args)]
pub struct ScoreArguments {
    /// The task, e.g. `flanker`.
    #[arg(long, value_name = "ID")]
    task: String,
    /// Version of the task; without it the one that the trials' file names, else the newest.
    #[arg(long, value_name = "V")]
    version: Option<String>,
    /// The module's parameters as a JSON object; what is missing has its default.
    #[arg(long, value_name = "FILE")]
    params: PathBuf,
    /// The trials: a session's download (.json or .csv), or a study's export of trials (.csv).
    #[arg(long, value_name = "FILE")]
    trials: PathBuf,
    /// Which session, where the file holds several with this task.
    #[arg(long, value_name = "UUID")]
    session: Option<String>,
    /// Which module, from 0, where the session ran the task more than once.
    #[arg(long, value_name = "N")]
    module: Option<u32>,
}

/// Why there are no scores.
#[derive(Debug, thiserror::Error)]
enum ScoreError {
    /// The arguments cannot be followed: exit code 2, as for arguments that cannot be read.
    #[error("{0}")]
    Arguments(String),
    /// What a file holds is wrong: exit code 1.
    #[error("{} cannot be scored:\n{}", .0.display(), .1)]
    File(PathBuf, Problems),
    /// A fault of ours: exit code 1.
    #[error("the scores cannot be written: {0}")]
    Output(#[from] serde_json::Error),
}

impl ScoreError {
    const fn code(&self) -> u8 {
        match self {
            Self::Arguments(_) => 2,
            Self::File(..) | Self::Output(_) => 1,
        }
    }
}

/// Prints the summary as JSON.
pub(super) fn run(arguments: &ScoreArguments) -> ExitCode {
    let text = summary(arguments).and_then(|summary| Ok(serde_json::to_string_pretty(&summary)?));
    match text {
        Ok(text) => {
            say(&text);
            ExitCode::SUCCESS
        }
        Err(error) => {
            complain(&error.to_string());
            ExitCode::from(error.code())
        }
    }
}

fn summary(arguments: &ScoreArguments) -> Result<ModuleSummary, ScoreError> {
    // Before the files: with a wrong name nothing in them can be right
    let newest = spec(&arguments.task, arguments.version.as_deref())?;
    let in_trials = |problems| ScoreError::File(arguments.trials.clone(), problems);
    let in_params = |problems| ScoreError::File(arguments.params.clone(), problems);
    let recordings = trials(&arguments.trials)?;
    let (recording, found) = choose(arguments, recordings)?;
    let spec = match (&arguments.version, &found.version) {
        (None, Some(version)) => {
            spec(newest.id, Some(version)).map_err(|error| in_trials(error.to_string().into()))?
        }
        _ => newest,
    };
    let params = params(&read(&arguments.params)?, spec).map_err(in_params)?;
    let module = RunModule {
        module_id: Id::from_uuid(uuid::Uuid::nil()),
        task_id: spec.id.into(),
        task_version: spec.version.into(),
        params,
        strings: BTreeMap::new(),
        minutes: 0.0,
    };
    let items: Vec<Item> =
        recording.rows.into_iter().map(|row| Item::Trial(Box::new(row.trial))).collect();
    tasks::score(found.module, &module, &items).map_err(|error| in_params(error.to_string().into()))
}

/// The task of that name, of that version or the newest.
fn spec(task: &str, version: Option<&str>) -> Result<&'static TaskSpec, ScoreError> {
    let newest = tasks::latest(task).ok_or_else(|| {
        let mut known: Vec<&str> = tasks::all().iter().map(|spec| spec.id).collect();
        known.dedup();
        let known = known.join(", ");
        ScoreError::Arguments(format!("there is no task {task:?}. Known: {known}."))
    })?;
    let Some(version) = version else {
        return Ok(newest);
    };
    tasks::find(task, version).ok_or_else(|| {
        let known: Vec<&str> =
            tasks::all().iter().filter(|spec| spec.id == task).map(|spec| spec.version).collect();
        let known = known.join(", ");
        ScoreError::Arguments(format!("task {task} has no version {version:?}. Known: {known}."))
    })
}

fn read(path: &Path) -> Result<Vec<u8>, ScoreError> {
    std::fs::read(path).map_err(|error| {
        ScoreError::Arguments(format!("{} cannot be read: {error}.", path.display()))
    })
}

/// The parameters, each checked against the task's schema.
fn params(bytes: &[u8], spec: &TaskSpec) -> Result<Map<String, Value>, Problems> {
    let params: Map<String, Value> = json_file::parse(bytes)?;
    match tasks::validate_params(spec, &params) {
        Ok(_) => Ok(params),
        Err(errors) => {
            let mut problems = Problems::default();
            for error in errors {
                problems.add(format!("field {}: {}", error.param, error.message));
            }
            Err(problems)
        }
    }
}

/// What the file of trials holds, checked.
fn trials(path: &Path) -> Result<Vec<Recording>, ScoreError> {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    let read_file = match ending.to_ascii_lowercase().as_str() {
        "csv" => csv_file::read,
        "json" => json_file::read,
        _ => {
            let path = path.display();
            return Err(ScoreError::Arguments(format!("{path} must end in .csv or .json.")));
        }
    };
    read_file(&read(path)?).map_err(|problems| ScoreError::File(path.into(), problems))
}

/// The one module of the one session that is meant.
fn choose(
    arguments: &ScoreArguments,
    recordings: Vec<Recording>,
) -> Result<(Recording, Found), ScoreError> {
    let task = arguments.task.as_str();
    if let Some(id) = &arguments.session
        && recordings.iter().all(|recording| recording.session != *id)
    {
        return Err(ScoreError::Arguments(format!("the file holds no session {id}.")));
    }
    let wanted = |recording: &Recording| {
        arguments.session.as_ref().is_none_or(|id| recording.session == *id)
    };
    let all: Vec<Recording> = recordings.into_iter().filter(wanted).collect();
    let held: BTreeSet<&str> =
        all.iter().flat_map(|r| &r.modules).map(|module| module.task.as_str()).collect();
    if !held.contains(task) {
        let held: Vec<&str> = held.into_iter().collect();
        let held = if held.is_empty() { "none".into() } else { held.join(", ") };
        let problem = format!("it holds no trials of the task {task}; tasks in it: {held}.");
        return Err(ScoreError::File(arguments.trials.clone(), problem.into()));
    }
    let mut with: Vec<Recording> = all.into_iter().filter(|r| r.of(task).count() > 0).collect();
    let Some(recording) = with.pop().filter(|_| with.is_empty()) else {
        let ids: Vec<&str> = with.iter().map(|recording| recording.session.as_str()).collect();
        let (n, some) = (ids.len() + 1, ids.into_iter().take(5).collect::<Vec<_>>().join(", "));
        return Err(ScoreError::Arguments(format!(
            "{n} sessions in the file ran {task}: name one with --session, such as {some}."
        )));
    };
    let mut modules: Vec<Found> = recording.of(task).cloned().collect();
    if let Some(module) = arguments.module {
        modules.retain(|found| found.module == module);
    }
    let known: Vec<String> = recording.of(task).map(|found| found.module.to_string()).collect();
    match modules.pop() {
        Some(found) if modules.is_empty() => Ok((recording, found)),
        _ => Err(ScoreError::Arguments(format!(
            "the session ran {task} as module {}: name one of these with --module.",
            known.join(", ")
        ))),
    }
}
