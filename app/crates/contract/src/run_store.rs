//! Layout of the IndexedDB database in which a browser keeps the runs of tasks until the server
//! has them. The task runner writes it; the patient portal reads it, to send what still waits.
//!
//! Two object stores, both with keys of their own (no key path, no generator):
//!
//! | store | key | value |
//! |---|---|---|
//! | [`RUNS`] | the session id as text | [`RunRow`] as JSON text |
//! | [`ITEMS`] | `[session id as text, seq as number]` | [`ItemRow`] as [`ItemRow::encode`] writes it |
//!
//! Sending a run: post every item after `acknowledged` in batches, then `closing` if there is one,
//! then the end of the session; then delete the items and the row. Items are never changed.

use crate::{
    Id,
    ids::{Assignment, Session},
};
use core::fmt::Write as _;
use serde::{Deserialize, Serialize};

/// Name of the database.
pub const DATABASE: &str = "metricis-runs";
/// Version of its layout.
pub const VERSION: u32 = 1;
/// Store of the runs.
pub const RUNS: &str = "runs";
/// Store of trials and events.
pub const ITEMS: &str = "items";
/// Name of the Web Lock that one page at a time holds while it runs or sends a session:
/// this prefix and the session id.
pub const LOCK_PREFIX: &str = "metricis-run-";
/// Header of every upload, with [`RunRow::upload_key`].
pub const UPLOAD_KEY_HEADER: &str = "X-Session-Key";
/// Header of the closing submission, with the session id.
pub const SESSION_ID_HEADER: &str = "X-Session-ID";

/// Where the run of an assignment leads when all is sent, on a participant's own device: the value
/// of [`RunRow::return_to`]. No two participants share it.
#[must_use]
pub fn done_page(assignment: Id<Assignment>) -> String {
    format!("/portal/tasks/{assignment}/done")
}

/// How far a run has come, as its browser knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RunStatus {
    /// Tasks are left to do; it can be resumed.
    Open,
    /// All tasks are done; `closing` waits to be sent.
    Finished,
    /// The server took `closing`; only the end of the session is left to be said.
    Submitted,
    /// The server refuses this session for good (ended elsewhere, key withdrawn). Kept for support.
    Refused,
}

/// One run. What the server wrote and what goes back to it is kept as the text it is, so that who
/// only sends needs to read none of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunRow {
    /// The launch id from the address `/assess/?run=…`.
    pub launch: String,
    pub session_id: Id<Session>,
    /// [`crate::task::RunConfig::upload_key`].
    pub upload_key: String,
    /// [`crate::task::RunConfig::return_to`]: tells which task of the portal this run is of.
    #[serde(default)]
    pub return_to: String,
    /// The [`crate::task::RunConfig`], as JSON text.
    pub config: String,
    pub status: RunStatus,
    /// Highest `seq` up to which the server holds everything.
    pub acknowledged: u32,
    /// Wall clock of the browser when the run began, milliseconds since 1970.
    pub started_at_ms: f64,
    /// The same, when the last task was done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finished_at_ms: Option<f64>,
    /// The closing [`crate::task::Submit`] without items, as JSON text, once all tasks are done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closing: Option<String>,
}

impl RunRow {
    /// Whether tasks of it are left to do, and it leads to this page when they are done.
    #[must_use]
    pub fn goes_on_to(&self, page: &str) -> bool {
        self.status == RunStatus::Open && self.return_to == page
    }

    /// Whether something of it waits to be sent.
    #[must_use]
    pub const fn is_waiting(&self) -> bool {
        matches!(self.status, RunStatus::Finished | RunStatus::Submitted)
    }
}

/// One stored item with its check sum and its place in the chain of hashes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemRow {
    pub seq: u32,
    /// CRC-32 (IEEE) of `body`.
    pub crc32: u32,
    /// SHA-256 over the hash of the item before (32 zero bytes for the first) and `body`.
    pub hash: [u8; 32],
    /// The [`crate::task::Item`] as JSON text, exactly as it is sent.
    pub body: String,
}

impl ItemRow {
    /// One line: `seq crc32 hash body`, numbers and hash in hexadecimal.
    #[must_use]
    pub fn encode(&self) -> String {
        let mut line = String::with_capacity(self.body.len() + 84);
        // Writing to a string cannot fail.
        let _ = write!(line, "{:x} {:x} ", self.seq, self.crc32);
        for byte in self.hash {
            for nibble in [byte >> 4, byte & 15] {
                line.push(char::from_digit(u32::from(nibble), 16).unwrap_or('0'));
            }
        }
        line.push(' ');
        line.push_str(&self.body);
        line
    }

