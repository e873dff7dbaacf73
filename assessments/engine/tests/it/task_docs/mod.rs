//! The pages of `docs/tasks` say what the tasks are: they are written from the schemas, the plans,
//! simulated sessions and the doc comments of the scores, and a page that says something else fails
//! here.

mod comments;
mod page;
mod run;
mod shared;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};
use task_engine::tasks;

/// Renews the pages; the server's test of the same name writes `README.md`.
const RENEW: &str =
    "UPDATE_TASK_DOCS=1 cargo nextest run --locked -p task_engine -p metricis task_docs";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/tasks")
}

/// Every page by its file name: one a task, of its newest version, and what they share.
fn pages() -> BTreeMap<String, String> {
    let newest = tasks::all()
        .iter()
        .filter(|spec| tasks::latest(spec.id).is_some_and(|latest| latest.version == spec.version));
    let mut pages: BTreeMap<String, String> =
        newest.map(|spec| (format!("{}.md", spec.id), page::of(spec))).collect();
    pages.insert("scores.md".into(), shared::scores());
    pages
}

/// Names of the pages that are there, but for the one that the server's test writes.
fn present() -> Vec<String> {
    let entries = std::fs::read_dir(folder()).into_iter().flatten();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name != "README.md").collect()
}

#[test]
fn task_docs_are_what_the_tasks_are() {
    let pages = pages();
    let gone: Vec<String> =
        present().into_iter().filter(|name| !pages.contains_key(name)).collect();
    if std::env::var_os("UPDATE_TASK_DOCS").is_some() {
        std::fs::create_dir_all(folder()).unwrap();
        for name in &gone {
            std::fs::remove_file(folder().join(name)).unwrap();
        }
        for (name, page) in &pages {
            std::fs::write(folder().join(name), page).unwrap();
        }
        return;
    }
    let differs = |name: &String, page: &String| {
        std::fs::read_to_string(folder().join(name)).ok().as_ref() != Some(page)
    };
    let old: Vec<&String> =
        pages.iter().filter(|(name, page)| differs(name, page)).map(|(name, _)| name).collect();
    assert!(
        old.is_empty() && gone.is_empty(),
        "docs/tasks is not what the tasks are: {old:?} differ or are missing, {gone:?} are of no task.\n\
         Renew the pages, read what has changed and commit them:\n    {RENEW}"
    );
}
