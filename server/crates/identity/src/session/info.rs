//! A live session as the program knows it.

use chrono::{DateTime, Utc};
use contract::Id;
use contract::identity::{SessionKind, SessionView, UserView};
use contract::ids::UserSession;

/// A live session and whose it is.
#[derive(Debug, Clone)]
pub struct SessionInfo {
    pub id: Id<UserSession>,
    pub kind: SessionKind,
    pub client: String,
    pub created_at: DateTime<Utc>,
    pub last_seen_at: DateTime<Utc>,
    /// End without activity; the last use is known to the minute only.
    pub idle_expires_at: DateTime<Utc>,
    /// End in any case.
    pub expires_at: DateTime<Utc>,
    pub user: UserView,
}

impl SessionInfo {
    /// Whole seconds from `now` until the session ends if nothing more happens.
    #[must_use]
    pub fn seconds_left(&self, now: DateTime<Utc>) -> u32 {
        seconds_until(self.idle_expires_at.min(self.expires_at), now)
    }

    /// As its owner sees it, asking from session `current`.
    #[must_use]
    pub fn view(&self, current: Id<UserSession>) -> SessionView {
        SessionView {
            id: self.id,
            kind: self.kind,
            client: self.client.clone(),
            current: self.id == current,
            created_at: self.created_at,
            last_seen_at: self.last_seen_at,
            idle_expires_at: self.idle_expires_at,
            expires_at: self.expires_at,
        }
    }
}

pub(super) fn seconds_until(end: DateTime<Utc>, now: DateTime<Utc>) -> u32 {
    u32::try_from((end - now).num_seconds().max(0)).unwrap_or(u32::MAX)
}
