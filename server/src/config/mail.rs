//! The mail server.

use super::Reader;
use secrecy::SecretString;

/// How mail leaves (`SMTP_*`).
#[derive(Debug, Clone)]
pub struct MailConfig {
    pub host: String,
    pub port: u16,
    pub user: Option<String>,
    pub password: Option<SecretString>,
    /// Sender, e.g. `Metricis <no-reply@example.org>`.
    pub from: String,
    /// STARTTLS (or TLS on port 465). Off only for a server on the same machine.
    pub tls: bool,
}

impl MailConfig {
    /// None when `SMTP_HOST` is unset.
    pub(super) fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let host = reader.text("SMTP_HOST")?;
        let from = reader.text("SMTP_FROM").unwrap_or_else(|| {
            reader.fail("SMTP_FROM", "must be set when SMTP_HOST is.");
            String::new()
        });
        Some(Self {
            host,
            port: reader.value("SMTP_PORT", 587, "a port number"),
            user: reader.text("SMTP_USER"),
            password: reader.secret("SMTP_PASSWORD"),
            from,
            tls: reader.flag("SMTP_TLS", true),
        })
    }
}
