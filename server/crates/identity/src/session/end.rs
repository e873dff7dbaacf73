//! The end of sessions, by their owner or by what happens to the account.

use crate::error::IdentityError;
use contract::Id;
use contract::ids::{User, UserSession};
use platform::audit::Entry;
use platform::{Actor, AuditedTx, Ctx, Failure};
use serde::Serialize;

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
