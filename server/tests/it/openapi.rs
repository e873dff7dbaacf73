//! The description of the API: the one checked in is the one that the program gives.

use crate::app::App;
use serde_json::Value;
use std::collections::BTreeSet;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/openapi.json");

#[tokio::test]
async fn the_document_in_the_tree_is_the_one_that_is_served() {
    let app = App::new().await;
    let served = app.nobody().get("/api/openapi.json").await;
    assert_eq!(served.code(), 200);
    let served = format!("{}\n", serde_json::to_string_pretty(&served.json).unwrap());
    #[expect(clippy::disallowed_methods, reason = "a switch for people who change the API")]
    if std::env::var("UPDATE_OPENAPI").is_ok() {
        std::fs::write(FILE, &served).unwrap();
    }
    let kept = std::fs::read_to_string(FILE).unwrap_or_default();
    let differing = served.lines().zip(kept.lines()).find(|(new, old)| new != old);
    assert!(
        served == kept,
        "server/openapi.json is not what the program serves, first at {differing:?}. Run \
         `UPDATE_OPENAPI=1 cargo nextest run -p metricis openapi` and look at the difference."
    );
}

#[tokio::test]
async fn every_reference_leads_somewhere_and_every_operation_is_described() {
    let app = App::new().await;
    let document = app.nobody().get("/api/openapi.json").await.json;
    let schemas: BTreeSet<&str> =
        document["components"]["schemas"].as_object().unwrap().keys().map(String::as_str).collect();
    let mut wrong = Vec::new();
    references(&document, &mut |reference| {
        let name = reference.rsplit('/').next().unwrap_or_default();
        if !schemas.contains(name) {
            wrong.push(format!("{reference} leads nowhere"));
        }
    });
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let name = format!("{method} {path}");
            if operation["summary"].as_str().is_none_or(str::is_empty) {
                wrong.push(format!("{name} has no summary"));
            }
            let told = operation["parameters"].as_array().map_or(0, |parameters| {
                parameters.iter().filter(|parameter| parameter["in"] == "path").count()
            });
            if told != path.matches('{').count() {
                wrong.push(format!("{name} does not describe its path"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn references(value: &Value, look: &mut dyn FnMut(&str)) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                match field.as_str() {
                    Some(reference) if name == "$ref" => look(reference),
                    _ => references(field, look),
                }
            }
        }
        Value::Array(list) => list.iter().for_each(|entry| references(entry, look)),
        _ => {}
    }
}

#[tokio::test]
async fn the_page_about_the_api_needs_nothing_from_elsewhere() {
    let app = App::new().await;
    let page = app.nobody().get("/docs").await;
    assert_eq!(page.code(), 200);
    assert!(page.text.contains("/api/studies/{study}/participants"));
    assert!(!page.text.contains("<script"), "the page works without a script");
    for address in ["src=\"http", "href=\"http", "url(http"] {
        assert!(!page.text.contains(address), "{address}");
    }
}
