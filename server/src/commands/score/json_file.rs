//! The JSON download of a session.

use super::numbering;
use super::problem::Problems;
use super::recording::{Found, Place, Recording};
use contract::task::Trial;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// The layout that this program reads.
const FORMAT: (&str, u64) = ("metricis-session", 1);

#[derive(Deserialize)]
struct Layout {
    format: Option<String>,
    format_version: Option<u64>,
}

#[derive(Deserialize)]
struct File {
    session: Session,
    trials: Vec<Trial>,
    events: Vec<Numbered>,
}

#[derive(Deserialize)]
struct Session {
    id: String,
    modules: Vec<Module>,
}

#[derive(Deserialize)]
struct Module {
    module: u32,
    task_id: String,
    task_version: String,
}

/// Scores do not rest on events; their numbers tell whether a trial is missing.
#[derive(Deserialize)]
struct Numbered {
    seq: u32,
}

/// Reads a value; what is wrong has its line, column and field.
pub(super) fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problems> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        let path = error.path().to_string();
        let field = if path == "." { String::new() } else { format!(", field {path}") };
        problem(error.inner(), &field)
    })?;
    deserializer.end().map_err(|error| problem(&error, ""))?;
    Ok(value)
}

fn problem(error: &serde_json::Error, field: &str) -> Problems {
    let said = error.to_string();
    let what = said.split(" at line ").next().unwrap_or_default();
    format!("line {}, column {}{field}: {what}.", error.line(), error.column()).into()
}

/// The session of a file.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Recording>, Problems> {
    let layout: Layout = parse(bytes)?;
    let (format, version) = FORMAT;
    if layout.format.as_deref() != Some(format) || layout.format_version != Some(version) {
        return Err(format!(
            "field format: must be {format:?} with format_version {version}: the JSON download of a \
             session. Of a whole study, give the CSV export of trials."
        )
        .into());
    }
    let file: File = parse(bytes)?;
    let found = |module: Module| Found {
        module: module.module,
        task: module.task_id,
        version: Some(module.task_version),
    };
    let mut problems = Problems::default();
    let mut recording = Recording {
        session: file.session.id,
        modules: file.session.modules.into_iter().map(found).collect(),
        rows: Vec::new(),
    };
    for (index, trial) in file.trials.into_iter().enumerate() {
        recording.add(Place::Index(index), trial, &mut problems);
    }
    numbering::check(&recording, &mut problems);
    let events: Vec<u32> = file.events.iter().map(|event| event.seq).collect();
    numbering::check_whole(&recording, &events, &mut problems);
    problems.none(vec![recording])
}
