//! Who is behind a cookie or an access token.

use super::SessionInfo;
use crate::account::{AccountRow, word};
use crate::jwt::{JwtKeys, TokenUse};
use chrono::{DateTime, TimeDelta, Utc};
use contract::Id;
use contract::identity::{Membership, UserView};
use contract::ids::{User, UserSession};
use platform::{Actor, Ctx, Failure, StaffActor, token};
use sqlx::types::Json;
use uuid::Uuid;

/// The last use is written down at most this often.
const TOUCH_EVERY: TimeDelta = TimeDelta::minutes(1);

/// A session with its account and the account's memberships, as one query brings them.
struct LiveRow {
    session_id: Uuid,
    kind: String,
    client: String,
    session_created_at: DateTime<Utc>,
    last_seen_at: DateTime<Utc>,
    idle_seconds: i32,
    expires_at: DateTime<Utc>,
    id: Uuid,
    email: String,
    name: String,
    role: String,
    status: String,
    locale: String,
    must_change_password: bool,
    created_at: DateTime<Utc>,
    last_login_at: Option<DateTime<Utc>>,
    memberships: Json<Vec<Membership>>,
}

impl LiveRow {
    fn signed_in(self) -> Result<(Actor, SessionInfo), Failure> {
        let user: UserView = AccountRow {
            id: self.id,
            email: self.email,
            name: self.name,
            role: self.role,
            status: self.status,
            locale: self.locale,
            must_change_password: self.must_change_password,
            created_at: self.created_at,
            last_login_at: self.last_login_at,
        }
        .try_into()?;
        let actor = StaffActor {
            user: user.id,
            session: Id::from_uuid(self.session_id),
            role: user.role,
            memberships: self.memberships.0.iter().map(|m| (m.study_id, m.role)).collect(),
            must_change_password: user.must_change_password,
        };
        let info = SessionInfo {
            id: actor.session,
            kind: word(&self.kind)?,
            client: self.client,
            created_at: self.session_created_at,
            last_seen_at: self.last_seen_at,
            idle_expires_at: self.last_seen_at + TimeDelta::seconds(self.idle_seconds.into()),
            expires_at: self.expires_at,
            user,
        };
        Ok((Actor::Staff(actor), info))
    }
}

/// Who is behind a cookie token; none when no live browser session has it. Does not count as
/// activity: see [`touch`].
///
/// # Errors
/// [`Failure::Database`].
pub async fn session_actor(
    ctx: &Ctx,
    cookie_token: &str,
) -> Result<Option<(Actor, SessionInfo)>, Failure> {
    let hash = token::hash(cookie_token);
    sqlx::query_as!(
        LiveRow,
        r#"select s.id as session_id, s.kind, s.client, s.created_at as session_created_at,
               s.last_seen_at, s.idle_seconds, s.expires_at,
               u.id, u.email, u.name, u.role, u.status, u.locale, u.must_change_password,
               u.created_at, u.last_login_at,
               coalesce((select json_agg(json_build_object('study_id', m.study_id, 'role', m.role))
                         from app.study_member m
                         where m.user_id = u.id and m.removed_at is null), '[]')
                   as "memberships!: Json<Vec<Membership>>"
           from app.user_session s
           join app.staff_user u on u.id = s.user_id
           where s.token_hash = $1 and s.kind = 'browser' and s.revoked_at is null
               and s.expires_at > $2
               and s.last_seen_at + make_interval(secs => s.idle_seconds) > $2
               and u.status = 'active'"#,
        hash.as_slice(),
        ctx.clock.now()
    )
    .fetch_optional(ctx.db())
    .await?
    .map(LiveRow::signed_in)
    .transpose()
}

/// Who is behind an access token; none when it is not ours, not good any more, or its session has
/// ended.
///
/// # Errors
/// [`Failure::Database`].
pub async fn bearer_actor(
    ctx: &Ctx,
    keys: &JwtKeys,
    jwt: &str,
) -> Result<Option<(Actor, SessionInfo)>, Failure> {
    match keys.read(jwt, TokenUse::Access, ctx.clock.now()) {
        Ok(claims) => live_api_session(ctx, claims.sid, claims.sub).await,
        Err(_) => Ok(None),
    }
}

/// The API session of an account, if it lives.
pub(crate) async fn live_api_session(
    ctx: &Ctx,
    session: Id<UserSession>,
    user: Id<User>,
) -> Result<Option<(Actor, SessionInfo)>, Failure> {
    sqlx::query_as!(
        LiveRow,
        r#"select s.id as session_id, s.kind, s.client, s.created_at as session_created_at,
               s.last_seen_at, s.idle_seconds, s.expires_at,
               u.id, u.email, u.name, u.role, u.status, u.locale, u.must_change_password,
               u.created_at, u.last_login_at,
               coalesce((select json_agg(json_build_object('study_id', m.study_id, 'role', m.role))
                         from app.study_member m
                         where m.user_id = u.id and m.removed_at is null), '[]')
                   as "memberships!: Json<Vec<Membership>>"
           from app.user_session s
           join app.staff_user u on u.id = s.user_id
           where s.id = $1 and s.user_id = $2 and s.kind = 'api' and s.revoked_at is null
               and s.expires_at > $3
               and s.last_seen_at + make_interval(secs => s.idle_seconds) > $3
               and u.status = 'active'"#,
        session.uuid(),
        user.uuid(),
        ctx.clock.now()
    )
    .fetch_optional(ctx.db())
    .await?
    .map(LiveRow::signed_in)
    .transpose()
}

/// Counts this request as activity. Writes at most once a minute and session; call it for what a
/// person does, not for what a page asks on its own.
///
/// # Errors
/// [`Failure::Database`].
pub async fn touch(ctx: &Ctx, session: &SessionInfo) -> Result<(), Failure> {
    let now = ctx.clock.now();
    if now - session.last_seen_at < TOUCH_EVERY {
        return Ok(());
    }
    sqlx::query!(
        "update app.user_session set last_seen_at = $2
         where id = $1 and revoked_at is null and last_seen_at < $2",
        session.id.uuid(),
        now
    )
    .execute(ctx.db())
    .await?;
    Ok(())
}
