//! Studies as rows.

use crate::StudyError;
use chrono::{DateTime, Utc};
use contract::ids::Study;
use contract::permission::StudyRole;
use contract::study::{StudyStatus, StudyView};
use contract::{Id, Locale};
use platform::{Actor, Failure};
use serde::Serialize;
use sqlx::PgConnection;
use uuid::Uuid;

/// A row of `app.study`, with how many sites, members and participants it has. The
/// participants context keeps `app.participant_count` for lists like these.
pub(super) struct StudyRow {
    pub(super) id: Uuid,
    pub(super) code: String,
    pub(super) name: String,
    pub(super) description: String,
    pub(super) status: String,
    pub(super) languages: Vec<String>,
    pub(super) time_zone: String,
    pub(super) integration_mode: Option<String>,
    pub(super) redcap_enabled: bool,
    pub(super) is_demo: bool,
    pub(super) created_at: DateTime<Utc>,
    pub(super) updated_at: DateTime<Utc>,
    pub(super) sites: i64,
    pub(super) members: i64,
    pub(super) participants: i64,
}

impl StudyRow {
    pub(super) fn view(self, who: &Actor) -> Result<StudyView, Failure> {
        let id = Id::from_uuid(self.id);
        Ok(StudyView {
            id,
            code: self.code,
            name: self.name,
            description: self.description,
            status: word(&self.status)?,
            languages: self.languages.iter().filter_map(|tag| Locale::from_tag(tag)).collect(),
            time_zone: self.time_zone,
            integration_mode: self.integration_mode.as_deref().map(word).transpose()?,
            redcap_enabled: self.redcap_enabled,
            is_demo: self.is_demo,
            my_role: role_of(who, id),
            sites: u32::try_from(self.sites).unwrap_or(u32::MAX),
            members: u32::try_from(self.members).unwrap_or(u32::MAX),
            participants: u32::try_from(self.participants).unwrap_or(u32::MAX),
            created_at: self.created_at,
            updated_at: self.updated_at,
        })
    }
}

fn role_of(who: &Actor, study: Id<Study>) -> Option<StudyRole> {
    who.staff().ok().and_then(|staff| staff.study_role(study))
}

/// Reads a word that a check constraint keeps within the enumeration.
pub(crate) fn word<T: core::str::FromStr>(text: &str) -> Result<T, Failure> {
    text.parse().map_err(|_| Failure::other(format!("unknown word in the database: {text}")))
}

/// The study, locked until the transaction ends.
pub(super) async fn lock(
    conn: &mut PgConnection,
    who: &Actor,
    study: Id<Study>,
) -> Result<StudyView, StudyError> {
    let row = sqlx::query_as!(
        StudyRow,
        r#"select s.id, s.code, s.name, s.description, s.status, s.languages, s.time_zone,
               s.integration_mode, s.redcap_enabled, s.is_demo, s.created_at, s.updated_at,
               (select count(*) from app.site t where t.study_id = s.id) as "sites!",
               (select count(*) from app.study_member m
                where m.study_id = s.id and m.removed_at is null) as "members!",
               (select coalesce(sum(c.participants), 0)::bigint
                from app.participant_count c where c.study_id = s.id) as "participants!"
           from app.study s where s.id = $1 for update of s"#,
        study.uuid()
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.ok_or(StudyError::StudyNotFound)?.view(who)?)
}

/// Refuses an archived study, and keeps it from being archived until the transaction ends.
/// Returns its time zone.
pub(crate) async fn refuse_archived(
    conn: &mut PgConnection,
    study: Id<Study>,
) -> Result<String, StudyError> {
    let row = sqlx::query!(
        "select status, time_zone from app.study where id = $1 for share",
        study.uuid()
    )
    .fetch_optional(conn)
    .await?
    .ok_or(StudyError::StudyNotFound)?;
    if word::<StudyStatus>(&row.status)? == StudyStatus::Archived {
        return Err(StudyError::Archived);
    }
    Ok(row.time_zone)
}

/// What the audit trail keeps of a study.
#[derive(Serialize)]
pub(super) struct Values<'a> {
    code: &'a str,
    name: &'a str,
    description: &'a str,
    languages: &'a [Locale],
    time_zone: &'a str,
    integration_mode: Option<contract::study::IntegrationMode>,
    is_demo: bool,
}

impl<'a> From<&'a StudyView> for Values<'a> {
    fn from(study: &'a StudyView) -> Self {
        Self {
            code: &study.code,
            name: &study.name,
            description: &study.description,
            languages: &study.languages,
            time_zone: &study.time_zone,
            integration_mode: study.integration_mode,
            is_demo: study.is_demo,
        }
    }
}

/// Language tags for the database.
pub(super) fn tags(languages: &[Locale]) -> Vec<String> {
    languages.iter().map(|language| language.tag().to_owned()).collect()
}