    /// Reads a line of [`Self::encode`]; none for anything else, or when the check sum is wrong.
    #[must_use]
    pub fn decode(line: &str) -> Option<Self> {
        let mut parts = line.splitn(4, ' ');
        let seq = u32::from_str_radix(parts.next()?, 16).ok()?;
        let crc = u32::from_str_radix(parts.next()?, 16).ok()?;
        let digits = parts.next()?.as_bytes();
        let body = parts.next()?;
        let mut hash = [0; 32];
        let (pairs, rest) = digits.as_chunks::<2>();
        if pairs.len() != hash.len() || !rest.is_empty() {
            return None;
        }
        for (byte, [high, low]) in hash.iter_mut().zip(pairs) {
            let nibble = |digit: u8| char::from(digit).to_digit(16);
            *byte = u8::try_from(nibble(*high)? << 4 | nibble(*low)?).ok()?;
        }
        (crc32(body.as_bytes()) == crc).then(|| Self { seq, crc32: crc, hash, body: body.into() })
    }
}

/// CRC-32 (IEEE 802.3), bit by bit: items are small, and a table would be larger than the code.
#[must_use]
pub fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for &byte in bytes {
        crc ^= u32::from(byte);
        for _ in 0..8 {
            crc = (crc >> 1) ^ (0xEDB8_8320 & (crc & 1).wrapping_neg());
        }
    }
    !crc
}

/// The body of an event batch, from stored bodies that follow each other without a gap.
#[must_use]
pub fn batch_body<'a>(first_seq: u32, bodies: impl Iterator<Item = &'a str>) -> String {
    let mut text = String::with_capacity(4096);
    let _ = write!(text, "{{\"first_seq\":{first_seq},\"items\":[");
    for (i, body) in bodies.enumerate() {
        if i > 0 {
            text.push(',');
        }
        text.push_str(body);
    }
    text.push_str("]}");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(body: &str) -> ItemRow {
        ItemRow {
            seq: 300,
            crc32: crc32(body.as_bytes()),
            hash: core::array::from_fn(|i| u8::try_from(i * 8).unwrap()),
            body: body.into(),
        }
    }

    #[test]
    fn the_check_sum_is_the_common_crc32() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
        assert_eq!(crc32(b""), 0);
    }

    #[test]
    fn a_row_is_read_as_it_was_written() {
        let row = row(r#"{"event":{"seq":300,"words":"a b  c"}}"#);
        assert_eq!(ItemRow::decode(&row.encode()), Some(row));
    }

    #[test]
    fn a_changed_or_cut_row_is_refused() {
        let line = row(r#"{"trial":{"rt_ms":312.5}}"#).encode();
        assert_eq!(ItemRow::decode(&line.replace("312.5", "212.5")), None);
        for cut in 0..line.len() {
            assert_eq!(ItemRow::decode(&line[..cut]), None, "cut after {cut} bytes");
        }
    }

    #[test]
    fn a_run_goes_on_for_its_own_assignment_while_tasks_are_left() {
        let page = done_page("019aa000-0000-7000-8000-000000000001".parse().unwrap());
        let other = done_page("019aa000-0000-7000-8000-000000000002".parse().unwrap());
        let mut run = RunRow {
            launch: "launch".into(),
            session_id: "019aa000-0000-7000-8000-000000000003".parse().unwrap(),
            upload_key: "key".into(),
            return_to: page.clone(),
            config: "{}".into(),
            status: RunStatus::Open,
            acknowledged: 0,
            started_at_ms: 0.0,
            finished_at_ms: None,
            closing: None,
        };
        assert!(run.goes_on_to(&page));
        assert!(!run.goes_on_to(&other));
        for over in [RunStatus::Finished, RunStatus::Submitted, RunStatus::Refused] {
            run.status = over;
            assert!(!run.goes_on_to(&page), "{over:?}");
        }
    }

    #[test]
    fn stored_bodies_make_a_batch() {
        let text = batch_body(7, ["{\"a\":1}", "{\"b\":2}"].into_iter());
        assert_eq!(text, r#"{"first_seq":7,"items":[{"a":1},{"b":2}]}"#);
    }
}
