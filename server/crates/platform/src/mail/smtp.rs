//! Sending by SMTP.

use super::SendMail;
use crate::jobs::{JobError, Run};
use crate::{Ctx, Failure};
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};
use lettre::transport::smtp::Error as SmtpError;
use lettre::transport::smtp::authentication::Credentials;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use secrecy::{ExposeSecret, SecretString};
use std::time::Duration;

/// How the connection is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tls {
    /// Not at all: only for a server on the same machine.
    None,
    /// STARTTLS, and no mail without it.
    StartTls,
    /// TLS from the first byte (port 465).
    Implicit,
}

/// The mail server.
#[derive(Debug, Clone)]
pub struct SmtpSettings {
    pub host: String,
    pub port: u16,
    pub user: Option<String>,
    pub password: Option<SecretString>,
    /// Sender, e.g. `Metricis <no-reply@example.org>`.
    pub from: String,
    pub tls: Tls,
}

/// Connections to the mail server, shared by all clones.
#[derive(Clone)]
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Smtp {
    /// Prepares the transport; connects at the first message.
    ///
    /// # Errors
    /// [`Failure::Other`] when the sender is no address or TLS cannot be set up.
    pub fn new(settings: &SmtpSettings) -> Result<Self, Failure> {
        let from = settings.from.parse().map_err(|error| {
            Failure::other(format!("the sender of mail is no address: {error}"))
        })?;
        let builder = match settings.tls {
            Tls::None => {
                Ok(AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&*settings.host))
            }
            Tls::StartTls => AsyncSmtpTransport::<Tokio1Executor>::starttls_relay(&settings.host),
            Tls::Implicit => AsyncSmtpTransport::<Tokio1Executor>::relay(&settings.host),
        }
        .map_err(|error| Failure::other(format!("TLS to the mail server: {error}")))?;
        let mut builder = builder.port(settings.port).timeout(Some(Duration::from_secs(20)));
        if let (Some(user), Some(password)) = (&settings.user, &settings.password) {
            builder = builder
                .credentials(Credentials::new(user.clone(), password.expose_secret().to_owned()));
        }
        Ok(Self { transport: builder.build(), from })
    }

    pub(super) async fn send(&self, ctx: &Ctx, run: &Run<SendMail>) -> Result<(), JobError> {
        let message = self.message(ctx, run)?;
        self.transport.send(message).await.map_err(|error| refusal(&error))?;
        Ok(())
    }

    fn message(&self, ctx: &Ctx, run: &Run<SendMail>) -> Result<Message, JobError> {
        // Neither error is passed on: their texts quote the address.
        let to: Mailbox =
            run.job.to.parse().map_err(|_| {
                JobError::Never("the recipient's address cannot be used".to_owned())
            })?;
        let message = Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(&run.job.subject)
            .date(ctx.clock.now().into())
            // The same for every try, so that a message sent twice is seen to be one.
            .message_id(Some(format!("<{}@{}>", run.id, self.from.email.domain())))
            .raw_header(HeaderValue::new(
                HeaderName::new_from_ascii_str("Auto-Submitted"),
                "auto-generated".to_owned(),
            ));
        let message = match &run.job.html {
            None => message.singlepart(SinglePart::plain(run.job.text.clone())),
            Some(html) => message
                .multipart(MultiPart::alternative_plain_html(run.job.text.clone(), html.clone())),
        };
        message.map_err(|_| JobError::Never("the message cannot be written".to_owned()))
    }
}

/// What may be kept of a mail server's refusal: its code, not its text, which quotes addresses.
fn refusal(error: &SmtpError) -> JobError {
    let code = error.status().map(|code| code.to_string());
    if error.is_permanent() {
        JobError::Never(format!("the mail server refused it ({})", code.unwrap_or_default()))
    } else if error.is_transient() {
        JobError::Again(format!("the mail server put it off ({})", code.unwrap_or_default()))
    } else if error.is_timeout() {
        JobError::Again("the mail server did not answer in time".to_owned())
    } else if error.is_tls() {
        JobError::Again("no protected connection to the mail server".to_owned())
    } else {
        JobError::Again("the mail server cannot be reached, or broke off".to_owned())
    }
}
