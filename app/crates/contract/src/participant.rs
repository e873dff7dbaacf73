//! Data transfer objects: participants and their contact data.

use crate::ids::{Participant, Site, Study};
use crate::permission::{UnknownWord, words};
use crate::validate::Check;
use crate::{ApiError, Id, Locale};
use chrono::{DateTime, NaiveDate, Utc};
use core::{fmt, str::FromStr};
use serde::{Deserialize, Serialize};

words! {
    /// Where a participant stands in the study.
    ParticipantStatus {
        /// Being considered; not enrolled yet.
        Screened = "screened",
        Enrolled = "enrolled",
        /// Has done everything that the study asks.
        Completed = "completed",
        /// Left, or was taken out, before the end. The data stay.
        Withdrawn = "withdrawn",
    }
}

impl ParticipantStatus {
    /// Whether staff may change this status to `next`. Going back (completed or withdrawn to an
    /// earlier status) corrects a mistake and needs a reason.
    #[must_use]
    pub const fn may_become(self, next: Self) -> bool {
        use ParticipantStatus::{Completed, Enrolled, Screened, Withdrawn};
        matches!(
            (self, next),
            (Screened, Enrolled | Withdrawn)
                | (Enrolled, Completed | Withdrawn)
                | (Completed, Enrolled | Withdrawn)
                | (Withdrawn, Screened | Enrolled)
        )
    }

    /// Whether the step from `self` to `next` must say why.
    #[must_use]
    pub const fn needs_reason(self, next: Self) -> bool {
        matches!(next, Self::Withdrawn) || matches!(self, Self::Completed | Self::Withdrawn)
    }
}

/// One row of the list of participants. Holds no contact data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ParticipantSummary {
    pub id: Id<Participant>,
    pub study_id: Id<Study>,
    /// The pseudonym under which people speak of this participant; unique in the study.
    pub participant_code: String,
    pub site_id: Id<Site>,
    pub site_code: String,
    pub status: ParticipantStatus,
    /// Local date of the site; none until enrolled.
    pub enrollment_date: Option<NaiveDate>,
    pub language: Locale,
    pub created_at: DateTime<Utc>,
}

/// Everything that may be shown of a participant without showing who it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ParticipantDetail {
    #[serde(flatten)]
    pub summary: ParticipantSummary,
    pub site_name: String,
    /// IANA name of the site's time zone; all of the participant's dates are dates there.
    pub site_time_zone: String,
    /// Why the status is what it is, where a reason was demanded.
    pub status_reason: Option<String>,
    /// Local date from which the status holds.
    pub status_date: NaiveDate,
    pub arm: Option<String>,
    pub contact: ContactPresence,
    /// Others in this study who are reached under the same e-mail address: a caregiver's, or a
    /// mistyped one.
    pub same_email_as: Vec<ParticipantReference>,
    pub updated_at: DateTime<Utc>,
    /// Number of this state. An update names the state that it was made from.
    pub version: i64,
}

/// A participant, by code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ParticipantReference {
    pub id: Id<Participant>,
    pub participant_code: String,
}

/// Which contact data are on file; the values are shown by an audited request of their own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ContactPresence {
    pub email: bool,
    pub phone: bool,
    pub given_name: bool,
    pub family_name: bool,
}

/// Contact data in the clear.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Contact {
    pub email: Option<String>,
    pub phone: Option<String>,
    pub given_name: Option<String>,
    pub family_name: Option<String>,
}

impl fmt::Debug for Contact {
    /// Names the fields that are filled in, never what they hold.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Contact")
            .field("email", &self.email.is_some())
            .field("phone", &self.phone.is_some())
            .field("given_name", &self.given_name.is_some())
            .field("family_name", &self.family_name.is_some())
            .finish()
    }
}

/// A change of contact data: a field that is absent stays, an empty one is removed.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct ContactChange {
    pub email: Option<String>,
    pub phone: Option<String>,
    pub given_name: Option<String>,
    pub family_name: Option<String>,
}

