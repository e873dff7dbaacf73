//! Data transfer objects: studies and their sites.

use crate::ids::{Site, Study};
use crate::permission::{StudyRole, UnknownWord, words};
use crate::validate::Check;
use crate::{ApiError, Id, Locale};
use chrono::{DateTime, Utc};
use core::{fmt, str::FromStr};
use serde::{Deserialize, Serialize};

words! {
    /// Where a study stands in its life.
    StudyStatus {
        /// Being set up.
        Draft = "draft",
        /// Participants may be enrolled.
        Active = "active",
        /// No new participants; those enrolled go on.
        Paused = "paused",
        /// Data collection is over.
        Completed = "completed",
        /// Read-only.
        Archived = "archived",
    }
}

impl StudyStatus {
    /// The states that may follow this one.
    #[must_use]
    pub const fn next(self) -> &'static [Self] {
        match self {
            Self::Draft => &[Self::Active, Self::Archived],
            Self::Active => &[Self::Paused, Self::Completed],
            Self::Paused => &[Self::Active, Self::Completed],
            Self::Completed => &[Self::Archived],
            Self::Archived => &[],
        }
    }

    /// Whether `to` may follow.
    #[must_use]
    pub fn may_become(self, to: Self) -> bool {
        self.next().contains(&to)
    }
}

words! {
    /// Who owns randomization, forms, events and visit windows of a study.
    IntegrationMode {
        Metricis = "metricis",
        Redcap = "redcap",
    }
}

words! {
    /// Whether a site takes part.
    SiteStatus {
        Active = "active",
        Inactive = "inactive",
    }
}

/// The columns that the list of studies sorts by; by code unless told.
pub const STUDY_SORTS: [&str; 4] = ["code", "name", "status", "created"];

/// A study.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StudyView {
    pub id: Id<Study>,
    pub code: String,
    pub name: String,
    pub description: String,
    pub status: StudyStatus,
    /// Languages in which participants meet the study.
    pub languages: Vec<Locale>,
    /// IANA zone of sites that name none, e.g. `America/Toronto`.
    pub time_zone: String,
    pub integration_mode: Option<IntegrationMode>,
    pub redcap_enabled: bool,
    /// Made by the demonstration; holds no real person's data.
    pub is_demo: bool,
    /// Your role in it; none for an administrator without membership.
    pub my_role: Option<StudyRole>,
    pub sites: u32,
    pub members: u32,
    /// Of whatever status.
    pub participants: u32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// A new study. It begins as a draft, and who makes it owns it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreateStudy {
    /// Unique without regard to case: letters, digits, `-`, `_`, `.`.
    pub code: String,
    pub name: String,
    #[serde(default)]
    pub description: String,
    #[serde(default = "english")]
    pub languages: Vec<Locale>,
    #[serde(default = "utc")]
    pub time_zone: String,
    #[serde(default)]
    pub integration_mode: Option<IntegrationMode>,
}

fn english() -> Vec<Locale> {
    vec![Locale::En]
}

fn utc() -> String {
    "UTC".into()
}

impl CreateStudy {
    /// The rules that need no database; the zone's name is checked by the server.
    ///
    /// # Errors
    /// 422 naming every field that breaks a rule.
    pub fn check(&self) -> Result<(), ApiError> {
        let mut check = Check::default();
        check.text("code", &self.code, 1, 40);
        check.code("code", self.code.trim());
        check.text("name", &self.name, 1, 200);
        check.text("description", &self.description, 0, 4000);
        check_languages(&mut check, &self.languages);
        check.text("time_zone", &self.time_zone, 1, 64);
        check.done()
    }
}

fn check_languages(check: &mut Check, languages: &[Locale]) {
    let mut distinct = languages.to_vec();
    distinct.sort_unstable();
    distinct.dedup();
    if languages.is_empty() {
        check.fail("languages", "required", "must name at least one language.".into(), &[]);
    } else if distinct.len() < languages.len() {
        check.fail("languages", "duplicate", "must name each language once.".into(), &[]);
    }
}

/// Changes to a study. What is left out stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct UpdateStudy {
    pub name: Option<String>,
    pub description: Option<String>,
    pub languages: Option<Vec<Locale>>,
    pub time_zone: Option<String>,
    /// May be set while none is set or the study is a draft; fixed afterwards.
    pub integration_mode: Option<IntegrationMode>,
}

impl UpdateStudy {
    /// # Errors
    /// 422 naming every field that breaks a rule.
    pub fn check(&self) -> Result<(), ApiError> {
        let mut check = Check::default();
        if let Some(name) = &self.name {
            check.text("name", name, 1, 200);
        }
        if let Some(description) = &self.description {
            check.text("description", description, 0, 4000);
        }
        if let Some(languages) = &self.languages {
            check_languages(&mut check, languages);
        }
        if let Some(time_zone) = &self.time_zone {
            check.text("time_zone", time_zone, 1, 64);
        }
        check.done()
    }
}

/// Moves a study to another state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangeStudyStatus {
    pub status: StudyStatus,
    /// Kept in the audit trail.
    #[serde(default)]
    pub reason: Option<String>,
}

impl ChangeStudyStatus {
    /// # Errors
    /// 422 when the reason is too long.
    pub fn check(&self) -> Result<(), ApiError> {
        let mut check = Check::default();
        if let Some(reason) = &self.reason {
            check.text("reason", reason, 0, 500);
        }
        check.done()
    }
}

/// A site of a study.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SiteView {
    pub id: Id<Site>,
    pub study_id: Id<Study>,
    pub code: String,
    pub name: String,
    /// IANA zone, e.g. `Europe/Paris`.
    pub time_zone: String,
    pub status: SiteStatus,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// A new site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreateSite {
    /// Unique within the study, without regard to case.
    pub code: String,
    pub name: String,
    /// None: the study's.
    #[serde(default)]
    pub time_zone: Option<String>,
}

impl CreateSite {
    /// # Errors
    /// 422 naming every field that breaks a rule.
    pub fn check(&self) -> Result<(), ApiError> {
        let mut check = Check::default();
        check.text("code", &self.code, 1, 40);
        check.code("code", self.code.trim());
        check.text("name", &self.name, 1, 200);
        if let Some(time_zone) = &self.time_zone {
            check.text("time_zone", time_zone, 1, 64);
        }
        check.done()
    }
}

/// Changes to a site. What is left out stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct UpdateSite {
    pub name: Option<String>,
    pub time_zone: Option<String>,
    pub status: Option<SiteStatus>,
}

impl UpdateSite {
    /// # Errors
    /// 422 naming every field that breaks a rule.
    pub fn check(&self) -> Result<(), ApiError> {
        let mut check = Check::default();
        if let Some(name) = &self.name {
            check.text("name", name, 1, 200);
        }
        if let Some(time_zone) = &self.time_zone {
            check.text("time_zone", time_zone, 1, 64);
        }
        check.done()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_study_needs_a_code_and_a_name_only() {
        let new: CreateStudy =
            serde_json::from_str(r#"{"code":"NEURO-2026-001","name":"Sleep"}"#).unwrap();
        assert!(new.check().is_ok());
        assert_eq!((new.languages, new.time_zone.as_str()), (vec![Locale::En], "UTC"));
        assert_eq!(new.integration_mode, None);
    }

    #[test]
    fn every_state_can_be_left_but_the_last_and_none_leads_to_itself() {
        for status in StudyStatus::ALL.iter().copied() {
            assert_eq!(status.next().is_empty(), status == StudyStatus::Archived);
            assert!(!status.may_become(status));
            assert!(!status.may_become(StudyStatus::Draft));
        }
    }
}
