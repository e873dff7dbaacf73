//! Migrations, and knowing whether they ran.

use platform::Failure;
use platform::db::{self, PoolSettings, SchemaState};
use sqlx::migrate::Migrator;
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, Executor, PgPool};
use std::path::Path;
use testkit::{EmptyDb, TestDb};

async fn migrations() -> Migrator {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../migrations");
    Migrator::new(Path::new(folder)).await.unwrap()
}

async fn login(database: &EmptyDb) -> PgPool {
    db::login(database.connect_options()).await.unwrap()
}

#[tokio::test]
async fn an_empty_database_is_behind_until_it_is_migrated() {
    let database = EmptyDb::open().await.unwrap();
    let (owner, migrations) = (login(&database).await, migrations().await);
    let all: Vec<i64> = migrations.iter().map(|migration| migration.version).collect();

    let state = db::schema_state(&owner, &migrations).await.unwrap();
    assert_eq!(state, SchemaState::Behind { missing: all });
    let refused = db::connect(database.connect_options(), &PoolSettings::default()).await;
    // The role may be there from other databases of the cluster; its rights here are not.
    if let Ok(pool) = refused {
        assert!(pool.execute("SELECT FROM app.audit_entry").await.is_err());
    }

    db::migrate(&owner, &migrations).await.unwrap();
    assert_eq!(db::schema_state(&owner, &migrations).await.unwrap(), SchemaState::UpToDate);
    db::migrate(&owner, &migrations).await.unwrap();
    assert_eq!(db::schema_state(&owner, &migrations).await.unwrap(), SchemaState::UpToDate);

    // The application can see it, too.
    let pool = db::connect(database.connect_options(), &PoolSettings::default()).await.unwrap();
    assert_eq!(db::schema_state(&pool, &migrations).await.unwrap(), SchemaState::UpToDate);
}

#[tokio::test]
async fn processes_that_migrate_at_once_wait_for_each_other() {
    let database = EmptyDb::open().await.unwrap();
    let (owner, migrations) = (login(&database).await, migrations().await);
    let (one, two) = (login(&database).await, login(&database).await);
    let (one, two) = tokio::join!(db::migrate(&one, &migrations), db::migrate(&two, &migrations));
    one.unwrap();
    two.unwrap();
    assert_eq!(db::schema_state(&owner, &migrations).await.unwrap(), SchemaState::UpToDate);
}

#[tokio::test]
async fn databases_of_one_cluster_are_migrated_at_once() {
    let migrations = migrations().await;
    let databases = futures::future::join_all((0..4).map(|_| EmptyDb::open())).await;
    let migrated = databases.iter().map(|database| async {
        let owner = login(database.as_ref().unwrap()).await;
        db::migrate(&owner, &migrations).await
    });
    for result in futures::future::join_all(migrated).await {
        result.unwrap();
    }
}

#[tokio::test]
async fn a_newer_or_altered_database_is_recognised() {
    let db = TestDb::new().await;
    let migrations = migrations().await;
    db.owner
        .execute(
            "INSERT INTO app.migration (version, description, success, checksum, execution_time)
             VALUES (9999, 'from the future', true, '', 0)",
        )
        .await
        .unwrap();
    let state = db::schema_state(&db.owner, &migrations).await.unwrap();
    assert_eq!(state, SchemaState::Ahead { unknown: vec![9999] });
    let refused = db::migrate(&db.owner, &migrations).await.unwrap_err();
    assert!(db::is_newer_schema(&refused), "{refused}");

    db.owner
        .execute("UPDATE app.migration SET checksum = '\\x00' WHERE version = 2")
        .await
        .unwrap();
    let state = db::schema_state(&db.owner, &migrations).await.unwrap();
    assert_eq!(state, SchemaState::Altered { version: 2 });
}

#[tokio::test]
async fn a_failed_migration_leaves_nothing_behind() {
    let database = EmptyDb::open().await.unwrap();
    let owner = login(&database).await;
    let mut list: Vec<_> = migrations().await.iter().cloned().collect();
    let mut broken = list[0].clone();
    broken.version = 9998;
    broken.sql = sqlx::SqlSafeStr::into_sql_str(
        "CREATE TABLE app.half (n int); INSERT INTO app.half VALUES ('not a number')",
    );
    list.push(broken);
    let with_broken = Migrator::with_migrations(list);

    let failed = db::migrate(&owner, &with_broken).await.unwrap_err();
    assert!(matches!(failed, Failure::Migration(_)), "{failed}");
    let state = db::schema_state(&owner, &with_broken).await.unwrap();
    assert_eq!(state, SchemaState::Behind { missing: vec![9998] });
    assert!(owner.execute("SELECT FROM app.half").await.is_err());
}

