//! Doc comments of the engine's sources: formulas are told there, next to the code.

use std::path::{Path, PathBuf};

fn path(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(file)
}

fn source(file: &str) -> String {
    std::fs::read_to_string(path(file)).unwrap_or_else(|error| panic!("src/{file}: {error}"))
}

/// Names of code as links to the page of what all tasks share, which explains them.
fn linked(line: &str) -> String {
    line.replace("`]", "`](scores.md)")
        .replace("see `streams/tally.rs`", "see [streams](scores.md)")
}

fn text(lines: &[&str]) -> String {
    let bare = |line: &&str| linked(line.strip_prefix(' ').unwrap_or(line));
    let lines: Vec<String> = lines.iter().map(bare).collect();
    lines.join("\n")
}

/// What the beginning of a file says of it.
pub(super) fn of_file(file: &str) -> String {
    let source = source(file);
    let lines: Vec<&str> = source.lines().map_while(|line| line.strip_prefix("//!")).collect();
    assert!(!lines.is_empty(), "src/{file} begins without a comment");
    text(&lines)
}

/// What stands above the line that holds `item`.
pub(super) fn of_item(file: &str, item: &str) -> String {
    let source = source(file);
    let lines: Vec<&str> = source.lines().map(str::trim_start).collect();
    let at = lines.iter().position(|line| line.contains(item) && !line.starts_with("//"));
    let at = at.unwrap_or_else(|| panic!("src/{file} has no {item}"));
    let attribute = |line: &&&str| line.starts_with("#[");
    let above = lines[..at].iter().rev().skip_while(attribute);
    let mut comment: Vec<&str> = above.map_while(|line| line.strip_prefix("///")).collect();
    assert!(!comment.is_empty(), "src/{file}: {item} has no comment");
    comment.reverse();
    text(&comment)
}

/// The file that scores a task: its own, or one that several tasks share.
pub(super) fn scores_of(task: &str) -> String {
    let source = source(&format!("tasks/{task}/mod.rs"));
    let called = source.lines().find_map(|line| line.trim_start().strip_prefix("score: "));
    let called = called.unwrap_or_else(|| panic!("tasks/{task}/mod.rs names no scores"));
    let (before, _) = called.split_once("::score").unwrap_or((called, ""));
    let module = before.rsplit(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap_or("");
    let own = format!("tasks/{task}/{module}.rs");
    if path(&own).exists() { own } else { format!("tasks/{module}.rs") }
}
