//! Random secrets that travel in links, cookies and headers. The server keeps their SHA-256 only.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use std::fmt;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// A secret as its holder sees it. Shown once, never logged (`Debug` hides it), wiped on drop.
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// The text, to be put in a link, a cookie or an answer.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// What the database keeps of it.
    #[must_use]
    pub fn hash(&self) -> [u8; 32] {
        hash(&self.0)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// A fresh secret of 256 bits: 43 characters of URL-safe Base64, without padding.
#[must_use]
pub fn generate() -> Secret {
    let bytes = Zeroizing::new(random::<32>());
    Secret(Zeroizing::new(URL_SAFE_NO_PAD.encode(*bytes)))
}

/// SHA-256 of a secret, for the database. A secret of 256 random bits needs no salt and no slow
/// hash; passwords do (identity).
#[must_use]
pub fn hash(secret: &str) -> [u8; 32] {
    Sha256::digest(secret.as_bytes()).into()
}

/// Whether two byte strings are equal, in a time that says nothing about where they differ. Their
/// lengths are not secret.
#[must_use]
pub fn same_bytes(a: &[u8], b: &[u8]) -> bool {
    a.ct_eq(b).into()
}

/// Whether `secret` is the one whose hash is kept, in constant time.
#[must_use]
pub fn matches(secret: &str, kept_hash: &[u8]) -> bool {
    same_bytes(&hash(secret), kept_hash)
}

/// Bytes from the operating system's generator (by way of the thread's ChaCha generator).
pub(crate) fn random<const N: usize>() -> [u8; N] {
    use rand::Rng;
    let mut bytes = [0; N];
    #[expect(clippy::disallowed_methods, reason = "the one place where secrets are drawn")]
    rand::rng().fill_bytes(&mut bytes);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_256_bits_and_fits_in_a_url() {
        let token = generate();
        assert_eq!(token.expose().len(), 43);
        assert!(token.expose().bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b)));
        assert_eq!(URL_SAFE_NO_PAD.decode(token.expose()).unwrap().len(), 32);
        assert_ne!(token.expose(), generate().expose());
    }

    #[test]
    fn only_the_hash_recognises_it() {
        let token = generate();
        assert!(matches(token.expose(), &token.hash()));
        assert!(!matches(&format!("{}x", token.expose()), &token.hash()));
        assert!(!matches(token.expose(), &token.hash()[..31]));
        // SHA-256 of the empty string, from FIPS 180
        assert_eq!(
            hex::encode(hash("")),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
    }

    #[test]
    fn debug_shows_nothing() {
        let token = generate();
        assert_eq!(format!("{token:?}"), "Secret(…)");
    }
}
