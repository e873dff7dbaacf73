//! What no page may do (docs: D.1 and D.3 of the architecture).

use crate::source::{files, without_comments};

#[test]
fn pages_write_no_raw_textarea_no_inner_html_and_no_style_attribute() {
    let mut broken = Vec::new();
    for (path, text) in files("app", ".rs") {
        let is_test = path.components().any(|part| part.as_os_str() == "tests");
        let is_field = path.ends_with("ui/src/field.rs");
        if is_test || is_field {
            continue;
        }
        for (number, line) in without_comments(&text).lines().enumerate() {
            let forbidden = ["<textarea", "inner_html", " style=", "style:", "<script"]
                .into_iter()
                // `<Time style=…>` is a property of a component, not an attribute
                .find(|word| line.contains(word) && !line.contains("TimeStyle"));
            if let Some(word) = forbidden {
                broken.push(format!("{}:{}: {word}", path.display(), number + 1));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}
