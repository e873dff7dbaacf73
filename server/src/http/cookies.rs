//! Our cookies: names, making, reading.

use crate::config::Config;
use axum_extra::extract::cookie::{Cookie, SameSite};
use http::{HeaderMap, header};

/// Which session a cookie belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CookieKind {
    /// Staff in the researcher portal.
    Staff,
    /// Participants in the patient portal.
    Portal,
    /// Chosen language; holds no session.
    Language,
}

impl CookieKind {
    /// The name; sessions in production are `__Host-`: secure, this host only, whole site.
    #[must_use]
    pub const fn name(self, production: bool) -> &'static str {
        match (self, production) {
            (Self::Staff, true) => "__Host-metricis",
            (Self::Staff, false) => "metricis",
            (Self::Portal, true) => "__Host-metricis-portal",
            (Self::Portal, false) => "metricis-portal",
            (Self::Language, _) => "metricis-language",
        }
    }
}

/// The value that the browser sent for `kind`.
#[must_use]
pub fn read(headers: &HeaderMap, kind: CookieKind, config: &Config) -> Option<String> {
    let name = kind.name(config.environment.is_production());
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(Cookie::split_parse)
        .filter_map(Result::ok)
        .find(|cookie| cookie.name() == name)
        .map(|cookie| cookie.value().to_owned())
}

/// A `Set-Cookie` value that ends with the browser, as sessions do on the server's own clock.
#[must_use]
pub fn set(kind: CookieKind, value: &str, config: &Config) -> String {
    build(kind, value, config).to_string()
}

/// A `Set-Cookie` value that removes the cookie.
#[must_use]
pub fn clear(kind: CookieKind, config: &Config) -> String {
    format!("{}; Max-Age=0", build(kind, "", config))
}

fn build<'a>(kind: CookieKind, value: &'a str, config: &Config) -> Cookie<'a> {
    let production = config.environment.is_production();
    Cookie::build((kind.name(production), value))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(production)
        .build()
}
