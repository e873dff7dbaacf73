//! The run of a battery: prepared, fetched, ended.

use super::SessionStatus;
use crate::Id;
use crate::ids::{Battery as BatteryEntity, Participant, Session as SessionEntity};
use chrono::{DateTime, Utc};
use core::fmt;
use serde::{Deserialize, Serialize};

/// A run is prepared: where the browser has to go.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Launched {
    pub session_id: Id<SessionEntity>,
    /// Path with the single-use token, e.g. `/assess/?run=…&tasks=speed`; `tasks` names the
    /// program that the page loads at once.
    pub path: String,
    /// The single-use token by itself.
    pub run: String,
    pub expires_at: DateTime<Utc>,
}

impl fmt::Debug for Launched {
    /// Without the token.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Launched")
            .field("session_id", &self.session_id)
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}

/// Prepares a run: staff for a participant who is present, or the participant in person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StartSession {
    pub participant_id: Id<Participant>,
    pub battery_id: Id<BatteryEntity>,
}

/// Trades the single-use token of a launch link for the run configuration.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FetchRun {
    /// The token, `run` in the address of the task page.
    pub launch: String,
}

impl fmt::Debug for FetchRun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FetchRun { .. }")
    }
}

/// Ends a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct EndSession {
    pub session_id: Id<SessionEntity>,
}

/// The session has ended; the same answer when it had ended before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionEnded {
    pub session_id: Id<SessionEntity>,
    pub success: bool,
    /// `completed` when it had been submitted, else `stopped`.
    pub status: SessionStatus,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_do_not_show_in_debug_output() {
        let launched = Launched {
            session_id: Id::from_uuid(uuid::Uuid::nil()),
            path: "/assess/?run=hush".into(),
            run: "hush".into(),
            expires_at: DateTime::UNIX_EPOCH,
        };
        assert!(!format!("{launched:?} {:?}", FetchRun { launch: "hush".into() }).contains("hush"));
    }
}
