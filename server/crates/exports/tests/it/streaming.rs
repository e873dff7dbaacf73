//! Large exports go out piece by piece.

use crate::world::{World, read, rows};
use contract::ApiError;
use contract::export::ExportTable;
use futures::TryStreamExt;

#[tokio::test]
async fn ten_thousand_trials_go_out_in_small_pieces_in_a_stable_order() {
    let w = World::new().await;
    let battery = w.battery("Long", 400).await;
    for i in 0..25 {
        let participant = w.participant(&format!("P-{i:03}"), None).await;
        w.session(participant, battery).await;
        w.db.advance(chrono::TimeDelta::seconds(1));
    }
    let export = |table| exports::table(&w.db.ctx, &w.researcher, w.study, table);
    let pieces: Vec<Vec<u8>> =
        export(ExportTable::Trials).await.unwrap().body.try_collect().await.unwrap();
    let largest = pieces.iter().map(Vec::len).max().unwrap();
    assert!(pieces.len() > 20 && largest < 80 * 1024, "{} pieces, {largest}", pieces.len());
    let text = String::from_utf8(pieces.concat()).unwrap();
    let (header, trials) = rows(&text);
    assert_eq!(trials.len(), 10_000);
    let column = |name| header.iter().position(|column| column == name).unwrap();
    let (code, seq) = (column("participant_code"), column("seq"));
    let order: Vec<_> =
        trials.iter().map(|row| (row[code].clone(), row[seq].parse::<u32>().unwrap())).collect();
    assert!(order.is_sorted());
    assert_eq!(text, read(export(ExportTable::Trials).await.unwrap()).await);
}

#[tokio::test]
async fn a_reader_who_goes_away_ends_the_export_and_frees_its_place() {
    let w = World::new().await;
    let battery = w.battery("Long", 400).await;
    let participant = w.participant("P-001", None).await;
    w.session(participant, battery).await;
    // Far more than run at the same time: each is given up before it is read
    for _ in 0..12 {
        drop(begun(&w).await);
    }
    read(begun(&w).await).await;
}

/// An export, as soon as one of those given up has freed its place.
async fn begun(w: &World) -> exports::Export {
    loop {
        let export = exports::full(&w.db.ctx, &w.researcher, w.study).await;
        if !matches!(export, Err(exports::ExportError::Busy)) {
            return export.unwrap();
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_fifth_export_at_the_same_time_is_asked_to_wait() {
    let w = World::new().await;
    let battery = w.battery("Long", 400).await;
    for i in 0..6 {
        let participant = w.participant(&format!("P-{i:03}"), None).await;
        w.session(participant, battery).await;
    }
    let mut open = Vec::new();
    for _ in 0..4 {
        open.push(exports::full(&w.db.ctx, &w.researcher, w.study).await.unwrap());
    }
    let busy = exports::full(&w.db.ctx, &w.researcher, w.study).await.unwrap_err();
    assert_eq!(ApiError::from(busy).code.status(), 503);
    for export in open {
        read(export).await;
    }
}
