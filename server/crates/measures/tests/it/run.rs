//! A whole run, as a participant and a coordinator live it.

use crate::world::World;
use contract::measure::{AssignmentStatus, SessionStatus};
use contract::task::{Item, ModuleSummary, RunModule};

/// What the engine itself makes of the items.
fn engine_scores(modules: &[RunModule], items: &[Item]) -> Vec<ModuleSummary> {
    (0..).zip(modules).map(|(i, m)| task_engine::tasks::score(i, m, items).unwrap()).collect()
}

#[tokio::test]
async fn start_batches_submit_end_and_the_server_scores_what_the_engine_scores() {
    let w = World::new().await;
    let run = w.running("P-001").await;
    let (log, mut submit) = run.log();
    assert!(log.complete);
    // All but the last few in batches of 7, as a browser sends them while the tasks go on
    let (early, rest) = log.items.split_at(log.items.len() - 4);
    for items in early.chunks(7) {
        let acknowledged = w.append(&run, items).await.unwrap();
        assert_eq!(acknowledged, items.last().unwrap().seq());
    }
    submit.first_seq = rest[0].seq();
    submit.items = rest.to_vec();
    let reply = w.submit(&run, &submit).await.unwrap();
    assert_eq!((reply.items, reply.repeated), (submit.last_seq, false));
    let session_id = run.config.session_id;
    let ended = measures::end(&w.db.ctx, &run.key, session_id).await.unwrap();
    assert_eq!((ended.success, ended.status), (true, SessionStatus::Completed));

    let session = measures::session(&w.db.ctx, &w.coordinator, w.study, session_id).await.unwrap();
    let summaries: Vec<_> =
        session.modules.iter().map(|module| module.summary.clone().unwrap()).collect();
    assert_eq!(summaries, engine_scores(&run.config.modules, &log.items));
    assert!(summaries[0].value("median_rt").unwrap() > 150.0);
    assert!(session.modules.iter().all(|m| m.differing.is_empty() && m.browser_summary.is_none()));
    assert_eq!(session.timing.as_ref(), Some(&submit.timing));
    assert_eq!(session.seed, Some(run.config.seed));
    assert_eq!(session.summary.flags, Vec::<String>::new());

    let record = measures::record(&w.db.ctx, &w.coordinator, w.study, session_id).await.unwrap();
    let trials: Vec<_> = log.items.iter().filter_map(Item::trial).cloned().collect();
    assert_eq!(record.trials, trials);
    assert_eq!(record.trials.len() + record.events.len(), log.items.len());
    assert_eq!(usize::try_from(session.summary.trials).unwrap(), trials.len());

    let own = w.own(&run.who).await;
    assert_eq!(own[0].status, AssignmentStatus::Completed);
    assert_eq!(own[0].completed_at, Some(w.db.ctx.clock.now()));
}

#[tokio::test]
async fn the_trail_says_what_came_in_without_repeating_it() {
    let w = World::new().await;
    let run = w.running("P-001").await;
    let (log, submit) = run.log();
    w.append(&run, &log.items[..10]).await.unwrap();
    w.submit(&run, &submit).await.unwrap();
    let trail = w.trail().await;
    let (_, appended) = trail.iter().find(|(action, _)| action == "session.append").unwrap();
    assert_eq!(
        (appended["first_seq"].as_i64(), appended["last_seq"].as_i64()),
        (Some(1), Some(10))
    );
    assert_eq!(appended["sha256"].as_str().unwrap().len(), 64);
    let (_, submitted) = trail.iter().find(|(action, _)| action == "session.submit").unwrap();
    assert_eq!(submitted["sent_with_it"]["first_seq"], 11);
    assert!(!submitted.to_string().contains("stimulus"));
    // The hash in the trail is that of the stored text
    let hash: String = sqlx::query_scalar(
        "select encode(sha256(convert_to(items::text, 'UTF8')), 'hex')
         from app.session_chunk where first_seq = 1",
    )
    .fetch_one(&w.db.owner)
    .await
    .unwrap();
    assert_eq!(appended["sha256"].as_str(), Some(hash.as_str()));
    let report = platform::audit::verify(&w.db.ctx, None, &[]).await;
    assert!(report.unwrap().is_valid());
}

#[tokio::test]
async fn trials_can_be_read_one_by_one_with_typed_columns() {
    let w = World::new().await;
    let run = w.running("P-001").await;
    let (log, submit) = run.log();
    w.submit(&run, &submit).await.unwrap();
    let rows: Vec<(i32, String, Option<f64>, Option<bool>)> = sqlx::query_as(
        "select seq, condition, rt_ms, correct from app.trial where study_id = $1 order by seq",
    )
    .bind(w.study.uuid())
    .fetch_all(w.db.ctx.db())
    .await
    .unwrap();
    let trials: Vec<_> = log
        .items
        .iter()
        .filter_map(Item::trial)
        .map(|t| (i32::try_from(t.seq).unwrap(), t.condition.clone(), t.rt_ms, t.correct))
        .collect();
    assert_eq!(rows, trials);
}

#[tokio::test]
async fn what_was_recorded_cannot_be_changed_by_anybody() {
    let w = World::new().await;
    let run = w.running("P-001").await;
    let (_, submit) = run.log();
    w.submit(&run, &submit).await.unwrap();
    for (db, sql) in [
        (w.db.ctx.db(), "update app.session_chunk set items = '[]'"),
        (w.db.ctx.db(), "delete from app.session_chunk"),
        (w.db.ctx.db(), "update app.module_summary set valid = true"),
        (w.db.ctx.db(), "delete from app.assessment_session"),
        (&w.db.owner, "update app.session_chunk set items = '[]'"),
        (&w.db.owner, "truncate app.session_chunk cascade"),
        (&w.db.owner, "delete from app.module_summary"),
    ] {
        assert!(sqlx::query(sql).execute(db).await.is_err(), "{sql}");
    }
}
