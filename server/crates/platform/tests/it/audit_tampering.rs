//! Somebody with all rights over the database rewrites history, and is found out.

use crate::audit::{study, write_entries};
use platform::audit::{self, Anchor, Entry, FaultKind};
use sqlx::{AssertSqlSafe, Executor};
use testkit::TestDb;

/// The chain of study 1, with `entries` entries.
async fn chain_of(entries: u32) -> TestDb {
    let db = TestDb::new().await;
    write_entries(&db, Some(study(1)), entries).await;
    assert!(audit::verify(&db.ctx, None, &[]).await.unwrap().is_valid());
    db
}

/// Runs `sql` as the superuser with the triggers off. `entry_hash(e)` computes an entry's hash as
/// docs/audit-trail.md says.
async fn tamper(db: &TestDb, sql: &str) {
    let mut tx = db.owner.begin().await.unwrap();
    for table in ["audit_entry", "audit_head", "audit_checkpoint"] {
        let off = format!("ALTER TABLE app.{table} DISABLE TRIGGER ALL");
        tx.execute(AssertSqlSafe(off)).await.unwrap();
    }
    tx.execute(AssertSqlSafe(crate::audit::documented_functions())).await.unwrap();
    tx.execute(AssertSqlSafe(sql.to_owned())).await.unwrap();
    tx.commit().await.unwrap();
}

async fn found(db: &TestDb, anchors: &[Anchor]) -> Option<(i64, FaultKind)> {
    let report = audit::verify(&db.ctx, Some(study(1)), anchors).await.unwrap();
    report.first_fault().map(|(chain, fault)| {
        assert_eq!(chain.study, Some(study(1)));
        (fault.seq, fault.kind)
    })
}

#[tokio::test]
async fn an_altered_value_is_found() {
    for column in [
        "actor_id = 'somebody else'",
        "at = at - interval '1 day'",
        "action = 'study.rename'",
        "old_values = '{}'",
        // the same JSON, written differently
        r#"new_values = '{ "number":3}'"#,
        "reason = 'because'",
        "request_id = gen_random_uuid()",
        "id = gen_random_uuid()",
    ] {
        let db = chain_of(5).await;
        tamper(&db, &format!("UPDATE app.audit_entry SET {column} WHERE seq = 3")).await;
        assert_eq!(found(&db, &[]).await, Some((3, FaultKind::Altered)), "{column}");
    }
}

#[tokio::test]
async fn the_report_names_the_altered_entry() {
    let db = chain_of(5).await;
    tamper(&db, "UPDATE app.audit_entry SET reason = 'because' WHERE seq = 3").await;
    let report = audit::verify(&db.ctx, None, &[]).await.unwrap();
    let (chain, fault) = report.first_fault().unwrap();
    let id = sqlx::query_scalar!("SELECT id FROM app.audit_entry WHERE seq = 3")
        .fetch_one(db.ctx.db())
        .await
        .unwrap();
    assert_eq!(fault.entry.map(|id| id.uuid()), Some(id));
    assert_eq!(chain.entries, 2, "two entries are sound");
    assert!(!report.is_valid());
}

#[tokio::test]
async fn an_altered_value_with_its_hash_computed_anew_is_found() {
    let db = chain_of(5).await;
    tamper(
        &db,
        "UPDATE app.audit_entry SET reason = 'because' WHERE seq = 3;
         UPDATE app.audit_entry e SET hash = pg_temp.entry_hash(e) WHERE seq = 3",
    )
    .await;
    assert_eq!(found(&db, &[]).await, Some((4, FaultKind::OutOfOrder)));
}

#[tokio::test]
async fn a_rewritten_rest_of_the_chain_is_found_by_its_head() {
    let db = chain_of(5).await;
    tamper(&db, &rewrite_from(3, 5)).await;
    assert_eq!(found(&db, &[]).await, Some((5, FaultKind::Replaced)));
    tamper(
        &db,
        "UPDATE app.audit_head SET hash = (SELECT hash FROM app.audit_entry WHERE seq = 5)",
    )
    .await;
    assert_eq!(found(&db, &[]).await, Some((5, FaultKind::HeadForged)));
}

