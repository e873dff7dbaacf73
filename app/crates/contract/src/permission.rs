//! Who may what: system roles, study roles and permissions.
//!
//! A member of staff may do a thing in a study when the system role allows it *and* the role in
//! that study's membership allows it. A system administrator needs no membership, except for the
//! few operations that demand a study's own admin or owner ([`Permission::is_strict`]).

use core::{fmt, str::FromStr};
use serde::{Deserialize, Serialize};

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $word)] $variant,)* }
        impl $name {
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];
            /// The word in the database, in URLs and in JSON.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }
        impl FromStr for $name {
            type Err = UnknownWord;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text { $($word => Ok(Self::$variant),)* _ => Err(UnknownWord) }
            }
        }
    };
}

pub(crate) use words;

/// A word that is none of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not one of the known words")]
pub struct UnknownWord;

words! {
    /// Role of an account in the whole system.
    SystemRole {
        Admin = "admin",
        Researcher = "researcher",
        Coordinator = "coordinator",
        Viewer = "viewer",
    }
}

words! {
    /// Role of an account in one study.
    StudyRole {
        Owner = "owner",
        Admin = "admin",
        Researcher = "researcher",
        Coordinator = "coordinator",
        DataEntry = "data_entry",
        Viewer = "viewer",
    }
}

words! {
    /// One thing that a member of staff may be allowed to do.
    Permission {
        /// Register accounts, change roles, end sessions of others.
        UserManage = "user.manage",
        StudyCreate = "study.create",
        StudyRead = "study.read",
        /// Change a study's own fields, its sites and its design.
        StudyManage = "study.manage",
        /// Give and take study roles.
        MemberManage = "member.manage",
        ParticipantRead = "participant.read",
        ParticipantManage = "participant.manage",
        /// See e-mail, phone and names.
        ContactRead = "contact.read",
        BatteryRead = "battery.read",
        BatteryManage = "battery.manage",
        /// Give a battery to a participant, send the link.
        AssignmentManage = "assignment.manage",
        SessionRead = "session.read",
        ExportRun = "export.run",
        AuditRead = "audit.read",
    }
}

impl Permission {
    /// Needs no study: granted by the system role alone.
    #[must_use]
    pub const fn is_system(self) -> bool {
        matches!(self, Self::UserManage | Self::StudyCreate)
    }

    /// Demands the study's own admin or owner; a system administrator without that row is refused.
    #[must_use]
    pub const fn is_strict(self) -> bool {
        false
    }
}

/// Whether the system role, taken alone, leaves `permission` possible.
#[must_use]
pub const fn system_role_allows(role: SystemRole, permission: Permission) -> bool {
    use Permission as P;
    match role {
        SystemRole::Admin => true,
        SystemRole::Researcher => !matches!(permission, P::UserManage),
        SystemRole::Coordinator => !matches!(permission, P::UserManage | P::ExportRun),
        SystemRole::Viewer => matches!(
            permission,
            P::StudyRead | P::ParticipantRead | P::BatteryRead | P::SessionRead | P::AuditRead
        ),
    }
}

/// Whether a study role allows `permission` in its study.
#[must_use]
pub const fn study_role_allows(role: StudyRole, permission: Permission) -> bool {
    use Permission as P;
    match role {
        StudyRole::Owner | StudyRole::Admin => !permission.is_system(),
        StudyRole::Researcher => !permission.is_system() && !matches!(permission, P::MemberManage),
        StudyRole::Coordinator => matches!(
            permission,
            P::StudyRead
                | P::ParticipantRead
                | P::ParticipantManage
                | P::ContactRead
                | P::BatteryRead
                | P::BatteryManage
                | P::AssignmentManage
                | P::SessionRead
        ),
        StudyRole::DataEntry => matches!(
            permission,
            P::StudyRead
                | P::ParticipantRead
                | P::ParticipantManage
                | P::BatteryRead
                | P::SessionRead
        ),
        StudyRole::Viewer => {
            matches!(
                permission,
                P::StudyRead | P::ParticipantRead | P::BatteryRead | P::SessionRead
            )
        }
    }
}

/// The whole rule: may an account with this system role and this study role (none: no
/// membership) do `permission`?
#[must_use]
pub const fn allows(system: SystemRole, study: Option<StudyRole>, permission: Permission) -> bool {
    if permission.is_system() {
        return system_role_allows(system, permission);
    }
    match (system, study) {
        (SystemRole::Admin, None) => !permission.is_strict(),
        (_, Some(role)) => {
            (matches!(system, SystemRole::Admin) && !permission.is_strict())
                || (system_role_allows(system, permission) && study_role_allows(role, permission))
        }
        (_, None) => false,
    }
}
