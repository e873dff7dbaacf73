//! What a participant sees of the own record.

use crate::ParticipantError;
use crate::record::{locale, word};
use contract::Id;
use contract::participant::OwnRecord;
use platform::{Ctx, ParticipantActor};

/// The actor's own record; there is no way to ask for another.
///
/// # Errors
/// [`ParticipantError::NotFound`] when the record is gone from the study.
pub async fn own(ctx: &Ctx, who: &ParticipantActor) -> Result<OwnRecord, ParticipantError> {
    let row = sqlx::query!(
        "select p.participant_code, p.status, p.language, s.name as site_name, s.time_zone
         from app.participant p
         join app.site s on s.study_id = p.study_id and s.id = p.site_id
         where p.study_id = $1 and p.id = $2",
        who.study.uuid(),
        who.participant.uuid(),
    )
    .fetch_optional(ctx.db())
    .await?
    .ok_or(ParticipantError::NotFound)?;
    Ok(OwnRecord {
        id: Id::from_uuid(who.participant.uuid()),
        study_id: who.study,
        participant_code: row.participant_code,
        status: word(&row.status)?,
        language: locale(&row.language)?,
        site_name: row.site_name,
        time_zone: row.time_zone,
    })
}