impl ContactChange {
    /// Nothing to change.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.email.is_none()
            && self.phone.is_none()
            && self.given_name.is_none()
            && self.family_name.is_none()
    }

    fn check(&self, check: &mut Check) {
        if let Some(email) = filled(self.email.as_deref()) {
            check.email("contact.email", email);
        }
        if let Some(phone) = filled(self.phone.as_deref()) {
            let digits = phone.chars().filter(char::is_ascii_digit).count();
            let known =
                |c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '(' | ')' | '.' | ' ');
            if !(5..=15).contains(&digits) || phone.len() > 30 || !phone.chars().all(known) {
                let message = "must be a telephone number such as +1 514 555 0100: 5 to 15 digits.";
                check.fail("contact.phone", "phone", message.into(), &[]);
            }
        }
        for (field, name) in [
            ("contact.given_name", self.given_name.as_deref()),
            ("contact.family_name", self.family_name.as_deref()),
        ] {
            check.text(field, name.unwrap_or_default(), 0, 100);
        }
    }
}

impl fmt::Debug for ContactChange {
    /// Names the fields that change, never what they hold.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ContactChange")
            .field("email", &self.email.is_some())
            .field("phone", &self.phone.is_some())
            .field("given_name", &self.given_name.is_some())
            .field("family_name", &self.family_name.is_some())
            .finish()
    }
}

/// A new participant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateParticipant {
    /// 1 to 40 letters, digits, `-`, `_` and `.`; unique in the study, whatever the case.
    pub participant_code: String,
    pub site_id: Id<Site>,
    #[serde(default)]
    pub language: Locale,
    /// Local date of the site. With a date the participant is enrolled, without one screened.
    #[serde(default)]
    pub enrollment_date: Option<NaiveDate>,
    #[serde(default)]
    pub contact: ContactChange,
}

impl CreateParticipant {
    /// The rules that need no database.
    ///
    /// # Errors
    /// 422 with every broken rule.
    pub fn check(&self) -> Result<(), ApiError> {
        let mut check = Check::default();
        check_code(&mut check, &self.participant_code);
        self.contact.check(&mut check);
        check.done()
    }
}

/// A change of a participant's fields. What is absent stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UpdateParticipant {
    /// The `version` that the change was made from.
    pub version: i64,
    #[serde(default)]
    pub participant_code: Option<String>,
    #[serde(default)]
    pub site_id: Option<Id<Site>>,
    #[serde(default)]
    pub language: Option<Locale>,
    #[serde(default)]
    pub contact: ContactChange,
}

impl UpdateParticipant {
    /// The rules that need no database.
    ///
    /// # Errors
    /// 422 with every broken rule.
    pub fn check(&self) -> Result<(), ApiError> {
        let mut check = Check::default();
        if let Some(code) = &self.participant_code {
            check_code(&mut check, code);
        }
        self.contact.check(&mut check);
        check.done()
    }
}

/// A change of status.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChangeParticipantStatus {
    /// The `version` that the change was made from.
    pub version: i64,
    pub status: ParticipantStatus,
    /// Local date of the site from which the status holds; for `enrolled` the enrollment date.
    pub date: NaiveDate,
    /// Needed for `withdrawn`, and for going back to an earlier status.
    #[serde(default)]
    pub reason: Option<String>,
}

impl ChangeParticipantStatus {
    /// The rules that need no database.
    ///
    /// # Errors
    /// 422 with every broken rule.
    pub fn check(&self) -> Result<(), ApiError> {
        let mut check = Check::default();
        let least = usize::from(self.status == ParticipantStatus::Withdrawn);
        check.text("reason", self.reason.as_deref().unwrap_or_default(), least, 500);
        check.done()
    }
}

/// What a list of participants may ask for, beside paging. Unknown sort columns and statuses are
/// refused.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema, utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(default)]
pub struct ParticipantFilter {
    /// Only participants of this site.
    pub site: Option<Id<Site>>,
}

/// The columns that a list of participants sorts by.
pub const PARTICIPANT_SORTS: &[&str] = &["code", "status", "site", "enrolled", "created"];

/// How many participants a study has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ParticipantCounts {
    pub screened: i64,
    pub enrolled: i64,
    pub completed: i64,
    pub withdrawn: i64,
}

