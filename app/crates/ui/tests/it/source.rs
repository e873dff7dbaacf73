//! Reading the repository's own source.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Root of the repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(3)
        .expect("the crate lies three folders down")
        .to_path_buf()
}

/// Every file below `folder` that ends in `ending`, with its text.
pub(crate) fn files(folder: &str, ending: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    collect(&root().join(folder), ending, &mut found);
    found
}

fn collect(folder: &Path, ending: &str, found: &mut Vec<(PathBuf, String)>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            collect(&path, ending, found);
        } else if path.to_string_lossy().ends_with(ending) {
            let text = fs::read_to_string(&path).expect("a readable file");
            found.push((path, text));
        }
    }
}

/// The source without line comments.
pub(crate) fn without_comments(text: &str) -> String {
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// The string literal that is the `index`-th argument after each `open` (such as `t(`), where the
/// arguments before it hold no brackets deeper than one call.
pub(crate) fn literal_arguments(text: &str, open: &str, index: usize) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices(open) {
        let before = text[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
            continue;
        }
        if let Some(literal) = literal_at(&text[at + open.len()..], index) {
            found.push(literal);
        }
    }
    found
}

fn literal_at(text: &str, index: usize) -> Option<String> {
    let (mut depth, mut argument) = (0_u32, 0_usize);
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' if depth == 0 && argument == index => {
                let rest = &text[at + 1..];
                return rest.find('"').map(|end| rest[..end].to_owned());
            }
            '"' => {
                // Another argument's literal
                chars.by_ref().find(|(_, c)| *c == '"');
            }
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' if depth == 0 => return None,
            ')' | ']' | '}' => depth -= 1,
            ',' if depth == 0 => argument += 1,
            _ => {}
        }
    }
    None
}

#[test]
fn literal_arguments_are_found_where_they_stand() {
    let text =
        r#"t(l, "one"); ui::t!(self.locale(), "two", n = 3); let(l, "not"); t(l, key); at("no")"#;
    assert_eq!(literal_arguments(text, "t(", 1), ["one"]);
    assert_eq!(literal_arguments(text, "t!(", 1), ["two"]);
}
