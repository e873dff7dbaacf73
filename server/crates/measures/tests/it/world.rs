//! A study whose participants have something to do.

use contract::ids::{Assignment, Battery, Participant, Session, Site, Study};
use contract::measure::{
    BatteryStatus, CreateAssignment, CreateBattery, Launched, ModuleInput, OwnAssignment,
};
use contract::participant::{ContactChange, CreateParticipant};
use contract::permission::{StudyRole, SystemRole};
use contract::study::{CreateSite, CreateStudy};
use contract::task::{EventBatch, Item, RunConfig, Submit};
use contract::{ApiError, Id, Locale};
use measures::MeasureError;
use platform::{Actor, ParticipantActor, StaffActor};
use serde_json::{Value, json};
use task_engine::simulate::{self, Log, Setup};
use testkit::TestDb;

pub(crate) struct World {
    pub(crate) db: TestDb,
    pub(crate) study: Id<Study>,
    pub(crate) site: Id<Site>,
    pub(crate) coordinator: Actor,
}

impl World {
    pub(crate) async fn new() -> Self {
        let db = TestDb::new().await;
        let (study, site) = new_study(&db, "NEURO-001").await;
        let coordinator = staff(&db, SystemRole::Coordinator, study, StudyRole::Coordinator);
        Self { db, study, site, coordinator }
    }

    pub(crate) async fn participant(&self, code: &str) -> Id<Participant> {
        self.participant_speaking(code, Locale::En).await
    }

    pub(crate) async fn participant_speaking(
        &self,
        code: &str,
        language: Locale,
    ) -> Id<Participant> {
        let new = CreateParticipant {
            participant_code: code.into(),
            site_id: self.site,
            language,
            enrollment_date: None,
            contact: ContactChange::default(),
        };
        participants::create(&self.db.ctx, &self.coordinator, self.study, &new)
            .await
            .unwrap()
            .summary
            .id
    }

    /// The participant in the portal.
    pub(crate) fn portal(&self, participant: Id<Participant>) -> ParticipantActor {
        ParticipantActor { participant, study: self.study, session: self.db.ctx.new_id() }
    }

    /// An active battery of simple RT and flanker, short.
    pub(crate) async fn battery(&self, name: &str) -> Id<Battery> {
        let new = CreateBattery {
            name: name.into(),
            description: String::new(),
            status: BatteryStatus::Active,
            modules: short_modules(),
        };
        measures::create_battery(&self.db.ctx, &self.coordinator, self.study, &new)
            .await
            .unwrap()
            .summary
            .id
    }

    pub(crate) async fn assign(
        &self,
        participant: Id<Participant>,
        battery: Id<Battery>,
    ) -> Id<Assignment> {
        self.try_assign(participant, battery).await.unwrap()
    }

    pub(crate) async fn try_assign(
        &self,
        participant: Id<Participant>,
        battery: Id<Battery>,
    ) -> Result<Id<Assignment>, MeasureError> {
        let new = give(participant, battery);
        Ok(measures::assign(&self.db.ctx, &self.coordinator, self.study, &new).await?.id)
    }

    pub(crate) async fn launch(&self, who: &ParticipantActor, to_do: Id<Assignment>) -> Launched {
        measures::launch(&self.db.ctx, who, to_do).await.unwrap()
    }

    /// A participant with one assignment, and a browser that has fetched its run.
    pub(crate) async fn running(&self, code: &str) -> Running {
        let participant = self.participant(code).await;
        let battery = self.battery(&format!("Battery of {code}")).await;
        let assignment = self.assign(participant, battery).await;
        let who = self.portal(participant);
        let launched = self.launch(&who, assignment).await;
        let config = measures::start(&self.db.ctx, &launched.run).await.unwrap();
        let key = self.key(&config).await;
        Running { who, battery, assignment, config, key }
    }

    /// The actor behind the upload key of a run.
    pub(crate) async fn key(&self, config: &RunConfig) -> Actor {
        measures::authenticate_upload(&self.db.ctx, &config.upload_key).await.unwrap()
    }

    pub(crate) async fn own(&self, who: &ParticipantActor) -> Vec<OwnAssignment> {
        measures::own_assignments(&self.db.ctx, who).await.unwrap()
    }