impl ParticipantCounts {
    #[must_use]
    pub const fn of(&self, status: ParticipantStatus) -> i64 {
        match status {
            ParticipantStatus::Screened => self.screened,
            ParticipantStatus::Enrolled => self.enrolled,
            ParticipantStatus::Completed => self.completed,
            ParticipantStatus::Withdrawn => self.withdrawn,
        }
    }

    #[must_use]
    pub const fn total(&self) -> i64 {
        self.screened + self.enrolled + self.completed + self.withdrawn
    }
}

/// A link to the patient portal was sent by mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LinkSent {
    /// Until when the link can be used.
    pub expires_at: DateTime<Utc>,
}

/// What a participant sees of the own record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnRecord {
    pub id: Id<Participant>,
    pub study_id: Id<Study>,
    pub participant_code: String,
    pub status: ParticipantStatus,
    pub language: Locale,
    pub site_name: String,
    /// IANA name of the site's time zone.
    pub time_zone: String,
}

fn check_code(check: &mut Check, code: &str) {
    check.text("participant_code", code, 1, 40);
    check.code("participant_code", code.trim());
}

/// What is left of a field after trimming; nothing of an empty one.
fn filled(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn new_participant() -> CreateParticipant {
        CreateParticipant {
            participant_code: "P-001".into(),
            site_id: Id::from_uuid(Uuid::nil()),
            language: Locale::En,
            enrollment_date: None,
            contact: ContactChange::default(),
        }
    }

    #[test]
    fn a_plain_record_passes_and_every_broken_field_is_named_at_once() {
        assert!(new_participant().check().is_ok());

        let broken = CreateParticipant {
            participant_code: "P 001".into(),
            contact: ContactChange {
                email: Some("nobody".into()),
                phone: Some("call me".into()),
                given_name: Some("x".repeat(101)),
                family_name: None,
            },
            ..new_participant()
        };
        let fields: Vec<_> =
            broken.check().unwrap_err().fields.into_iter().map(|f| (f.field, f.rule)).collect();
        let expected = [
            ("participant_code", "code"),
            ("contact.email", "email"),
            ("contact.phone", "phone"),
            ("contact.given_name", "too_long"),
        ];
        assert_eq!(fields, expected.map(|(f, r)| (f.to_owned(), r.to_owned())));
    }

    #[test]
    fn an_empty_contact_field_means_remove_and_is_no_mistake() {
        let change = UpdateParticipant {
            version: 1,
            participant_code: None,
            site_id: None,
            language: None,
            contact: ContactChange {
                email: Some(String::new()),
                phone: Some(" ".into()),
                ..ContactChange::default()
            },
        };
        assert!(change.check().is_ok());
        assert!(!change.contact.is_empty());
    }

    #[test]
    fn a_withdrawal_says_why() {
        let mut change = ChangeParticipantStatus {
            version: 1,
            status: ParticipantStatus::Withdrawn,
            date: NaiveDate::from_ymd_opt(2026, 3, 1).unwrap(),
            reason: Some("  ".into()),
        };
        assert_eq!(change.check().unwrap_err().fields[0].rule, "required");
        change.reason = Some("Moved away".into());
        assert!(change.check().is_ok());
    }

    #[test]
    fn nobody_is_enrolled_out_of_nothing_or_screened_again_after_enrolment() {
        use ParticipantStatus::{Completed, Enrolled, Screened, Withdrawn};
        assert!(Screened.may_become(Enrolled));
        assert!(!Screened.may_become(Completed));
        assert!(!Enrolled.may_become(Screened));
        assert!(Withdrawn.may_become(Enrolled) && Withdrawn.needs_reason(Enrolled));
        for status in ParticipantStatus::ALL {
            assert!(!status.may_become(*status));
        }
    }

    #[test]
    fn debug_output_never_holds_contact_data() {
        let contact = Contact { email: Some("anna@example.org".into()), ..Contact::default() };
        assert!(!format!("{contact:?}").contains("anna"));
        let change = ContactChange { given_name: Some("Anna".into()), ..ContactChange::default() };
        assert!(!format!("{change:?}").contains("Anna"));
    }

    #[test]
    fn a_misspelt_field_of_a_change_is_refused_instead_of_ignored() {
        let text = r#"{"version": 1, "langauge": "fr"}"#;
        assert!(serde_json::from_str::<UpdateParticipant>(text).is_err());
    }
}
