//! `docs/compliance/*.csv`: every row names code and tests that exist.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const COLUMNS: [&str; 5] = ["id", "requirement", "feature", "where", "test"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap()
}

/// The files by name, with their rows.
fn files() -> Vec<(String, Vec<csv::StringRecord>)> {
    let folder = root().join("docs/compliance");
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "csv") {
            continue;
        }
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let mut reader = csv::Reader::from_path(&path).unwrap();
        assert_eq!(reader.headers().unwrap(), COLUMNS.as_slice(), "{name}");
        files.push((name, reader.records().collect::<Result<_, _>>().unwrap()));
    }
    assert!(!files.is_empty());
    files
}

/// The entries of a cell, which are separated by semicolons.
fn parts(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(';').map(str::trim)
}

#[test]
fn every_row_says_what_is_asked_what_does_it_and_what_shows_it() {
    for (file, rows) in files() {
        let mut seen = BTreeSet::new();
        for row in &rows {
            let at = format!("{file}: {row:?}");
            assert!(row.iter().all(|cell| !cell.trim().is_empty()), "an empty cell in {at}");
            assert!(seen.insert((&row[0], &row[2])), "twice in {at}");
        }
        assert!(!rows.is_empty(), "{file} is empty");
    }
}

#[test]
fn every_place_that_a_row_names_exists() {
    let root = root();
    for (file, rows) in files() {
        for row in &rows {
            for place in parts(&row[3]) {
                assert!(root.join(place).exists(), "{file}, {}: there is no {place}", &row[0]);
            }
        }
    }
}

#[test]
fn every_test_that_a_row_names_exists() {
    let root = root();
    for (file, rows) in files() {
        for row in &rows {
            for test in parts(&row[4]) {
                let at = format!("{file}, {}: {test}", &row[0]);
                let (path, name) = test.split_once("::").unwrap_or_else(|| {
                    panic!("{at} is not written as path::name");
                });
                let text = fs::read_to_string(root.join(path));
                let text = text.unwrap_or_else(|error| panic!("{at}: {error}"));
                assert!(is_test(path, name, &text), "{at}: there is no such test");
            }
        }
    }
}

/// Whether `text` holds a test of that name: a function after a test attribute, or a Playwright
/// test with that title.
fn is_test(path: &str, name: &str, text: &str) -> bool {
    if path.ends_with(".ts") {
        return ["\"", "'", "`"].iter().any(|quote| text.contains(&format!("test({quote}{name}")));
    }
    text.match_indices(&format!("fn {name}(")).any(|(at, _)| {
        let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
        let above = text[..line].lines().rev().map(str::trim);
        above.take_while(|line| line.starts_with("#[")).any(|line| line.contains("test"))
    })
}
