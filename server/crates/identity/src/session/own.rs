//! One's own sessions, to look at.

use super::info::seconds_until;
use crate::account::{AccountRow, word};
use crate::error::IdentityError;
use chrono::TimeDelta;
use contract::Id;
use contract::identity::{Me, Membership, SessionView};
use contract::ids::User;
use platform::{Actor, Ctx, Failure};

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
