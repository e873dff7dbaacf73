//! Background work: which handler does which kind of job.

use crate::commands::CommandError;
use crate::config::{Config, MailConfig};
use platform::Ctx;
use platform::jobs::{Settings, Worker};
use platform::mail::{self, Smtp, SmtpSettings, Tls, Transport};

/// The worker with every handler that this program has. `demo`: mail stays in the local outbox.
///
/// # Errors
/// [`CommandError`] when the mail settings cannot be used.
pub fn worker(ctx: Ctx, config: &Config, demo: bool) -> Result<Worker, CommandError> {
    let worker = Worker::new(ctx, Settings::default()).on(participants::link::send_requested_links);
    Ok(match transport(config, demo)? {
        Some(transport) => worker.on(mail::handler(transport)),
        None => {
            tracing::warn!(
                event = "mail_not_configured",
                message = "SMTP_HOST is not set: mail waits in the queue until it is"
            );
            worker
        }
    })
}

fn transport(config: &Config, demo: bool) -> Result<Option<Transport>, CommandError> {
    match &config.mail {
        Some(mail) => Ok(Some(Transport::Smtp(Smtp::new(&settings(mail))?))),
        None if demo => Ok(Some(Transport::Outbox)),
        None => Ok(None),
    }
}

fn settings(mail: &MailConfig) -> SmtpSettings {
    SmtpSettings {
        host: mail.host.clone(),
        port: mail.port,
        user: mail.user.clone(),
        password: mail.password.clone(),
        from: mail.from.clone(),
        tls: match (mail.tls, mail.port) {
            (false, _) => Tls::None,
            (true, 465) => Tls::Implicit,
            (true, _) => Tls::StartTls,
        },
    }
}
