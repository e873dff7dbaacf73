//! One action, one transaction, one entry, one link of the chain.

use contract::Id;
use contract::ids::{Study, User};
use platform::audit::{self, Entry};
use serde_json::json;
use sqlx::{AssertSqlSafe, Executor};
use std::io::Write;
use std::process::Command;
use std::sync::{Arc, Mutex};
use testkit::TestDb;
use uuid::Uuid;

pub(crate) fn study(n: u128) -> Id<Study> {
    Id::from_uuid(Uuid::from_u128(n))
}

/// Adds so many entries to a chain, a second apart.
pub(crate) async fn write_entries(db: &TestDb, chain: Option<Id<Study>>, count: u32) {
    for number in 1..=count {
        db.advance(chrono::TimeDelta::seconds(1));
        let tx = db.ctx.write(&db.system, chain).await.unwrap();
        let entry = Entry::new("user.update", db.ctx.new_id::<User>());
        tx.commit(entry.new_values(&json!({ "number": number }))).await.unwrap();
    }
}

/// The two functions that docs/audit-trail.md gives to inspectors.
pub(crate) fn documented_functions() -> String {
    documented_sql().split_once("SELECT study_id, seq, id FROM").unwrap().0.to_owned()
}

fn documented_sql() -> &'static str {
    let page = include_str!("../../../../../docs/audit-trail.md");
    page.split_once("```sql\n").unwrap().1.split_once("```").unwrap().0
}

/// What `action` writes to the log, as the server's JSON lines.
pub(crate) async fn log_of(action: impl Future<Output = ()>) -> String {
    #[derive(Clone, Default)]
    struct Lines(Arc<Mutex<Vec<u8>>>);
    impl Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let lines = Lines::default();
    let writer = lines.clone();
    let subscriber = tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_writer(move || writer.clone())
        .finish();
    let guard = tracing::subscriber::set_default(subscriber);
    action.await;
    drop(guard);
    let bytes = lines.0.lock().unwrap().clone();
    String::from_utf8(bytes).unwrap()
}

