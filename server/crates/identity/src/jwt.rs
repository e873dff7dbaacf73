//! Access and refresh tokens: JWTs (HS256) that name a session row. The row decides; a token
//! alone opens nothing.

use crate::crypto_provider;
use crate::error::IdentityError;
use chrono::{DateTime, TimeDelta, Utc};
use contract::Id;
use contract::ids::{User, UserSession};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use platform::Failure;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

const ISSUER: &str = "metricis";

/// Keys and lifetimes of the tokens. Cheap to clone.
#[derive(Clone)]
pub struct JwtKeys(Arc<Inner>);

struct Inner {
    encoding: EncodingKey,
    decoding: DecodingKey,
    access: TimeDelta,
    refresh: TimeDelta,
}

impl core::fmt::Debug for JwtKeys {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("JwtKeys")
            .field("access", &self.0.access)
            .field("refresh", &self.0.refresh)
            .finish_non_exhaustive()
    }
}

/// What a token is for; one kind is refused where the other is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum TokenUse {
    Access,
    Refresh,
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Claims {
    iss: String,
    pub(crate) sub: Id<User>,
    /// The session that the token belongs to.
    pub(crate) sid: Id<UserSession>,
    #[serde(rename = "use")]
    token_use: TokenUse,
    /// In refresh tokens: the secret whose hash the session row keeps.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) jti: Option<String>,
    iat: i64,
    exp: i64,
}

impl JwtKeys {
    /// Default life of an access token.
    pub const ACCESS: TimeDelta = TimeDelta::minutes(30);
    /// Default life of a refresh token.
    pub const REFRESH: TimeDelta = TimeDelta::days(7);

    /// Signs and verifies with `secret` (at least 32 bytes; the configuration sees to that).
    #[must_use]
    pub fn new(secret: &[u8], access: TimeDelta, refresh: TimeDelta) -> Self {
        crypto_provider::install();
        Self(Arc::new(Inner {
            encoding: EncodingKey::from_secret(secret),
            decoding: DecodingKey::from_secret(secret),
            access,
            refresh,
        }))
    }

    /// Life of an access token.
    #[must_use]
    pub fn access(&self) -> TimeDelta {
        self.0.access
    }

    /// Life of a refresh token.
    #[must_use]
    pub fn refresh(&self) -> TimeDelta {
        self.0.refresh
    }

    pub(crate) fn sign_access(
        &self,
        user: Id<User>,
        session: Id<UserSession>,
        now: DateTime<Utc>,
    ) -> Result<String, Failure> {
        self.sign(user, session, TokenUse::Access, None, now, now + self.0.access)
    }

    /// `until`: end of the session, which no refresh token outlives.
    pub(crate) fn sign_refresh(
        &self,
        user: Id<User>,
        session: Id<UserSession>,
        secret: &str,
        now: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<String, Failure> {
        let end = until.min(now + self.0.refresh);
        self.sign(user, session, TokenUse::Refresh, Some(secret.to_owned()), now, end)
    }

    fn sign(
        &self,
        sub: Id<User>,
        sid: Id<UserSession>,
        token_use: TokenUse,
        jti: Option<String>,
        now: DateTime<Utc>,
        end: DateTime<Utc>,
    ) -> Result<String, Failure> {
        let claims = Claims {
            iss: ISSUER.into(),
            sub,
            sid,
            token_use,
            jti,
            iat: now.timestamp(),
            exp: end.timestamp(),
        };
        jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &self.0.encoding)
            .map_err(|error| Failure::other(format!("signing a token: {error}")))
    }

    /// The claims of a token of our own making that is good at `now`.
    pub(crate) fn read(
        &self,
        token: &str,
        wanted: TokenUse,
        now: DateTime<Utc>,
    ) -> Result<Claims, IdentityError> {
        let mut validation = Validation::new(Algorithm::HS256);
        // The library would ask the machine's clock; ours is asked below
        validation.validate_exp = false;
        validation.set_issuer(&[ISSUER]);
        validation.set_required_spec_claims(&["exp", "iss", "sub"]);
        let claims = jsonwebtoken::decode::<Claims>(token, &self.0.decoding, &validation)
            .map_err(|_| IdentityError::TokenRefused)?
            .claims;
        if claims.token_use == wanted && now.timestamp() < claims.exp {
            Ok(claims)
        } else {
            Err(IdentityError::TokenRefused)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_790_000_000 + seconds, 0).unwrap()
    }

    fn keys(secret: &[u8]) -> JwtKeys {
        JwtKeys::new(secret, JwtKeys::ACCESS, JwtKeys::REFRESH)
    }

    fn ids() -> (Id<User>, Id<UserSession>) {
        (Id::from_uuid(Uuid::from_u128(1)), Id::from_uuid(Uuid::from_u128(2)))
    }

    #[test]
    fn an_access_token_is_good_for_thirty_minutes_and_as_nothing_else() {
        let keys = keys(b"one secret of thirty-two bytes!!");
        let (user, session) = ids();
        let token = keys.sign_access(user, session, at(0)).unwrap();
        let claims = keys.read(&token, TokenUse::Access, at(1799)).unwrap();
        assert_eq!((claims.sub, claims.sid), (user, session));
        assert!(keys.read(&token, TokenUse::Access, at(1800)).is_err(), "expired");
        assert!(keys.read(&token, TokenUse::Refresh, at(0)).is_err(), "wrong kind");
    }

    #[test]
    fn a_refresh_token_never_outlives_its_session() {
        let keys = keys(b"one secret of thirty-two bytes!!");
        let (user, session) = ids();
        let token = keys.sign_refresh(user, session, "s", at(0), at(60)).unwrap();
        assert!(keys.read(&token, TokenUse::Refresh, at(59)).is_ok());
        assert!(keys.read(&token, TokenUse::Refresh, at(60)).is_err());
    }

    #[test]
    fn forged_and_broken_tokens_are_refused() {
        let (user, session) = ids();
        let ours = keys(b"one secret of thirty-two bytes!!");
        let forged = keys(b"another secret of 32 bytes......").sign_access(user, session, at(0));
        let good = ours.sign_access(user, session, at(0)).unwrap();
        // {"alg":"none","typ":"JWT"}
        let unsigned =
            format!("eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.{}.", good.split('.').nth(1).unwrap());
        for token in [forged.unwrap(), unsigned, good.replace('.', ""), String::new(), "…".into()]
        {
            assert!(ours.read(&token, TokenUse::Access, at(1)).is_err(), "{token}");
        }
        assert!(ours.read(&good, TokenUse::Access, at(1)).is_ok());
    }
}
