//! From the link to the run configuration.

use crate::world::{World, reason, staff};
use chrono::TimeDelta;
use contract::Locale;
use contract::measure::{AssignmentStatus, CancelAssignment, SessionStatus, StartSession};
use contract::permission::{StudyRole, SystemRole};

#[tokio::test]
async fn the_link_works_once_and_gives_the_tasks_in_the_participants_language() {
    let w = World::new().await;
    let participant = w.participant_speaking("P-001", Locale::Fr).await;
    let battery = w.battery("Screening").await;
    let id = w.assign(participant, battery).await;
    let who = w.portal(participant);
    let launched = w.launch(&who, id).await;
    assert_eq!(launched.path, format!("/assess/?run={}&tasks=speed", launched.run));
    let config = measures::start(&w.db.ctx, &launched.run).await.unwrap();
    assert_eq!((config.session_id, config.locale), (launched.session_id, Locale::Fr));
    assert_eq!(config.return_to, format!("/portal/tasks/{id}/done"));
    let tasks: Vec<_> = config.modules.iter().map(|m| m.task_id.as_str()).collect();
    assert_eq!(tasks, ["simple_rt", "flanker"]);
    assert!(config.modules.iter().all(|m| !m.strings.is_empty() && m.minutes > 0.0));
    assert!(!config.strings.is_empty());
    let spent = measures::start(&w.db.ctx, &launched.run).await.unwrap_err();
    assert_eq!(reason(spent), "launch_link_spent");
    let own = w.own(&who).await;
    assert_eq!((own[0].status, own[0].begun), (AssignmentStatus::InProgress, true));
    assert_eq!(
        w.actions().await[4..],
        ["assignment.create", "session.launch", "session.start"].map(String::from)
    );
}

#[tokio::test]
async fn neither_the_link_nor_the_upload_key_is_kept() {
    let w = World::new().await;
    let run = w.running("P-001").await;
    let everything: String = sqlx::query_scalar(
        "select string_agg(t, ' ') from (
             select s::text as t from app.assessment_session s
             union all select e::text from app.audit_entry e
         ) as all_rows",
    )
    .fetch_one(&w.db.owner)
    .await
    .unwrap();
    let (_, secret) = run.config.upload_key.split_once('.').unwrap();
    assert!(!everything.contains(secret));
    assert!(everything.contains(&run.config.seed.0.to_string()), "the seed is in the trail");
}

#[tokio::test]
async fn an_old_link_and_a_replaced_link_do_not_work() {
    let w = World::new().await;
    let participant = w.participant("P-001").await;
    let battery = w.battery("Screening").await;
    let id = w.assign(participant, battery).await;
    let who = w.portal(participant);
    let first = w.launch(&who, id).await;
    let second = w.launch(&who, id).await;
    assert_eq!(first.session_id, second.session_id, "nobody followed the first");
    let replaced = measures::start(&w.db.ctx, &first.run).await.unwrap_err();
    assert_eq!(reason(replaced), "launch_link_spent");
    w.db.advance(TimeDelta::minutes(16));
    let too_old = measures::start(&w.db.ctx, &second.run).await.unwrap_err();
    assert_eq!(reason(too_old), "launch_link_spent");
    for nonsense in ["", "x", "0190a5b47c1e7d2f8a3b123456789abc.x", &"é".repeat(76)] {
        let error = measures::start(&w.db.ctx, nonsense).await.unwrap_err();
        assert_eq!(reason(error), "launch_link_spent");
    }
    let third = w.launch(&who, id).await;
    measures::start(&w.db.ctx, &third.run).await.unwrap();
}

