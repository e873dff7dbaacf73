//! Takes a batch of trials and events.

use super::locked::{Locked, With};
use super::{store, upload};
use crate::MeasureError;
use crate::record::int;
use contract::Id;
use contract::ids::Session;
use contract::task::{Ack, EventBatch};
use platform::audit::Entry;
use platform::{Actor, Ctx};
use serde_json::json;

/// Stores the items of a batch that the session does not hold yet. The same batch again changes
/// nothing and gets the same answer.
///
/// # Errors
/// 422 naming the item and the field at fault; 409 for items missing before the batch, for an
/// item that was stored with another content, and for a session that has ended.
pub async fn append(
    ctx: &Ctx,
    who: &Actor,
    session: Id<Session>,
    batch: &EventBatch,
) -> Result<Ack, MeasureError> {
    let study = upload::own(who, session)?;
    batch.validate()?;
    let mut tx = ctx.write(who, Some(study)).await?;
    let locked = Locked::read(&mut tx, study, session, With::Nothing).await?;
    let Some(fresh) = store::fresh(&mut tx, &locked, batch.first_seq, &batch.items).await? else {
        return Ok(Ack { acknowledged: locked.acknowledged });
    };
    if !locked.takes_items() {
        return Err(MeasureError::SessionClosed(locked.status));
    }
    store::insert(&mut tx, &locked, &fresh, ctx.clock.now()).await?;
    sqlx::query!(
        "update app.assessment_session
         set acknowledged = $3, trials = trials + $4, last_epoch = $5, last_onset_us = $6
         where study_id = $1 and id = $2",
        study.uuid(),
        session.uuid(),
        int(fresh.last_seq)?,
        int(fresh.trials)?,
        int(fresh.last_clock.0)?,
        fresh.last_clock.1,
    )
    .execute(tx.conn())
    .await?;
    let entry = Entry::new("session.append", session).new_values(&json!({
        "first_seq": fresh.first_seq,
        "last_seq": fresh.last_seq,
        "trials": fresh.trials,
        "sha256": hex::encode(fresh.hash),
    }));
    tx.commit(entry).await?;
    Ok(Ack { acknowledged: fresh.last_seq })
}
