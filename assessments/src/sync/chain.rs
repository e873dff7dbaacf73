//! The chain of stored items: numbers without a gap, and each hash over the one before.

use super::sha256::sha256;
use contract::{
    run_store::{ItemRow, crc32},
    task::Item,
};
use run_outbox::json;

/// The end of a chain, where the next item is added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Chain {
    last_seq: u32,
    last_hash: [u8; 32],
}

/// Why stored items cannot be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Broken {
    /// An item is missing after this `seq`.
    Gap(u32),
    /// The item of this `seq` was changed, or one before it.
    Changed(u32),
}

impl Chain {
    /// `seq` of the newest item; 0 for none.
    pub(crate) const fn last_seq(&self) -> u32 {
        self.last_seq
    }

    /// Seals an item for the store. None when its number does not follow, or it cannot be written.
    pub(crate) fn seal(&mut self, item: &Item) -> Option<ItemRow> {
        let seq = item.seq();
        if seq != self.last_seq + 1 {
            return None;
        }
        let body = json::write(item).ok()?;
        let hash = sha256(&self.last_hash, &body);
        *self = Self { last_seq: seq, last_hash: hash };
        Some(ItemRow { seq, crc32: crc32(body.as_bytes()), hash, body })
    }

    /// Follows stored rows from their beginning.
    ///
    /// # Errors
    /// The first place where a row is missing or does not fit.
    pub(crate) fn follow(rows: &[ItemRow]) -> Result<Self, Broken> {
        let mut chain = Self::default();
        for row in rows {
            if row.seq != chain.last_seq + 1 {
                return Err(Broken::Gap(chain.last_seq));
            }
            if sha256(&chain.last_hash, &row.body) != row.hash {
                return Err(Broken::Changed(row.seq));
            }
            chain = Self { last_seq: row.seq, last_hash: row.hash };
        }
        Ok(chain)
    }
}

#[cfg(test)]
mod tests {
    use super::{Broken, Chain};
    use contract::{
        run_store::ItemRow,
        task::{Event, EventKind, Item, Micros},
    };
    use wasm_bindgen_test::wasm_bindgen_test;

    fn event(seq: u32) -> Item {
        let at_us = Micros(i64::from(seq) * 1000);
        Item::Event(Event { seq, clock_epoch: 0, at_us, what: EventKind::Left })
    }

    fn three() -> Vec<ItemRow> {
        let mut chain = Chain::default();
        (1..=3).map(|seq| chain.seal(&event(seq)).unwrap()).collect()
    }

    #[wasm_bindgen_test]
    fn a_reload_goes_on_where_the_chain_ended() {
        let rows = three();
        let mut chain = Chain::follow(&rows).unwrap();
        assert_eq!(chain.last_seq(), 3);
        let mut all = rows;
        all.push(chain.seal(&event(4)).unwrap());
        assert_eq!(Chain::follow(&all).unwrap().last_seq(), 4);
    }

    #[wasm_bindgen_test]
    fn an_item_with_the_wrong_number_is_not_sealed() {
        let mut chain = Chain::default();
        assert!(chain.seal(&event(2)).is_none());
        assert!(chain.seal(&event(1)).is_some());
        assert!(chain.seal(&event(1)).is_none());
    }

    #[wasm_bindgen_test]
    fn a_missing_item_is_found() {
        let mut rows = three();
        rows.remove(1);
        assert_eq!(Chain::follow(&rows), Err(Broken::Gap(1)));
    }

    #[wasm_bindgen_test]
    fn a_changed_item_is_found() {
        let mut rows = three();
        rows[1].body = rows[1].body.replace("2000", "2001");
        assert_eq!(Chain::follow(&rows), Err(Broken::Changed(2)));
    }
}
