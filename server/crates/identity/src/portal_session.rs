//! Signed-in periods of participants in the patient portal.

use crate::IdentityError;
use crate::study_token::StudyToken;
use chrono::{DateTime, TimeDelta, Utc};
use contract::Id;
use contract::identity::PortalLoginReply;
use contract::ids::{Participant, Study};
use platform::audit::Entry;
use platform::{Actor, AuditedTx, Ctx, Failure, ParticipantActor};

/// A portal session ends after this time in any case; without activity, after
/// [`Ctx::session_idle`].
pub const ABSOLUTE: TimeDelta = TimeDelta::hours(12);
const TOUCH_EVERY: TimeDelta = TimeDelta::minutes(1);

/// A portal session that has just begun.
#[derive(Debug)]
pub struct PortalLogin {
    /// For the portal's cookie, and for nothing else.
    pub token: StudyToken,
    pub participant: ParticipantActor,
    pub expires_at: DateTime<Utc>,
}

impl PortalLogin {
    /// What the answer says.
    #[must_use]
    pub const fn reply(&self) -> PortalLoginReply {
        PortalLoginReply {
            participant_id: self.participant.participant,
            study_id: self.participant.study,
            expires_at: self.expires_at,
        }
    }
}

/// A live portal session.
#[derive(Debug, Clone, Copy)]
pub struct PortalSessionInfo {
    pub participant: ParticipantActor,
    pub last_seen_at: DateTime<Utc>,
    /// End without activity; the last use is known to the minute only.
    pub idle_expires_at: DateTime<Utc>,
    /// End in any case.
    pub expires_at: DateTime<Utc>,
}

impl PortalSessionInfo {
    /// Whole seconds from `now` until the session ends if nothing more happens.
    #[must_use]
    pub fn seconds_left(&self, now: DateTime<Utc>) -> u32 {
        let end = self.idle_expires_at.min(self.expires_at);
        u32::try_from((end - now).num_seconds().max(0)).unwrap_or(u32::MAX)
    }
}

/// Begins the session that `participant` names, within the caller's transaction.
pub(crate) async fn open(
    tx: &mut AuditedTx,
    participant: ParticipantActor,
) -> Result<PortalLogin, Failure> {
    let token = StudyToken::generate(participant.study);
    let hash = token.hash();
    let now = tx.ctx().clock.now();
    let expires_at = now + ABSOLUTE;
    let idle_seconds = i32::try_from(tx.ctx().session_idle.num_seconds()).unwrap_or(i32::MAX);
    sqlx::query!(
        "insert into app.portal_session (study_id, id, participant_id, token_hash, created_at,
             last_seen_at, idle_seconds, expires_at)
         values ($1, $2, $3, $4, $5, $5, $6, $7)",
        participant.study.uuid(),
        participant.session.uuid(),
        participant.participant.uuid(),
        hash.as_slice(),
        now,
        idle_seconds,
        expires_at
    )
    .execute(tx.conn())
    .await?;
    Ok(PortalLogin { token, participant, expires_at })
}

/// Who is behind the portal's cookie; none when no live portal session has it. Does not count as
/// activity: see [`touch`].
///
/// # Errors
/// [`Failure::Database`].
pub async fn portal_actor(
    ctx: &Ctx,
    cookie_token: &str,
) -> Result<Option<(Actor, PortalSessionInfo)>, Failure> {
    let Some((study, hash)) = StudyToken::read(cookie_token) else { return Ok(None) };
    let row = sqlx::query!(
        "select id, participant_id, last_seen_at, idle_seconds, expires_at
         from app.portal_session
         where study_id = $1 and token_hash = $2 and revoked_at is null and expires_at > $3
             and last_seen_at + make_interval(secs => idle_seconds) > $3",
        study.uuid(),
        hash.as_slice(),
        ctx.clock.now()
    )
    .fetch_optional(ctx.db())
    .await?;
    Ok(row.map(|row| {
        let participant = ParticipantActor {
            participant: Id::from_uuid(row.participant_id),
            study,
            session: Id::from_uuid(row.id),
        };
        let info = PortalSessionInfo {
            participant,
            last_seen_at: row.last_seen_at,
            idle_expires_at: row.last_seen_at + TimeDelta::seconds(row.idle_seconds.into()),
            expires_at: row.expires_at,
        };
        (Actor::Participant(participant), info)
    }))
}

/// Counts this request as activity. Writes at most once a minute and session.
///
/// # Errors
/// [`Failure::Database`].
pub async fn touch(ctx: &Ctx, session: &PortalSessionInfo) -> Result<(), Failure> {
    let now = ctx.clock.now();
    if now - session.last_seen_at < TOUCH_EVERY {
        return Ok(());
    }
    sqlx::query!(
        "update app.portal_session set last_seen_at = $3
         where study_id = $1 and id = $2 and revoked_at is null and last_seen_at < $3",
        session.participant.study.uuid(),
        session.participant.session.uuid(),
        now
    )
    .execute(ctx.db())
    .await?;
    Ok(())
}

/// Signs the participant out. Without a session there is nothing to do.
///
/// # Errors
/// [`Failure`] of the database.
pub async fn end(ctx: &Ctx, who: &Actor) -> Result<(), IdentityError> {
    let Ok(participant) = who.participant() else { return Ok(()) };
    let mut tx = ctx.write(who, Some(participant.study)).await?;
    let done = sqlx::query!(
        "update app.portal_session set revoked_at = $3
         where study_id = $1 and id = $2 and revoked_at is null",
        participant.study.uuid(),
        participant.session.uuid(),
        ctx.clock.now()
    )
    .execute(tx.conn())
    .await?;
    if done.rows_affected() > 0 {
        tx.commit(Entry::new("portal_session.end", participant.session)).await?;
    }
    Ok(())
}

/// Ends all portal sessions and open links of a participant, in the caller's transaction: after a
/// withdrawal, or when the address was wrong. Returns how many sessions ended.
///
/// # Errors
/// [`Failure::Database`].
pub async fn end_all(
    tx: &mut AuditedTx,
    study: Id<Study>,
    participant: Id<Participant>,
) -> Result<u32, Failure> {
    let now = tx.ctx().clock.now();
    sqlx::query!(
        "update app.magic_link set expires_at = $3
         where study_id = $1 and participant_id = $2 and used_at is null and expires_at > $3",
        study.uuid(),
        participant.uuid(),
        now
    )
    .execute(tx.conn())
    .await?;
    let done = sqlx::query!(
        "update app.portal_session set revoked_at = $3
         where study_id = $1 and participant_id = $2 and revoked_at is null",
        study.uuid(),
        participant.uuid(),
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(u32::try_from(done.rows_affected()).unwrap_or(u32::MAX))
}
