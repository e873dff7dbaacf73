//! One session as a file.

use crate::world::{World, read, rows, staff};
use contract::export::SessionFormat;
use contract::permission::{StudyRole, SystemRole};
use contract::task::Trial;
use contract::{ApiError, Id};

#[tokio::test]
async fn who_may_read_a_session_may_take_it_along_and_the_trail_says_so() {
    let w = World::new().await;
    let participant = w.participant("P-001", None).await;
    let battery = w.battery("Screening", 10).await;
    let (id, log) = w.session(participant, battery).await;
    let file = |format| exports::session(&w.db.ctx, &w.coordinator, w.study, id, format);
    let csv = file(SessionFormat::Csv).await.unwrap();
    assert!(csv.file_name.starts_with("NEURO-001_P-001_"), "{}", csv.file_name);
    let (_, trials) = rows(&read(csv).await);
    assert_eq!(trials.len(), 10);
    let json = read(file(SessionFormat::Json).await.unwrap()).await;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let trials: Vec<Trial> = serde_json::from_value(json["trials"].clone()).unwrap();
    let recorded: Vec<_> = log.items.iter().filter_map(|item| item.trial().cloned()).collect();
    assert_eq!(trials, recorded);
    let downloads = w.trail().await.into_iter().filter(|(a, _)| a == "session.download");
    let formats: Vec<_> = downloads.map(|(_, values)| values["format"].clone()).collect();
    assert_eq!(formats, ["csv", "json"]);
}

#[tokio::test]
async fn a_session_of_another_study_is_not_there() {
    let w = World::new().await;
    let nobodys = Id::from_uuid(w.study.uuid());
    let error =
        exports::session(&w.db.ctx, &w.coordinator, w.study, nobodys, SessionFormat::Csv).await;
    assert_eq!(ApiError::from(error.unwrap_err()).reason, "session_not_found");
    let stranger = staff(&w.db, SystemRole::Viewer, w.db.ctx.new_id(), StudyRole::Viewer);
    let error = exports::session(&w.db.ctx, &stranger, w.study, nobodys, SessionFormat::Json).await;
    assert_eq!(ApiError::from(error.unwrap_err()).reason, "study_not_found");
}
