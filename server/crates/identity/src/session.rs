//! Signed-in periods of staff.

use crate::account::{AccountRow, word};
use crate::error::IdentityError;
use crate::jwt::{JwtKeys, TokenUse};
use chrono::{DateTime, TimeDelta, Utc};
use contract::Id;
use contract::identity::{Me, Membership, SessionKind, SessionView, UserView};
use contract::ids::{User, UserSession};
use platform::audit::Entry;
use platform::{Actor, AuditedTx, Ctx, Failure, StaffActor, token};
use serde::Serialize;
use sqlx::types::Json;
use uuid::Uuid;

/// A browser session ends after this time without activity.
pub const BROWSER_IDLE: TimeDelta = TimeDelta::hours(2);
/// A browser session ends after this time in any case.
pub const BROWSER_ABSOLUTE: TimeDelta = TimeDelta::hours(12);
/// An API session ends after this time in any case, however often it is refreshed.
pub const API_ABSOLUTE: TimeDelta = TimeDelta::days(30);
/// The last use is written down at most this often.
const TOUCH_EVERY: TimeDelta = TimeDelta::minutes(1);

/// A live session and whose it is.
#[derive(Debug, Clone)]
pub struct SessionInfo {
    pub id: Id<UserSession>,
    pub kind: SessionKind,
    pub client: String,
    pub created_at: DateTime<Utc>,
    pub last_seen_at: DateTime<Utc>,
    /// End without activity; the last use is known to the minute only.
    pub idle_expires_at: DateTime<Utc>,
    /// End in any case.
    pub expires_at: DateTime<Utc>,
    pub user: UserView,
}

impl SessionInfo {
    /// Whole seconds from `now` until the session ends if nothing more happens.
    #[must_use]
    pub fn seconds_left(&self, now: DateTime<Utc>) -> u32 {
        seconds_until(self.idle_expires_at.min(self.expires_at), now)
    }

    /// As its owner sees it, asking from session `current`.
    #[must_use]
    pub fn view(&self, current: Id<UserSession>) -> SessionView {
        SessionView {
            id: self.id,
            kind: self.kind,
            client: self.client.clone(),
            current: self.id == current,
            created_at: self.created_at,
            last_seen_at: self.last_seen_at,
            idle_expires_at: self.idle_expires_at,
            expires_at: self.expires_at,
        }
    }
}

fn seconds_until(end: DateTime<Utc>, now: DateTime<Utc>) -> u32 {
    u32::try_from((end - now).num_seconds().max(0)).unwrap_or(u32::MAX)
}

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

/// A session about to begin.
pub(crate) struct NewSession<'a> {
    pub(crate) user: Id<User>,
    pub(crate) kind: SessionKind,
    pub(crate) token_hash: [u8; 32],
    pub(crate) client: &'a str,
    pub(crate) idle: TimeDelta,
    pub(crate) absolute: TimeDelta,
}

