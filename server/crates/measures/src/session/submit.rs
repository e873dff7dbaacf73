//! Closes a session: the last items, the scores, the timing report, in one step.

use super::locked::{Locked, With};
use super::scores::{self, Scored};
use super::store::{self, Fresh};
use super::upload;
use crate::MeasureError;
use crate::record::int;
use contract::Id;
use contract::ids::{Session, Study};
use contract::measure::{SessionStatus, session_flag};
use contract::task::{Item, Submit, SubmitReply, TimingReport};
use platform::audit::Entry;
use platform::{Actor, AuditedTx, Ctx};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use task_engine::SCORING_VERSION;
use uuid::Uuid;

/// Stores what is left of a session, scores it from the stored trials and completes it. The same
/// submission again changes nothing and gets the same answer.
///
/// # Errors
/// 422 naming the field at fault; 409 when items are missing (it says which), when the session
/// was submitted before with another content, or when it had been ended.
pub async fn submit(
    ctx: &Ctx,
    who: &Actor,
    session: Id<Session>,
    submit: &Submit,
) -> Result<SubmitReply, MeasureError> {
    let study = upload::own(who, session)?;
    if submit.session_id != session {
        return Err(MeasureError::SessionNotFound);
    }
    submit.validate()?;
    let hash = content_hash(submit)?;
    let mut tx = ctx.write(who, Some(study)).await?;
    let locked = Locked::read(&mut tx, study, session, With::Modules).await?;
    let fresh = store::fresh(&mut tx, &locked, submit.first_seq, &submit.items).await?;
    if locked.status == SessionStatus::Completed {
        return if fresh.is_none() && locked.submit_hash.as_deref() == Some(&hash) {
            Ok(SubmitReply { session_id: session, items: locked.acknowledged, repeated: true })
        } else {
            Err(MeasureError::SubmittedDifferently)
        };
    }
    if !locked.takes_items() {
        return Err(MeasureError::SessionClosed(locked.status));
    }
    let held = fresh.as_ref().map_or(locked.acknowledged, |fresh| fresh.last_seq);
    if held > submit.last_seq {
        return Err(MeasureError::BeyondEnd { held, said: submit.last_seq });
    }
    let items = all_items(&mut tx, &locked, fresh.as_ref()).await?;
    let ids: Vec<Uuid> = locked.modules.iter().map(|module| module.id.uuid()).collect();
    let timing = scores::timing(&items, &submit.timing);
    let scored = scores::score(&locked.modules, &items, &submit.task_summaries)?;
    let complete = scores::is_complete(&scored, &items);
    let closing = Closing {
        hash,
        held,
        trials: locked.trials + fresh.as_ref().map_or(0, |fresh| fresh.trials),
        last_clock: fresh.as_ref().map_or(locked.last_clock, |fresh| fresh.last_clock),
        flags: flags(&locked, &scored, complete, timing != submit.timing),
        complete,
        timing,
        scored,
    };
    closing.write(&mut tx, &locked, &ids, fresh.as_ref()).await?;
    let entry = Entry::new("session.submit", session).new_values(&json!({
        "items": held,
        "trials": closing.trials,
        "sent_with_it": fresh.as_ref().map(|fresh| json!({
            "first_seq": fresh.first_seq,
            "last_seq": fresh.last_seq,
            "sha256": hex::encode(fresh.hash),
        })),
        "sha256": hex::encode(hash),
        "scoring_version": SCORING_VERSION,
        "flags": closing.flags,
        "complete": complete,
    }));
    tx.commit(entry).await?;
    Ok(SubmitReply { session_id: session, items: held, repeated: false })
}

/// The items of the whole session: what is stored, and what came with the submission. Nothing is
/// read when all of them came with it.
async fn all_items<'a>(
    tx: &mut AuditedTx,
    session: &Locked,
    fresh: Option<&Fresh<'a>>,
) -> Result<Cow<'a, [Item]>, MeasureError> {
    match fresh {
        Some(fresh) if fresh.first_seq == 1 => Ok(Cow::Borrowed(fresh.items)),
        _ => {
            let mut items = store::all(tx.conn(), session.study, session.id).await?;
            items.extend_from_slice(fresh.map_or(&[], |fresh| fresh.items));
            Ok(Cow::Owned(items))
        }
    }
}

/// SHA-256 over what a submission says besides the items, which are compared one by one.
fn content_hash(submit: &Submit) -> Result<[u8; 32], MeasureError> {
    let content = (
        submit.session_id,
        submit.finished_at_ms,
        submit.last_seq,
        &submit.task_summaries,
        &submit.timing,
    );
    Ok(Sha256::digest(serde_json::to_vec(&content)?).into())
}

