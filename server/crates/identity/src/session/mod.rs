//! Signed-in periods of staff.

mod actor;
mod end;
mod info;
mod open;
mod own;

pub(crate) use actor::live_api_session;
pub use actor::{bearer_actor, session_actor, touch};
pub(crate) use end::{Ended, end_all};
pub use end::{logout, revoke, revoke_others};
pub use info::SessionInfo;
pub(crate) use open::{NewSession, open};
pub use own::{list, me};

use chrono::TimeDelta;

/// A browser session ends after this time in any case; without activity, after
/// [`platform::Ctx::session_idle`].
pub const BROWSER_ABSOLUTE: TimeDelta = TimeDelta::hours(12);
/// An API session ends after this time in any case, however often it is refreshed.
pub const API_ABSOLUTE: TimeDelta = TimeDelta::days(30);
