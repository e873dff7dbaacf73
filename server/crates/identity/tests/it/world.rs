//! The people and studies that the stories are about.

use contract::identity::{LoginRequest, Password, RegisterUser, UserView};
use contract::ids::{Participant, Study};
use contract::permission::SystemRole;
use contract::{Id, Locale};
use identity::error::IdentityError;
use identity::{JwtKeys, SessionInfo, login, users};
use platform::{Actor, Ctx};
use testkit::TestDb;

/// A password that passes the rules.
pub(crate) const PASSWORD: &str = "marble otter 7 canal";

pub(crate) const SYSTEM: Actor = Actor::System { name: "test" };

pub(crate) struct World {
    pub(crate) db: TestDb,
    pub(crate) keys: JwtKeys,
}

/// One entry of the audit trail, as far as the stories look at it.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) action: String,
    pub(crate) actor_kind: String,
    pub(crate) actor_id: String,
    pub(crate) entity_id: String,
    /// Old and new values and the reason, as text.
    pub(crate) values: String,
}

impl World {
    pub(crate) async fn new() -> Self {
        let keys =
            JwtKeys::new(b"a secret of the tests, 32 bytes!", JwtKeys::ACCESS, JwtKeys::REFRESH);
        Self { db: TestDb::new().await, keys }
    }

    pub(crate) fn ctx(&self) -> &Ctx {
        &self.db.ctx
    }

    /// Somebody whose password is [`PASSWORD`] and stays good.
    pub(crate) async fn account(&self, email: &str, role: SystemRole) -> UserView {
        let new = register(email, role, Some(PASSWORD));
        users::register_settled(self.ctx(), &SYSTEM, &new).await.unwrap().user
    }

    /// Signs somebody in with a browser: the cookie's text and who is behind it.
    pub(crate) async fn sign_in(&self, email: &str) -> (String, Actor) {
        let login = login::browser(self.ctx(), &credentials(email, PASSWORD), "Firefox").await;
        let token = login.unwrap().token.expose().to_owned();
        let (actor, _) = self.behind(&token).await.unwrap();
        (token, actor)
    }

    /// An account and its signed-in actor.
    pub(crate) async fn person(&self, email: &str, role: SystemRole) -> (UserView, Actor) {
        let user = self.account(email, role).await;
        let (_, actor) = self.sign_in(email).await;
        (user, actor)
    }

    /// Who is behind a cookie.
    pub(crate) async fn behind(&self, token: &str) -> Option<(Actor, SessionInfo)> {
        identity::session_actor(self.ctx(), token).await.unwrap()
    }

    pub(crate) async fn try_password(
        &self,
        email: &str,
        password: &str,
    ) -> Result<(), IdentityError> {
        login::browser(self.ctx(), &credentials(email, password), "Firefox").await.map(drop)
    }

    /// A study without members.
    pub(crate) async fn study(&self, code: &str) -> Id<Study> {
        let id: Id<Study> = self.ctx().new_id();
        let now = self.ctx().clock.now();
        sqlx::query!(
            "insert into app.study (id, code, name, created_at, updated_at)
             values ($1, $2, $2, $3, $3)",
            id.uuid(),
            code,
            now
        )
        .execute(self.ctx().db())
        .await
        .unwrap();
        id
    }

    /// A link for a participant of a study, as the participants context issues it.
    pub(crate) async fn link(&self, study: Id<Study>, participant: Id<Participant>) -> String {
        let mut tx = self.ctx().write(&SYSTEM, Some(study)).await.unwrap();
        let token = identity::magic_link::issue(&mut tx, participant, study).await.unwrap();
        tx.commit(platform::audit::Entry::new("magic_link.create", participant)).await.unwrap();
        token.expose().to_owned()
    }

    /// The audit trail of a study, or of what belongs to none.
    pub(crate) async fn trail(&self, study: Option<Id<Study>>) -> Vec<Entry> {
        let chain = study.map_or_else(uuid::Uuid::nil, Id::uuid);
        sqlx::query!(
            r#"select action, actor_kind, actor_id, entity_id,
                   concat_ws(' ', old_values::text, new_values::text, reason) as "values!"
               from app.audit_entry where study_id = $1 order by seq"#,
            chain
        )
        .fetch_all(self.ctx().db())
        .await
        .unwrap()
        .into_iter()
        .map(|row| Entry {
            action: row.action,
            actor_kind: row.actor_kind,
            actor_id: row.actor_id,
            entity_id: row.entity_id,
            values: row.values,
        })
        .collect()
    }

    /// The last entry of a trail.
    pub(crate) async fn last_entry(&self, study: Option<Id<Study>>) -> Entry {
        self.trail(study).await.pop().unwrap()
    }
}

pub(crate) fn register(email: &str, role: SystemRole, password: Option<&str>) -> RegisterUser {
    RegisterUser {
        email: email.into(),
        name: "Ada Osei".into(),
        role,
        locale: Locale::En,
        password: password.map(Password::from),
    }
}

pub(crate) fn credentials(email: &str, password: &str) -> LoginRequest {
    LoginRequest { email: email.into(), password: password.into() }
}
