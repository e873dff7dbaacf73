//! Data transfer objects: accounts, sign-in, sessions, study membership, magic links.

use crate::ids::{Participant, Study, User, UserSession};
use crate::permission::{StudyRole, SystemRole, UnknownWord, words};
use crate::validate::Check;
use crate::{ApiError, Id, Locale};
use chrono::{DateTime, Utc};
use core::{fmt, str::FromStr};
use serde::{Deserialize, Serialize};

/// A password on its way in, or a temporary one on its only way out. Never shown by `Debug`.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String, format = Password))]
#[serde(transparent)]
pub struct Password(String);

impl Password {
    /// Shortest password that may be chosen, in characters.
    pub const MIN: usize = 12;
    /// Longest password that is read, in bytes: hashing must not become a lever for slowing the
    /// server down.
    pub const MAX_BYTES: usize = 1024;

    #[must_use]
    pub const fn new(text: String) -> Self {
        Self(text)
    }

    /// The text, for hashing or for showing a temporary password once.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Adds what is wrong with it as something to try, not as something to choose.
    pub fn check(&self, check: &mut Check, field: &str) {
        if self.0.is_empty() {
            check.fail(field, "required", "must be filled in.".into(), &[]);
        } else if self.0.len() > Self::MAX_BYTES {
            let message = format!("must have at most {} bytes.", Self::MAX_BYTES);
            check.fail(field, "too_long", message, &[("max", Self::MAX_BYTES.to_string())]);
        }
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

impl From<&str> for Password {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

words! {
    /// Whether an account may sign in.
    UserStatus {
        Active = "active",
        Disabled = "disabled",
    }
}

words! {
    /// How a session proves itself.
    SessionKind {
        /// A cookie with an opaque token.
        Browser = "browser",
        /// Access and refresh tokens (JWT) that name the session.
        Api = "api",
    }
}

/// The columns that the list of accounts sorts by; by name unless told.
pub const USER_SORTS: [&str; 6] = ["name", "email", "role", "status", "created", "last_login"];

/// An account of a member of staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UserView {
    pub id: Id<User>,
    pub email: String,
    pub name: String,
    pub role: SystemRole,
    pub status: UserStatus,
    pub locale: Locale,
    /// Nothing but changing the password is possible until that is done.
    pub must_change_password: bool,
    pub created_at: DateTime<Utc>,
    pub last_login_at: Option<DateTime<Utc>>,
}

/// Sign-in with e-mail and password. `username` is read as `email`, for OAuth2 form clients.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LoginRequest {
    #[serde(alias = "username")]
    pub email: String,
    pub password: Password,
}

impl LoginRequest {
    /// # Errors
    /// 422 for what is empty or too long. A malformed address is no error here: it is answered
    /// like an unknown one.
    pub fn check(&self) -> Result<(), ApiError> {
        let mut check = Check::default();
        check.text("email", &self.email, 1, 254);
        self.password.check(&mut check, "password");
        check.done()
    }
}

/// Access and refresh token of an API client.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TokenReply {
    pub user: UserView,
    pub access_token: String,
    pub refresh_token: String,
    /// Always `bearer`.
    pub token_type: String,
    /// Seconds that the access token is good for.
    pub expires_in: u32,
}

impl fmt::Debug for TokenReply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenReply").field("user", &self.user).finish_non_exhaustive()
    }
}

/// A refresh token, to be exchanged for a new pair.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RefreshRequest {
    pub refresh_token: String,
}

impl fmt::Debug for RefreshRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RefreshRequest(…)")
    }
}

/// A signed-in period, as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionView {
    pub id: Id<UserSession>,
    pub kind: SessionKind,
    /// Browser family or client name, e.g. `Firefox`.
    pub client: String,
    /// The session that asks.
    pub current: bool,
    pub created_at: DateTime<Utc>,
    /// Last use, to the minute.
    pub last_seen_at: DateTime<Utc>,
    /// End without activity.
    pub idle_expires_at: DateTime<Utc>,
    /// End in any case.
    pub expires_at: DateTime<Utc>,
}

/// Answer of a browser sign-in; the token itself travels in the cookie only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BrowserLoginReply {
    pub user: UserView,
    pub session: SessionView,
}

/// A role in a study.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Membership {
    pub study_id: Id<Study>,
    pub role: StudyRole,
}

/// Who is signed in, with which roles, until when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Me {
    pub user: UserView,
    pub memberships: Vec<Membership>,
    pub session: SessionView,
    /// Seconds until the session ends if nothing more happens.
    pub session_seconds_left: u32,
}

