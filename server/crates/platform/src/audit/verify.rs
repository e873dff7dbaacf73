//! Walking the chains: is every entry what it was when it was written, and none missing?

use super::encoding::{Hash, NO_HASH, Row, checkpoint_message, head_message};
use super::{chain_of, study_of};
use crate::{Ctx, Failure};
use contract::Id;
use contract::ids::{AuditEntry, Study};
use futures::TryStreamExt;
use serde::Serialize;
use sqlx::{PgConnection, Postgres, Transaction};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use uuid::Uuid;

/// What a walk found.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// One for each chain, the system's own (no study) first.
    pub chains: Vec<Chain>,
    /// The key that the signatures were checked with, in hex; an inspector compares it with the one
    /// that was handed out.
    pub public_key: String,
}

/// One chain.
#[derive(Debug, Clone, Serialize)]
pub struct Chain {
    /// None: the chain of what belongs to no study.
    pub study: Option<Id<Study>>,
    /// Entries that were walked, up to the fault if there is one.
    pub entries: u64,
    pub checkpoints: u64,
    /// The first thing that is wrong.
    pub fault: Option<Fault>,
}

/// Where a chain is broken first, and how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// Number of the entry in its chain.
    pub seq: i64,
    /// The offending entry; none where the entry is what is missing.
    pub entry: Option<Id<AuditEntry>>,
    pub kind: FaultKind,
}

/// How a chain is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultKind {
    /// A value of the entry is not the one that was hashed.
    Altered,
    /// The entry is sound in itself but does not follow the one before it.
    OutOfOrder,
    /// The entry with this number is not there, but later ones are.
    Missing,
    /// The chain once was longer: this entry is the first that was cut off.
    CutOff,
    /// Entries lie beyond the signed end.
    BeyondHead,
    /// The signed end, or its row, is not there.
    HeadMissing,
    /// The end of the chain is not signed by this installation's key.
    HeadForged,
    /// A checkpoint is not signed by this installation's key.
    CheckpointForged,
    /// A checkpoint that must be there is not.
    CheckpointMissing,
    /// The entry is not the one that a checkpoint, or an anchor from the log, attests.
    Replaced,
}

impl fmt::Display for FaultKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Altered => "a value was altered after it was written",
            Self::OutOfOrder => "the entry does not follow the one before it",
            Self::Missing => "the entry is missing",
            Self::CutOff => "the entry and all after it were cut off",
            Self::BeyondHead => "the entry lies beyond the signed end of the chain",
            Self::HeadMissing => "the signed end of the chain is missing",
            Self::HeadForged => "the end of the chain is not signed by this installation's key",
            Self::CheckpointForged => "the checkpoint is not signed by this installation's key",
            Self::CheckpointMissing => "the checkpoint at this entry is missing",
            Self::Replaced => "the entry is not the one that was attested at this place",
        })
    }
}

impl Report {
    /// Every chain is whole.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        self.first_fault().is_none()
    }

    /// Entries walked in all chains.
    #[must_use]
    pub fn entries(&self) -> u64 {
        self.chains.iter().map(|chain| chain.entries).sum()
    }

    /// The first broken chain and its fault.
    #[must_use]
    pub fn first_fault(&self) -> Option<(&Chain, &Fault)> {
        self.chains.iter().find_map(|chain| chain.fault.as_ref().map(|fault| (chain, fault)))
    }
}

/// A point of a chain that was written down outside of the database, when it was made: a line
/// with `"event":"audit_checkpoint"` of the server's log. It catches what the database alone
/// cannot show, a chain that was cut and whose end was put back to an earlier, rightly signed one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    pub study: Option<Id<Study>>,
    pub seq: i64,
    pub hash: Hash,
}

impl Anchor {
    /// Reads one line of the server's JSON log; none where the line is about something else.
    #[must_use]
    pub fn from_log_line(line: &str) -> Option<Self> {
        let line: serde_json::Value = serde_json::from_str(line).ok()?;
        // Some set-ups keep an event's fields in an object of their own.
        let fields = line.get("fields").unwrap_or(&line);
        if fields.get("event")?.as_str()? != "audit_checkpoint" {
            return None;
        }
        let chain: Uuid = fields.get("study")?.as_str()?.parse().ok()?;
        let mut hash = NO_HASH;
        hex::decode_to_slice(fields.get("hash")?.as_str()?, &mut hash).ok()?;
        Some(Self { study: study_of(chain), seq: fields.get("seq")?.as_i64()?, hash })
    }
}

