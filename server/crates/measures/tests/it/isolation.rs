//! Nobody reaches what belongs to somebody else.

use crate::world::{World, batch, new_study, reason, staff};
use contract::ListQuery;
use contract::measure::SessionFilter;
use contract::permission::{StudyRole, SystemRole};
use platform::Actor;

#[tokio::test]
async fn a_participant_sees_and_starts_only_the_own_assignments() {
    let w = World::new().await;
    let run = w.running("P-001").await;
    let other = w.portal(w.participant("P-002").await);
    assert!(w.own(&other).await.is_empty());
    let hidden = measures::own_assignment(&w.db.ctx, &other, run.assignment).await.unwrap_err();
    assert_eq!(reason(hidden), "assignment_not_found");
    let hidden = measures::launch(&w.db.ctx, &other, run.assignment).await.unwrap_err();
    assert_eq!(reason(hidden), "assignment_not_found");
    // The same participant id under another study is somebody else
    let (elsewhere, _) = new_study(&w.db, "OTHER").await;
    let moved = platform::ParticipantActor { study: elsewhere, ..run.who };
    assert!(w.own(&moved).await.is_empty());
    let hidden = measures::launch(&w.db.ctx, &moved, run.assignment).await.unwrap_err();
    assert_eq!(reason(hidden), "assignment_not_found");
}

#[tokio::test]
async fn an_upload_key_opens_its_own_session_only() {
    let w = World::new().await;
    let mine = w.running("P-001").await;
    let theirs = w.running("P-002").await;
    let (log, submit) = theirs.log();
    let foreign = theirs.config.session_id;
    let first = batch(&log.items[..3]);
    let error = measures::append(&w.db.ctx, &mine.key, foreign, &first).await.unwrap_err();
    assert_eq!(reason(error), "session_not_found");
    let error = measures::submit(&w.db.ctx, &mine.key, foreign, &submit).await.unwrap_err();
    assert_eq!(reason(error), "session_not_found");
    // The right header with another session in the body
    let error = w.submit(&mine, &submit).await.unwrap_err();
    assert_eq!(reason(error), "session_not_found");
    let error = measures::end(&w.db.ctx, &mine.key, foreign).await.unwrap_err();
    assert_eq!(reason(error), "session_not_found");
    let (_, secret) = mine.config.upload_key.split_once('.').unwrap();
    for key in ["", "nonsense", secret, &mine.config.upload_key.replace('.', "x")] {
        let error = measures::authenticate_upload(&w.db.ctx, key).await.unwrap_err();
        assert_eq!(reason(error), "unknown_upload_key");
    }
}

#[tokio::test]
async fn an_upload_key_opens_nothing_else_and_nobody_else_uploads() {
    let w = World::new().await;
    let run = w.running("P-001").await;
    let (log, _) = run.log();
    let session = run.config.session_id;
    let first = batch(&log.items[..3]);
    for (who, expected) in [
        (Actor::Nobody, "not_signed_in"),
        (w.coordinator.clone(), "not_allowed"),
        (Actor::Participant(run.who), "not_allowed"),
        (w.db.system.clone(), "not_allowed"),
    ] {
        let error = measures::append(&w.db.ctx, &who, session, &first).await.unwrap_err();
        assert_eq!(reason(error), expected);
    }
    let error = measures::session(&w.db.ctx, &run.key, w.study, session).await.unwrap_err();
    assert_eq!(reason(error), "not_allowed");
    let error = measures::catalogue(&run.key, contract::Locale::En).unwrap_err();
    assert_eq!(error, platform::Denied::NotAllowed);
}

#[tokio::test]
async fn staff_of_another_study_see_no_session() {
    let w = World::new().await;
    let run = w.running("P-001").await;
    let (other, _) = new_study(&w.db, "OTHER").await;
    let stranger = staff(&w.db, SystemRole::Researcher, other, StudyRole::Owner);
    let session = run.config.session_id;
    for (study, expected) in [(w.study, "study_not_found"), (other, "session_not_found")] {
        let error = measures::session(&w.db.ctx, &stranger, study, session).await.unwrap_err();
        assert_eq!(reason(error), expected);
        let error = measures::record(&w.db.ctx, &stranger, study, session).await.unwrap_err();
        assert_eq!(reason(error), expected);
    }
    let list = ListQuery::default();
    let page =
        measures::sessions(&w.db.ctx, &stranger, other, &list, &SessionFilter::default()).await;
    assert_eq!(page.unwrap().pagination.total, 0);
    let total = |who: Actor| {
        let ctx = &w.db.ctx;
        async move {
            let (list, filter) = (ListQuery::default(), SessionFilter::default());
            let page = measures::sessions_of_all(ctx, &who, &list, &filter).await;
            page.unwrap().pagination.total
        }
    };
    assert_eq!(total(stranger).await, 0);
    assert_eq!(total(w.coordinator.clone()).await, 1);
    assert_eq!(total(w.db.system.clone()).await, 1);
}
