//! New tokens for an API client that stays.

use crate::error::IdentityError;
use crate::jwt::{JwtKeys, TokenUse};
use crate::{login, session};
use contract::Id;
use contract::identity::TokenReply;
use contract::ids::UserSession;
use platform::audit::Entry;
use platform::{Actor, Ctx, token};

/// Exchanges a refresh token for a new pair. Each refresh token is good once: one that comes back
/// after its successor was made has been copied, and ends the session for both holders.
///
/// # Errors
/// [`IdentityError::TokenRefused`].
pub async fn refresh(
    ctx: &Ctx,
    keys: &JwtKeys,
    refresh_token: &str,
) -> Result<TokenReply, IdentityError> {
    let now = ctx.clock.now();
    let claims = keys.read(refresh_token, TokenUse::Refresh, now)?;
    let shown = claims.jti.ok_or(IdentityError::TokenRefused)?;
    let (actor, mut session) = session::live_api_session(ctx, claims.sid, claims.sub)
        .await?
        .ok_or(IdentityError::TokenRefused)?;
    let secret = token::generate();
    let (shown, fresh) = (token::hash(&shown), secret.hash());
    let mut tx = ctx.write(&actor, None).await?;
    let rotated = sqlx::query!(
        "update app.user_session set token_hash = $3, last_seen_at = $4
         where id = $1 and token_hash = $2 and revoked_at is null",
        session.id.uuid(),
        shown.as_slice(),
        fresh.as_slice(),
        now
    )
    .execute(tx.conn())
    .await?;
    if rotated.rows_affected() == 0 {
        drop(tx);
        end_for_reuse(ctx, &actor, session.id).await?;
        return Err(IdentityError::TokenRefused);
    }
    tx.commit(Entry::new("user_session.refresh", session.id)).await?;
    session.last_seen_at = now;
    Ok(login::tokens(ctx, keys, &session, &secret)?)
}

async fn end_for_reuse(
    ctx: &Ctx,
    actor: &Actor,
    session: Id<UserSession>,
) -> Result<(), IdentityError> {
    let mut tx = ctx.write(actor, None).await?;
    let done = sqlx::query!(
        "update app.user_session set revoked_at = $2 where id = $1 and revoked_at is null",
        session.uuid(),
        ctx.clock.now()
    )
    .execute(tx.conn())
    .await?;
    if done.rows_affected() > 0 {
        tracing::warn!(event = "login.refresh_token_reused", session.id = %session);
        let entry = Entry::new("user_session.revoke", session);
        tx.commit(entry.reason("a refresh token came back after its use")).await?;
    }
    Ok(())
}