/// Walks the chain of `study`, or all chains, in one snapshot of the database and with little
/// memory, whatever their length. `anchors` may be empty.
///
/// # Errors
/// [`Failure::Database`]. A broken chain is no error but a finding.
pub async fn verify(
    ctx: &Ctx,
    study: Option<Id<Study>>,
    anchors: &[Anchor],
) -> Result<Report, Failure> {
    let mut tx = ctx.pool.begin().await?;
    sqlx::query!("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        .execute(&mut *tx)
        .await?;
    let mut chains = match study {
        Some(study) => vec![chain_of(Some(study))],
        None => all_chains(&mut tx).await?,
    };
    if study.is_none() {
        chains.extend(anchors.iter().map(|anchor| chain_of(anchor.study)));
        chains.sort_unstable();
        chains.dedup();
    }
    let mut report = Report {
        chains: Vec::with_capacity(chains.len()),
        public_key: hex::encode(ctx.keyring.audit_public_key()),
    };
    for chain in chains {
        report.chains.push(verify_chain(&mut tx, ctx, chain, anchors).await?);
    }
    Ok(report)
}

async fn all_chains(tx: &mut Transaction<'_, Postgres>) -> Result<Vec<Uuid>, Failure> {
    // Entries are asked chain by chain (a loose index scan), not all read.
    Ok(sqlx::query_scalar!(
        r#"WITH RECURSIVE entry(study_id) AS (
             (SELECT study_id FROM app.audit_entry ORDER BY study_id LIMIT 1)
             UNION ALL
             SELECT (SELECT next.study_id FROM app.audit_entry next
                     WHERE next.study_id > entry.study_id ORDER BY next.study_id LIMIT 1)
             FROM entry WHERE entry.study_id IS NOT NULL
           )
           SELECT study_id AS "study_id!" FROM entry WHERE study_id IS NOT NULL
           UNION SELECT study_id FROM app.audit_head
           UNION SELECT study_id FROM app.audit_checkpoint
           ORDER BY 1"#
    )
    .fetch_all(&mut **tx)
    .await?)
}

async fn verify_chain(
    conn: &mut PgConnection,
    ctx: &Ctx,
    chain: Uuid,
    anchors: &[Anchor],
) -> Result<Chain, Failure> {
    let mut walk = Walk {
        ctx,
        chain,
        attested: attested(conn, ctx, chain, anchors).await?,
        seq: 0,
        hash: NO_HASH,
        last_entry: None,
    };
    let mut report = Chain {
        study: study_of(chain),
        entries: 0,
        checkpoints: walk.attested.checkpoints,
        fault: None,
    };
    report.fault = match walk.entries(conn).await? {
        Some(fault) => Some(fault),
        None => walk.end(conn).await?,
    };
    report.entries = u64::try_from(walk.seq).unwrap_or_default();
    Ok(report)
}

/// What checkpoints and anchors say about single entries.
struct Attested {
    hashes: BTreeMap<i64, Vec<u8>>,
    checkpoints: u64,
    /// Numbers of checkpoints, to see which are missing.
    present: BTreeSet<i64>,
    forged: Option<i64>,
}

async fn attested(
    conn: &mut PgConnection,
    ctx: &Ctx,
    chain: Uuid,
    anchors: &[Anchor],
) -> Result<Attested, Failure> {
    let mut attested = Attested {
        hashes: BTreeMap::new(),
        checkpoints: 0,
        present: BTreeSet::new(),
        forged: None,
    };
    let mut checkpoints = sqlx::query!(
        "SELECT seq, hash, at, signature FROM app.audit_checkpoint WHERE study_id = $1 ORDER BY seq",
        chain
    )
    .fetch(conn);
    while let Some(row) = checkpoints.try_next().await? {
        let message = checkpoint_message(chain, row.seq, &row.hash, row.at);
        if !ctx.keyring.signed(message.as_bytes(), &row.signature) {
            attested.forged.get_or_insert(row.seq);
            continue;
        }
        attested.checkpoints += 1;
        attested.present.insert(row.seq);
        attested.hashes.insert(row.seq, row.hash);
    }
    for anchor in anchors.iter().filter(|anchor| chain_of(anchor.study) == chain) {
        // What was written down outside of the database wins.
        attested.hashes.insert(anchor.seq, anchor.hash.to_vec());
    }
    Ok(attested)
}

