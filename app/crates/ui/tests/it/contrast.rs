//! Colours that are used together can be told apart (WCAG 2.2, 1.4.3 and 1.4.11).

use crate::source::root;
use std::collections::BTreeMap;

type Palette = BTreeMap<String, [f64; 3]>;

/// Light and dark colours of `style/tokens.css`; dark ones stand over light ones.
fn palettes() -> (Palette, Palette) {
    let css = std::fs::read_to_string(root().join("style/tokens.css")).expect("tokens.css");
    let (light, dark) = css.split_once("prefers-color-scheme: dark").expect("a dark scheme");
    let light = colours(light);
    let mut over = light.clone();
    over.extend(colours(dark));
    (light, over)
}

fn colours(css: &str) -> Palette {
    css.lines()
        .filter_map(|line| line.trim().strip_prefix("--")?.strip_suffix(';')?.split_once(": #"))
        .map(|(name, hex)| {
            let part = |at: usize| {
                let value = u8::from_str_radix(&hex[at..at + 2], 16).expect("two hex digits");
                f64::from(value) / 255.0
            };
            (name.to_owned(), [part(0), part(2), part(4)])
        })
        .collect()
}

fn luminance(colour: [f64; 3]) -> f64 {
    let [r, g, b] =
        colour.map(|c| if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

fn contrast(a: [f64; 3], b: [f64; 3]) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn the_formula_gives_the_known_values() {
    let (black, white) = ([0.0; 3], [1.0; 3]);
    assert!((contrast(black, white) - 21.0).abs() < 1e-9);
    let grey = [f64::from(0x76_u8) / 255.0; 3];
    assert!((contrast(grey, white) - 4.54).abs() < 0.01);
}

const SURFACES: [&str; 3] = ["surface", "surface-raised", "surface-sunken"];

/// Text on its background: 4.5.
fn text_pairs() -> Vec<(&'static str, &'static str)> {
    let mut pairs = Vec::new();
    for surface in SURFACES {
        pairs.extend([("text", surface), ("muted", surface), ("accent", surface)]);
        pairs.extend([("accent-strong", surface), ("bad", surface), ("good", surface)]);
    }
    for tone in ["good", "attention", "bad", "info"] {
        let soft: &'static str = match tone {
            "good" => "good-soft",
            "attention" => "attention-soft",
            "bad" => "bad-soft",
            _ => "info-soft",
        };
        // The tone itself, plain text and links inside a notice
        pairs.extend([(tone, soft), ("text", soft), ("accent", soft), ("accent-strong", soft)]);
    }
    pairs.extend([
        ("on-accent", "accent"),
        ("on-accent", "accent-strong"),
        ("on-bad", "bad"),
        ("on-bad", "bad-strong"),
        ("accent-strong", "accent-soft"),
        ("accent", "accent-soft"),
        ("text", "accent-soft"),
        ("bad-strong", "surface-raised"),
        ("on-bar", "bar"),
        ("on-bar", "bar-raised"),
        ("on-bar-muted", "bar"),
        ("on-bar-muted", "bar-raised"),
    ]);
    pairs
}

/// Edges of controls, focus, marks of charts against what they lie on: 3.
fn control_pairs() -> Vec<(&'static str, &'static str)> {
    let mut pairs = Vec::new();
    for surface in SURFACES {
        pairs.extend([("control", surface), ("focus", surface)]);
    }
    for series in ["series-0", "series-1", "series-2", "series-3"] {
        pairs.push((series, "surface-raised"));
    }
    pairs.extend([
        ("bar-control", "bar"),
        ("bar-control", "bar-raised"),
        ("attention", "surface-raised"),
        ("focus", "accent-soft"),
        ("logo-dot", "accent"),
        ("logo-dot-on-bar", "bar-raised"),
    ]);
    pairs
}

fn check(pairs: &[(&str, &str)], least: f64) {
    let (light, dark) = palettes();
    let mut weak = Vec::new();
    for (scheme, palette) in [("light", light), ("dark", dark)] {
        for (front, back) in pairs {
            let of = |name: &str| *palette.get(name).unwrap_or_else(|| panic!("no --{name}"));
            let ratio = contrast(of(front), of(back));
            if ratio < least {
                weak.push(format!("{scheme}: {front} on {back} is {ratio:.2}, not {least}"));
            }
        }
    }
    assert!(weak.is_empty(), "{}", weak.join("\n"));
}

#[test]
fn text_can_be_read_on_every_surface_it_stands_on() {
    check(&text_pairs(), 4.5);
}

#[test]
fn controls_focus_and_chart_marks_can_be_seen() {
    check(&control_pairs(), 3.0);
}
