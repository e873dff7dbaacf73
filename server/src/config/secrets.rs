//! Secrets, and what production demands of them.

use super::Reader;
use secrecy::{ExposeSecret, SecretString};

/// The secrets from outside. `Debug` prints none of them.
#[derive(Debug, Clone)]
pub struct SecretsConfig {
    /// Signs access and refresh tokens.
    pub jwt: Option<SecretString>,
    /// Master secret of the key ring (field encryption, blind indexes, audit signatures).
    pub session: Option<SecretString>,
    /// Encrypts REDCap tokens.
    pub redcap: Option<SecretString>,
    dev_mode: bool,
    plaintext_reads: bool,
}

const MIN_BYTES: usize = 32;

impl SecretsConfig {
    pub(super) fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            jwt: reader.secret("JWT_SECRET_KEY"),
            session: reader.secret("SESSION_SECRET_KEY"),
            redcap: reader.secret("REDCAP_ENCRYPTION_KEY"),
            dev_mode: reader.flag("DEV_MODE", false),
            plaintext_reads: reader.flag("REDCAP_ENCRYPTION_ALLOW_PLAINTEXT_READS", false),
        }
    }

    /// Notes every reason for which production must not start.
    pub(super) fn check_for_production(&self, reader: &mut Reader<'_>) {
        let named = [
            ("JWT_SECRET_KEY", &self.jwt),
            ("SESSION_SECRET_KEY", &self.session),
            ("REDCAP_ENCRYPTION_KEY", &self.redcap),
        ];
        for (name, secret) in named {
            match secret {
                None => reader.fail(name, "must be set in production (or NAME_FILE)."),
                Some(secret) if secret.expose_secret().len() < MIN_BYTES => {
                    reader.fail(name, format!("must have at least {MIN_BYTES} bytes."));
                }
                Some(_) => {}
            }
        }
        for (index, (name, secret)) in named.iter().enumerate() {
            for (other_name, other) in named.iter().skip(index + 1) {
                if let (Some(a), Some(b)) = (secret, other)
                    && a.expose_secret() == b.expose_secret()
                {
                    reader.fail(name, format!("must differ from {other_name}."));
                }
            }
        }
        if self.dev_mode {
            reader.fail("DEV_MODE", "must not be set in production.");
        }
        if self.plaintext_reads {
            reader
                .fail("REDCAP_ENCRYPTION_ALLOW_PLAINTEXT_READS", "must not be set in production.");
        }
    }
}