/// A walk along one chain, and how far it has come.
struct Walk<'a> {
    ctx: &'a Ctx,
    chain: Uuid,
    attested: Attested,
    /// The last sound entry: its number, hash and id.
    seq: i64,
    hash: Hash,
    last_entry: Option<Uuid>,
}

impl Walk<'_> {
    /// Every entry against the one before it.
    async fn entries(&mut self, conn: &mut PgConnection) -> Result<Option<Fault>, Failure> {
        let mut entries = sqlx::query!(
            r#"SELECT seq, id, at, actor_kind, actor_id, action, entity, entity_id,
                      old_values::text AS old_values, new_values::text AS new_values,
                      reason, request_id, prev_hash, hash
               FROM app.audit_entry WHERE study_id = $1 ORDER BY seq"#,
            self.chain
        )
        .fetch(conn);
        while let Some(row) = entries.try_next().await? {
            if row.seq != self.seq + 1 {
                return Ok(Some(self.fault(self.seq + 1, None, FaultKind::Missing)));
            }
            let computed = Row {
                chain: self.chain,
                seq: row.seq,
                id: row.id,
                at: row.at,
                actor_kind: &row.actor_kind,
                actor_id: &row.actor_id,
                action: &row.action,
                entity: &row.entity,
                entity_id: &row.entity_id,
                old_values: row.old_values.as_deref(),
                new_values: row.new_values.as_deref(),
                reason: row.reason.as_deref(),
                request_id: row.request_id,
                prev_hash: &row.prev_hash,
            }
            .hash();
            if row.hash != computed {
                return Ok(Some(self.fault(row.seq, Some(row.id), FaultKind::Altered)));
            }
            if row.prev_hash != self.hash {
                return Ok(Some(self.fault(row.seq, Some(row.id), FaultKind::OutOfOrder)));
            }
            if self.attested.hashes.get(&row.seq).is_some_and(|attested| *attested != computed) {
                return Ok(Some(self.fault(row.seq, Some(row.id), FaultKind::Replaced)));
            }
            (self.seq, self.hash, self.last_entry) = (row.seq, computed, Some(row.id));
        }
        Ok(None)
    }

    /// The end of the chain against its signed head, the checkpoints and the anchors.
    async fn end(&self, conn: &mut PgConnection) -> Result<Option<Fault>, Failure> {
        use FaultKind::{
            BeyondHead, CheckpointForged, CheckpointMissing, CutOff, HeadForged, HeadMissing,
            Replaced,
        };
        if self.attested.hashes.last_key_value().is_some_and(|(seq, _)| *seq > self.seq) {
            return Ok(Some(self.fault(self.seq + 1, None, CutOff)));
        }
        let head = sqlx::query!(
            "SELECT seq, hash, signature FROM app.audit_head WHERE study_id = $1",
            self.chain
        )
        .fetch_optional(conn)
        .await?;
        let last = self.last_entry;
        let Some(head) = head else {
            // A chain that never began has neither entries nor a head.
            return Ok((self.seq > 0).then(|| self.fault(self.seq, last, HeadMissing)));
        };
        let message = head_message(self.chain, head.seq, &head.hash);
        let fault = if !self.ctx.keyring.signed(message.as_bytes(), &head.signature) {
            Some(self.fault(head.seq, last.filter(|_| head.seq == self.seq), HeadForged))
        } else if head.seq > self.seq {
            Some(self.fault(self.seq + 1, None, CutOff))
        } else if head.seq < self.seq {
            Some(self.fault(head.seq + 1, None, BeyondHead))
        } else if head.hash != self.hash {
            Some(self.fault(self.seq, last, Replaced))
        } else if let Some(seq) = self.attested.forged {
            Some(self.fault(seq, None, CheckpointForged))
        } else {
            (1..=self.seq / super::CHECKPOINT_EVERY)
                .map(|number| number * super::CHECKPOINT_EVERY)
                .find(|seq| !self.attested.present.contains(seq))
                .map(|seq| self.fault(seq, None, CheckpointMissing))
        };
        Ok(fault)
    }

    fn fault(&self, seq: i64, entry: Option<Uuid>, kind: FaultKind) -> Fault {
        Fault { seq, entry: entry.map(Id::from_uuid), kind }
    }
}
