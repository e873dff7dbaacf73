//! Who exported what, and how much of it went out.

use crate::world::{World, read, staff};
use contract::ApiError;
use contract::export::ExportTable;
use contract::permission::{StudyRole, SystemRole};

#[tokio::test]
async fn the_trail_has_the_export_before_its_first_byte_and_the_rows_after_its_last() {
    let w = World::new().await;
    let participant = w.participant("P-001", None).await;
    let battery = w.battery("Screening", 10).await;
    w.session(participant, battery).await;
    let export = exports::table(&w.db.ctx, &w.researcher, w.study, ExportTable::Trials).await;
    let trail = w.trail().await;
    let run = trail.iter().find(|(action, _)| action == "export.run").unwrap();
    assert_eq!(run.1["table"], "trials");
    read(export.unwrap()).await;
    let trail = w.trail().await;
    let (action, values) = trail.last().unwrap();
    assert_eq!(action, "export.end");
    assert_eq!((&values["rows"]["trials"], &values["complete"]), (&10.into(), &true.into()));
}

#[tokio::test]
async fn who_may_not_export_gets_nothing_and_leaves_no_entry() {
    let w = World::new().await;
    let viewer = staff(&w.db, SystemRole::Viewer, w.study, StudyRole::Viewer);
    for who in [&w.coordinator, &viewer] {
        let error = exports::full(&w.db.ctx, who, w.study).await.unwrap_err();
        assert_eq!(ApiError::from(error).reason, "not_allowed");
        let error = exports::table(&w.db.ctx, who, w.study, ExportTable::Trials).await;
        assert_eq!(ApiError::from(error.unwrap_err()).reason, "not_allowed");
    }
    assert!(w.trail().await.iter().all(|(action, _)| !action.starts_with("export.")));
}
