//! The beginning of a session.

use chrono::TimeDelta;
use contract::Id;
use contract::identity::SessionKind;
use contract::ids::{User, UserSession};
use platform::{AuditedTx, Failure};

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
