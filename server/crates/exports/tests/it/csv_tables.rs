//! The four tables.

use crate::world::{World, read, rows};
use contract::export::ExportTable;
use contract::task::Item;

async fn table(w: &World, table: ExportTable) -> (Vec<String>, Vec<Vec<String>>) {
    let export = exports::table(&w.db.ctx, &w.researcher, w.study, table).await.unwrap();
    assert_eq!(export.content_type, "text/csv; charset=utf-8");
    let text = read(export).await;
    let (header, rows) = rows(&text);
    let documented: Vec<_> = exports::columns(table).iter().map(|column| column.name).collect();
    assert_eq!(header, documented);
    (header, rows)
}

/// The cell of `row` in the column `name`.
fn cell<'a>(header: &[String], row: &'a [String], name: &str) -> &'a str {
    &row[header.iter().position(|column| column == name).unwrap()]
}

#[tokio::test]
async fn every_trial_is_a_row_and_numbers_are_the_recorded_ones() {
    let w = World::new().await;
    let participant = w.participant("P-001", None).await;
    let battery = w.battery("Screening", 10).await;
    let (session, log) = w.session(participant, battery).await;
    let (header, rows) = table(&w, ExportTable::Trials).await;
    let trials: Vec<_> = log.items.iter().filter_map(Item::trial).collect();
    assert_eq!(rows.len(), trials.len());
    for (row, trial) in rows.iter().zip(trials) {
        assert_eq!(cell(&header, row, "participant_code"), "P-001");
        assert_eq!(cell(&header, row, "session_id"), session.to_string());
        assert_eq!(cell(&header, row, "seq"), trial.seq.to_string());
        assert_eq!(cell(&header, row, "rt_ms").parse().ok(), trial.rt_ms);
        let correct = trial.correct.map_or("", |correct| if correct { "1" } else { "0" });
        assert_eq!(cell(&header, row, "correct"), correct);
        assert_eq!(cell(&header, row, "quality"), trial.quality.0.to_string());
    }
}

#[tokio::test]
async fn sessions_carry_their_timing_report() {
    let w = World::new().await;
    let participant = w.participant("P-001", None).await;
    let battery = w.battery("Screening", 10).await;
    let (_, log) = w.session(participant, battery).await;
    let (header, rows) = table(&w, ExportTable::Sessions).await;
    assert_eq!(rows.len(), 1);
    assert_eq!(cell(&header, &rows[0], "refresh_hz").parse(), Ok(log.timing.refresh.hz));
    assert_eq!(cell(&header, &rows[0], "frames_total"), log.timing.frames_total.to_string());
    assert_eq!(cell(&header, &rows[0], "input_devices"), "touch");
    assert_eq!(cell(&header, &rows[0], "status"), "completed");
}

#[tokio::test]
async fn summaries_have_a_row_a_metric() {
    let w = World::new().await;
    let participant = w.participant("P-001", None).await;
    let battery = w.battery("Screening", 10).await;
    let (_, log) = w.session(participant, battery).await;
    let (header, rows) = table(&w, ExportTable::Summaries).await;
    assert_eq!(rows.len(), log.summaries[0].metrics.len());
    for (row, metric) in rows.iter().zip(&log.summaries[0].metrics) {
        assert_eq!(cell(&header, row, "metric"), metric.name);
        assert_eq!(cell(&header, row, "value").parse().ok(), metric.estimate.value());
        let not_estimable = cell(&header, row, "not_estimable");
        assert_eq!(not_estimable.is_empty(), metric.estimate.value().is_some());
    }
}

#[tokio::test]
async fn participants_leave_by_code_and_without_their_addresses() {
    let w = World::new().await;
    let battery = w.battery("Screening", 5).await;
    let first = w.participant("P-002", Some("anna@example.org")).await;
    w.participant("P-001", None).await;
    w.session(first, battery).await;
    let export = exports::table(&w.db.ctx, &w.researcher, w.study, ExportTable::Participants).await;
    let text = read(export.unwrap()).await;
    assert!(!text.contains("anna") && !text.contains('@'));
    let (header, rows) = rows(&text);
    let codes: Vec<_> = rows.iter().map(|row| cell(&header, row, "participant_code")).collect();
    assert_eq!(codes, ["P-001", "P-002"]);
    assert_eq!(cell(&header, &rows[1], "sessions_completed"), "1");
}

#[tokio::test]
async fn a_name_that_is_a_formula_is_text_in_a_spreadsheet() {
    let w = World::new().await;
    let participant = w.participant("P-001", None).await;
    let battery = w.battery("=HYPERLINK(\"http://x\",\"y\")", 5).await;
    w.session(participant, battery).await;
    for table_name in [ExportTable::Trials, ExportTable::Sessions, ExportTable::Summaries] {
        let (header, rows) = table(&w, table_name).await;
        for row in &rows {
            assert_eq!(
                cell(&header, row, "battery_name"),
                "'=HYPERLINK(\"http://x\",\"y\")",
                "{table_name}"
            );
            let formula = |cell: &&String| {
                cell.starts_with(['=', '+', '-', '@']) && cell.parse::<f64>().is_err()
            };
            assert_eq!(row.iter().find(formula), None);
        }
    }
}

#[tokio::test]
async fn a_study_without_sessions_gives_the_header_alone() {
    let w = World::new().await;
    let (_, rows) = table(&w, ExportTable::Trials).await;
    assert!(rows.is_empty());
}