/// A new account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RegisterUser {
    pub email: String,
    pub name: String,
    pub role: SystemRole,
    #[serde(default)]
    pub locale: Locale,
    /// None: the server makes a temporary one and returns it once. Either way it must be changed
    /// at the first sign-in.
    #[serde(default)]
    pub password: Option<Password>,
}

impl RegisterUser {
    /// # Errors
    /// 422 naming every field that breaks a rule.
    pub fn check(&self) -> Result<(), ApiError> {
        let mut check = Check::default();
        check.email("email", self.email.trim());
        check.text("name", &self.name, 1, 120);
        if let Some(password) = &self.password {
            password.check(&mut check, "password");
        }
        check.done()
    }
}

/// An account just made, or one with a new temporary password.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RegisteredUser {
    pub user: UserView,
    /// Shown this once; none when the password was given.
    pub temporary_password: Option<Password>,
}

/// Changes to an account. What is left out stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct UpdateUser {
    pub name: Option<String>,
    pub role: Option<SystemRole>,
    pub locale: Option<Locale>,
    /// `disabled` ends all sessions of the account.
    pub status: Option<UserStatus>,
}

impl UpdateUser {
    /// # Errors
    /// 422 naming every field that breaks a rule.
    pub fn check(&self) -> Result<(), ApiError> {
        let mut check = Check::default();
        if let Some(name) = &self.name {
            check.text("name", name, 1, 120);
        }
        check.done()
    }
}

/// A new password for oneself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangePassword {
    pub current_password: Password,
    /// At least 12 characters, hard to guess, not the e-mail address.
    pub new_password: Password,
}

impl ChangePassword {
    /// # Errors
    /// 422 for what is empty or too long; strength is judged by the server.
    pub fn check(&self) -> Result<(), ApiError> {
        let mut check = Check::default();
        self.current_password.check(&mut check, "current_password");
        self.new_password.check(&mut check, "new_password");
        check.done()
    }
}

/// A member of a study.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MemberView {
    pub user_id: Id<User>,
    pub email: String,
    pub name: String,
    pub system_role: SystemRole,
    pub role: StudyRole,
    pub status: UserStatus,
    pub since: DateTime<Utc>,
}

/// Adds somebody to a study.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AddMember {
    /// E-mail address of an existing account.
    pub email: String,
    pub role: StudyRole,
}

impl AddMember {
    /// # Errors
    /// 422 for a malformed address.
    pub fn check(&self) -> Result<(), ApiError> {
        let mut check = Check::default();
        check.email("email", self.email.trim());
        check.done()
    }
}

/// Changes the role of a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangeMemberRole {
    pub role: StudyRole,
}

/// Asks for a sign-in link by e-mail.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MagicLinkRequest {
    pub email: String,
}

impl MagicLinkRequest {
    /// # Errors
    /// 422 for a malformed address; an unknown one is no error.
    pub fn check(&self) -> Result<(), ApiError> {
        let mut check = Check::default();
        check.email("email", self.email.trim());
        check.done()
    }
}

impl fmt::Debug for MagicLinkRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MagicLinkRequest(…)")
    }
}

/// The same words for known and unknown addresses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MagicLinkReply {
    pub message: String,
}

/// The token of a link, to be spent.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VerifyMagicLink {
    pub token: String,
}

impl fmt::Debug for VerifyMagicLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("VerifyMagicLink(…)")
    }
}

/// A participant is signed in; the token itself travels in the cookie only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PortalLoginReply {
    pub participant_id: Id<Participant>,
    pub study_id: Id<Study>,
    /// End of the session in any case.
    pub expires_at: DateTime<Utc>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_not_shown_by_debug() {
        let login = LoginRequest { email: "ada@example.org".into(), password: "hush hush".into() };
        let verify = VerifyMagicLink { token: "hush hush".into() };
        let refresh = RefreshRequest { refresh_token: "hush hush".into() };
        let link = MagicLinkRequest { email: "hush@example.org".into() };
        assert!(!format!("{login:?} {verify:?} {refresh:?} {link:?}").contains("hush"));
    }

    #[test]
    fn oauth_clients_may_say_username() {
        let login: LoginRequest =
            serde_json::from_str(r#"{"username":"ada@example.org","password":"x"}"#).unwrap();
        assert_eq!(login.email, "ada@example.org");
    }

    #[test]
    fn a_password_to_try_is_neither_empty_nor_endless() {
        let rule = |password: &str| {
            let login = LoginRequest { email: "a".into(), password: password.into() };
            login.check().err().map(|error| error.fields[0].rule.clone())
        };
        assert_eq!(rule("").as_deref(), Some("required"));
        assert_eq!(rule(&"x".repeat(1025)).as_deref(), Some("too_long"));
        assert_eq!(rule(&"x".repeat(1024)), None);
    }
}
