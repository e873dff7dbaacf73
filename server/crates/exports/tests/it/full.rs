//! The whole study as JSON.

use crate::world::{World, read};
use contract::task::Item;
use serde_json::Value;

#[tokio::test]
async fn the_document_holds_the_study_and_everything_its_sessions_recorded() {
    let w = World::new().await;
    let participant = w.participant("P-001", Some("anna@example.org")).await;
    let battery = w.battery("Screening", 10).await;
    let (first, log) = w.session(participant, battery).await;
    w.db.advance(chrono::TimeDelta::minutes(1));
    let other = w.participant("P-002", None).await;
    w.session(other, battery).await;
    let export = exports::full(&w.db.ctx, &w.researcher, w.study).await.unwrap();
    assert_eq!(export.content_type, "application/json");
    assert!(export.file_name.starts_with("NEURO-001_full_20260301T0901Z"), "{}", export.file_name);
    let text = read(export).await;
    assert!(!text.contains("anna"));
    let study: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(study["format"], "metricis-study");
    assert_eq!(study["study"]["code"], "NEURO-001");
    let counted: Vec<_> = [
        "sites",
        "visit_windows",
        "batteries",
        "participants",
        "visits",
        "assignments",
        "sessions",
    ]
    .iter()
    .map(|name| study[name].as_array().unwrap().len())
    .collect();
    assert_eq!(counted, [1, 0, 1, 2, 0, 2, 2]);
    assert_eq!(study["batteries"][0]["modules"][0]["params"]["trials"], 10);
    let session = &study["sessions"][0];
    assert_eq!(session["id"], first.to_string());
    assert!(session["seed"].as_str().unwrap().parse::<u64>().is_ok());
    let items: Vec<Item> = serde_json::from_value(session["items"].clone()).unwrap();
    assert_eq!(items, log.items, "to the letter");
    let summary = &session["modules"][0]["summary"];
    assert_eq!(*summary, serde_json::to_value(&log.summaries[0]).unwrap());
    assert_eq!(session["timing"], serde_json::to_value(&log.timing).unwrap());
}
