//! The style sheets keep to the tokens.

use crate::source::files;

#[test]
fn colours_sizes_radii_and_shadows_come_from_the_tokens() {
    for (path, css) in files("style", ".css") {
        if path.ends_with("tokens.css") {
            continue;
        }
        for (number, line) in css.lines().enumerate() {
            let place = format!("{}:{}: {line}", path.display(), number + 1);
            let value = line.split_once(':').map_or("", |(_, value)| value.trim());
            assert!(!value.contains('#') || line.contains("url("), "a colour of its own: {place}");
            if line.trim_start().starts_with("font-size:") {
                let fine = value.starts_with("var(--size-")
                    || value.ends_with("em;")
                    || value.ends_with("%;")
                    || value.ends_with("pt;")
                    // Inside drawings, in their own units
                    || matches!(value, "13px;" | "14px;");
                assert!(fine, "a size of its own: {place}");
            }
            if line.trim_start().starts_with("box-shadow:") {
                let fine = value.contains("var(--shadow)")
                    || value.starts_with("inset")
                    || value == "none;";
                assert!(fine, "a shadow of its own: {place}");
            }
        }
    }
}

#[test]
fn motion_is_switched_off_for_who_asks_for_it() {
    let all: String = files("style", ".css").into_iter().map(|(_, css)| css).collect();
    assert!(all.contains("prefers-reduced-motion: reduce"));
    assert!(all.contains(":focus-visible"));
    assert!(!all.contains("outline: 0"));
}