#[tokio::test]
async fn a_rewritten_chain_is_found_at_the_first_checkpoint() {
    let db = chain_of(102).await;
    tamper(&db, &rewrite_from(98, 102)).await;
    assert_eq!(found(&db, &[]).await, Some((100, FaultKind::Replaced)));
}

/// Alters entry `first` and computes its hash and all following anew.
fn rewrite_from(first: i64, last: i64) -> String {
    format!(
        "UPDATE app.audit_entry SET reason = 'because' WHERE seq = {first};
         DO $$ BEGIN FOR n IN {first}..{last} LOOP
           UPDATE app.audit_entry e SET prev_hash = b.hash FROM app.audit_entry b
             WHERE e.seq = n AND b.seq = n - 1 AND b.study_id = e.study_id;
           UPDATE app.audit_entry e SET hash = pg_temp.entry_hash(e) WHERE e.seq = n;
         END LOOP; END $$"
    )
}

#[tokio::test]
async fn two_exchanged_entries_are_found() {
    let db = chain_of(5).await;
    tamper(
        &db,
        "UPDATE app.audit_entry SET seq = 99 WHERE seq = 2;
         UPDATE app.audit_entry SET seq = 2 WHERE seq = 4;
         UPDATE app.audit_entry SET seq = 4 WHERE seq = 99",
    )
    .await;
    assert_eq!(found(&db, &[]).await, Some((2, FaultKind::Altered)));
}

#[tokio::test]
async fn a_missing_entry_is_found() {
    let db = chain_of(5).await;
    tamper(&db, "DELETE FROM app.audit_entry WHERE seq = 3").await;
    assert_eq!(found(&db, &[]).await, Some((3, FaultKind::Missing)));
    let db = chain_of(5).await;
    tamper(&db, "DELETE FROM app.audit_entry WHERE seq = 1").await;
    assert_eq!(found(&db, &[]).await, Some((1, FaultKind::Missing)));
}

#[tokio::test]
async fn a_cut_tail_is_found() {
    let db = chain_of(5).await;
    tamper(&db, "DELETE FROM app.audit_entry WHERE seq > 3").await;
    assert_eq!(found(&db, &[]).await, Some((4, FaultKind::CutOff)));
}

#[tokio::test]
async fn a_cut_tail_with_a_head_that_matches_is_found() {
    let db = chain_of(5).await;
    tamper(&db, CUT_AT_3).await;
    assert_eq!(found(&db, &[]).await, Some((3, FaultKind::HeadForged)));
}

/// All but the signature fits afterwards.
const CUT_AT_3: &str = "DELETE FROM app.audit_entry WHERE seq > 3;
    UPDATE app.audit_head SET (seq, hash) = (SELECT seq, hash FROM app.audit_entry WHERE seq = 3)";

#[tokio::test]
async fn a_tail_cut_together_with_its_checkpoints_is_found() {
    let db = chain_of(101).await;
    tamper(&db, "DELETE FROM app.audit_entry WHERE seq > 60; DELETE FROM app.audit_checkpoint")
        .await;
    assert_eq!(found(&db, &[]).await, Some((61, FaultKind::CutOff)));
    tamper(
        &db,
        "UPDATE app.audit_head
           SET (seq, hash) = (SELECT seq, hash FROM app.audit_entry WHERE seq = 60)",
    )
    .await;
    assert_eq!(found(&db, &[]).await, Some((60, FaultKind::HeadForged)));
}

#[tokio::test]
async fn a_checkpoint_beyond_the_end_shows_the_cut() {
    let db = chain_of(101).await;
    tamper(&db, CUT_AT_3).await;
    assert_eq!(found(&db, &[]).await, Some((4, FaultKind::CutOff)));
}

