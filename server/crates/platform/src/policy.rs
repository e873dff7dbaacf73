//! The one place where "may they?" is answered, as a type that service functions demand.
//!
//! A service function that changes or reads study data asks [`require`] first and passes the
//! [`Authorized`] token on; repository functions that write take the token, so a forgotten check
//! does not compile.

use crate::actor::Actor;
use contract::ids::Study;
use contract::permission::{Permission, allows};
use contract::{ApiError, ErrorCode, Id};

/// Proof that the actor may do one thing, in one study where the thing belongs to a study.
#[derive(Debug, Clone, Copy)]
pub struct Authorized {
    permission: Permission,
    study: Option<Id<Study>>,
}

impl Authorized {
    #[must_use]
    pub const fn permission(&self) -> Permission {
        self.permission
    }

    /// The study it holds for; none for system-wide permissions.
    #[must_use]
    pub const fn study(&self) -> Option<Id<Study>> {
        self.study
    }
}

/// Why not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Denied {
    #[error("Please sign in.")]
    NotSignedIn,
    #[error("Your account is not allowed to do this. Ask a study owner or an administrator.")]
    NotAllowed,
    /// Not a member of the study: answered like a study that does not exist.
    #[error("There is no such study, or it is not yours to see.")]
    NotAMember,
    #[error("Please choose a new password first.")]
    MustChangePassword,
}

impl From<Denied> for ApiError {
    fn from(denied: Denied) -> Self {
        let (code, reason) = match denied {
            Denied::NotSignedIn => (ErrorCode::Unauthenticated, "not_signed_in"),
            Denied::NotAllowed => (ErrorCode::Forbidden, "not_allowed"),
            Denied::NotAMember => (ErrorCode::NotFound, "study_not_found"),
            Denied::MustChangePassword => (ErrorCode::Forbidden, "must_change_password"),
        };
        Self::new(code, reason, denied.to_string())
    }
}

/// May `actor` do `permission` in `study`? The system itself may do everything.
///
/// # Errors
/// [`Denied`], by cause.
pub fn require(
    actor: &Actor,
    permission: Permission,
    study: Id<Study>,
) -> Result<Authorized, Denied> {
    let granted = Authorized { permission, study: Some(study) };
    if matches!(actor, Actor::System { .. }) {
        return Ok(granted);
    }
    let staff = actor.staff()?;
    if staff.must_change_password {
        return Err(Denied::MustChangePassword);
    }
    let role = staff.study_role(study);
    if allows(staff.role, role, permission) {
        Ok(granted)
    } else if role.is_none() && !allows(staff.role, None, Permission::StudyRead) {
        Err(Denied::NotAMember)
    } else {
        Err(Denied::NotAllowed)
    }
}

/// May `actor` do a thing that belongs to no study?
///
/// # Errors
/// [`Denied`], by cause.
pub fn require_system(actor: &Actor, permission: Permission) -> Result<Authorized, Denied> {
    let granted = Authorized { permission, study: None };
    if matches!(actor, Actor::System { .. }) {
        return Ok(granted);
    }
    let staff = actor.staff()?;
    if staff.must_change_password {
        return Err(Denied::MustChangePassword);
    }
    if permission.is_system() && allows(staff.role, None, permission) {
        Ok(granted)
    } else {
        Err(Denied::NotAllowed)
    }
}
