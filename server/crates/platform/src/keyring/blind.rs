//! Blind indexes: finding a sealed value by equality without storing it in the clear.
//!
//! The index is `HMAC-SHA256(sub-key of the purpose, text)`, where the text is trimmed of white
//! space at both ends and lower-cased (Unicode), so that `" Ada@Example.org"` finds
//! `ada@example.org`.

use super::{Generation, Keyring};
use ring::hmac;

impl Keyring {
    /// The index of `text` for `purpose`, e.g. `participant.email`: 32 bytes.
    #[must_use]
    pub fn blind_index(&self, purpose: &str, text: &str) -> Vec<u8> {
        self.0.current.blind_index(purpose, text)
    }

    /// The indexes under the current and all earlier keys, for `= ANY($1)` look-ups while rows of
    /// an earlier key may still be there.
    #[must_use]
    pub fn blind_indexes(&self, purpose: &str, text: &str) -> Vec<Vec<u8>> {
        self.generations().map(|key| key.blind_index(purpose, text)).collect()
    }
}

impl Generation {
    fn blind_index(&self, purpose: &str, text: &str) -> Vec<u8> {
        let key = super::expand(&self.root, &format!("blind-index/{purpose}"));
        let key = hmac::Key::new(hmac::HMAC_SHA256, &key);
        hmac::sign(&key, text.trim().to_lowercase().as_bytes()).as_ref().to_vec()
    }
}
