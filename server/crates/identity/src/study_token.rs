//! Secrets of participants, in links and cookies: they name their study in front.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use contract::Id;
use contract::ids::Study;
use core::fmt;
use platform::token;
use uuid::Uuid;

/// `<study>.<secret>`, both in URL-safe Base64. The study says where to look (one shard, should
/// the database be spread over several), the 256-bit secret is the proof. Not shown by `Debug`.
#[derive(Clone)]
pub struct StudyToken(String);

impl StudyToken {
    pub(crate) fn generate(study: Id<Study>) -> Self {
        let study = URL_SAFE_NO_PAD.encode(study.uuid().as_bytes());
        Self(format!("{study}.{}", token::generate().expose()))
    }

    /// The text, to be put in a link or a cookie.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// What the database keeps of it: the hash covers the study as well.
    pub(crate) fn hash(&self) -> [u8; 32] {
        token::hash(&self.0)
    }

    /// The study and the hash of a token that somebody shows; none for what cannot be one.
    pub(crate) fn read(text: &str) -> Option<(Id<Study>, [u8; 32])> {
        let (study, secret) = text.split_once('.')?;
        if secret.is_empty() || text.len() > 100 {
            return None;
        }
        let bytes = URL_SAFE_NO_PAD.decode(study).ok()?;
        let study = Uuid::from_slice(&bytes).ok()?;
        Some((Id::from_uuid(study), token::hash(text)))
    }
}

impl fmt::Debug for StudyToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StudyToken(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_leads_back_to_its_study_and_hash() {
        let study = Id::from_uuid(Uuid::from_u128(0x0199_0000_7000_8000_0000_0000_0000_0001));
        let token = StudyToken::generate(study);
        assert_eq!(StudyToken::read(token.expose()), Some((study, token.hash())));
        assert_eq!(token.expose().len(), 22 + 1 + 43);
        assert_eq!(format!("{token:?}"), "StudyToken(…)");
    }

    #[test]
    fn what_cannot_be_a_token_is_none() {
        let long = format!("AZkAAHAAgAAAAAAAAAAAAQ.{}", "x".repeat(200));
        for text in ["", ".", "abc", "abc.def", "AZkAAHAAgAAAAAAAAAAAAQ.", "é.é", &long] {
            assert_eq!(StudyToken::read(text), None, "{text}");
        }
    }
}
