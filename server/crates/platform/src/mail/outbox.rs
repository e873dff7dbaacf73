//! The local outbox of a demonstration.

use super::SendMail;
use crate::jobs::Run;
use crate::{Ctx, Failure};
use chrono::{DateTime, Utc};
use contract::Id;
use contract::ids;

/// A message that a demonstration would have sent.
#[derive(Debug, Clone)]
pub struct OutboxMail {
    pub id: Id<ids::Mail>,
    pub at: DateTime<Utc>,
    pub kind: String,
    pub to: String,
    pub subject: String,
    pub text: String,
    pub html: Option<String>,
}

pub(super) async fn keep(ctx: &Ctx, run: &Run<SendMail>) -> Result<(), Failure> {
    // The job's id is the message's: a second try leaves one.
    sqlx::query!(
        "INSERT INTO app.mail_outbox (id, at, kind, to_address, subject, text, html)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO NOTHING",
        run.id.uuid(),
        ctx.clock.now(),
        run.job.kind,
        run.job.to,
        run.job.subject,
        run.job.text,
        run.job.html,
    )
    .execute(ctx.db())
    .await?;
    Ok(())
}

/// The messages in the outbox, latest first, at most `limit`.
///
/// # Errors
/// [`Failure::Database`].
pub async fn outbox(ctx: &Ctx, limit: u32) -> Result<Vec<OutboxMail>, Failure> {
    let rows = sqlx::query!(
        r#"SELECT id, at, kind, to_address, subject, text, html
           FROM app.mail_outbox ORDER BY at DESC, id DESC LIMIT $1"#,
        i64::from(limit),
    )
    .fetch_all(ctx.db())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| OutboxMail {
            id: Id::from_uuid(row.id),
            at: row.at,
            kind: row.kind,
            to: row.to_address,
            subject: row.subject,
            text: row.text,
            html: row.html,
        })
        .collect())
}
