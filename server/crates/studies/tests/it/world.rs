//! The people that the stories are about.

use contract::identity::{AddMember, LoginRequest, RegisterUser};
use contract::ids::Study;
use contract::permission::{StudyRole, SystemRole};
use contract::study::{CreateStudy, StudyView};
use contract::{Id, Locale};
use identity::{login, member, users};
use platform::{Actor, Ctx};
use testkit::TestDb;

const PASSWORD: &str = "marble otter 7 canal";

pub(crate) struct World {
    db: TestDb,
}

/// One entry of the audit trail, as far as the stories look at it.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) action: String,
    pub(crate) actor_kind: String,
    /// Old and new values and the reason, as text.
    pub(crate) values: String,
}

impl World {
    pub(crate) async fn new() -> Self {
        Self { db: TestDb::new().await }
    }

    pub(crate) fn ctx(&self) -> &Ctx {
        &self.db.ctx
    }

    pub(crate) fn system(&self) -> &Actor {
        &self.db.system
    }

    /// Somebody with an account and a system role, signed in.
    pub(crate) async fn person(&self, name: &str, role: SystemRole) -> Actor {
        let new = RegisterUser {
            email: format!("{name}@example.org"),
            name: name.into(),
            role,
            locale: Locale::En,
            password: Some(PASSWORD.into()),
        };
        users::register_settled(self.ctx(), self.system(), &new).await.unwrap();
        self.sign_in(name).await
    }

    /// Signs in again: an actor knows the memberships of when it signed in.
    pub(crate) async fn sign_in(&self, name: &str) -> Actor {
        let request =
            LoginRequest { email: format!("{name}@example.org"), password: PASSWORD.into() };
        let login = login::browser(self.ctx(), &request, "Firefox").await.unwrap();
        let found = identity::session_actor(self.ctx(), login.token.expose()).await.unwrap();
        found.unwrap().0
    }

    /// Makes somebody a member of a study, and signs in again.
    pub(crate) async fn join(&self, study: Id<Study>, name: &str, role: StudyRole) -> Actor {
        let new = AddMember { email: format!("{name}@example.org"), role };
        member::add(self.ctx(), self.system(), study, &new).await.unwrap();
        self.sign_in(name).await
    }

    /// A study that the system makes.
    pub(crate) async fn study(&self, code: &str) -> StudyView {
        studies::study::create(self.ctx(), self.system(), &new_study(code)).await.unwrap()
    }

    pub(crate) async fn trail(&self, study: Id<Study>) -> Vec<Entry> {
        sqlx::query!(
            r#"select action, actor_kind,
                   concat_ws(' ', old_values::text, new_values::text, reason) as "values!"
               from app.audit_entry where study_id = $1 order by seq"#,
            study.uuid()
        )
        .fetch_all(self.ctx().db())
        .await
        .unwrap()
        .into_iter()
        .map(|row| Entry { action: row.action, actor_kind: row.actor_kind, values: row.values })
        .collect()
    }
}

pub(crate) fn new_study(code: &str) -> CreateStudy {
    CreateStudy {
        code: code.into(),
        name: format!("Study {code}"),
        description: String::new(),
        languages: vec![Locale::En, Locale::Fr],
        time_zone: "America/Toronto".into(),
        integration_mode: None,
    }
}
