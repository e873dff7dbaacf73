//! What one HTTP request brings to pages, server functions and REST handlers.

use crate::{Actor, Ctx};
use contract::Locale;

/// Put together once by the session middleware, from proven credentials, and handed on as a
/// request extension.
#[derive(Clone)]
pub struct RequestCx {
    /// The context, marked with this request's id.
    pub ctx: Ctx,
    pub actor: Actor,
    /// Language of the answer: the person's own, else the cookie's, else `Accept-Language`.
    pub locale: Locale,
    /// Zone in which times are shown: the participant's site's, UTC for staff until a study is open.
    pub zone: chrono_tz::Tz,
    /// Seconds until the browser session ends without activity; none when nobody is signed in.
    pub session_seconds_left: Option<u32>,
    /// Name and address of the signed-in member of staff, for the page header only.
    pub display_name: Option<std::sync::Arc<str>>,
    /// The server runs the demonstration study.
    pub demo: bool,
    /// Path and query of the request, for links that lead back.
    pub path_and_query: std::sync::Arc<str>,
}