#[tokio::test]
async fn an_action_leaves_an_entry_with_all_that_is_known_about_it() {
    let db = TestDb::new().await;
    let tx = db.ctx.write(&db.system, Some(study(1))).await.unwrap();
    let entry = Entry::new("study.update", study(1))
        .old(&json!({ "name": "Été" }))
        .new_values(&json!({ "name": "Hiver \u{1}" }))
        .reason("a slip of the pen");
    tx.commit(entry).await.unwrap();

    let row = sqlx::query!(
        r#"SELECT seq, at, actor_kind, actor_id, action, entity, entity_id,
                  old_values::text, new_values::text, reason, request_id
           FROM app.audit_entry WHERE study_id = $1"#,
        study(1).uuid()
    )
    .fetch_one(db.ctx.db())
    .await
    .unwrap();
    assert_eq!(row.seq, 1);
    assert_eq!(row.at, db.ctx.clock.now());
    assert_eq!((row.actor_kind.as_str(), row.actor_id.as_str()), ("system", "test"));
    assert_eq!((row.action.as_str(), row.entity.as_str()), ("study.update", "study"));
    assert_eq!(row.entity_id, study(1).to_string());
    assert_eq!(row.old_values.unwrap(), r#"{"name":"Été"}"#);
    assert_eq!(row.new_values.unwrap(), r#"{"name":"Hiver \u0001"}"#);
    assert_eq!(row.reason.unwrap(), "a slip of the pen");
    assert_eq!(row.request_id, db.ctx.request.uuid());
}

#[tokio::test]
async fn without_a_commit_nothing_is_written() {
    let db = TestDb::new().await;
    let mut tx = db.ctx.write(&db.system, None).await.unwrap();
    sqlx::query(
        "INSERT INTO app.audit_head (study_id, seq, hash, signature) VALUES ($1, 0, $2, $3)",
    )
    .bind(Uuid::from_u128(5))
    .bind([0_u8; 32].as_slice())
    .bind([0_u8; 64].as_slice())
    .execute(tx.conn())
    .await
    .unwrap();
    drop(tx);
    let report = audit::verify(&db.ctx, None, &[]).await.unwrap();
    assert_eq!((report.chains.len(), report.is_valid()), (0, true));
}

#[tokio::test]
async fn chains_are_kept_apart_and_each_is_whole() {
    let db = TestDb::new().await;
    for n in 0..3_u128 {
        for _ in 0..=n {
            let chain = (n > 0).then(|| study(n));
            let tx = db.ctx.write(&db.system, chain).await.unwrap();
            tx.commit(Entry::new("user.update", db.ctx.new_id::<User>())).await.unwrap();
        }
    }
    let report = audit::verify(&db.ctx, None, &[]).await.unwrap();
    assert!(report.is_valid());
    assert_eq!(report.entries(), 1 + 2 + 3);
    let chains: Vec<_> = report.chains.iter().map(|c| (c.study, c.entries)).collect();
    assert_eq!(chains, [(None, 1), (Some(study(1)), 2), (Some(study(2)), 3)]);

    let one = audit::verify(&db.ctx, Some(study(2)), &[]).await.unwrap();
    assert_eq!((one.chains.len(), one.entries()), (1, 3));
}

#[tokio::test]
async fn many_writers_of_one_study_queue_up_in_one_chain() {
    let db = TestDb::new().await;
    let writers = (0..8).map(|_| write_entries(&db, Some(study(1)), 30));
    futures::future::join_all(writers).await;
    let report = audit::verify(&db.ctx, None, &[]).await.unwrap();
    assert!(report.is_valid(), "{report:?}");
    assert_eq!((report.entries(), report.chains[0].checkpoints), (240, 2));
    let late = sqlx::query_scalar!(
        r#"SELECT count(*) AS "count!" FROM app.audit_entry a JOIN app.audit_entry b
           ON a.study_id = b.study_id AND a.seq = b.seq - 1 WHERE a.at > b.at"#
    )
    .fetch_one(db.ctx.db())
    .await
    .unwrap();
    assert_eq!(late, 0, "times follow the numbers");
}

#[tokio::test]
async fn every_hundredth_entry_is_a_checkpoint_in_the_table_and_in_the_log() {
    let db = TestDb::new().await;
    let log = log_of(write_entries(&db, Some(study(1)), 201)).await;
    let checkpoints = sqlx::query!("SELECT seq, hash FROM app.audit_checkpoint ORDER BY seq")
        .fetch_all(db.ctx.db())
        .await
        .unwrap();
    let in_table: Vec<_> = checkpoints.iter().map(|c| (c.seq, hex::encode(&c.hash))).collect();
    let in_log: Vec<_> = log
        .lines()
        .filter_map(audit::Anchor::from_log_line)
        .map(|anchor| (anchor.seq, hex::encode(anchor.hash)))
        .collect();
    assert_eq!(in_table.iter().map(|(seq, _)| *seq).collect::<Vec<_>>(), [100, 200]);
    assert_eq!(in_log, in_table);
}

#[tokio::test]
async fn a_checkpoint_that_was_rolled_back_is_not_in_the_log() {
    let db = TestDb::new().await;
    write_entries(&db, Some(study(1)), 99).await;
    // The hundredth entry cannot be committed: a deferred constraint breaks at the commit.
    db.owner
        .execute(
            "CREATE TABLE app.broken (n int UNIQUE DEFERRABLE INITIALLY DEFERRED);
             GRANT INSERT ON app.broken TO metricis_app",
        )
        .await
        .unwrap();
    let log = log_of(async {
        let mut tx = db.ctx.write(&db.system, Some(study(1))).await.unwrap();
        tx.conn().execute("INSERT INTO app.broken VALUES (1), (1)").await.unwrap();
        let refused = tx.commit(Entry::new("study.update", study(1))).await.unwrap_err();
        assert_eq!(refused.constraint(), Some("broken_n_key"));
    })
    .await;
    assert_eq!(log.lines().filter_map(audit::Anchor::from_log_line).count(), 0);
    assert_eq!(audit::verify(&db.ctx, None, &[]).await.unwrap().entries(), 99);
}

#[tokio::test]
async fn an_action_that_waits_too_long_for_its_chain_is_told_to_come_back() {
    let db = TestDb::new().await;
    write_entries(&db, Some(study(1)), 1).await;
    let mut holding = db.owner.begin().await.unwrap();
    holding.execute("SELECT FROM app.audit_head FOR UPDATE").await.unwrap();

    let mut tx = db.ctx.write(&db.system, Some(study(1))).await.unwrap();
    tx.conn().execute("SET LOCAL lock_timeout = '1ms'").await.unwrap();
    let held_up = tx.commit(Entry::new("study.update", study(1))).await.unwrap_err();
    assert!(held_up.is_unavailable(), "{held_up}");
    assert_eq!(contract::ApiError::from(held_up).code, contract::ErrorCode::Unavailable);

    // Other studies do not wait.
    write_entries(&db, Some(study(2)), 1).await;
}

#[tokio::test]
async fn a_read_can_be_audited_without_a_write() {
    let db = TestDb::new().await;
    let entry = Entry::new("study.export", study(1)).reason("for the sponsor");
    db.ctx.read_audited(&db.system, Some(study(1)), entry).await.unwrap();
    assert_eq!(audit::verify(&db.ctx, Some(study(1)), &[]).await.unwrap().entries(), 1);
}

#[tokio::test]
async fn values_without_a_json_form_stop_the_commit() {
    let db = TestDb::new().await;
    let tx = db.ctx.write(&db.system, None).await.unwrap();
    let no_json = std::collections::BTreeMap::from([((1, 2), 3)]);
    let refused = tx.commit(Entry::new("study.update", study(1)).old(&no_json)).await.unwrap_err();
    assert!(refused.to_string().contains("JSON"), "{refused}");
    assert_eq!(audit::verify(&db.ctx, None, &[]).await.unwrap().entries(), 0);
}

#[tokio::test]
async fn the_application_can_only_add_and_read() {
    let db = TestDb::new().await;
    write_entries(&db, Some(study(1)), 100).await;
    for table in ["audit_entry", "audit_checkpoint"] {
        for statement in [
            format!("UPDATE app.{table} SET seq = seq"),
            format!("DELETE FROM app.{table}"),
            format!("TRUNCATE app.{table}"),
            format!("ALTER TABLE app.{table} DISABLE TRIGGER ALL"),
            format!("DROP TABLE app.{table}"),
        ] {
            let refused = db.ctx.db().execute(AssertSqlSafe(statement.clone())).await.unwrap_err();
            assert_eq!(state(&refused), "42501", "{statement}: {refused}");
        }
    }
    for statement in ["DELETE FROM app.audit_head", "TRUNCATE app.audit_head"] {
        let refused = db.ctx.db().execute(statement).await.unwrap_err();
        assert_eq!(state(&refused), "42501", "{statement}: {refused}");
    }
    assert!(audit::verify(&db.ctx, None, &[]).await.unwrap().is_valid());
}

#[tokio::test]
async fn the_owner_is_refused_as_well() {
    let db = TestDb::new().await;
    write_entries(&db, Some(study(1)), 100).await;
    for statement in [
        "UPDATE app.audit_entry SET reason = 'x' WHERE seq = 3",
        // also where it hits no row
        "UPDATE app.audit_entry SET reason = 'x' WHERE false",
        "DELETE FROM app.audit_entry",
        "TRUNCATE app.audit_entry",
        "TRUNCATE app.audit_entry, app.audit_head, app.audit_checkpoint CASCADE",
        "UPDATE app.audit_checkpoint SET seq = seq",
        "DELETE FROM app.audit_checkpoint",
        "TRUNCATE app.audit_checkpoint",
        "DELETE FROM app.audit_head",
        "TRUNCATE app.audit_head",
        "UPDATE app.audit_head SET seq = seq - 1",
        "UPDATE app.audit_head SET hash = hash",
        "UPDATE app.audit_head SET study_id = gen_random_uuid(), seq = seq + 1",
    ] {
        let mut tx = db.owner.begin().await.unwrap();
        let refused = tx.execute(statement).await.unwrap_err();
        assert_eq!(state(&refused), "23001", "{statement}: {refused}");
        tx.rollback().await.unwrap();
        // Nor does it help to say that the change comes from a replica.
        let mut tx = db.owner.begin().await.unwrap();
        tx.execute("SET LOCAL session_replication_role = 'replica'").await.unwrap();
        let refused = tx.execute(statement).await.unwrap_err();
        assert_eq!(state(&refused), "23001", "as a replica, {statement}: {refused}");
    }
    assert!(audit::verify(&db.ctx, None, &[]).await.unwrap().is_valid());
}

fn state(error: &sqlx::Error) -> String {
    error.as_database_error().and_then(|error| error.code()).unwrap_or_default().into_owned()
}

#[tokio::test]
async fn an_inspector_finds_the_same_with_the_sql_of_the_documentation() {
    let db = TestDb::new().await;
    write_entries(&db, Some(study(1)), 120).await;
    write_entries(&db, None, 3).await;
    assert_eq!(documented_check(&db).await, Vec::<i64>::new());

    db.owner
        .execute(
            "ALTER TABLE app.audit_entry DISABLE TRIGGER ALL;
             UPDATE app.audit_entry SET reason = 'x' WHERE seq = 77",
        )
        .await
        .unwrap();
    assert_eq!(documented_check(&db).await, [77]);
}

/// The numbers of the entries that the documented query lists.
async fn documented_check(db: &TestDb) -> Vec<i64> {
    let mut connection = db.owner.acquire().await.unwrap();
    connection.execute(AssertSqlSafe(documented_functions())).await.unwrap();
    let query = documented_sql().split_once("SELECT study_id, seq, id FROM").unwrap().1;
    let query = format!("SELECT study_id, seq, id FROM{}", query.trim_end().trim_end_matches(';'));
    let rows: Vec<(Uuid, i64, Uuid)> =
        sqlx::query_as(AssertSqlSafe(query)).fetch_all(&mut *connection).await.unwrap();
    connection.close().await.unwrap();
    rows.into_iter().map(|(_, seq, _)| seq).collect()
}

#[tokio::test]
async fn an_inspector_finds_the_same_with_the_script_of_the_documentation() {
    let db = TestDb::new().await;
    for (old, reason) in
        [(Some("line\nfeed, \"quotes\""), None), (None, Some("\\N")), (None, Some(""))]
    {
        let mut entry = Entry::new("study.update", study(1));
        if let Some(old) = old {
            entry = entry.old(&json!({ "name": old }));
        }
        if let Some(reason) = reason {
            entry = entry.reason(reason);
        }
        let tx = db.ctx.write(&db.system, Some(study(1))).await.unwrap();
        tx.commit(entry).await.unwrap();
    }
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(db.name());
    std::fs::create_dir_all(&folder).unwrap();
    export(&db, &folder).await;
    let said = inspect(&folder);
    assert_eq!(said, (true, "valid: 1 chains, 3 entries, signatures not checked\n".to_owned()));

    db.owner
        .execute(
            "ALTER TABLE app.audit_entry DISABLE TRIGGER ALL;
             UPDATE app.audit_entry SET old_values = '{}' WHERE seq = 1",
        )
        .await
        .unwrap();
    export(&db, &folder).await;
    let said = inspect(&folder);
    assert_eq!(said, (false, format!("{}: entry 1 was altered\n", study(1))));
    std::fs::remove_dir_all(&folder).unwrap();
}

/// The two exports of the documentation.
async fn export(db: &TestDb, folder: &std::path::Path) {
    let page = include_str!("../../../../../docs/audit-trail.md");
    let exports: Vec<(&str, &str)> = page
        .lines()
        .filter(|line| line.starts_with("psql "))
        .map(|line| line.split_once(" -c \"").unwrap().1.split_once("\" > ").unwrap())
        .collect();
    assert_eq!(
        exports.iter().map(|(_, file)| *file).collect::<Vec<_>>(),
        ["entries.jsonl", "heads.jsonl"]
    );
    for (query, file) in exports {
        // as the shell would read it
        let query = query.replace("\\\"", "\"").replace("row_to_json(e)", "row_to_json(e)::text");
        let query = query.replace("row_to_json(h)", "row_to_json(h)::text");
        let lines: Vec<String> =
            sqlx::query_scalar(AssertSqlSafe(query)).fetch_all(&db.owner).await.unwrap();
        std::fs::write(folder.join(file), lines.join("\n")).unwrap();
    }
}

/// Whether the script is content, and what it says.
fn inspect(folder: &std::path::Path) -> (bool, String) {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../docs/verify_audit_trail.py");
    let output = Command::new("python3")
        .args([script, "entries.jsonl", "heads.jsonl"])
        .current_dir(folder)
        .output()
        .unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8(said).unwrap())
}
