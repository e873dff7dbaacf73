//! One participant.

use crate::ParticipantError;
use crate::record::{locale, word};
use contract::Id;
use contract::ids::{Participant, Study};
use contract::participant::{
    ContactPresence, ParticipantDetail, ParticipantReference, ParticipantSummary,
};
use contract::permission::Permission;
use platform::{Actor, Ctx, require};
use sqlx::types::Json;

/// The record without contact data.
///
/// # Errors
/// [`ParticipantError::NotFound`], also for a participant of another study.
pub async fn get(
    ctx: &Ctx,
    who: &Actor,
    study: Id<Study>,
    id: Id<Participant>,
) -> Result<ParticipantDetail, ParticipantError> {
    require(who, Permission::ParticipantRead, study)?;
    read(ctx, study, id).await
}

pub(crate) async fn read(
    ctx: &Ctx,
    study: Id<Study>,
    id: Id<Participant>,
) -> Result<ParticipantDetail, ParticipantError> {
    let row = sqlx::query!(
        r#"select p.participant_code, p.site_id, p.arm, p.status, p.status_date, p.status_reason,
                  p.enrollment_date, p.language, p.version, p.created_at, p.updated_at,
                  s.code as site_code, s.name as site_name, s.time_zone,
                  c.email is not null as "has_email!",
                  c.phone is not null as "has_phone!",
                  c.given_name is not null as "has_given_name!",
                  c.family_name is not null as "has_family_name!",
                  (select coalesce(json_agg(json_build_object(
                                       'id', q.id, 'participant_code', q.participant_code)
                                   order by lower(q.participant_code) collate "C"), '[]')
                   from app.participant_contact o
                   join app.participant q on q.study_id = o.study_id and q.id = o.participant_id
                   where o.study_id = c.study_id and o.email_study_index = c.email_study_index
                     and o.participant_id <> c.participant_id)
                      as "same_email_as!: Json<Vec<ParticipantReference>>"
           from app.participant p
           join app.site s on s.study_id = p.study_id and s.id = p.site_id
           left join app.participant_contact c
               on c.study_id = p.study_id and c.participant_id = p.id
           where p.study_id = $1 and p.id = $2"#,
        study.uuid(),
        id.uuid(),
    )
    .fetch_optional(ctx.db())
    .await?
    .ok_or(ParticipantError::NotFound)?;
    Ok(ParticipantDetail {
        summary: ParticipantSummary {
            id,
            study_id: study,
            participant_code: row.participant_code,
            site_id: Id::from_uuid(row.site_id),
            site_code: row.site_code,
            status: word(&row.status)?,
            enrollment_date: row.enrollment_date,
            language: locale(&row.language)?,
            created_at: row.created_at,
        },
        site_name: row.site_name,
        site_time_zone: row.time_zone,
        status_reason: row.status_reason,
        status_date: row.status_date,
        arm: row.arm,
        contact: ContactPresence {
            email: row.has_email,
            phone: row.has_phone,
            given_name: row.has_given_name,
            family_name: row.has_family_name,
        },
        same_email_as: row.same_email_as.0,
        updated_at: row.updated_at,
        version: row.version,
    })
}
