//! Sealed fields: contact data and other things that the database must not show.
//!
//! A sealed value is `1 ‖ key id (4) ‖ nonce (24) ‖ XChaCha20-Poly1305 ciphertext and tag`. The
//! additional data is `table ‖ column ‖ row id`, each length-prefixed, after the header: a value
//! that is copied to another row, column or table does not open.

use super::{Keyring, KeyringError};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use uuid::Uuid;

const VERSION: u8 = 1;
const NONCE: usize = 24;
const HEADER: usize = 1 + 4;

pub(super) struct FieldKey(XChaCha20Poly1305);

impl FieldKey {
    pub(super) fn new(key: &[u8; 32]) -> Self {
        Self(XChaCha20Poly1305::new(key.into()))
    }
}

impl Keyring {
    /// Seals `plaintext` for exactly this place. Sealing twice gives different bytes.
    ///
    /// # Errors
    /// [`KeyringError::TooLong`] beyond 256 GB.
    pub fn seal(
        &self,
        table: &str,
        column: &str,
        row: impl Into<Uuid>,
        plaintext: impl AsRef<[u8]>,
    ) -> Result<Vec<u8>, KeyringError> {
        let key = &self.0.current;
        let nonce: [u8; NONCE] = crate::token::random();
        let mut sealed = Vec::with_capacity(HEADER + NONCE + plaintext.as_ref().len() + 16);
        sealed.push(VERSION);
        sealed.extend_from_slice(&key.id);
        let place = place(&sealed, table, column, row.into());
        let payload = Payload { msg: plaintext.as_ref(), aad: &place };
        let ciphertext = key
            .field
            .0
            .encrypt(&XNonce::from(nonce), payload)
            .map_err(|_| KeyringError::TooLong)?;
        sealed.extend_from_slice(&nonce);
        sealed.extend_from_slice(&ciphertext);
        Ok(sealed)
    }

    /// Opens what [`Keyring::seal`] sealed for this place, with the current or an earlier key.
    ///
    /// # Errors
    /// [`KeyringError::Damaged`] for anything else; [`KeyringError::UnknownKey`].
    pub fn open(
        &self,
        table: &str,
        column: &str,
        row: impl Into<Uuid>,
        sealed: &[u8],
    ) -> Result<Vec<u8>, KeyringError> {
        let (header, rest) = sealed.split_at_checked(HEADER).ok_or(KeyringError::Damaged)?;
        let (nonce, ciphertext) = rest.split_first_chunk::<NONCE>().ok_or(KeyringError::Damaged)?;
        let [VERSION, id @ ..] = header else { return Err(KeyringError::Damaged) };
        let key = self.generations().find(|key| key.id == *id).ok_or(KeyringError::UnknownKey)?;
        let place = place(header, table, column, row.into());
        let payload = Payload { msg: ciphertext, aad: &place };
        key.field.0.decrypt(&XNonce::from(*nonce), payload).map_err(|_| KeyringError::Damaged)
    }

    /// [`Keyring::open`] for text.
    ///
    /// # Errors
    /// As [`Keyring::open`]; [`KeyringError::NotText`].
    pub fn open_text(
        &self,
        table: &str,
        column: &str,
        row: impl Into<Uuid>,
        sealed: &[u8],
    ) -> Result<String, KeyringError> {
        let bytes = self.open(table, column, row, sealed)?;
        String::from_utf8(bytes).map_err(|_| KeyringError::NotText)
    }

    /// Whether the value should be sealed again, because an earlier key sealed it.
    #[must_use]
    pub fn is_outdated(&self, sealed: &[u8]) -> bool {
        sealed.get(1..HEADER) != Some(self.0.current.id.as_slice())
    }
}

fn place(header: &[u8], table: &str, column: &str, row: Uuid) -> Vec<u8> {
    let mut place = header.to_vec();
    for part in [table.as_bytes(), column.as_bytes(), row.as_bytes()] {
        place.extend_from_slice(&(part.len() as u64).to_be_bytes());
        place.extend_from_slice(part);
    }
    place
}
