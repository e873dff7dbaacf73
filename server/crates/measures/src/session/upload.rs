//! Who may upload: the browser that holds the key of a session.

use crate::{MeasureError, key};
use contract::Id;
use contract::ids::{Session, Study};
use platform::{Actor, Ctx, Denied};

/// The actor behind an upload key.
///
/// # Errors
/// [`MeasureError::UnknownUploadKey`].
pub async fn authenticate_upload(ctx: &Ctx, upload_key: &str) -> Result<Actor, MeasureError> {
    let (study, hash) = key::parse(upload_key).ok_or(MeasureError::UnknownUploadKey)?;
    let row = sqlx::query!(
        "select id, participant_id from app.assessment_session
         where study_id = $1 and upload_hash = $2",
        study.uuid(),
        &hash,
    )
    .fetch_optional(ctx.db())
    .await?
    .ok_or(MeasureError::UnknownUploadKey)?;
    Ok(Actor::TaskRunner {
        session: Id::from_uuid(row.id),
        participant: Id::from_uuid(row.participant_id),
        study,
    })
}

/// The study of `session`, when it is the very session whose key the actor holds.
pub(super) fn own(who: &Actor, session: Id<Session>) -> Result<Id<Study>, MeasureError> {
    match who {
        Actor::TaskRunner { session: own, study, .. } if *own == session => Ok(*study),
        Actor::TaskRunner { .. } => Err(MeasureError::SessionNotFound),
        Actor::Nobody => Err(Denied::NotSignedIn.into()),
        Actor::Staff(_) | Actor::Participant(_) | Actor::System { .. } => {
            Err(Denied::NotAllowed.into())
        }
    }
}
