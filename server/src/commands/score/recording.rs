//! What a file of trials holds, whatever its format.

use super::problem::Problems;
use contract::task::{EventBatch, Item, Trial};
use std::fmt;

/// Where a row stands in its file.
#[derive(Debug, Clone, Copy)]
pub(super) enum Place {
    /// Line of a table, from 1.
    Line(u64),
    /// Index in the list of trials, from 0.
    Index(usize),
}

impl Place {
    /// The place of one field of the row.
    pub(super) fn field(self, name: &str) -> String {
        match self {
            Self::Line(line) => format!("line {line}, column {name}"),
            Self::Index(index) => format!("field trials[{index}].{name}"),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(line) => write!(f, "line {line}"),
            Self::Index(index) => write!(f, "trials[{index}]"),
        }
    }
}

/// One trial and where it stands.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) place: Place,
    pub(super) trial: Trial,
}

/// A module that was run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) module: u32,
    pub(super) task: String,
    /// Where the file tells it.
    pub(super) version: Option<String>,
}

/// The trials of one session.
#[derive(Debug, Default)]
pub(super) struct Recording {
    /// Its id; empty where the file does not tell it.
    pub(super) session: String,
    pub(super) modules: Vec<Found>,
    pub(super) rows: Vec<Row>,
}

impl Recording {
    /// The modules that ran a task.
    pub(super) fn of<'a>(&'a self, task: &'a str) -> impl Iterator<Item = &'a Found> {
        self.modules.iter().filter(move |found| found.task == task)
    }

    /// Adds a row that keeps the rules which the server has for uploads; what breaks one is a
    /// problem. All rows of a module are of one task.
    pub(super) fn add(&mut self, place: Place, trial: Trial, problems: &mut Problems) {
        let module = self.modules.iter().find(|found| found.module == trial.module);
        match module {
            Some(found) if found.task != trial.task_id => problems.add(format!(
                "{}: must be {}, the task of module {}.",
                place.field("task_id"),
                found.task,
                found.module
            )),
            Some(_) => {}
            None => self.modules.push(Found {
                module: trial.module,
                task: trial.task_id.clone(),
                version: None,
            }),
        }
        let batch =
            EventBatch { first_seq: trial.seq, items: vec![Item::Trial(Box::new(trial.clone()))] };
        if let Err(error) = batch.validate() {
            for field in error.fields {
                let name = field.field.strip_prefix("items[0].").unwrap_or("seq");
                problems.add(format!("{}: {}", place.field(name), field.message));
            }
        }
        self.rows.push(Row { place, trial });
    }
}