#[tokio::test]
async fn the_application_deletes_nothing_that_no_migration_lets_it() {
    let db = TestDb::new().await;
    let deletable: Vec<String> = sqlx::query_scalar(
        "SELECT relname::text FROM pg_class
         WHERE relnamespace = 'app'::regnamespace AND relkind IN ('r', 'p')
           AND has_table_privilege('metricis_app', oid, 'DELETE') ORDER BY 1",
    )
    .fetch_all(&db.owner)
    .await
    .unwrap();
    assert!(deletable.contains(&"job".to_owned()), "{deletable:?}");
    for table in ["audit_entry", "audit_head", "audit_checkpoint", "mail_outbox", "migration"] {
        assert!(!deletable.contains(&table.to_owned()), "{table}");
    }
    let truncatable: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM pg_class WHERE relnamespace = 'app'::regnamespace
           AND relkind IN ('r', 'p') AND has_table_privilege('metricis_app', oid, 'TRUNCATE')",
    )
    .fetch_one(&db.owner)
    .await
    .unwrap();
    assert_eq!(truncatable, 0);
}

#[tokio::test]
async fn behind_pgbouncer_a_login_with_too_many_rights_is_refused() {
    let db = TestDb::new().await;
    let settings = PoolSettings { pgbouncer: true, ..PoolSettings::default() };
    let refused = db::connect(db.connect_options(), &settings).await.unwrap_err();
    assert!(refused.to_string().contains("metricis_app"), "{refused}");
}

/// A login with the rights of the application and no more; it goes with the database's objects.
async fn app_login(db: &TestDb) -> PgConnectOptions {
    let login = format!("login_{}", db.name());
    for statement in [
        format!("CREATE ROLE {login} LOGIN IN ROLE metricis_app"),
        format!("ALTER ROLE {login} SET role = 'metricis_app'"),
    ] {
        db.owner.execute(AssertSqlSafe(statement)).await.unwrap();
    }
    db.connect_options().username(&login)
}

#[tokio::test]
async fn behind_pgbouncer_the_login_has_the_rights_and_the_session_is_left_alone() {
    let db = TestDb::new().await;
    let login = app_login(&db).await;
    let settings = PoolSettings { pgbouncer: true, ..PoolSettings::default() };
    let pool = db::connect(login.clone(), &settings).await.unwrap();
    let ask = async |pool: &PgPool, sql: &'static str| -> String {
        sqlx::query_scalar(sql).fetch_one(pool).await.unwrap()
    };
    assert_eq!(ask(&pool, "SELECT current_user::text").await, "metricis_app");
    // PgBouncer would hand such a setting to whoever gets the connection next.
    assert_eq!(ask(&pool, "SELECT current_setting('lock_timeout')").await, "0");
    // … and refuses a client that asks for this one when it connects.
    assert_eq!(ask(&pool, "SELECT current_setting('extra_float_digits')").await, "1");
    assert!(pool.execute("DELETE FROM app.audit_entry").await.is_err());
    let direct = db::connect(login.clone(), &PoolSettings::default()).await.unwrap();
    assert_eq!(ask(&direct, "SELECT current_setting('lock_timeout')").await, "10s");
    assert_eq!(ask(&direct, "SELECT current_setting('extra_float_digits')").await, "2");

    pool.close().await;
    direct.close().await;
    let login = format!("DROP ROLE {}", login.get_username());
    db.owner.execute(AssertSqlSafe(login)).await.unwrap();
}

#[tokio::test]
async fn a_database_that_cannot_be_reached_says_why() {
    let db = TestDb::new().await;
    db::reach(&db.connect_options()).await.unwrap();
    let elsewhere = db.connect_options().database("there_is_no_such_database");
    let reason = db::reach(&elsewhere).await.unwrap_err().to_string();
    assert!(reason.contains("there_is_no_such_database"), "{reason}");
}
