use crate::world::{World, field, reason, with_email};
use chrono::NaiveDate;
use contract::participant::{
    ChangeParticipantStatus, CreateParticipant, ParticipantCounts, ParticipantDetail,
    ParticipantStatus,
};
use participants::ParticipantError;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

async fn become_status(
    world: &World,
    state: &ParticipantDetail,
    status: ParticipantStatus,
    date: &str,
    why: &str,
) -> Result<ParticipantDetail, ParticipantError> {
    let reason = (!why.is_empty()).then(|| why.to_owned());
    let change =
        ChangeParticipantStatus { version: state.version, status, date: day(date), reason };
    let id = state.summary.id;
    participants::change_status(&world.db.ctx, &world.coordinator, world.study, id, &change).await
}

#[tokio::test]
async fn a_participant_goes_through_the_study_and_is_counted_where_they_are() {
    use ParticipantStatus::{Completed, Enrolled};
    let world = World::new().await;
    let screened = world.add("P-001").await;
    world.add("P-002").await;
    let enrolled = become_status(&world, &screened, Enrolled, "2026-02-20", "").await.unwrap();
    assert_eq!(enrolled.summary.enrollment_date, Some(day("2026-02-20")));
    let completed = become_status(&world, &enrolled, Completed, "2026-03-01", "").await.unwrap();
    assert_eq!(completed.summary.status, Completed);
    assert_eq!(completed.status_date, day("2026-03-01"));
    assert_eq!(completed.summary.enrollment_date, Some(day("2026-02-20")));

    let counts = participants::counts(&world.db.ctx, &world.coordinator, world.study, None);
    let expected = ParticipantCounts { screened: 1, completed: 1, ..ParticipantCounts::default() };
    assert_eq!(counts.await.unwrap(), expected);
    let at_niue =
        participants::counts(&world.db.ctx, &world.coordinator, world.study, Some(world.niue));
    assert_eq!(at_niue.await.unwrap().total(), 0);
}

#[tokio::test]
async fn steps_that_do_not_exist_are_refused() {
    use ParticipantStatus::{Completed, Enrolled, Screened};
    let world = World::new().await;
    let screened = world.add("P-001").await;
    let refused = become_status(&world, &screened, Completed, "2026-03-01", "").await.unwrap_err();
    assert_eq!(reason(refused), "status_not_allowed");
    let refused = become_status(&world, &screened, Screened, "2026-03-01", "").await.unwrap_err();
    assert_eq!(reason(refused), "status_not_allowed");
    let enrolled = become_status(&world, &screened, Enrolled, "2026-03-01", "").await.unwrap();
    let refused =
        become_status(&world, &enrolled, Screened, "2026-03-01", "typo").await.unwrap_err();
    assert_eq!(reason(refused), "status_not_allowed");
}

#[tokio::test]
async fn a_withdrawal_says_why_can_be_corrected_and_never_undoes_an_enrolment() {
    use ParticipantStatus::{Enrolled, Screened, Withdrawn};
    let world = World::new().await;
    let screened = world.add("P-001").await;
    let enrolled = become_status(&world, &screened, Enrolled, "2026-02-20", "").await.unwrap();
    let silent = become_status(&world, &enrolled, Withdrawn, "2026-03-01", " ").await.unwrap_err();
    assert_eq!(field(silent), ("reason".into(), "required".into()));
    let early =
        become_status(&world, &enrolled, Withdrawn, "2026-02-19", "Moved").await.unwrap_err();
    assert_eq!(field(early), ("date".into(), "before_enrollment".into()));
    let future =
        become_status(&world, &enrolled, Withdrawn, "2026-03-02", "Moved").await.unwrap_err();
    assert_eq!(field(future), ("date".into(), "future".into()));

    let gone = become_status(&world, &enrolled, Withdrawn, "2026-03-01", "Moved").await.unwrap();
    assert_eq!(gone.status_reason.as_deref(), Some("Moved"));
    let undone = become_status(&world, &gone, Screened, "2026-03-01", "mistake").await.unwrap_err();
    assert_eq!(reason(undone), "status_not_allowed");
    let silent = become_status(&world, &gone, Enrolled, "2026-03-01", "").await.unwrap_err();
    assert_eq!(field(silent), ("reason".into(), "required".into()));
    let back = become_status(&world, &gone, Enrolled, "2026-03-01", "mistake").await.unwrap();
    assert_eq!(back.summary.enrollment_date, Some(day("2026-02-20")), "the first one stays");
    let why: Option<String> = sqlx::query_scalar(
        "select reason from app.audit_entry where action = 'participant.status'
         order by seq desc limit 1",
    )
    .fetch_one(&world.db.owner)
    .await
    .unwrap();
    assert_eq!(why.as_deref(), Some("mistake"));
}

#[tokio::test]
async fn who_withdraws_is_signed_out_of_the_portal() {
    let world = World::new().await;
    let new = CreateParticipant {
        contact: with_email("anna@example.org"),
        ..world.new_participant("P-001")
    };
    let state = world.try_add(new).await.unwrap();
    let login = world.sign_in(state.summary.id).await;
    let ctx = &world.db.ctx;
    assert!(identity::portal_actor(ctx, login.token.expose()).await.unwrap().is_some());
    become_status(&world, &state, ParticipantStatus::Withdrawn, "2026-03-01", "Moved")
        .await
        .unwrap();
    assert!(identity::portal_actor(ctx, login.token.expose()).await.unwrap().is_none());
}

#[tokio::test]
async fn opposite_changes_at_once_keep_the_counts_right() {
    use ParticipantStatus::{Completed, Enrolled};
    let world = World::new().await;
    let mut states = Vec::new();
    for n in 0..16 {
        let screened = world.add(&format!("P-{n:03}")).await;
        let state = become_status(&world, &screened, Enrolled, "2026-02-20", "").await.unwrap();
        states.push(if n % 2 == 0 {
            become_status(&world, &state, Completed, "2026-02-21", "").await.unwrap()
        } else {
            state
        });
    }
    let moves = states.iter().map(|state| async {
        let to = if state.summary.status == Completed { Enrolled } else { Completed };
        become_status(&world, state, to, "2026-03-01", "the other way").await
    });
    for outcome in futures::future::join_all(moves).await {
        outcome.unwrap();
    }
    let kept = participants::counts(&world.db.ctx, &world.coordinator, world.study, None);
    let counted: Vec<(String, i64)> = sqlx::query_as(
        "select status, count(*) from app.participant group by status order by status",
    )
    .fetch_all(&world.db.owner)
    .await
    .unwrap();
    assert_eq!(counted, [("completed".to_owned(), 8), ("enrolled".to_owned(), 8)]);
    let kept = kept.await.unwrap();
    assert_eq!((kept.completed, kept.enrolled, kept.total()), (8, 8, 16));
}
