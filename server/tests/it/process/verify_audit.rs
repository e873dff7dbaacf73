//! `metricis admin verify-audit`: what an operator or an inspector reads and what a script gets.

use super::{on, run};
use crate::app::App;
use contract::permission::SystemRole;
use serde_json::json;
use sqlx::{AssertSqlSafe, Executor};
use testkit::TestDb;
use uuid::Uuid;

/// A study and somebody who made it; the study's id.
async fn study(app: &App, code: &str) -> Uuid {
    let ada = app.sign_in("ada@example.org", crate::app::PASSWORD).await;
    let made = ada.post("/api/studies", &json!({ "code": code, "name": code })).await;
    assert_eq!(made.code(), 201, "{made:?}");
    for name in ["One name", "Another name"] {
        let path = made.header("location").unwrap();
        assert_eq!(ada.patch(path, &json!({ "name": name })).await.code(), 200);
    }
    made.json["id"].as_str().unwrap().parse().unwrap()
}

async fn entries(db: &TestDb, chain: Option<Uuid>) -> i64 {
    sqlx::query_scalar(
        "SELECT count(*) FROM app.audit_entry WHERE $1::uuid IS NULL OR study_id = $1",
    )
    .bind(chain)
    .fetch_one(&db.owner)
    .await
    .unwrap()
}

/// As the tables' owner, with the triggers off.
async fn tamper(db: &TestDb, sql: String) {
    let mut tx = db.owner.begin().await.unwrap();
    tx.execute("ALTER TABLE app.audit_entry DISABLE TRIGGER ALL").await.unwrap();
    let done = tx.execute(AssertSqlSafe(sql)).await.unwrap();
    assert_eq!(done.rows_affected(), 1);
    tx.execute("ALTER TABLE app.audit_entry ENABLE TRIGGER ALL").await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn whole_chains_are_valid_with_their_counts_and_a_tampered_one_is_named() {
    let app = App::new().await;
    app.account("ada@example.org", SystemRole::Researcher).await;
    let (first, second) = (study(&app, "SLEEP").await, study(&app, "WAKE").await);
    let variables = on(&app.db);

    let whole = run(&["admin", "verify-audit"], &variables).await;
    assert_eq!(whole.code, Some(0), "{whole:?}");
    let all = entries(&app.db, None).await;
    let last = whole.said.lines().last().unwrap();
    assert_eq!(last, format!("valid: {all} entries in 3 chains"));
    for chain in [first, second] {
        let of_chain = entries(&app.db, Some(chain)).await;
        let line = format!("{chain}: {of_chain} entries, 0 checkpoints");
        assert!(whole.said.lines().any(|said| said == line), "{line} is missing: {}", whole.said);
    }
    let one = run(&["admin", "verify-audit", "--study", "SLEEP"], &variables).await;
    let of_chain = entries(&app.db, Some(first)).await;
    assert_eq!(one.said.lines().last().unwrap(), format!("valid: {of_chain} entries in 1 chains"));

    let row: Uuid =
        sqlx::query_scalar("SELECT id FROM app.audit_entry WHERE study_id = $1 AND seq = 2")
            .bind(first)
            .fetch_one(&app.db.owner)
            .await
            .unwrap();
    let rewrite = "UPDATE app.audit_entry SET actor_id = 'somebody else'";
    tamper(&app.db, format!("{rewrite} WHERE study_id = '{first}' AND seq = 2")).await;
    for arguments in
        [["admin", "verify-audit"].as_slice(), &["admin", "verify-audit", "--study", "SLEEP"]]
    {
        let broken = run(arguments, &variables).await;
        assert_eq!(broken.code, Some(1), "{broken:?}");
        let line = format!("{first}: entry 2 ({row}): ");
        assert!(broken.said.lines().any(|said| said.starts_with(&line)), "{}", broken.said);
        assert_eq!(broken.said.lines().last(), Some("NOT VALID"));
        assert!(!broken.said.contains("\nvalid"), "{}", broken.said);
    }
    // The other study's chain is as it was.
    let other = run(&["admin", "verify-audit", "--study", "WAKE"], &variables).await;
    assert_eq!(other.code, Some(0), "{other:?}");
}

#[tokio::test]
async fn what_cannot_be_looked_at_is_no_success() {
    let db = TestDb::new().await;
    let unknown = run(&["admin", "verify-audit", "--study", "NONE"], &on(&db)).await;
    assert_eq!(unknown.code, Some(1));
    assert!(unknown.complained.contains("there is no study with the code NONE"));
    let log = ["admin", "verify-audit", "--log", "/there/is/no/such.log"];
    let unread = run(&log, &on(&db)).await;
    assert_eq!(unread.code, Some(1));
    assert!(unread.complained.contains("/there/is/no/such.log"));
}
