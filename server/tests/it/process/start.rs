//! Starts that are refused, with every reason.

use super::{on, run};
use std::collections::HashMap;
use testkit::TestDb;

/// Production as it should be, but for what a test changes.
fn production() -> HashMap<&'static str, String> {
    HashMap::from([
        ("ENVIRONMENT", "production".to_owned()),
        ("PORTAL_BASE_URL", "https://metricis.example.org".to_owned()),
        ("JWT_SECRET_KEY", "j".repeat(32)),
        ("SESSION_SECRET_KEY", "s".repeat(32)),
        ("REDCAP_ENCRYPTION_KEY", "r".repeat(32)),
    ])
}

#[tokio::test]
async fn production_names_the_silent_database_among_all_other_reasons() {
    let mut variables = production();
    variables.remove("REDCAP_ENCRYPTION_KEY");
    variables.insert("JWT_SECRET_KEY", "s".repeat(32));
    variables.insert("DEV_MODE", "true".to_owned());
    // Port 1 of this machine: nobody listens there.
    variables.insert("DATABASE_URL", "postgres://metricis:hush-hush@127.0.0.1:1/m".to_owned());
    for command in ["web", "worker", "migrate"] {
        let ended = run(&[command], &variables).await;
        assert_eq!(ended.code, Some(1), "{ended:?}");
        let list = ended.complained.split_once("metricis: ").unwrap().1;
        for reason in [
            "JWT_SECRET_KEY: must differ from SESSION_SECRET_KEY.",
            "REDCAP_ENCRYPTION_KEY: must be set in production",
            "DEV_MODE: must not be set in production.",
            "DATABASE_URL: the database does not answer:",
        ] {
            assert!(list.contains(&format!("\n  - {reason}")), "'{reason}' is missing in {list}");
        }
        assert!(ended.complained.contains(r#""event":"start_refused""#), "{}", ended.complained);
        for secret in ["hush-hush", &"s".repeat(32)] {
            assert!(!ended.complained.contains(secret), "{}", ended.complained);
        }
    }
}

#[tokio::test]
async fn production_with_nothing_wrong_but_the_database_says_so() {
    let db = TestDb::new().await;
    let elsewhere = on(&db)["DATABASE_URL"].replace(db.name(), "there_is_no_such_database");
    let mut variables = production();
    variables.insert("DATABASE_URL", elsewhere);
    let ended = run(&["web"], &variables).await;
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(ended.complained.contains("\n  - DATABASE_URL: the database does not answer:"));
    assert!(ended.complained.contains("there_is_no_such_database"), "{}", ended.complained);
    assert_eq!(ended.complained.matches("\n  - ").count(), 1, "{}", ended.complained);
}

#[tokio::test]
async fn migrations_do_not_go_through_pgbouncer() {
    let db = TestDb::new().await;
    let mut variables = on(&db);
    variables.insert("DATABASE_PGBOUNCER", "true".to_owned());
    let refused = run(&["migrate"], &variables).await;
    assert_eq!(refused.code, Some(1));
    assert!(refused.complained.contains("Unset DATABASE_PGBOUNCER"), "{}", refused.complained);
    // The login of the tests may do everything, which the pool does not accept behind PgBouncer:
    // that it looks shows that the variable has reached it.
    let refused = run(&["admin", "verify-audit"], &variables).await;
    assert_eq!(refused.code, Some(1));
    assert!(refused.complained.contains("ALTER ROLE <login>"), "{}", refused.complained);
    variables.remove("DATABASE_PGBOUNCER");
    assert_eq!(run(&["migrate"], &variables).await.code, Some(0));
}
