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
    /// Master secrets before it, newest first: they open and check, they seal and sign no more.
    pub session_previous: Vec<SecretString>,
    /// Encrypts REDCap tokens.
    pub redcap: Option<SecretString>,
    dev_mode: bool,
    plaintext_reads: bool,
}

const SESSION: &str = "SESSION_SECRET_KEY";
const PREVIOUS: &str = "SESSION_SECRET_KEY_PREVIOUS";
const MIN_BYTES: usize = platform::keyring::SHORTEST_MASTER;

fn is_short(secret: &SecretString) -> bool {
    secret.expose_secret().len() < MIN_BYTES
}

fn is_same(a: &SecretString, b: &SecretString) -> bool {
    a.expose_secret() == b.expose_secret()
}

/// One key a line, newest first.
fn previous(reader: &mut Reader<'_>, current: Option<&SecretString>) -> Vec<SecretString> {
    let Some(text) = reader.secret(PREVIOUS) else { return Vec::new() };
    let keys: Vec<SecretString> = text
        .expose_secret()
        .lines()
        .filter(|line| !line.is_empty())
        .map(|line| line.to_owned().into())
        .collect();
    if keys.iter().any(is_short) {
        reader.fail(PREVIOUS, format!("must hold keys of at least {MIN_BYTES} bytes, one a line."));
    }
    if keys.iter().any(|key| current.is_some_and(|current| is_same(key, current))) {
        reader.fail(PREVIOUS, format!("must not hold {SESSION}: it is for the keys before it."));
    }
    keys
}

impl SecretsConfig {
    pub(super) fn read(reader: &mut Reader<'_>) -> Self {
        let session = reader.secret(SESSION);
        if session.as_ref().is_some_and(is_short) {
            reader.fail(SESSION, format!("must have at least {MIN_BYTES} bytes."));
        }
        Self {
            jwt: reader.secret("JWT_SECRET_KEY"),
            session_previous: previous(reader, session.as_ref()),
            session,
            redcap: reader.secret("REDCAP_ENCRYPTION_KEY"),
            dev_mode: reader.flag("DEV_MODE", false),
            plaintext_reads: reader.flag("REDCAP_ENCRYPTION_ALLOW_PLAINTEXT_READS", false),
        }
    }

    /// Notes every reason for which production must not start.
    pub(super) fn check_for_production(&self, reader: &mut Reader<'_>) {
        let named = [
            ("JWT_SECRET_KEY", &self.jwt),
            (SESSION, &self.session),
            ("REDCAP_ENCRYPTION_KEY", &self.redcap),
        ];
        for (name, secret) in named {
            match secret {
                None => reader.fail(name, "must be set in production (or NAME_FILE)."),
                // The session key's length has been looked at in every environment.
                Some(secret) if name != SESSION && is_short(secret) => {
                    reader.fail(name, format!("must have at least {MIN_BYTES} bytes."));
                }
                Some(_) => {}
            }
        }
        for (index, (name, secret)) in named.iter().enumerate() {
            for (other_name, other) in named.iter().skip(index + 1) {
                if let (Some(a), Some(b)) = (secret, other)
                    && is_same(a, b)
                {
                    reader.fail(name, format!("must differ from {other_name}."));
                }
            }
        }
        for (name, secret) in named.into_iter().filter(|(name, _)| *name != SESSION) {
            let Some(secret) = secret else { continue };
            if self.session_previous.iter().any(|key| is_same(key, secret)) {
                reader.fail(name, format!("must differ from every key in {PREVIOUS}."));
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