    pub(crate) async fn append(&self, run: &Running, items: &[Item]) -> Result<u32, MeasureError> {
        let batch = batch(items);
        let ack = measures::append(&self.db.ctx, &run.key, run.config.session_id, &batch).await?;
        Ok(ack.acknowledged)
    }

    pub(crate) async fn submit(
        &self,
        run: &Running,
        submit: &Submit,
    ) -> Result<contract::task::SubmitReply, MeasureError> {
        measures::submit(&self.db.ctx, &run.key, run.config.session_id, submit).await
    }

    /// The audit trail of this study: action and new values.
    pub(crate) async fn trail(&self) -> Vec<(String, Value)> {
        sqlx::query_as(
            "select action, coalesce(new_values::jsonb, 'null') from app.audit_entry
             where study_id = $1 order by seq",
        )
        .bind(self.study.uuid())
        .fetch_all(&self.db.owner)
        .await
        .unwrap()
    }

    pub(crate) async fn actions(&self) -> Vec<String> {
        self.trail().await.into_iter().map(|(action, _)| action).collect()
    }

    /// How many uploads of a session are stored.
    pub(crate) async fn chunks(&self, session: Id<Session>) -> i64 {
        sqlx::query_scalar("select count(*) from app.session_chunk where session_id = $1")
            .bind(session.uuid())
            .fetch_one(&self.db.owner)
            .await
            .unwrap()
    }
}

/// A run under way.
pub(crate) struct Running {
    pub(crate) who: ParticipantActor,
    pub(crate) battery: Id<Battery>,
    pub(crate) assignment: Id<Assignment>,
    pub(crate) config: RunConfig,
    pub(crate) key: Actor,
}

impl Running {
    /// What an honest participant's browser records.
    pub(crate) fn log(&self) -> (Log, Submit) {
        let setup = Setup::honest(35.0);
        let log = simulate::run(&self.config, 7, &setup).unwrap();
        let submit = log.submit(&self.config, &setup);
        (log, submit)
    }
}

pub(crate) fn short_modules() -> Vec<ModuleInput> {
    vec![
        module("simple_rt", json!({"trials": 10, "practice_trials": 2})),
        module("flanker", json!({"trials": 24, "practice_trials": 4})),
    ]
}

pub(crate) fn module(task_id: &str, params: Value) -> ModuleInput {
    let Value::Object(params) = params else { unreachable!("parameters are an object") };
    ModuleInput { task_id: task_id.into(), params }
}

pub(crate) fn give(participant: Id<Participant>, battery: Id<Battery>) -> CreateAssignment {
    CreateAssignment {
        participant_id: participant,
        battery_id: battery,
        visit_id: None,
        due_from: None,
        due_to: None,
    }
}

pub(crate) fn batch(items: &[Item]) -> EventBatch {
    EventBatch { first_seq: items[0].seq(), items: items.to_vec() }
}

pub(crate) async fn new_study(db: &TestDb, code: &str) -> (Id<Study>, Id<Site>) {
    let new = CreateStudy {
        code: code.into(),
        name: "Attention in the north".into(),
        description: String::new(),
        languages: vec![Locale::En, Locale::Fr],
        time_zone: "UTC".into(),
        integration_mode: None,
    };
    let study = studies::study::create(&db.ctx, &db.system, &new).await.unwrap().id;
    let new = CreateSite {
        code: "HEL".into(),
        name: "Helsinki".into(),
        time_zone: Some("Europe/Helsinki".into()),
    };
    (study, studies::site::create(&db.ctx, &db.system, study, &new).await.unwrap().id)
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
pub(crate) fn reason(error: MeasureError) -> String {
    ApiError::from(error).reason
}

/// Fields and rules of an error.
pub(crate) fn fields(error: MeasureError) -> Vec<(String, String)> {
    ApiError::from(error).fields.into_iter().map(|f| (f.field, f.rule)).collect()
}

/// A field and a rule, as [`fields`] gives them.
pub(crate) fn at(field: &str, rule: &str) -> (String, String) {
    (field.to_owned(), rule.to_owned())
}
