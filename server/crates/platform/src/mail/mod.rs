//! Mail: added in the transaction of the change that causes it, sent by a worker.

mod outbox;
mod smtp;

pub use outbox::{OutboxMail, outbox};
pub use smtp::{Smtp, SmtpSettings, Tls};

use crate::jobs::{self, Job, JobError, NewJob, Run};
use crate::{AuditedTx, Ctx, Failure};
use serde::{Deserialize, Serialize};

/// One message to one person. Sealed while it waits; never logged.
#[derive(Clone)]
pub struct Mail {
    pub to: String,
    pub subject: String,
    pub text: String,
    /// The same in HTML, for readers that show it.
    pub html: Option<String>,
    /// What it is for, e.g. `magic_link`; may be logged.
    pub kind: &'static str,
}

/// Adds a message to the transaction. It is sent after the commit.
///
/// # Errors
/// [`Failure::Database`].
pub async fn enqueue(tx: &mut AuditedTx, mail: Mail) -> Result<(), Failure> {
    let job = SendMail {
        to: mail.to,
        subject: mail.subject,
        text: mail.text,
        html: mail.html,
        kind: mail.kind.to_owned(),
    };
    jobs::enqueue(tx, NewJob::new(&job)).await?;
    Ok(())
}

/// Where mail goes.
#[derive(Clone)]
pub enum Transport {
    /// To a mail server.
    Smtp(Smtp),
    /// Into the table behind `/demo/mail`: demonstrations only.
    Outbox,
}

/// The job that sends one message.
#[derive(Serialize, Deserialize)]
pub struct SendMail {
    to: String,
    subject: String,
    text: String,
    html: Option<String>,
    kind: String,
}

impl Job for SendMail {
    const KIND: &'static str = "mail.send";
    const SEALED: bool = true;
}

/// The handler of [`SendMail`]: `worker.on(mail::handler(transport))`.
pub fn handler(
    transport: Transport,
) -> impl Fn(Ctx, Run<SendMail>) -> futures::future::BoxFuture<'static, Result<(), JobError>>
+ Send
+ Sync
+ 'static {
    move |ctx, run| {
        let transport = transport.clone();
        Box::pin(async move {
            match &transport {
                Transport::Smtp(smtp) => smtp.send(&ctx, &run).await?,
                Transport::Outbox => outbox::keep(&ctx, &run).await?,
            }
            tracing::info!(event = "mail_sent", mail_kind = run.job.kind, job = %run.id);
            Ok(())
        })
    }
}
