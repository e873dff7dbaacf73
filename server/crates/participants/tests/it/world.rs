//! A study with two sites at both ends of the day, and the people who work in it.

use contract::ids::{Participant, Site, Study};
use contract::participant::{ContactChange, CreateParticipant, ParticipantDetail};
use contract::permission::{StudyRole, SystemRole};
use contract::study::{CreateSite, CreateStudy};
use contract::{Id, Locale};
use participants::ParticipantError;
use platform::{Actor, StaffActor};
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
    pub(crate) async fn new() -> Self {
        let db = TestDb::new().await;
        let study = new_study(&db, "NEURO-001").await;
        let kiritimati = new_site(&db, study, "KIR", "Pacific/Kiritimati").await;
        let niue = new_site(&db, study, "NIU", "Pacific/Niue").await;
        let coordinator = staff(&db, SystemRole::Coordinator, study, StudyRole::Coordinator);
        Self { db, study, kiritimati, niue, coordinator }
    }

    /// A participant who is screened at the first site.
    pub(crate) async fn add(&self, code: &str) -> ParticipantDetail {
        self.try_add(self.new_participant(code)).await.unwrap()
    }

    pub(crate) async fn try_add(
        &self,
        new: CreateParticipant,
    ) -> Result<ParticipantDetail, ParticipantError> {
        participants::create(&self.db.ctx, &self.coordinator, self.study, &new).await
    }

    pub(crate) fn new_participant(&self, code: &str) -> CreateParticipant {
        CreateParticipant {
            participant_code: code.into(),
            site_id: self.kiritimati,
            language: Locale::En,
            enrollment_date: None,
            contact: ContactChange::default(),
        }
    }

    /// A participant who is reached under `email`.
    pub(crate) async fn add_with_email(&self, code: &str, email: &str) -> Id<Participant> {
        let new = CreateParticipant { contact: with_email(email), ..self.new_participant(code) };
        self.try_add(new).await.unwrap().summary.id
    }

    pub(crate) async fn get(&self, id: Id<Participant>) -> ParticipantDetail {
        participants::get(&self.db.ctx, &self.coordinator, self.study, id).await.unwrap()
    }

    /// The audit trail of this study: action, entity id, new values as text.
    pub(crate) async fn trail(&self) -> Vec<(String, String, String)> {
        sqlx::query_as(
            "select action, entity_id, coalesce(new_values::text, '') from app.audit_entry
             where study_id = $1 order by seq",
        )
        .bind(self.study.uuid())
        .fetch_all(&self.db.owner)
        .await
        .unwrap()
    }

    pub(crate) async fn actions(&self) -> Vec<String> {
        self.trail().await.into_iter().map(|(action, ..)| action).collect()
    }
}

pub(crate) fn with_email(email: &str) -> ContactChange {
    ContactChange { email: Some(email.into()), ..ContactChange::default() }
}

pub(crate) async fn new_study(db: &TestDb, code: &str) -> Id<Study> {
    let new = CreateStudy {
        code: code.into(),
        name: "Attention in the tropics".into(),
        description: String::new(),
        languages: vec![Locale::En, Locale::Fr],
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
pub(crate) fn reason(error: ParticipantError) -> String {
    contract::ApiError::from(error).reason
}

/// Field and rule of an error with exactly one field.
pub(crate) fn field(error: ParticipantError) -> (String, String) {
    let mut fields = contract::ApiError::from(error).fields;
    assert_eq!(fields.len(), 1);
    let field = fields.remove(0);
    (field.field, field.rule)
}
