//! Writes items to the store in order, and tells when each trial is safe.

use super::chain::Chain;
use contract::{run_store::ItemRow, task::Item};
use run_outbox::{Signal, Store, wait};
use std::{cell::RefCell, collections::VecDeque, rc::Rc};
use web_sys::Window;

/// Work for the keeper.
pub(crate) enum Keep {
    /// Store this item.
    Item(Box<Item>),
    /// Say when everything before is stored.
    Flush(Signal<()>),
}

/// How often a write is tried.
const TRIES: u32 = 3;
/// Pause between tries, in milliseconds.
const PAUSE_MS: i32 = 300;
/// Bodies kept in memory for the last upload of a page that goes away, in bytes; browsers let
/// 64 KB outlive a page.
const TAIL_BYTES: usize = 56 * 1024;

/// The newest bodies that the server may not have yet.
#[derive(Default)]
pub(crate) struct Tail {
    rows: VecDeque<(u32, String)>,
    bytes: usize,
}

impl Tail {
    fn push(&mut self, row: ItemRow) {
        self.bytes += row.body.len() + 1;
        self.rows.push_back((row.seq, row.body));
        while self.bytes > TAIL_BYTES
            && let Some((_, body)) = self.rows.pop_front()
        {
            self.bytes -= body.len() + 1;
        }
    }

    /// Drops what the server has.
    pub(crate) fn acknowledge(&mut self, seq: u32) {
        while self.rows.front().is_some_and(|(first, _)| *first <= seq)
            && let Some((_, body)) = self.rows.pop_front()
        {
            self.bytes -= body.len() + 1;
        }
    }

    /// The body of a batch that follows `acknowledged`; none when it is empty or some before it
    /// were dropped, as the server takes no gap.
    pub(crate) fn batch(&self, acknowledged: u32) -> Option<String> {
        let (first, _) = self.rows.front()?;
        (*first == acknowledged + 1).then(|| {
            let bodies = self.rows.iter().map(|(_, body)| body.as_str());
            contract::run_store::batch_body(*first, bodies)
        })
    }
}

/// What the keeper works with.
pub(crate) struct Keeper<Stored, Failed> {
    pub window: Window,
    pub store: Rc<Store>,
    pub session: String,
    pub mail: Signal<Keep>,
    pub tail: Rc<RefCell<Tail>>,
    /// Hears the `seq` of each trial that is safe.
    pub stored: Stored,
    /// Hears that an item could not be stored, and nothing more is.
    pub failed: Failed,
}

impl<Stored: Fn(u32), Failed: Fn()> Keeper<Stored, Failed> {
    /// Stores what arrives, at the end of `chain`, for as long as the page lives.
    pub(crate) async fn run(self, mut chain: Chain) {
        loop {
            let mut rows = Vec::new();
            let mut trials = Vec::new();
            let mut flushes = Vec::new();
            let mut next = Some(self.mail.wait().await);
            while let Some(keep) = next {
                match keep {
                    Keep::Item(item) => {
                        let Some(row) = chain.seal(&item) else { return (self.failed)() };
                        if item.trial().is_some() {
                            trials.push(row.seq);
                        }
                        rows.push(row);
                    }
                    Keep::Flush(done) => flushes.push(done),
                }
                next = self.mail.take();
            }
            let written =
                rows.is_empty() || write(&self.window, &self.store, &self.session, &rows).await;
            if !written {
                return (self.failed)();
            }
            for row in rows {
                self.tail.borrow_mut().push(row);
            }
            for seq in trials {
                (self.stored)(seq);
            }
            for done in flushes {
                done.send(());
            }
        }
    }
}

async fn write(window: &Window, store: &Store, session: &str, rows: &[ItemRow]) -> bool {
    for attempt in 0..TRIES {
        if store.append(session, rows).await.is_ok() {
            return true;
        }
        if attempt + 1 < TRIES {
            wait::sleep(window, PAUSE_MS).await;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::{TAIL_BYTES, Tail};
    use contract::run_store::ItemRow;
    use wasm_bindgen_test::wasm_bindgen_test;

    fn row(seq: u32, body: &str) -> ItemRow {
        ItemRow { seq, crc32: 0, hash: [0; 32], body: body.into() }
    }

    #[wasm_bindgen_test]
    fn the_tail_is_what_the_server_lacks() {
        let mut tail = Tail::default();
        for seq in 1..=3 {
            tail.push(row(seq, "{}"));
        }
        assert_eq!(tail.batch(0).unwrap(), r#"{"first_seq":1,"items":[{},{},{}]}"#);
        tail.acknowledge(2);
        assert_eq!(tail.batch(2).unwrap(), r#"{"first_seq":3,"items":[{}]}"#);
        tail.acknowledge(3);
        assert_eq!(tail.batch(3), None);
    }

    #[wasm_bindgen_test]
    fn a_tail_that_lost_its_head_is_not_sent() {
        let mut tail = Tail::default();
        let long = "x".repeat(TAIL_BYTES / 2);
        for seq in 1..=3 {
            tail.push(row(seq, &long));
        }
        assert_eq!(tail.batch(0), None);
    }
}