#[tokio::test]
async fn an_earlier_head_put_back_is_found_by_the_checkpoints_in_the_log() {
    let db = TestDb::new().await;
    write_entries(&db, Some(study(1)), 60).await;
    db.owner.execute("CREATE TABLE public.saved AS SELECT * FROM app.audit_head").await.unwrap();
    let log = crate::audit::log_of(write_entries(&db, Some(study(1)), 45)).await;

    tamper(
        &db,
        "DELETE FROM app.audit_entry WHERE seq > 60; DELETE FROM app.audit_checkpoint;
         UPDATE app.audit_head h SET (seq, hash, signature) =
           (SELECT s.seq, s.hash, s.signature FROM public.saved s WHERE s.study_id = h.study_id)",
    )
    .await;
    // Everything in the database fits: it is the database of an hour ago.
    assert_eq!(found(&db, &[]).await, None);
    // But the log knows of entry 100.
    let anchors: Vec<Anchor> = log.lines().filter_map(Anchor::from_log_line).collect();
    assert_eq!(
        anchors.iter().map(|a| (a.study, a.seq)).collect::<Vec<_>>(),
        [(Some(study(1)), 100)]
    );
    assert_eq!(found(&db, &anchors).await, Some((61, FaultKind::CutOff)));
}

#[tokio::test]
async fn a_chain_that_was_removed_altogether_is_found_by_the_log() {
    let db = TestDb::new().await;
    let log = crate::audit::log_of(write_entries(&db, Some(study(1)), 100)).await;
    tamper(
        &db,
        "DELETE FROM app.audit_entry; DELETE FROM app.audit_checkpoint; DELETE FROM app.audit_head",
    )
    .await;
    let anchors: Vec<Anchor> = log.lines().filter_map(Anchor::from_log_line).collect();
    let report = audit::verify(&db.ctx, None, &anchors).await.unwrap();
    let (chain, fault) = report.first_fault().unwrap();
    assert_eq!((chain.study, fault.seq, fault.kind), (Some(study(1)), 1, FaultKind::CutOff));
}

#[tokio::test]
async fn heads_and_checkpoints_cannot_be_removed_or_rewritten_unnoticed() {
    let db = chain_of(101).await;
    tamper(&db, "DELETE FROM app.audit_head").await;
    assert_eq!(found(&db, &[]).await, Some((101, FaultKind::HeadMissing)));

    let db = chain_of(101).await;
    tamper(&db, "DELETE FROM app.audit_checkpoint").await;
    assert_eq!(found(&db, &[]).await, Some((100, FaultKind::CheckpointMissing)));

    let db = chain_of(101).await;
    tamper(&db, "UPDATE app.audit_checkpoint SET at = at - interval '1 hour'").await;
    assert_eq!(found(&db, &[]).await, Some((100, FaultKind::CheckpointForged)));
}

#[tokio::test]
async fn an_entry_slipped_in_at_the_end_is_found() {
    let db = chain_of(5).await;
    tamper(
        &db,
        "CREATE TEMP TABLE more AS SELECT * FROM app.audit_entry WHERE seq = 5;
         UPDATE more SET seq = 6, id = gen_random_uuid(), prev_hash = hash;
         INSERT INTO app.audit_entry SELECT * FROM more;
         UPDATE app.audit_entry e SET hash = pg_temp.entry_hash(e) WHERE seq = 6",
    )
    .await;
    assert_eq!(found(&db, &[]).await, Some((6, FaultKind::BeyondHead)));
}

#[tokio::test]
async fn nothing_is_added_to_a_chain_whose_end_was_forged() {
    let db = chain_of(5).await;
    tamper(&db, CUT_AT_3).await;
    let tx = db.ctx.write(&db.system, Some(study(1))).await.unwrap();
    let refused = tx.commit(Entry::new("study.update", study(1))).await.unwrap_err();
    assert!(refused.to_string().contains("verify-audit"), "{refused}");
    // Another study goes on.
    write_entries(&db, Some(study(2)), 1).await;
    assert_eq!(found(&db, &[]).await, Some((3, FaultKind::HeadForged)));
}