/// Begins a session within the transaction of a sign-in.
pub(crate) async fn open(
    tx: &mut AuditedTx,
    id: Id<UserSession>,
    new: &NewSession<'_>,
) -> Result<(), Failure> {
    let now = tx.ctx().clock.now();
    let idle_seconds = i32::try_from(new.idle.num_seconds()).unwrap_or(i32::MAX);
    sqlx::query!(
        "insert into app.user_session (id, user_id, kind, token_hash, client, created_at,
             last_seen_at, idle_seconds, expires_at)
         values ($1, $2, $3, $4, $5, $6, $6, $7, $8)",
        id.uuid(),
        new.user.uuid(),
        new.kind.as_str(),
        new.token_hash.as_slice(),
        new.client,
        now,
        idle_seconds,
        now + new.absolute
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Who is signed in, with which roles, until when.
///
/// # Errors
/// [`IdentityError::Denied`] for others than staff; [`IdentityError::SessionNotFound`] when the
/// session has ended meanwhile.
pub async fn me(ctx: &Ctx, who: &Actor) -> Result<Me, IdentityError> {
    let staff = who.staff()?;
    let session = live(ctx, staff.user).await?.into_iter().find(|s| s.id == staff.session);
    let session = session.ok_or(IdentityError::SessionNotFound)?;
    let user = sqlx::query_as!(
        AccountRow,
        r#"select id, email, name, role, status, locale, must_change_password, created_at,
               last_login_at
           from app.staff_user where id = $1"#,
        staff.user.uuid()
    )
    .fetch_one(ctx.db())
    .await?
    .try_into()?;
    let memberships =
        staff.memberships.iter().map(|(study, role)| Membership { study_id: *study, role: *role });
    let end = session.idle_expires_at.min(session.expires_at);
    Ok(Me {
        user,
        memberships: memberships.collect(),
        session_seconds_left: seconds_until(end, ctx.clock.now()),
        session: SessionView { current: true, ..session },
    })
}

/// One's own live sessions, latest use first.
///
/// # Errors
/// [`IdentityError::Denied`] for others than staff.
pub async fn list(ctx: &Ctx, who: &Actor) -> Result<Vec<SessionView>, IdentityError> {
    let staff = who.staff()?;
    let mut sessions = live(ctx, staff.user).await?;
    for session in &mut sessions {
        session.current = session.id == staff.session;
    }
    Ok(sessions)
}

async fn live(ctx: &Ctx, user: Id<User>) -> Result<Vec<SessionView>, Failure> {
    let rows = sqlx::query!(
        "select id, kind, client, created_at, last_seen_at, idle_seconds, expires_at
         from app.user_session
         where user_id = $1 and revoked_at is null and expires_at > $2
             and last_seen_at + make_interval(secs => idle_seconds) > $2
         order by last_seen_at desc, id desc",
        user.uuid(),
        ctx.clock.now()
    )
    .fetch_all(ctx.db())
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(SessionView {
                id: Id::from_uuid(row.id),
                kind: word(&row.kind)?,
                client: row.client,
                current: false,
                created_at: row.created_at,
                last_seen_at: row.last_seen_at,
                idle_expires_at: row.last_seen_at + TimeDelta::seconds(row.idle_seconds.into()),
                expires_at: row.expires_at,
            })
        })
        .collect()
}

/// Ends one of one's own sessions; the one that asks is signing out.
///
/// # Errors
/// [`IdentityError::SessionNotFound`] when it is not one's own or has ended already.
pub async fn revoke(ctx: &Ctx, who: &Actor, id: Id<UserSession>) -> Result<(), IdentityError> {
    let staff = who.staff()?;
    let mut tx = ctx.write(who, None).await?;
    let done = sqlx::query!(
        "update app.user_session set revoked_at = $3
         where id = $1 and user_id = $2 and revoked_at is null",
        id.uuid(),
        staff.user.uuid(),
        ctx.clock.now()
    )
    .execute(tx.conn())
    .await?;
    if done.rows_affected() == 0 {
        return Err(IdentityError::SessionNotFound);
    }
    let action = if id == staff.session { "user_session.end" } else { "user_session.revoke" };
    tx.commit(Entry::new(action, id)).await?;
    Ok(())
}

/// Signs out: ends the session that asks. Without one there is nothing to do.
///
/// # Errors
/// [`Failure`] of the database.
pub async fn logout(ctx: &Ctx, who: &Actor) -> Result<(), IdentityError> {
    let Ok(staff) = who.staff() else { return Ok(()) };
    match revoke(ctx, who, staff.session).await {
        Err(IdentityError::SessionNotFound) => Ok(()),
        other => other,
    }
}

/// Ends all of one's own sessions but the one that asks. Returns how many.
///
/// # Errors
/// [`IdentityError::Denied`] for others than staff.
pub async fn revoke_others(ctx: &Ctx, who: &Actor) -> Result<u32, IdentityError> {
    let staff = who.staff()?;
    let mut tx = ctx.write(who, None).await?;
    let ended = end_all(&mut tx, staff.user, Some(staff.session)).await?;
    tx.commit(Entry::new("user_session.revoke_others", staff.session).new_values(&Ended { ended }))
        .await?;
    Ok(ended)
}

/// How many sessions ended, for the audit trail.
#[derive(Serialize)]
pub(crate) struct Ended {
    pub(crate) ended: u32,
}

/// Ends the sessions of an account within a transaction, except `but`.
pub(crate) async fn end_all(
    tx: &mut AuditedTx,
    user: Id<User>,
    but: Option<Id<UserSession>>,
) -> Result<u32, Failure> {
    let now = tx.ctx().clock.now();
    let done = sqlx::query!(
        "update app.user_session set revoked_at = $3
         where user_id = $1 and revoked_at is null and id is distinct from $2",
        user.uuid(),
        but.map(Id::uuid),
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(u32::try_from(done.rows_affected()).unwrap_or(u32::MAX))
}
