//! `metricis score`: what was stored can be worked out again from the files that anybody may
//! download, without a server, a database or a configuration.

mod refused;
mod stored;

use super::{Ended, Folder, run, text};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::path::PathBuf;

/// Files to score, and the command that does it.
struct Desk(Folder);

impl Desk {
    fn new(name: &str) -> Self {
        Self(Folder::new(name))
    }

    fn write(&self, name: &str, content: &str) -> PathBuf {
        let path = self.0.path(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    /// Scores `trials`, a file of that name and content.
    async fn score(
        &self,
        task: &str,
        params: &Value,
        trials: (&str, &str),
        more: &[&str],
    ) -> Ended {
        let params = text(&self.write("params.json", &params.to_string()));
        let trials = text(&self.write(trials.0, trials.1));
        let mut arguments = vec!["score", "--task", task, "--params", &params, "--trials", &trials];
        arguments.extend(more);
        run(&arguments, &HashMap::new()).await
    }
}

/// The summary that was printed.
#[track_caller]
fn printed(ended: &Ended) -> Value {
    assert_eq!((ended.code, ended.complained.as_str()), (Some(0), ""), "{ended:?}");
    serde_json::from_str(&ended.said).unwrap()
}

/// The session's JSON download, as far as scores need it.
fn download(task: &str, items: &[contract::task::Item]) -> Value {
    let trials: Vec<_> = items.iter().filter_map(|item| item.trial()).collect();
    let events: Vec<_> = items
        .iter()
        .filter_map(|item| match item {
            contract::task::Item::Event(event) => Some(event),
            contract::task::Item::Trial(_) => None,
        })
        .collect();
    let module = json!({ "module": 0, "task_id": task, "task_version": "1" });
    json!({
        "format": "metricis-session",
        "format_version": 1,
        "session": { "id": "0198c0de-0000-7000-8000-000000000002", "modules": [module] },
        "trials": trials,
        "events": events,
    })
}