#[tokio::test]
async fn a_new_start_interrupts_the_old_run_and_keeps_what_it_still_sends() {
    let w = World::new().await;
    let run = w.running("P-001").await;
    let (log, submit) = run.log();
    w.append(&run, &log.items[..5]).await.unwrap();
    // The same participant begins again, on another device
    let launched = w.launch(&run.who, run.assignment).await;
    assert_ne!(launched.session_id, run.config.session_id);
    let status = |session| {
        let w = &w;
        async move {
            let session = measures::session(&w.db.ctx, &w.coordinator, w.study, session).await;
            session.unwrap().summary
        }
    };
    // Nothing happens to the first run before the new link is followed
    assert_eq!(status(run.config.session_id).await.status, SessionStatus::Running);
    let second = measures::start(&w.db.ctx, &launched.run).await.unwrap();
    assert_eq!(status(run.config.session_id).await.status, SessionStatus::Interrupted);
    assert_ne!(second.seed, run.config.seed);
    let newer = status(second.session_id).await;
    assert_eq!((newer.status, newer.attempt), (SessionStatus::Running, 2));
    // The first device was only offline
    w.submit(&run, &submit).await.unwrap();
    let first = status(run.config.session_id).await;
    assert_eq!(first.status, SessionStatus::Completed);
    assert!(first.flags.contains(&"superseded".to_owned()), "{:?}", first.flags);
}

#[tokio::test]
async fn staff_start_a_run_for_who_is_present() {
    let w = World::new().await;
    let participant = w.participant("P-001").await;
    let battery = w.battery("Screening").await;
    let start = StartSession { participant_id: participant, battery_id: battery };
    let launched = measures::launch_for(&w.db.ctx, &w.coordinator, start).await.unwrap();
    let config = measures::start(&w.db.ctx, &launched.run).await.unwrap();
    let session = config.session_id;
    assert_eq!(config.return_to, format!("/studies/{}/sessions/{session}", w.study));
    assert_eq!(w.own(&w.portal(participant)).await.len(), 1, "the battery was given on the way");
    // Again: the open assignment is used
    measures::launch_for(&w.db.ctx, &w.coordinator, start).await.unwrap();
    assert_eq!(w.own(&w.portal(participant)).await.len(), 1);
    let viewer = staff(&w.db, SystemRole::Viewer, w.study, StudyRole::Viewer);
    let denied = measures::launch_for(&w.db.ctx, &viewer, start).await.unwrap_err();
    assert_eq!(reason(denied), "not_allowed");
    let unknown = StartSession { participant_id: w.db.ctx.new_id(), ..start };
    let missing = measures::launch_for(&w.db.ctx, &w.coordinator, unknown).await.unwrap_err();
    assert_eq!(reason(missing), "participant_not_found");
}

#[tokio::test]
async fn a_participant_starts_by_battery_what_was_given_and_nothing_else() {
    let w = World::new().await;
    let participant = w.participant("P-001").await;
    let battery = w.battery("Screening").await;
    let who = platform::Actor::Participant(w.portal(participant));
    let start = StartSession { participant_id: participant, battery_id: battery };
    let missing = measures::launch_for(&w.db.ctx, &who, start).await.unwrap_err();
    assert_eq!(reason(missing), "assignment_not_found");
    w.assign(participant, battery).await;
    measures::launch_for(&w.db.ctx, &who, start).await.unwrap();
    let other = StartSession { participant_id: w.participant("P-002").await, ..start };
    let hidden = measures::launch_for(&w.db.ctx, &who, other).await.unwrap_err();
    assert_eq!(reason(hidden), "participant_not_found");
}

#[tokio::test]
async fn a_link_to_what_was_taken_back_does_not_start() {
    let w = World::new().await;
    let participant = w.participant("P-001").await;
    let battery = w.battery("Screening").await;
    let id = w.assign(participant, battery).await;
    let launched = w.launch(&w.portal(participant), id).await;
    let cancel = CancelAssignment { reason: "Protocol change".into() };
    measures::cancel(&w.db.ctx, &w.coordinator, w.study, id, &cancel).await.unwrap();
    let closed = measures::start(&w.db.ctx, &launched.run).await.unwrap_err();
    assert_eq!(reason(closed), "assignment_closed");
}
