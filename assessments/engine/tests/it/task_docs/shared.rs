//! The page of the rules and scores that several tasks share.

use super::comments::{of_file, of_item};

/// Heading, file, and the item whose comment is quoted.
const PARTS: &[(&str, &str, &str)] = &[
    ("Completeness", "tasks.rs", "fn judge_completeness("),
    ("Validity (rule R7)", "score/validity.rs", "pub fn validity("),
    ("`Board::describe`", "score.rs", "pub fn describe("),
    ("`Board::exgauss`", "score.rs", "pub fn exgauss("),
    ("`Sample::report`", "score/sample.rs", "pub fn report("),
    ("`Sample::describe`", "score/sample.rs", "pub fn describe("),
    ("`conflict`", "score/conflict.rs", "pub fn conflict("),
    ("Streams: report", "tasks/streams/tally.rs", "fn report("),
    ("Streams: errors", "tasks/streams/tally.rs", "fn errors("),
    ("Streams: validity", "tasks/streams/tally.rs", "fn judge("),
];

pub(super) fn scores() -> String {
    let mut page = format!(
        "# Rules and scores that tasks share\n\n\
         Generated from the comments of `assessments/engine/src`; see [README.md](README.md). Scoring \
         version {}.\n\n{}\n",
        task_engine::SCORING_VERSION,
        of_file("score.rs"),
    );
    for (heading, file, item) in PARTS {
        page.push_str(&format!("\n## {heading}\n\n{}\n", of_item(file, item)));
    }
    page.replace("](scores.md)", "]").replace("[`", "`").replace("`]", "`")
}
