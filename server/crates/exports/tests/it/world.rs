//! A study with sessions in it.

use contract::ids::{Battery, Participant, Session, Site, Study};
use contract::measure::{BatteryStatus, CreateAssignment, CreateBattery, ModuleInput};
use contract::participant::{ContactChange, CreateParticipant};
use contract::permission::{StudyRole, SystemRole};
use contract::study::{CreateSite, CreateStudy};
use contract::task::Submit;
use contract::{Id, Locale};
use exports::Export;
use futures::TryStreamExt;
use platform::{Actor, ParticipantActor, StaffActor};
use serde_json::{Value, json};
use task_engine::simulate::{self, Log, Setup};
use testkit::TestDb;

pub(crate) struct World {
    pub(crate) db: TestDb,
    pub(crate) study: Id<Study>,
    pub(crate) site: Id<Site>,
    pub(crate) researcher: Actor,
    pub(crate) coordinator: Actor,
}

impl World {
    pub(crate) async fn new() -> Self {
        let db = TestDb::new().await;
        let new = CreateStudy {
            code: "NEURO-001".into(),
            name: "=cmd|'/c calc'!A1".into(),
            description: String::new(),
            languages: vec![Locale::En],
            time_zone: "UTC".into(),
            integration_mode: None,
        };
        let study = studies::study::create(&db.ctx, &db.system, &new).await.unwrap().id;
        let new = CreateSite { code: "HEL".into(), name: "Helsinki".into(), time_zone: None };
        let site = studies::site::create(&db.ctx, &db.system, study, &new).await.unwrap().id;
        let researcher = staff(&db, SystemRole::Researcher, study, StudyRole::Researcher);
        let coordinator = staff(&db, SystemRole::Coordinator, study, StudyRole::Coordinator);
        Self { db, study, site, researcher, coordinator }
    }

    pub(crate) async fn participant(&self, code: &str, email: Option<&str>) -> Id<Participant> {
        let contact = ContactChange { email: email.map(Into::into), ..ContactChange::default() };
        let new = CreateParticipant {
            participant_code: code.into(),
            site_id: self.site,
            language: Locale::En,
            enrollment_date: None,
            contact,
        };
        let made = participants::create(&self.db.ctx, &self.db.system, self.study, &new).await;
        made.unwrap().summary.id
    }

    pub(crate) async fn battery(&self, name: &str, trials: u32) -> Id<Battery> {
        let params = json!({"trials": trials, "practice_trials": 0}).as_object().unwrap().clone();
        let new = CreateBattery {
            name: name.into(),
            description: String::new(),
            status: BatteryStatus::Active,
            modules: vec![ModuleInput { task_id: "simple_rt".into(), params }],
        };
        let made = measures::create_battery(&self.db.ctx, &self.db.system, self.study, &new).await;
        made.unwrap().summary.id
    }

    /// A session that was run to its end, with what the browser had sent.
    pub(crate) async fn session(
        &self,
        participant: Id<Participant>,
        battery: Id<Battery>,
    ) -> (Id<Session>, Log) {
        let ctx = &self.db.ctx;
        let new = CreateAssignment {
            participant_id: participant,
            battery_id: battery,
            visit_id: None,
            due_from: None,
            due_to: None,
        };
        let to_do = measures::assign(ctx, &self.db.system, self.study, &new).await.unwrap().id;
        let who = ParticipantActor { participant, study: self.study, session: ctx.new_id() };
        let launched = measures::launch(ctx, &who, to_do).await.unwrap();
        let config = measures::start(ctx, &launched.run).await.unwrap();
        let key = measures::authenticate_upload(ctx, &config.upload_key).await.unwrap();
        let setup = Setup::honest(35.0);
        let log = simulate::run(&config, 7, &setup).unwrap();
        let submit: Submit = log.submit(&config, &setup);
        measures::submit(ctx, &key, config.session_id, &submit).await.unwrap();
        (config.session_id, log)
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
}

/// The whole file.
pub(crate) async fn read(export: Export) -> String {
    let pieces: Vec<Vec<u8>> = export.body.try_collect().await.unwrap();
    String::from_utf8(pieces.concat()).unwrap()
}

/// Header and rows of a CSV file.
pub(crate) fn rows(text: &str) -> (Vec<String>, Vec<Vec<String>>) {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let owned = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect::<Vec<_>>();
    let header = owned(reader.headers().unwrap());
    (header, reader.records().map(|record| owned(&record.unwrap())).collect())
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
