//! The bytes that are hashed and signed. Stored chains depend on every one of them; change nothing
//! here without a new label (`…-v2`). Described for inspectors in `docs/audit-trail.md`.

use chrono::{DateTime, SecondsFormat, Utc};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// A SHA-256 in the chain.
pub(super) type Hash = [u8; 32];

/// What stands before the first entry.
pub(super) const NO_HASH: Hash = [0; 32];

/// The columns of one entry, as they are hashed.
pub(super) struct Row<'a> {
    pub(super) chain: Uuid,
    pub(super) seq: i64,
    pub(super) id: Uuid,
    pub(super) at: DateTime<Utc>,
    pub(super) actor_kind: &'a str,
    pub(super) actor_id: &'a str,
    pub(super) action: &'a str,
    pub(super) entity: &'a str,
    pub(super) entity_id: &'a str,
    pub(super) old_values: Option<&'a str>,
    pub(super) new_values: Option<&'a str>,
    pub(super) reason: Option<&'a str>,
    pub(super) request_id: Uuid,
    pub(super) prev_hash: &'a [u8],
}

impl Row<'_> {
    pub(super) fn hash(&self) -> Hash {
        let mut sha = Fields(Sha256::new());
        sha.text("metricis-audit-entry-v1");
        sha.field(Some(self.prev_hash));
        sha.text(&self.chain.to_string());
        sha.text(&self.seq.to_string());
        sha.text(&self.id.to_string());
        sha.text(&instant(self.at));
        sha.text(self.actor_kind);
        sha.text(self.actor_id);
        sha.text(self.action);
        sha.text(self.entity);
        sha.text(self.entity_id);
        sha.optional(self.old_values);
        sha.optional(self.new_values);
        sha.optional(self.reason);
        sha.text(&self.request_id.to_string());
        sha.0.finalize().into()
    }
}

/// What the signature on a chain's head covers.
pub(super) fn head_message(chain: Uuid, seq: i64, hash: &[u8]) -> String {
    format!("metricis-audit-head-v1\n{chain}\n{seq}\n{}", hex::encode(hash))
}

/// What the signature on a checkpoint covers.
pub(super) fn checkpoint_message(chain: Uuid, seq: i64, hash: &[u8], at: DateTime<Utc>) -> String {
    format!("metricis-audit-checkpoint-v1\n{chain}\n{seq}\n{}\n{}", hex::encode(hash), instant(at))
}

/// UTC with six decimals: `2026-03-01T08:30:00.123456Z`.
fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Micros, true)
}

/// Each field: its length in bytes as a signed 32-bit big-endian number, then its bytes; a missing
/// one is the number -1 alone. So no two different rows give the same bytes.
struct Fields(Sha256);

impl Fields {
    fn text(&mut self, text: &str) {
        self.field(Some(text.as_bytes()));
    }

    fn optional(&mut self, text: Option<&str>) {
        self.field(text.map(str::as_bytes));
    }

    fn field(&mut self, bytes: Option<&[u8]>) {
        match bytes {
            // Postgres takes no value of 1 GB or more, so the length always fits
            Some(bytes) => {
                self.0.update(i32::try_from(bytes.len()).unwrap_or(i32::MAX).to_be_bytes());
                self.0.update(bytes);
            }
            None => self.0.update((-1_i32).to_be_bytes()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row() -> Row<'static> {
        Row {
            chain: Uuid::from_u128(1),
            seq: 7,
            id: Uuid::from_u128(2),
            at: DateTime::from_timestamp_micros(1_772_353_800_120_000).unwrap(),
            actor_kind: "staff",
            actor_id: "00000000-0000-0000-0000-000000000003",
            action: "study.update",
            entity: "study",
            entity_id: "00000000-0000-0000-0000-000000000001",
            old_values: Some(r#"{"name":"Été"}"#),
            new_values: None,
            reason: Some(""),
            request_id: Uuid::nil(),
            prev_hash: &NO_HASH,
        }
    }

    #[test]
    fn instants_are_written_with_six_decimals() {
        assert_eq!(instant(row().at), "2026-03-01T08:30:00.120000Z");
    }

    /// Computed apart from this code, with Python's hashlib, by the script in docs/audit-trail.md.
    #[test]
    fn the_hash_is_pinned() {
        assert_eq!(
            hex::encode(row().hash()),
            "5596a701debf17dbccb2e74e1239b423bbd52c7d190afa0e1435eb88d95fc0a2"
        );
    }

    #[test]
    fn every_column_counts() {
        let hash = row().hash();
        let altered = [
            Row { chain: Uuid::from_u128(9), ..row() },
            Row { seq: 8, ..row() },
            Row { id: Uuid::from_u128(9), ..row() },
            Row { at: row().at + chrono::TimeDelta::microseconds(1), ..row() },
            Row { actor_kind: "system", ..row() },
            Row { actor_id: "00000000-0000-0000-0000-000000000004", ..row() },
            Row { action: "study.delete", ..row() },
            Row { entity: "site", ..row() },
            Row { entity_id: "", ..row() },
            Row { old_values: Some(r#"{"name": "Été"}"#), ..row() },
            Row { new_values: Some(""), ..row() },
            Row { reason: None, ..row() },
            Row { request_id: Uuid::from_u128(9), ..row() },
            Row { prev_hash: &[1; 32], ..row() },
            // a byte that moves from one column to the next
            Row { actor_kind: "staf", actor_id: "f00000000-0000-0000-0000-000000000003", ..row() },
        ];
        for (number, altered) in altered.iter().enumerate() {
            assert_ne!(altered.hash(), hash, "alteration {number}");
        }
    }
}
