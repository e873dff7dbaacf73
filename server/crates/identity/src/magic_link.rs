//! Sign-in links for participants: good once, for a short time, kept as a hash.
//!
//! Who gets a link is decided by the participants context; what a link is worth is decided here.

use crate::error::IdentityError;
use crate::portal_session::{self, PortalLogin};
use crate::study_token::StudyToken;
use chrono::TimeDelta;
use contract::Id;
use contract::ids::{MagicLink, Participant, PortalSession, Study};
use platform::audit::Entry;
use platform::{Actor, AuditedTx, Ctx, Failure, ParticipantActor};

/// How long a link is good.
pub const LIFETIME: TimeDelta = TimeDelta::minutes(15);

/// Makes a link for a participant, good for [`LIFETIME`], in the caller's transaction (which also
/// sends the mail and writes the audit entry). The token is to be put in the link and nowhere
/// else.
///
/// # Errors
/// [`Failure::Database`].
pub async fn issue(
    tx: &mut AuditedTx,
    participant: Id<Participant>,
    study: Id<Study>,
) -> Result<StudyToken, Failure> {
    issue_for(tx, participant, study, LIFETIME).await
}

/// [`issue`] with another lifetime: the links that a demonstration prints.
///
/// # Errors
/// [`Failure::Database`].
pub async fn issue_for(
    tx: &mut AuditedTx,
    participant: Id<Participant>,
    study: Id<Study>,
    lifetime: TimeDelta,
) -> Result<StudyToken, Failure> {
    let token = StudyToken::generate(study);
    let hash = token.hash();
    let id: Id<MagicLink> = tx.ctx().new_id();
    let now = tx.ctx().clock.now();
    sqlx::query!(
        "insert into app.magic_link (study_id, id, participant_id, token_hash, created_at,
             expires_at)
         values ($1, $2, $3, $4, $5, $6)",
        study.uuid(),
        id.uuid(),
        participant.uuid(),
        hash.as_slice(),
        now,
        now + lifetime
    )
    .execute(tx.conn())
    .await?;
    Ok(token)
}

/// Spends a link and signs its participant in. Of two at the same time, one wins.
///
/// # Errors
/// [`IdentityError::LinkNotValid`] for an unknown, expired or spent link.
pub async fn redeem(ctx: &Ctx, token: &str) -> Result<PortalLogin, IdentityError> {
    let (study, hash) = StudyToken::read(token).ok_or(IdentityError::LinkNotValid)?;
    let now = ctx.clock.now();
    let link = sqlx::query!(
        "select id, participant_id from app.magic_link
         where study_id = $1 and token_hash = $2 and used_at is null and expires_at > $3",
        study.uuid(),
        hash.as_slice(),
        now
    )
    .fetch_optional(ctx.db())
    .await?
    .ok_or(IdentityError::LinkNotValid)?;
    let session: Id<PortalSession> = ctx.new_id();
    let participant =
        ParticipantActor { participant: Id::from_uuid(link.participant_id), study, session };
    let mut tx = ctx.write(&Actor::Participant(participant), Some(study)).await?;
    let spent = sqlx::query_scalar!(
        "update app.magic_link set used_at = $3
         where study_id = $1 and id = $2 and used_at is null and expires_at > $3
         returning id",
        study.uuid(),
        link.id,
        now
    )
    .fetch_optional(tx.conn())
    .await?;
    if spent.is_none() {
        return Err(IdentityError::LinkNotValid);
    }
    let login = portal_session::open(&mut tx, participant).await?;
    let values = serde_json::json!({ "magic_link": link.id, "expires_at": login.expires_at });
    tx.commit(Entry::new("portal_session.create", session).new_values(&values)).await?;
    Ok(login)
}
