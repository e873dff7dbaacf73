//! The dependency rules between our crates, read from `cargo metadata`.

use cargo_metadata::{DependencyKind, MetadataCommand};
use std::collections::{BTreeMap, BTreeSet};

/// What a crate may depend on among ours, and what it must not depend on among others'.
struct Rule {
    name: &'static str,
    may: &'static [&'static str],
    must_not: &'static [&'static str],
}

const PAGES_MAY: &[&str] = &[
    "contract",
    "exports",
    "identity",
    "measures",
    "participants",
    "platform",
    "schedule",
    "studies",
    "task_engine",
    "ui",
];
/// The portal of participants also sends and continues the runs that their browser keeps: by the
/// task runner's own crate, for only one program at a time may send a run, and the lock that sees to
/// it is in there. Staff devices keep runs too, but there the task runner alone sends them.
const PATIENT_MAY: &[&str] = &[
    "contract",
    "exports",
    "identity",
    "measures",
    "participants",
    "platform",
    "run_outbox",
    "schedule",
    "studies",
    "task_engine",
    "ui",
];
const PAGES_MUST_NOT: &[&str] = &["sqlx", "reqwest"];
const CONTEXT_MUST_NOT: &[&str] = &["leptos", "axum", "leptos_axum"];

const RULES: &[Rule] = &[
    Rule {
        name: "contract",
        may: &[],
        must_not: &["leptos", "sqlx", "tokio", "axum", "web-sys", "js-sys", "wasm-bindgen"],
    },
    Rule {
        name: "task_engine",
        may: &["contract"],
        must_not: &["chrono", "rand", "tokio", "sqlx", "web-sys", "leptos"],
    },
    Rule { name: "ui", may: &["contract"], must_not: &["leptos_axum", "sqlx", "reqwest"] },
    Rule { name: "account", may: PAGES_MAY, must_not: PAGES_MUST_NOT },
    Rule { name: "researcher", may: PAGES_MAY, must_not: PAGES_MUST_NOT },
    Rule { name: "patient", may: PATIENT_MAY, must_not: PAGES_MUST_NOT },
    Rule {
        name: "app",
        may: &["account", "contract", "patient", "platform", "researcher", "ui"],
        must_not: &["sqlx"],
    },
    Rule {
        name: "frontend",
        may: &["account", "contract", "patient", "researcher", "ui"],
        must_not: &["sqlx", "axum", "tokio"],
    },
    Rule { name: "bundle", may: &[], must_not: &["leptos", "sqlx"] },
    Rule { name: "platform", may: &["contract"], must_not: CONTEXT_MUST_NOT },
    Rule { name: "identity", may: &["contract", "platform"], must_not: CONTEXT_MUST_NOT },
    Rule {
        name: "studies",
        may: &["contract", "identity", "platform"],
        must_not: CONTEXT_MUST_NOT,
    },
    Rule {
        name: "participants",
        may: &["contract", "identity", "platform", "studies"],
        must_not: CONTEXT_MUST_NOT,
    },
    Rule {
        name: "schedule",
        may: &["contract", "participants", "platform", "studies"],
        must_not: CONTEXT_MUST_NOT,
    },
    Rule {
        name: "measures",
        may: &["contract", "participants", "platform", "schedule", "studies", "task_engine"],
        must_not: CONTEXT_MUST_NOT,
    },
    Rule {
        name: "exports",
        may: &["contract", "measures", "participants", "platform", "schedule", "studies"],
        must_not: CONTEXT_MUST_NOT,
    },
    Rule {
        name: "assessments",
        may: &["contract", "run_outbox", "task_engine"],
        must_not: &["leptos", "sqlx"],
    },
    Rule { name: "run_outbox", may: &["contract"], must_not: &["leptos", "sqlx"] },
    Rule { name: "migrations", may: &[], must_not: CONTEXT_MUST_NOT },
    Rule { name: "testkit", may: &["contract", "platform"], must_not: CONTEXT_MUST_NOT },
];

#[test]
fn every_crate_keeps_to_its_dependencies() {
    let metadata = MetadataCommand::new().no_deps().other_options(["--offline".into()]).exec();
    let metadata = metadata.expect("cargo metadata answers");
    let ours: BTreeSet<String> =
        metadata.packages.iter().map(|package| package.name.to_string()).collect();
    let rules: BTreeMap<&str, &Rule> = RULES.iter().map(|rule| (rule.name, rule)).collect();
    let mut broken = Vec::new();
    for package in &metadata.packages {
        let name = package.name.as_str();
        if name == "metricis" {
            continue;
        }
        let Some(rule) = rules.get(name) else {
            broken.push(format!("{name} has no rule: add one here and in the architecture"));
            continue;
        };
        for dependency in &package.dependencies {
            if dependency.kind == DependencyKind::Development {
                continue;
            }
            let target = dependency.name.as_str();
            if target == "testkit" {
                broken.push(format!("{name} depends on testkit outside of tests"));
            } else if ours.contains(target) && !rule.may.contains(&target) {
                broken.push(format!("{name} may not depend on {target}"));
            } else if rule.must_not.contains(&target) {
                broken.push(format!("{name} must not depend on {target}"));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn the_server_holds_no_sql_and_pages_hold_no_policy() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    let mut broken = Vec::new();
    for dir in ["server/src/http", "app/src", "app/crates"] {
        visit(&std::path::Path::new(root).join(dir), &mut |path, text| {
            for word in ["sqlx::query", "query!(", "query_as!(", "query_scalar!("] {
                if text.contains(word) {
                    broken.push(format!("{} holds {word}", path.display()));
                }
            }
            let is_page = !path.starts_with(std::path::Path::new(root).join("server"));
            let is_shared = path.ends_with("permission.rs");
            if is_page && !is_shared && text.contains("system_role_allows(") {
                broken.push(format!("{} decides about permissions", path.display()));
            }
        });
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn the_browser_never_gets_raw_html() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../app");
    let mut broken = Vec::new();
    visit(std::path::Path::new(root), &mut |path, text| {
        if path.components().any(|part| part.as_os_str() == "tests") {
            return;
        }
        let is_field = path.ends_with("ui/src/field.rs");
        for (number, line) in text.lines().enumerate() {
            let code = line.trim_start();
            if code.starts_with("//") {
                continue;
            }
            let raw_area = code.contains("<textarea") && !is_field;
            // `style:width=…` of a view, not a parameter `style: TimeStyle`
            let bound = code.split(" style:").skip(1).any(|rest| !rest.starts_with(' '));
            let style = code.contains(" style=\"") || bound;
            if raw_area || code.contains("inner_html") || style {
                broken.push(format!("{}:{}: {code}", path.display(), number + 1));
            }
        }
    });
    assert!(broken.is_empty(), "unescaped or CSP-breaking markup:\n{}", broken.join("\n"));
}

/// Hands every Rust file below `dir` to `look`.
fn visit(dir: &std::path::Path, look: &mut dyn FnMut(&std::path::Path, &str)) {
    for entry in std::fs::read_dir(dir).expect("the folder exists") {
        let path = entry.expect("the folder can be read").path();
        if path.is_dir() {
            visit(&path, look);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            look(&path, &std::fs::read_to_string(&path).expect("the file can be read"));
        }
    }
}
