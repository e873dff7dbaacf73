//! Keys: one master secret, a derived key for each purpose.
//!
//! `HKDF-SHA256(master, info = "metricis/v1/" + purpose)` gives every sub-key, so that no key is
//! ever used for two things. Earlier master secrets can be kept for reading what they sealed and
//! for checking what they signed.

mod blind;
mod field;
mod signing;

pub use signing::{SIGNATURE_LENGTH, verify_signature};

use crate::token::Secret;
use hkdf::Hkdf;
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;
use std::fmt;
use std::sync::Arc;
use zeroize::Zeroizing;

/// Shortest master secret, in bytes.
pub const SHORTEST_MASTER: usize = 32;

/// The keys of this installation. Cheap to clone; `Debug` shows the current key's id only.
#[derive(Clone)]
pub struct Keyring(Arc<Keys>);

struct Keys {
    current: Generation,
    /// Newest first; for opening and checking only.
    previous: Vec<Generation>,
}

/// All that grows from one master secret.
struct Generation {
    /// The extracted key, from which sub-keys are expanded.
    root: Hkdf<Sha256>,
    /// Names this generation in the header of sealed values. Not secret.
    id: [u8; 4],
    field: field::FieldKey,
    signing: ring::signature::Ed25519KeyPair,
}

/// Why a key or a sealed value is of no use. Says nothing about its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyringError {
    #[error("the master secret must have at least {SHORTEST_MASTER} bytes")]
    TooShort,
    #[error("no signing key can be derived from the master secret")]
    NoSigningKey,
    #[error("the value is too long to be sealed")]
    TooLong,
    #[error("the sealed value is damaged, or is not where it was sealed for")]
    Damaged,
    #[error("the value was sealed with a key that this installation does not have")]
    UnknownKey,
    #[error("the sealed value is not text")]
    NotText,
}

impl Keyring {
    /// The keyring of one master secret.
    ///
    /// # Errors
    /// [`KeyringError::TooShort`].
    pub fn new(master: &SecretString) -> Result<Self, KeyringError> {
        Self::with_previous(master, &[])
    }

    /// After a change of the master secret: `master` seals and signs, `previous` (newest first)
    /// still opens and checks.
    ///
    /// # Errors
    /// [`KeyringError::TooShort`] for any of them.
    pub fn with_previous(
        master: &SecretString,
        previous: &[SecretString],
    ) -> Result<Self, KeyringError> {
        Ok(Self(Arc::new(Keys {
            current: Generation::new(master)?,
            previous: previous.iter().map(Generation::new).collect::<Result<_, _>>()?,
        })))
    }

    /// A keyring of a fresh random secret, for tests and trials: nothing outlives the process.
    ///
    /// # Errors
    /// None in practice.
    pub fn ephemeral() -> Result<Self, KeyringError> {
        let secret: Secret = crate::token::generate();
        Self::new(&SecretString::from(secret.expose()))
    }

    /// The key for `purpose`, e.g. `csrf`. The same purpose gives the same key for as long as the
    /// master secret stays.
    #[must_use]
    pub fn derive(&self, purpose: &str) -> [u8; 32] {
        self.0.current.derive(purpose)
    }

    fn generations(&self) -> impl Iterator<Item = &Generation> {
        std::iter::once(&self.0.current).chain(&self.0.previous)
    }
}

impl Generation {
    fn new(master: &SecretString) -> Result<Self, KeyringError> {
        let master = master.expose_secret().as_bytes();
        if master.len() < SHORTEST_MASTER {
            return Err(KeyringError::TooShort);
        }
        let root = Hkdf::<Sha256>::new(None, master);
        let [a, b, c, d, ..] = expand(&root, "key-id");
        let field = field::FieldKey::new(&Zeroizing::new(expand(&root, "field")));
        let signing = signing::key_pair(&Zeroizing::new(expand(&root, "audit-signing")))?;
        Ok(Self { root, id: [a, b, c, d], field, signing })
    }

    fn derive(&self, purpose: &str) -> [u8; 32] {
        expand(&self.root, &format!("app/{purpose}"))
    }
}

fn expand(root: &Hkdf<Sha256>, purpose: &str) -> [u8; 32] {
    let mut key = [0; 32];
    if root.expand_multi_info(&[b"metricis/v1/", purpose.as_bytes()], &mut key).is_err() {
        unreachable!("HKDF-SHA256 gives up to 8160 bytes, and 32 are asked for");
    }
    key
}

impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Keyring({})", hex::encode(self.0.current.id))
    }
}

#[cfg(test)]
mod tests;
