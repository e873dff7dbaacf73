//! A study with three visits, and two sites at both ends of the day.

use chrono::NaiveDate;
use contract::ids::{Participant, Site, Study};
use contract::participant::{ContactChange, CreateParticipant, ParticipantDetail};
use contract::permission::{StudyRole, SystemRole};
use contract::study::{CreateSite, CreateStudy};
use contract::visit::{CreateVisitWindow, Visit, VisitStatus, VisitWindow};
use contract::{ApiError, Id, Locale};
use platform::{Actor, StaffActor};
use schedule::ScheduleError;
use testkit::TestDb;

pub(crate) struct World {
    pub(crate) db: TestDb,
    pub(crate) study: Id<Study>,
    /// UTC+14: the first to begin a day.
    pub(crate) kiritimati: Id<Site>,
    /// UTC-11: the last.
    pub(crate) niue: Id<Site>,
    pub(crate) coordinator: Actor,
}

impl World {
    /// Baseline on day 0, week 2 on day 14 (two days early to three late), month 3 on day 90
    /// (a week either way).
    pub(crate) async fn new() -> Self {
        let world = Self::without_windows().await;
        world.window("Baseline", 0, 0, 0).await.unwrap();
        world.window("Week 2", 14, 2, 3).await.unwrap();
        world.window("Month 3", 90, 7, 7).await.unwrap();
        world
    }

    pub(crate) async fn without_windows() -> Self {
        let db = TestDb::new().await;
        let study = new_study(&db, "NEURO-001").await;
        let kiritimati = new_site(&db, study, "KIR", "Pacific/Kiritimati").await;
        let niue = new_site(&db, study, "NIU", "Pacific/Niue").await;
        let coordinator = staff(&db, SystemRole::Coordinator, study, StudyRole::Coordinator);
        Self { db, study, kiritimati, niue, coordinator }
    }

    /// A visit window, by an administrator.
    pub(crate) async fn window(
        &self,
        name: &str,
        target_day: i32,
        days_before: i32,
        days_after: i32,
    ) -> Result<VisitWindow, ScheduleError> {
        let new = CreateVisitWindow {
            name: name.into(),
            target_day,
            days_before,
            days_after,
            battery_id: None,
        };
        schedule::create_window(&self.db.ctx, &self.db.system, self.study, &new).await
    }

    /// A participant at Kiritimati, enrolled on `date` unless empty.
    pub(crate) async fn add(&self, code: &str, date: &str) -> ParticipantDetail {
        self.add_at(self.kiritimati, code, date).await
    }

    pub(crate) async fn add_at(
        &self,
        site_id: Id<Site>,
        code: &str,
        date: &str,
    ) -> ParticipantDetail {
        let new = CreateParticipant {
            participant_code: code.into(),
            site_id,
            language: Locale::En,
            enrollment_date: (!date.is_empty()).then(|| day(date)),
            contact: ContactChange::default(),
        };
        let made = schedule::create_participant(&self.db.ctx, &self.coordinator, self.study, &new);
        made.await.unwrap()
    }

    pub(crate) async fn visits(&self, participant: Id<Participant>) -> Vec<Visit> {
        schedule::visits(&self.db.ctx, &self.coordinator, self.study, participant).await.unwrap()
    }

    pub(crate) async fn statuses(&self, participant: Id<Participant>) -> Vec<VisitStatus> {
        self.visits(participant).await.into_iter().map(|visit| visit.status).collect()
    }

    /// Moves the clock to an instant.
    pub(crate) fn at(&self, now: &str) {
        let now: chrono::DateTime<chrono::Utc> = now.parse().unwrap();
        self.db.advance(now - self.db.ctx.clock.now());
    }

    pub(crate) async fn actions(&self) -> Vec<String> {
        sqlx::query_scalar("select action from app.audit_entry where study_id = $1 order by seq")
            .bind(self.study.uuid())
            .fetch_all(&self.db.owner)
            .await
            .unwrap()
    }
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(crate) async fn new_study(db: &TestDb, code: &str) -> Id<Study> {
    let new = CreateStudy {
        code: code.into(),
        name: "Attention in the tropics".into(),
        description: String::new(),
        languages: vec![Locale::En],
        time_zone: "UTC".into(),
        integration_mode: None,
    };
    studies::study::create(&db.ctx, &db.system, &new).await.unwrap().id
}

pub(crate) async fn new_site(db: &TestDb, study: Id<Study>, code: &str, zone: &str) -> Id<Site> {
    let new = CreateSite { code: code.into(), name: code.into(), time_zone: Some(zone.into()) };
    studies::site::create(&db.ctx, &db.system, study, &new).await.unwrap().id
}

pub(crate) fn staff(db: &TestDb, role: SystemRole, study: Id<Study>, own: StudyRole) -> Actor {
    Actor::Staff(StaffActor {
        user: db.ctx.new_id(),
        session: db.ctx.new_id(),
        role,
        memberships: vec![(study, own)],
        must_change_password: false,
    })
}

/// The stable word of an error, as clients see it.
pub(crate) fn reason(error: ScheduleError) -> String {
    ApiError::from(error).reason
}

/// Field and rule of an error with exactly one field.
pub(crate) fn field(error: ScheduleError) -> (String, String) {
    let mut fields = ApiError::from(error).fields;
    assert_eq!(fields.len(), 1);
    let field = fields.remove(0);
    (field.field, field.rule)
}
