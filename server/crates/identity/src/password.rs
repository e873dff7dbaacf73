//! Hashing and verifying passwords: argon2id, off the async threads, two at a time.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use contract::identity::Password;
use platform::Failure;
use std::sync::Arc;
use tokio::sync::{Semaphore, SemaphorePermit};

/// KiB of memory and passes of one hash (OWASP Password Storage Cheat Sheet, 2024: 19 MiB, 2).
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
/// Hashes at the same time in this process: bounds memory and keeps the other cores for others.
const AT_ONCE: usize = 2;

/// Hash of a password that nobody has, with the costs above: verifying against it takes as long
/// as against a real one.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5IGhhcyB0aGlzIQ$bm8gcGFzc3dvcmQgaGFzaGVzIHRvIHRoaXMgdGV4dC4";

static PERMITS: Semaphore = Semaphore::const_new(AT_ONCE);

/// The right to hash, one of two. Waits in turn; goes back when dropped and the hash is done.
pub(crate) struct Slot(Arc<SemaphorePermit<'static>>);

impl Slot {
    pub(crate) async fn take() -> Result<Self, Failure> {
        let permit = PERMITS.acquire().await;
        permit
            .map(|permit| Self(Arc::new(permit)))
            .map_err(|_| Failure::other("password hashing has been shut down"))
    }

    /// PHC string of `password` with a fresh salt.
    pub(crate) async fn hash(&self, password: &Password) -> Result<String, Failure> {
        let password = password.clone();
        self.run(move || {
            let hash: PasswordHash = argon2id()?
                .hash_password(password.expose().as_bytes())
                .map_err(|error| Failure::other(format!("argon2: {error}")))?;
            Ok(hash.to_string())
        })
        .await
    }

    /// Whether `password` is the one behind `stored`. Without `stored` it never is, and finding
    /// that out takes as long.
    pub(crate) async fn verify(
        &self,
        password: &Password,
        stored: Option<&str>,
    ) -> Result<bool, Failure> {
        let password = password.clone();
        let known = stored.is_some();
        let stored = stored.unwrap_or(NOBODY).to_owned();
        self.run(move || {
            let hash = PasswordHash::new(&stored)
                .map_err(|error| Failure::other(format!("stored password hash: {error}")))?;
            let right = argon2id()?.verify_password(password.expose().as_bytes(), &hash).is_ok();
            Ok(right && known)
        })
        .await
    }

    /// Runs `work` on a blocking thread. The permit goes with it, so that a caller who hangs up
    /// does not make room for one more hash while this one still runs.
    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let permit = Arc::clone(&self.0);
        tokio::task::spawn_blocking(move || {
            let result = work();
            drop(permit);
            result
        })
        .await
        .map_err(|error| Failure::other(format!("password hashing: {error}")))?
    }
}

fn argon2id() -> Result<Argon2<'static>, Failure> {
    let params = Params::new(MEMORY_KIB, PASSES, 1, None)
        .map_err(|error| Failure::other(format!("argon2: {error}")))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_hash_verifies_its_own_password_only_and_salts_differ() {
        let slot = Slot::take().await.unwrap();
        let password = Password::from("a walk along the canal");
        let first = slot.hash(&password).await.unwrap();
        let second = slot.hash(&password).await.unwrap();
        assert_ne!(first, second);
        assert!(first.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{first}");
        assert!(slot.verify(&password, Some(&first)).await.unwrap());
        assert!(!slot.verify(&Password::from("a walk"), Some(&first)).await.unwrap());
    }

    #[tokio::test]
    async fn nobody_has_the_costs_of_everybody_and_never_signs_in() {
        let slot = Slot::take().await.unwrap();
        let real = slot.hash(&Password::from("x")).await.unwrap();
        let (real, nobody) =
            (PasswordHash::new(&real).unwrap(), PasswordHash::new(NOBODY).unwrap());
        assert_eq!(real.params, nobody.params);
        assert_eq!(real.algorithm, nobody.algorithm);
        assert_eq!(real.salt.unwrap().len(), nobody.salt.unwrap().len());
        assert_eq!(real.hash.unwrap().len(), nobody.hash.unwrap().len());
        assert!(!slot.verify(&Password::from("x"), None).await.unwrap());
    }
}
