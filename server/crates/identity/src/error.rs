//! What can go wrong with accounts, sessions and links, by cause.

use contract::{ApiError, ErrorCode, FieldError};
use platform::{Denied, Failure};
use std::collections::BTreeMap;

#[derive(Debug, thiserror::Error)]
pub enum IdentityError {
    #[error(transparent)]
    Denied(#[from] Denied),
    #[error(transparent)]
    Failure(#[from] Failure),
    /// Fields that break rules, named one by one.
    #[error(transparent)]
    Invalid(#[from] ApiError),
    /// Unknown address, wrong password and disabled account alike.
    #[error("The e-mail address or the password is not right.")]
    InvalidCredentials,
    #[error(
        "Too many wrong passwords. Password sign-in for this account is locked for {minutes} more \
         minutes."
    )]
    Locked { minutes: u32 },
    /// Forged, expired, already used, or of a session that has ended.
    #[error("This token is not valid, or no longer. Please sign in again.")]
    TokenRefused,
    #[error("There is no such account.")]
    UserNotFound,
    #[error("An account with this e-mail address exists already.")]
    EmailTaken,
    #[error("This is the last administrator. Make another one first.")]
    LastAdmin,
    #[error("There is no such session, or it has ended.")]
    SessionNotFound,
    #[error("There is no such study, or it is not yours to see.")]
    StudyNotFound,
    #[error("This person is not a member of the study.")]
    MemberNotFound,
    #[error("This person is a member of the study already.")]
    AlreadyMember,
    #[error("This account is disabled. Enable it first.")]
    AccountDisabled,
    #[error("Only an owner of the study or an administrator may give or take the owner role.")]
    OwnerOnly,
    #[error("This is the last owner of the study. Make another one first.")]
    LastOwner,
    /// Unknown, expired or spent link alike.
    #[error("This link is not valid any more. Please ask for a new one.")]
    LinkNotValid,
}

impl From<sqlx::Error> for IdentityError {
    fn from(error: sqlx::Error) -> Self {
        Self::Failure(error.into())
    }
}

impl From<IdentityError> for ApiError {
    fn from(error: IdentityError) -> Self {
        use ErrorCode as C;
        use IdentityError as E;
        let message = error.to_string();
        let (code, reason) = match error {
            E::Denied(denied) => return denied.into(),
            E::Failure(failure) => return failure.into(),
            E::Invalid(invalid) => return invalid,
            E::EmailTaken => return taken("email", "email_taken", message),
            E::AlreadyMember => return taken("email", "already_member", message),
            E::InvalidCredentials => (C::Unauthenticated, "invalid_credentials"),
            E::Locked { .. } => (C::Locked, "login_locked"),
            E::TokenRefused => (C::Unauthenticated, "token_refused"),
            E::UserNotFound => (C::NotFound, "user_not_found"),
            E::LastAdmin => (C::Conflict, "last_admin"),
            E::SessionNotFound => (C::NotFound, "session_not_found"),
            E::StudyNotFound => (C::NotFound, "study_not_found"),
            E::MemberNotFound => (C::NotFound, "member_not_found"),
            E::AccountDisabled => (C::Conflict, "account_disabled"),
            E::OwnerOnly => (C::Forbidden, "owner_only"),
            E::LastOwner => (C::Conflict, "last_owner"),
            E::LinkNotValid => (C::Unauthenticated, "link_not_valid"),
        };
        Self::new(code, reason, message)
    }
}

/// A conflict that one field is at fault for.
fn taken(field: &str, reason: &str, message: String) -> ApiError {
    let mut error = ApiError::new(ErrorCode::Conflict, reason, message.clone());
    error.fields.push(FieldError {
        field: field.into(),
        rule: reason.into(),
        message,
        params: BTreeMap::new(),
    });
    error
}
