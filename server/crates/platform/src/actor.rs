//! Who acts.

use contract::Id;
use contract::ids::{Participant, PortalSession, Study, User, UserSession};
use contract::permission::{StudyRole, SystemRole};

/// The one on whose behalf something happens. Made by the session middleware from a proven
/// credential, never from request data.
#[derive(Debug, Clone)]
pub enum Actor {
    Staff(StaffActor),
    Participant(ParticipantActor),
    /// A browser that holds the upload key of exactly one assessment session.
    TaskRunner {
        session: Id<contract::ids::Session>,
        participant: Id<Participant>,
        study: Id<Study>,
    },
    /// The system itself: jobs, command line, demonstration seed. `name` says which part.
    System {
        name: &'static str,
    },
    Nobody,
}

/// A member of staff, with the roles as they stood when the request began.
#[derive(Debug, Clone)]
pub struct StaffActor {
    pub user: Id<User>,
    pub session: Id<UserSession>,
    pub role: SystemRole,
    /// One entry for each study that the account is a member of.
    pub memberships: Vec<(Id<Study>, StudyRole)>,
    /// The account must change its password before anything else.
    pub must_change_password: bool,
}

impl StaffActor {
    /// The role in `study`, if a member.
    #[must_use]
    pub fn study_role(&self, study: Id<Study>) -> Option<StudyRole> {
        self.memberships.iter().find(|(id, _)| *id == study).map(|(_, role)| *role)
    }
}

/// A participant signed in to the patient portal. Sees this participant's data only.
#[derive(Debug, Clone, Copy)]
pub struct ParticipantActor {
    pub participant: Id<Participant>,
    pub study: Id<Study>,
    pub session: Id<PortalSession>,
}

impl Actor {
    /// `staff`, `participant`, `task_runner`, `system` or `nobody`, for the audit trail and logs.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Staff(_) => "staff",
            Self::Participant(_) => "participant",
            Self::TaskRunner { .. } => "task_runner",
            Self::System { .. } => "system",
            Self::Nobody => "nobody",
        }
    }

    /// The identifier behind the actor (user, participant, or the system part's name).
    #[must_use]
    pub fn reference(&self) -> String {
        match self {
            Self::Staff(staff) => staff.user.to_string(),
            Self::Participant(p) => p.participant.to_string(),
            Self::TaskRunner { participant, .. } => participant.to_string(),
            Self::System { name } => (*name).to_owned(),
            Self::Nobody => String::new(),
        }
    }

    /// The member of staff.
    ///
    /// # Errors
    /// [`crate::Denied`] for everybody else.
    pub const fn staff(&self) -> Result<&StaffActor, crate::Denied> {
        match self {
            Self::Staff(staff) => Ok(staff),
            Self::Nobody => Err(crate::Denied::NotSignedIn),
            _ => Err(crate::Denied::NotAllowed),
        }
    }

    /// The participant.
    ///
    /// # Errors
    /// [`crate::Denied`] for everybody else.
    pub const fn participant(&self) -> Result<&ParticipantActor, crate::Denied> {
        match self {
            Self::Participant(participant) => Ok(participant),
            Self::Nobody => Err(crate::Denied::NotSignedIn),
            _ => Err(crate::Denied::NotAllowed),
        }
    }
}
