//! Items in the database: one row for each upload, kept to the letter.

use super::locked::Locked;
use crate::MeasureError;
use crate::record::{count, int};
use chrono::{DateTime, Utc};
use contract::ids::{Session, Study};
use contract::task::{Item, Micros};
use contract::{ApiError, Id};
use platform::{AuditedTx, Failure};
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};
use sqlx::PgExecutor;

/// Items that are to be stored next: they follow what the session holds.
pub(super) struct Fresh<'a> {
    pub(super) first_seq: u32,
    pub(super) last_seq: u32,
    pub(super) items: &'a [Item],
    /// The items as JSON, as they are kept.
    pub(super) text: String,
    pub(super) hash: [u8; 32],
    pub(super) trials: u32,
    /// Page load and onset, µs, of the last trial.
    pub(super) last_clock: (u32, i64),
}

/// Compares what was sent with what is stored. Items that are stored already must be the same to
/// the letter; what is new must follow without a gap. `items` have been validated and begin at
/// `first_seq`.
///
/// # Errors
/// [`MeasureError::Gap`], [`MeasureError::ConflictingResend`], or 422 when the browser's clock
/// went back since the upload before.
pub(super) async fn fresh<'a>(
    tx: &mut AuditedTx,
    session: &Locked,
    first_seq: u32,
    items: &'a [Item],
) -> Result<Option<Fresh<'a>>, MeasureError> {
    let held = session.acknowledged;
    if first_seq > held.saturating_add(1) {
        return Err(MeasureError::Gap { first: held + 1, last: first_seq - 1 });
    }
    let again = items.iter().take_while(|item| item.seq() <= held).count();
    let (again, new) = items.split_at(again);
    if !again.is_empty() {
        compare(tx, session, again).await?;
    }
    let (Some(first), Some(last)) = (new.first(), new.last()) else {
        return Ok(None);
    };
    let (trials, last_clock) = follow_clock(session, new, again.len())?;
    let text = serde_json::to_string(new)?;
    let hash = Sha256::digest(&text).into();
    Ok(Some(Fresh {
        first_seq: first.seq(),
        last_seq: last.seq(),
        items: new,
        text,
        hash,
        trials,
        last_clock,
    }))
}

/// How many trials there are, and the clock of the last one. Within an upload the order has been
/// checked; here the first new trial is held against the last one stored.
fn follow_clock(
    session: &Locked,
    new: &[Item],
    offset: usize,
) -> Result<(u32, (u32, i64)), ApiError> {
    let mut clock = session.last_clock;
    let mut trials = 0_u32;
    for (i, item) in new.iter().enumerate() {
        let epoch = item.clock_epoch();
        if epoch < clock.0 {
            let field = format!("items[{}].clock_epoch", i + offset);
            let message = format!("must be {} or more: page loads are numbered.", clock.0);
            return Err(ApiError::field(field, "backwards", message));
        }
        if epoch > clock.0 {
            clock = (epoch, 0);
        }
        if let Item::Trial(trial) = item {
            trials += 1;
            if let Some(Micros(onset)) = trial.onset_us {
                if onset < clock.1 {
                    let field = format!("items[{}].onset_us", i + offset);
                    let message = "must not lie before the trial before it: the clock jumped.";
                    return Err(ApiError::field(field, "backwards", message));
                }
                clock.1 = onset;
            }
        }
    }
    Ok((trials, clock))
}

/// Holds items that were sent again against those stored.
async fn compare(tx: &mut AuditedTx, session: &Locked, again: &[Item]) -> Result<(), MeasureError> {
    let (Some(first), Some(last)) = (again.first(), again.last()) else {
        return Ok(());
    };
    let rows = sqlx::query!(
        r#"select first_seq, items::text as "items!"
           from app.session_chunk
           where study_id = $1 and session_id = $2 and last_seq >= $3 and first_seq <= $4
           order by first_seq"#,
        session.study.uuid(),
        session.id.uuid(),
        int(first.seq())?,
        int(last.seq())?,
    )
    .fetch_all(tx.conn())
    .await?;
    let mut again = again.iter().peekable();
    for row in rows {
        let stored: Vec<&RawValue> = serde_json::from_str(&row.items)?;
        for (seq, stored) in (count(row.first_seq)..).zip(stored) {
            if let Some(item) = again.next_if(|item| item.seq() == seq)
                && serde_json::to_string(item)? != stored.get()
            {
                return Err(MeasureError::ConflictingResend(seq));
            }
        }
    }
    match again.next() {
        None => Ok(()),
        Some(item) => {
            let message = format!("item {} counts as stored and is not there", item.seq());
            Err(Failure::other(message).into())
        }
    }
}

/// Stores the items.
pub(super) async fn insert(
    tx: &mut AuditedTx,
    session: &Locked,
    fresh: &Fresh<'_>,
    now: DateTime<Utc>,
) -> Result<(), MeasureError> {
    sqlx::query!(
        "insert into app.session_chunk
             (study_id, session_id, first_seq, last_seq, hash, items, received_at)
         values ($1, $2, $3, $4, $5, $6::text::json, $7)",
        session.study.uuid(),
        session.id.uuid(),
        int(fresh.first_seq)?,
        int(fresh.last_seq)?,
        &fresh.hash,
        fresh.text,
        now,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// All items of a session, in order.
pub(super) async fn all(
    db: impl PgExecutor<'_>,
    study: Id<Study>,
    session: Id<Session>,
) -> Result<Vec<Item>, MeasureError> {
    let texts = sqlx::query_scalar!(
        r#"select items::text as "items!"
           from app.session_chunk
           where study_id = $1 and session_id = $2
           order by first_seq"#,
        study.uuid(),
        session.uuid(),
    )
    .fetch_all(db)
    .await?;
    let mut items = Vec::new();
    for text in texts {
        items.append(&mut serde_json::from_str(&text)?);
    }
    Ok(items)
}
