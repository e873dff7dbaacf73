//! How many participants there are, without counting them.

use crate::ParticipantError;
use contract::Id;
use contract::ids::{Site, Study};
use contract::participant::{ParticipantCounts, ParticipantStatus};
use contract::permission::Permission;
use platform::{Actor, Ctx, require};

/// The number of participants by status; of one site when `site` is given.
///
/// # Errors
/// [`ParticipantError::Denied`].
pub async fn counts(
    ctx: &Ctx,
    who: &Actor,
    study: Id<Study>,
    site: Option<Id<Site>>,
) -> Result<ParticipantCounts, ParticipantError> {
    require(who, Permission::ParticipantRead, study)?;
    let rows = sqlx::query!(
        r#"select status, sum(participants)::bigint as "participants!"
           from app.participant_count
           where study_id = $1 and ($2::uuid is null or site_id = $2)
           group by status"#,
        study.uuid(),
        site.map(Id::uuid),
    )
    .fetch_all(ctx.db())
    .await?;
    let mut counts = ParticipantCounts::default();
    for row in rows {
        let count = match crate::record::word(&row.status)? {
            ParticipantStatus::Screened => &mut counts.screened,
            ParticipantStatus::Enrolled => &mut counts.enrolled,
            ParticipantStatus::Completed => &mut counts.completed,
            ParticipantStatus::Withdrawn => &mut counts.withdrawn,
        };
        *count = row.participants;
    }
    Ok(counts)
}