/// What the reader of the session should know of, each once.
fn flags(locked: &Locked, scored: &[Scored], complete: bool, timing_differs: bool) -> Vec<String> {
    let mut flags = locked.flags.clone();
    let mut add = |flag: &str| {
        if !flags.iter().any(|known| known == flag) {
            flags.push(flag.to_owned());
        }
    };
    for (flag, holds) in [
        (session_flag::INCOMPLETE, !complete),
        (session_flag::SUMMARY_DIFFERS, scored.iter().any(|s| !s.differing.is_empty())),
        (session_flag::TIMING_DIFFERS, timing_differs),
        (session_flag::SUPERSEDED, locked.status == SessionStatus::Interrupted),
        (session_flag::NOT_VALID, scored.iter().any(|s| !s.summary.valid)),
    ] {
        if holds {
            add(flag);
        }
    }
    for flag in scored.iter().flat_map(|s| &s.summary.flags) {
        add(flag);
    }
    flags
}

/// Everything that closing the session writes.
struct Closing {
    hash: [u8; 32],
    held: u32,
    trials: u32,
    last_clock: (u32, i64),
    flags: Vec<String>,
    complete: bool,
    timing: TimingReport,
    scored: Vec<Scored>,
}

impl Closing {
    /// One statement: the last items, the session, the assignment, and the summaries of the modules
    /// `ids`.
    async fn write(
        &self,
        tx: &mut AuditedTx,
        session: &Locked,
        ids: &[Uuid],
        fresh: Option<&Fresh<'_>>,
    ) -> Result<(), MeasureError> {
        let Columns { modules, tasks, versions, valid, summaries, browser, differing } =
            Columns::of(&self.scored)?;
        let study: Id<Study> = session.study;
        let now = tx.ctx().clock.now();
        sqlx::query!(
            "with closed as (
                 update app.assessment_session
                 set status = 'completed', completed_at = $4, acknowledged = $5, trials = $6,
                     last_epoch = $7, last_onset_us = $8, submit_hash = $9, timing = $10::text::json,
                     flags = $11, scoring_version = $12
                 where study_id = $1 and id = $2
             ), done as (
                 update app.assignment set status = 'completed', completed_at = $4
                 where study_id = $1 and id = $3 and status in ('assigned', 'in_progress')
                   and $13
             ), chunk as (
                 insert into app.session_chunk
                     (study_id, session_id, first_seq, last_seq, hash, items, received_at)
                 select $1, $2, $22, $5, $23, $24::text::json, $4
                 where $24::text is not null
             )
             insert into app.module_summary
                 (study_id, session_id, module, module_id, task_id, task_version,
                  scoring_version, valid, summary, browser_summary, differing, created_at)
             select $1, $2, m.module, m.module_id, m.task_id, m.task_version, $12, m.valid,
                    m.summary, m.browser::json,
                    array(select jsonb_array_elements_text(m.differing)), $4
             from unnest($14::int[], $15::uuid[], $16::text[], $17::text[], $18::bool[],
                         $19::jsonb[], $20::text[], $21::jsonb[])
                 as m (module, module_id, task_id, task_version, valid, summary, browser,
                       differing)",
            study.uuid(),
            session.id.uuid(),
            session.assignment.uuid(),
            now,
            int(self.held)?,
            int(self.trials)?,
            int(self.last_clock.0)?,
            self.last_clock.1,
            &self.hash,
            serde_json::to_string(&self.timing)?,
            &self.flags,
            SCORING_VERSION,
            self.complete,
            &modules,
            ids,
            &tasks,
            &versions,
            &valid,
            &summaries,
            &browser as &[Option<String>],
            &differing,
            fresh.map(|fresh| int(fresh.first_seq)).transpose()?,
            fresh.map(|fresh| &fresh.hash[..]),
            fresh.map(|fresh| &*fresh.text),
        )
        .execute(tx.conn())
        .await?;
        Ok(())
    }
}

/// The modules' summaries, column by column.
#[derive(Default)]
struct Columns {
    modules: Vec<i32>,
    tasks: Vec<String>,
    versions: Vec<String>,
    valid: Vec<bool>,
    summaries: Vec<Value>,
    browser: Vec<Option<String>>,
    differing: Vec<Value>,
}

impl Columns {
    fn of(scored: &[Scored]) -> Result<Self, MeasureError> {
        let mut columns = Self::default();
        for Scored { summary, browser, differing } in scored {
            columns.modules.push(int(summary.module)?);
            columns.tasks.push(summary.task_id.clone());
            columns.versions.push(summary.task_version.clone());
            columns.valid.push(summary.valid);
            columns.summaries.push(serde_json::to_value(summary)?);
            columns.browser.push(browser.as_ref().map(serde_json::to_string).transpose()?);
            columns.differing.push(json!(differing));
        }
        Ok(columns)
    }
}
