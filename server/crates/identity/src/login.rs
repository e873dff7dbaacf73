//! Signing in with e-mail and password.

use crate::account;
use crate::attempt::{self, Attempt};
use crate::error::IdentityError;
use crate::jwt::JwtKeys;
use crate::session::{self, NewSession, SessionInfo};
use contract::Id;
use contract::identity::{
    BrowserLoginReply, LoginRequest, SessionKind, TokenReply, UserStatus, UserView,
};
use contract::ids::UserSession;
use platform::audit::Entry;
use platform::token::{self, Secret};
use platform::{Actor, Ctx, Failure, StaffActor};
use serde::Serialize;

/// A browser session that has just begun.
#[derive(Debug)]
pub struct BrowserLogin {
    /// For the session cookie, and for nothing else.
    pub token: Secret,
    pub reply: BrowserLoginReply,
}

/// Signs a browser in. `client`: [`crate::client::family`] of its `User-Agent`.
///
/// # Errors
/// [`IdentityError::InvalidCredentials`] (unknown address, wrong password and disabled account
/// alike, after the same time), [`IdentityError::Locked`], 422 for empty fields.
pub async fn browser(
    ctx: &Ctx,
    request: &LoginRequest,
    client: &str,
) -> Result<BrowserLogin, IdentityError> {
    let (user, proven) = verify(ctx, request).await?;
    let token = token::generate();
    let new = NewSession {
        user: user.id,
        kind: SessionKind::Browser,
        token_hash: token.hash(),
        client,
        idle: ctx.session_idle,
        absolute: session::BROWSER_ABSOLUTE,
    };
    let session = begin(ctx, &user, &proven, &new).await?;
    let reply = BrowserLoginReply { session: session.view(session.id), user: session.user };
    Ok(BrowserLogin { token, reply })
}

/// Signs an API client in.
///
/// # Errors
/// As [`browser`].
pub async fn api(
    ctx: &Ctx,
    keys: &JwtKeys,
    request: &LoginRequest,
    client: &str,
) -> Result<TokenReply, IdentityError> {
    let (user, proven) = verify(ctx, request).await?;
    let secret = token::generate();
    let new = NewSession {
        user: user.id,
        kind: SessionKind::Api,
        token_hash: secret.hash(),
        client,
        idle: keys.refresh(),
        absolute: session::API_ABSOLUTE,
    };
    let session = begin(ctx, &user, &proven, &new).await?;
    Ok(tokens(ctx, keys, &session, &secret)?)
}

/// A pair of tokens for a session. `secret`: the one whose hash the session row keeps.
pub(crate) fn tokens(
    ctx: &Ctx,
    keys: &JwtKeys,
    session: &SessionInfo,
    secret: &Secret,
) -> Result<TokenReply, Failure> {
    let now = ctx.clock.now();
    let user = &session.user;
    Ok(TokenReply {
        access_token: keys.sign_access(user.id, session.id, now)?,
        refresh_token: keys.sign_refresh(
            user.id,
            session.id,
            secret.expose(),
            now,
            session.expires_at,
        )?,
        token_type: "bearer".into(),
        expires_in: u32::try_from(keys.access().num_seconds()).unwrap_or(u32::MAX),
        user: user.clone(),
    })
}

/// The account behind right credentials, and the password hash that they matched.
async fn verify(ctx: &Ctx, request: &LoginRequest) -> Result<(UserView, String), IdentityError> {
    request.check()?;
    let found = account::find_by_email(ctx, &request.email).await?;
    let active = found.filter(|(user, _)| user.status == UserStatus::Active);
    let attempt = Attempt {
        email: &request.email,
        account: active.as_ref().map(|(user, hash)| (user, hash.as_str())),
        password: &request.password,
    };
    attempt::verify(ctx, attempt).await?;
    active.ok_or(IdentityError::InvalidCredentials)
}

#[derive(Serialize)]
struct Begun<'a> {
    kind: SessionKind,
    client: &'a str,
}

/// Begins a session of an account whose password hash still is `proven`.
async fn begin(
    ctx: &Ctx,
    user: &UserView,
    proven: &str,
    new: &NewSession<'_>,
) -> Result<SessionInfo, IdentityError> {
    let now = ctx.clock.now();
    let id: Id<UserSession> = ctx.new_id();
    let actor = Actor::Staff(StaffActor {
        user: user.id,
        session: id,
        role: user.role,
        memberships: Vec::new(),
        must_change_password: user.must_change_password,
    });
    let mut tx = ctx.write(&actor, None).await?;
    // Disabling the account and changing its password write the same row before they end its
    // sessions: a sign-in at the same moment is either refused here or ended there
    let account = sqlx::query!(
        "update app.staff_user set last_login_at = $2
         where id = $1 and status = 'active' and password_hash = $3",
        user.id.uuid(),
        now,
        proven
    )
    .execute(tx.conn())
    .await?;
    if account.rows_affected() == 0 {
        return Err(IdentityError::InvalidCredentials);
    }
    session::open(&mut tx, id, new).await?;
    let values = Begun { kind: new.kind, client: new.client };
    tx.commit(Entry::new("user_session.create", id).new_values(&values)).await?;
    Ok(SessionInfo {
        id,
        kind: new.kind,
        client: new.client.to_owned(),
        created_at: now,
        last_seen_at: now,
        idle_expires_at: now + new.idle,
        expires_at: now + new.absolute,
        user: UserView { last_login_at: Some(now), ..user.clone() },
    })
}
