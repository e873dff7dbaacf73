//! A job fails: tried again, not for ever, and what becomes of it.

use super::{Count, add, again, counter, counts, obedient, settings};
use chrono::TimeDelta;
use platform::jobs::{self, JobError, ReplayError, Run, Worker};
use sqlx::Executor;
use testkit::TestDb;

#[tokio::test]
async fn a_failed_job_is_tried_again_with_growing_pauses_until_it_works() {
    let db = TestDb::new().await;
    let worker = obedient(&db, vec![again(), again(), Ok(())]);
    add(&db, 1).await;

    assert_eq!(worker.run_due_once().await.unwrap(), counts(0, 1, 0));
    assert_eq!(worker.run_due_once().await.unwrap(), counts(0, 0, 0), "not at once");
    db.advance(TimeDelta::seconds(29));
    assert_eq!(worker.run_due_once().await.unwrap(), counts(0, 0, 0), "30 s at least");
    db.advance(TimeDelta::seconds(7));
    assert_eq!(worker.run_due_once().await.unwrap(), counts(0, 1, 0));
    db.advance(TimeDelta::seconds(59));
    assert_eq!(worker.run_due_once().await.unwrap(), counts(0, 0, 0), "then a minute");
    db.advance(TimeDelta::seconds(13));
    assert_eq!(worker.run_due_once().await.unwrap(), counts(1, 0, 0));
}

#[tokio::test]
async fn what_fails_too_often_becomes_a_dead_letter_that_can_be_replayed() {
    let db = TestDb::new().await;
    let worker = obedient(&db, vec![again(), again(), again(), Ok(())]);
    let job = add(&db, 1).await;
    for expected in [counts(0, 1, 0), counts(0, 1, 0), counts(0, 0, 1), counts(0, 0, 0)] {
        assert_eq!(worker.run_due_once().await.unwrap(), expected);
        db.advance(TimeDelta::days(1));
    }
    let letters = jobs::dead_letters(&db.ctx, 10).await.unwrap();
    assert_eq!(letters.len(), 1);
    assert_eq!((letters[0].id, letters[0].kind.as_str()), (job, "test.count"));
    assert_eq!(letters[0].attempts, 3);
    assert_eq!(letters[0].last_error.as_deref(), Some("the network is down"));

    jobs::replay(&db.ctx, &db.system, job).await.unwrap();
    assert!(jobs::dead_letters(&db.ctx, 10).await.unwrap().is_empty());
    assert_eq!(worker.run_due_once().await.unwrap(), counts(1, 0, 0));
    let audited: Vec<(String, String)> =
        sqlx::query_as("SELECT action, entity_id FROM app.audit_entry")
            .fetch_all(db.ctx.db())
            .await
            .unwrap();
    assert_eq!(audited, [("job.replay".to_owned(), job.to_string())]);

    let twice = jobs::replay(&db.ctx, &db.system, job).await.unwrap_err();
    assert!(matches!(twice, ReplayError::NotDead));
}

#[tokio::test]
async fn what_can_never_work_is_given_up_at_once() {
    let db = TestDb::new().await;
    let worker = obedient(&db, vec![Err(JobError::Never("no such thing".to_owned()))]);
    add(&db, 1).await;
    assert_eq!(worker.run_due_once().await.unwrap(), counts(0, 0, 1));
}

#[tokio::test]
async fn unreadable_content_is_given_up_at_once() {
    let db = TestDb::new().await;
    let (worker, _) = counter(&db);
    add(&db, 1).await;
    db.owner.execute(r#"UPDATE app.job SET payload = '{"by": "much"}'"#).await.unwrap();
    assert_eq!(worker.run_due_once().await.unwrap(), counts(0, 0, 1));
    let letters = jobs::dead_letters(&db.ctx, 10).await.unwrap();
    assert!(letters[0].last_error.as_deref().unwrap().contains("cannot be read"));
}

#[tokio::test]
async fn a_panic_in_a_handler_is_a_failed_try() {
    let db = TestDb::new().await;
    let worker = Worker::new(db.ctx.clone(), settings()).on(|_ctx, run: Run<Count>| async move {
        assert_ne!(run.attempt, 1, "a mistake in the handler");
        Ok(())
    });
    add(&db, 1).await;
    assert_eq!(worker.run_due_once().await.unwrap(), counts(0, 1, 0));
    db.advance(TimeDelta::minutes(1));
    assert_eq!(worker.run_due_once().await.unwrap(), counts(1, 0, 0));
}

#[tokio::test]
async fn what_waits_and_what_died_is_counted() {
    let db = TestDb::new().await;
    let worker = obedient(&db, vec![Err(JobError::Never("no".to_owned())), Ok(())]);
    for _ in 0..2 {
        add(&db, 1).await;
    }
    assert_eq!(jobs::counts(db.ctx.db()).await.unwrap(), (2, 0));
    worker.run_due_once().await.unwrap();
    add(&db, 1).await;
    assert_eq!(jobs::counts(db.ctx.db()).await.unwrap(), (1, 1));
}
