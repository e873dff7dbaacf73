//! Adding one entry to its chain, in the transaction of the change it tells of.

use super::encoding::{Hash, NO_HASH, Row, checkpoint_message, head_message};
use super::{CHECKPOINT_EVERY, Entry, chain_of};
use crate::{Actor, Ctx, Failure};
use chrono::{DateTime, Utc};
use contract::Id;
use contract::ids::{AuditEntry, Study};
use sqlx::PgConnection;
use uuid::Uuid;

/// An entry that closes a hundred. Logged once its transaction is committed, so that the log,
/// which the database's administrator cannot rewrite, knows the chain's hash at that point.
#[derive(Debug)]
pub(crate) struct Checkpoint {
    chain: Uuid,
    seq: i64,
    hash: Hash,
    at: DateTime<Utc>,
}

impl Checkpoint {
    pub(crate) fn log(&self) {
        tracing::info!(
            event = "audit_checkpoint",
            study = %self.chain,
            seq = self.seq,
            hash = %hex::encode(self.hash),
            at = %self.at.to_rfc3339_opts(chrono::SecondsFormat::Micros, true),
        );
    }
}

struct Head {
    seq: i64,
    hash: Vec<u8>,
    signature: Vec<u8>,
}

/// Locks the end of the chain, and writes the entry and the new end in one statement. Called as
/// the last thing before the commit, so that others wait for this chain as briefly as can be.
pub(crate) async fn append(
    conn: &mut PgConnection,
    ctx: &Ctx,
    actor: &Actor,
    study: Option<Id<Study>>,
    entry: Entry,
) -> Result<Option<Checkpoint>, Failure> {
    let chain = chain_of(study);
    let old_values = entry.old.text()?;
    let new_values = entry.new.text()?;
    let actor_id = actor.reference();

    let head = lock_head(conn, ctx, chain).await?;
    // A head that somebody else wrote must not be signed anew: that would hide the deed.
    if !ctx.keyring.signed(head_message(chain, head.seq, &head.hash).as_bytes(), &head.signature) {
        tracing::error!(event = "audit_head_invalid", study = %chain, seq = head.seq);
        return Err(Failure::other(
            "the end of the audit chain is not signed by this installation's key: nothing can be \
             written to this study; run `metricis admin verify-audit`",
        ));
    }

    let seq = head.seq + 1;
    let id = ctx.new_id::<AuditEntry>().uuid();
    // Taken under the lock: within a chain, times follow the numbers.
    let at = ctx.clock.now();
    let row = Row {
        chain,
        seq,
        id,
        at,
        actor_kind: actor.kind(),
        actor_id: &actor_id,
        action: entry.action,
        entity: entry.entity,
        entity_id: &entry.entity_id,
        old_values,
        new_values,
        reason: entry.reason.as_deref(),
        request_id: ctx.request.uuid(),
        prev_hash: &head.hash,
    };
    let hash = row.hash();
    let signature = ctx.keyring.sign(head_message(chain, seq, &hash).as_bytes());
    let checkpoint = (seq % CHECKPOINT_EVERY == 0).then_some(Checkpoint { chain, seq, hash, at });
    let checkpoint_signature = checkpoint
        .as_ref()
        .map(|_| ctx.keyring.sign(checkpoint_message(chain, seq, &hash, at).as_bytes()));

    sqlx::query!(
        r#"WITH entry AS (
             INSERT INTO app.audit_entry
               (study_id, seq, id, at, actor_kind, actor_id, action, entity, entity_id,
                old_values, new_values, reason, request_id, prev_hash, hash)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9,
                     $10::text::json, $11::text::json, $12, $13, $14, $15)
           ), checkpoint AS (
             INSERT INTO app.audit_checkpoint (study_id, seq, hash, at, signature)
             SELECT $1, $2, $15, $4, $17::bytea WHERE $17::bytea IS NOT NULL
           )
           UPDATE app.audit_head SET seq = $2, hash = $15, signature = $16 WHERE study_id = $1"#,
        row.chain,
        row.seq,
        row.id,
        row.at,
        row.actor_kind,
        row.actor_id,
        row.action,
        row.entity,
        row.entity_id,
        row.old_values,
        row.new_values,
        row.reason,
        row.request_id,
        row.prev_hash,
        hash.as_slice(),
        signature.as_slice(),
        checkpoint_signature.as_ref().map(<[u8; 64]>::as_slice),
    )
    .execute(conn)
    .await?;
    Ok(checkpoint)
}

async fn lock_head(conn: &mut PgConnection, ctx: &Ctx, chain: Uuid) -> Result<Head, Failure> {
    if let Some(head) = try_lock_head(conn, chain).await? {
        return Ok(head);
    }
    let signature = ctx.keyring.sign(head_message(chain, 0, &NO_HASH).as_bytes());
    sqlx::query!(
        "INSERT INTO app.audit_head (study_id, seq, hash, signature) VALUES ($1, 0, $2, $3)
         ON CONFLICT (study_id) DO NOTHING",
        chain,
        NO_HASH.as_slice(),
        signature.as_slice(),
    )
    .execute(&mut *conn)
    .await?;
    try_lock_head(conn, chain)
        .await?
        .ok_or_else(|| Failure::other("the head of an audit chain vanished while it was made"))
}

async fn try_lock_head(conn: &mut PgConnection, chain: Uuid) -> Result<Option<Head>, Failure> {
    Ok(sqlx::query_as!(
        Head,
        "SELECT seq, hash, signature FROM app.audit_head WHERE study_id = $1 FOR UPDATE",
        chain,
    )
    .fetch_optional(conn)
    .await?)
}
