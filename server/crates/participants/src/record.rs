//! What the writing actions read first: the record under lock, its site and its study.

use crate::ParticipantError;
use crate::error::unknown_site;
use chrono::NaiveDate;
use contract::ids::{Participant, Site, Study};
use contract::participant::ParticipantStatus;
use contract::permission::Permission;
use contract::study::StudyStatus;
use contract::{ApiError, Id, Locale};
use core::str::FromStr;
use platform::{AuditedTx, Authorized, Denied, Failure};

/// The study for which `auth` grants `permission`.
pub(crate) fn study_for(auth: Authorized, permission: Permission) -> Result<Id<Study>, Denied> {
    if auth.permission() == permission {
        auth.study().ok_or(Denied::NotAllowed)
    } else {
        Err(Denied::NotAllowed)
    }
}

/// A word of ours as it came back from the database, where a check constraint guards it.
pub(crate) fn word<T: FromStr>(text: &str) -> Result<T, Failure> {
    text.parse().map_err(|_| Failure::other(format!("unknown word in the database: {text}")))
}

/// A language as it came back from the database.
pub(crate) fn locale(tag: &str) -> Result<Locale, Failure> {
    Locale::from_tag(tag)
        .ok_or_else(|| Failure::other(format!("unknown language in the database: {tag}")))
}

/// The pseudonym record, locked until the end of the transaction.
pub(crate) struct Record {
    pub(crate) code: String,
    pub(crate) site: Id<Site>,
    pub(crate) status: ParticipantStatus,
    pub(crate) status_date: NaiveDate,
    pub(crate) enrollment_date: Option<NaiveDate>,
    pub(crate) language: Locale,
}

impl Record {
    /// Reads the record for a change that was made from `version`.
    pub(crate) async fn lock(
        tx: &mut AuditedTx,
        study: Id<Study>,
        id: Id<Participant>,
        version: i64,
    ) -> Result<Self, ParticipantError> {
        let row = sqlx::query!(
            r#"select participant_code, site_id, status, status_date, enrollment_date, language,
                      version
               from app.participant
               where study_id = $1 and id = $2
               for update"#,
            study.uuid(),
            id.uuid(),
        )
        .fetch_optional(tx.conn())
        .await?
        .ok_or(ParticipantError::NotFound)?;
        if row.version != version {
            return Err(ParticipantError::Changed);
        }
        Ok(Self {
            code: row.participant_code,
            site: Id::from_uuid(row.site_id),
            status: word(&row.status)?,
            status_date: row.status_date,
            enrollment_date: row.enrollment_date,
            language: locale(&row.language)?,
        })
    }
}

/// Refuses unless the study takes new participants. A draft does: it is being tried out.
pub(crate) async fn study_enrols(
    tx: &mut AuditedTx,
    study: Id<Study>,
) -> Result<(), ParticipantError> {
    match study_status(tx, study).await? {
        StudyStatus::Draft | StudyStatus::Active => Ok(()),
        StudyStatus::Archived => Err(ParticipantError::StudyArchived),
        status @ (StudyStatus::Paused | StudyStatus::Completed) => {
            Err(ParticipantError::StudyNotEnrolling(status))
        }
    }
}

/// Refuses changes in an archived study.
///
/// # Errors
/// [`ParticipantError::StudyArchived`].
pub async fn study_open(tx: &mut AuditedTx, study: Id<Study>) -> Result<(), ParticipantError> {
    match study_status(tx, study).await? {
        StudyStatus::Archived => Err(ParticipantError::StudyArchived),
        _ => Ok(()),
    }
}

async fn study_status(
    tx: &mut AuditedTx,
    study: Id<Study>,
) -> Result<StudyStatus, ParticipantError> {
    let status = sqlx::query_scalar!("select status from app.study where id = $1", study.uuid())
        .fetch_optional(tx.conn())
        .await?
        .ok_or(Denied::NotAMember)?;
    Ok(word(&status)?)
}

/// The site as a participant's home.
pub(crate) struct Home {
    pub(crate) active: bool,
    /// The calendar day there, now.
    pub(crate) today: NaiveDate,
}

impl Home {
    pub(crate) async fn read(
        tx: &mut AuditedTx,
        study: Id<Study>,
        site: Id<Site>,
    ) -> Result<Self, ParticipantError> {
        let row = sqlx::query!(
            "select time_zone, status from app.site where study_id = $1 and id = $2",
            study.uuid(),
            site.uuid(),
        )
        .fetch_optional(tx.conn())
        .await?
        .ok_or_else(unknown_site)?;
        let now = tx.ctx().clock.now();
        Ok(Self { active: row.status == "active", today: crate::local::date(now, &row.time_zone)? })
    }

    /// Refuses a site that takes no new participants.
    pub(crate) fn takes_participants(&self) -> Result<(), ApiError> {
        if self.active {
            Ok(())
        } else {
            let message = "must be an active site; this one takes no new participants.";
            Err(ApiError::field("site_id", "inactive", message))
        }
    }
}
