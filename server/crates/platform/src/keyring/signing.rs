//! Signatures on the ends and checkpoints of audit chains (Ed25519): whoever checks them needs the
//! public key only.

use super::{Keyring, KeyringError};
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};

/// Length of a signature in bytes.
pub const SIGNATURE_LENGTH: usize = 64;

pub(super) fn key_pair(seed: &[u8; 32]) -> Result<Ed25519KeyPair, KeyringError> {
    Ed25519KeyPair::from_seed_unchecked(seed).map_err(|_| KeyringError::NoSigningKey)
}

impl Keyring {
    /// The key that checks the audit trail's signatures, 32 bytes; to be given to inspectors and
    /// kept outside of the database.
    #[must_use]
    pub fn audit_public_key(&self) -> [u8; 32] {
        public_key(&self.0.current.signing)
    }

    /// The current public key and those of earlier master secrets, newest first.
    #[must_use]
    pub fn audit_public_keys(&self) -> Vec<[u8; 32]> {
        self.generations().map(|key| public_key(&key.signing)).collect()
    }

    pub(crate) fn sign(&self, message: &[u8]) -> [u8; SIGNATURE_LENGTH] {
        let mut signature = [0; SIGNATURE_LENGTH];
        signature.copy_from_slice(self.0.current.signing.sign(message).as_ref());
        signature
    }

    /// Whether the current or an earlier key made `signature`.
    pub(crate) fn signed(&self, message: &[u8], signature: &[u8]) -> bool {
        // Ed25519 is deterministic: signing again is cheaper than checking.
        crate::token::same_bytes(&self.sign(message), signature)
            || self
                .audit_public_keys()
                .iter()
                .any(|public_key| verify_signature(public_key, message, signature))
    }
}

/// Checks one signature with a public key, as an inspector does.
#[must_use]
pub fn verify_signature(public_key: &[u8], message: &[u8], signature: &[u8]) -> bool {
    UnparsedPublicKey::new(&ED25519, public_key).verify(message, signature).is_ok()
}

fn public_key(pair: &Ed25519KeyPair) -> [u8; 32] {
    let mut key = [0; 32];
    key.copy_from_slice(pair.public_key().as_ref());
    key
}
