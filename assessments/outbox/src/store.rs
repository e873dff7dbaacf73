//! The IndexedDB database of runs; its layout is `contract::run_store`.

use crate::{js, json};
use contract::run_store::{DATABASE, ITEMS, ItemRow, RUNS, RunRow, VERSION};
use idb::{DatabaseEvent, Factory, KeyRange, ObjectStoreParams, Transaction};
use js_sys::Array;
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::IdbDatabase;

/// The browser would not store: no IndexedDB (private window), no space, or a row that cannot be
/// read. What the browser said is dropped: nothing in it helps the participant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoreError;

impl From<idb::Error> for StoreError {
    fn from(_: idb::Error) -> Self {
        Self
    }
}
impl From<JsValue> for StoreError {
    fn from(_: JsValue) -> Self {
        Self
    }
}
impl From<json::Unreadable> for StoreError {
    fn from(_: json::Unreadable) -> Self {
        Self
    }
}

const READ: &str = "readonly";
const WRITE: &str = "readwrite";

type Stored<T> = Result<T, StoreError>;

/// An open database.
pub struct Store {
    db: RefCell<IdbDatabase>,
}

impl Store {
    /// Opens the database and makes its stores where they are missing.
    pub async fn open() -> Stored<Self> {
        Ok(Self { db: RefCell::new(connect().await?) })
    }

    /// Every run kept here.
    pub async fn runs(&self) -> Stored<Vec<RunRow>> {
        let transaction = self.begin(RUNS, READ).await?;
        let rows = transaction.object_store(RUNS)?.get_all(None, None)?.await?;
        Ok(rows.iter().filter_map(|row| json::read(&row.as_string()?).ok()).collect())
    }

    /// Writes the row of a run, new or again.
    pub async fn save_run(&self, row: &RunRow) -> Stored<()> {
        let text = JsValue::from_str(&json::write(row)?);
        let key = JsValue::from_str(&row.session_id.to_string());
        let transaction = self.begin(RUNS, WRITE).await?;
        transaction.object_store(RUNS)?.put(&text, Some(&key))?.await?;
        finish(transaction).await
    }

    /// Adds items; they are on disk when this returns. An item is never written twice.
    pub async fn append(&self, session: &str, rows: &[ItemRow]) -> Stored<()> {
        let transaction = self.begin(ITEMS, WRITE).await?;
        let store = transaction.object_store(ITEMS)?;
        let mut last = None;
        for row in rows {
            let text = JsValue::from_str(&row.encode());
            last = Some(store.add(&text, Some(&item_key(session, row.seq)))?);
        }
        if let Some(request) = last {
            request.await?;
        }
        finish(transaction).await
    }

    /// The items after `seq`, at most `limit`, in order. A row that fails its check sum ends the
    /// list: what comes after a gap cannot be sent.
    pub async fn items_after(
        &self,
        session: &str,
        seq: u32,
        limit: Option<u32>,
    ) -> Stored<Vec<ItemRow>> {
        let transaction = self.begin(ITEMS, READ).await?;
        let range = KeyRange::bound(
            &item_key(session, seq),
            &item_key(session, u32::MAX),
            Some(true),
            Some(false),
        )?;
        let rows = transaction.object_store(ITEMS)?.get_all(Some(range.into()), limit)?.await?;
        Ok(rows
            .iter()
            .map_while(|row| row.as_string().as_deref().and_then(ItemRow::decode))
            .collect())
    }

    /// Forgets a run that the server holds completely.
    pub async fn remove(&self, session: &str) -> Stored<()> {
        let transaction = self.begin(ITEMS, WRITE).await?;
        let range = KeyRange::bound(
            &item_key(session, 0),
            &item_key(session, u32::MAX),
            Some(false),
            Some(false),
        )?;
        transaction.object_store(ITEMS)?.delete(idb::Query::from(range))?.await?;
        finish(transaction).await?;
        // The row goes last: while it is there, an interrupted removal is taken up again.
        let transaction = self.begin(RUNS, WRITE).await?;
        transaction.object_store(RUNS)?.delete(JsValue::from_str(session))?.await?;
        finish(transaction).await
    }

    /// Begins a transaction; writes are strict: complete means on disk, not in a buffer of the
    /// system. A connection that the browser closed (it may, in the background) is opened anew.
    async fn begin(&self, store: &str, mode: &str) -> Stored<Transaction> {
        if let Ok(transaction) = begin_on(&self.db.borrow(), store, mode) {
            return Ok(transaction);
        }
        let db = connect().await?;
        let transaction = begin_on(&db, store, mode);
        self.db.replace(db);
        transaction
    }
}

fn begin_on(db: &IdbDatabase, store: &str, mode: &str) -> Stored<Transaction> {
    let options = js::object(&[("durability", JsValue::from_str("strict"))]);
    let transaction = db.unchecked_ref::<js::DurableDatabase>().transaction_with_options(
        &Array::of1(&JsValue::from_str(store)),
        mode,
        &options,
    )?;
    Ok(transaction.into())
}

async fn finish(transaction: Transaction) -> Stored<()> {
    if transaction.await?.is_committed() { Ok(()) } else { Err(StoreError) }
}

async fn connect() -> Stored<IdbDatabase> {
    let mut request = Factory::new()?.open(DATABASE, Some(VERSION))?;
    request.on_upgrade_needed(|event| {
        let Ok(db) = event.database() else { return };
        for name in [RUNS, ITEMS] {
            // A failure shows when the first transaction asks for the store.
            let _ = db.create_object_store(name, ObjectStoreParams::new());
        }
    });
    Ok(request.await?.into())
}

fn item_key(session: &str, seq: u32) -> JsValue {
    Array::of2(&JsValue::from_str(session), &JsValue::from_f64(f64::from(seq))).into()
}

#[cfg(test)]
mod tests {
    use super::{Store, StoreError};
    use contract::run_store::{ItemRow, RunRow, RunStatus, crc32};
    use wasm_bindgen_test::wasm_bindgen_test;

    fn item(seq: u32) -> ItemRow {
        let body = format!("{{\"event\":{{\"seq\":{seq}}}}}");
        ItemRow { seq, crc32: crc32(body.as_bytes()), hash: [7; 32], body }
    }

    fn run(session: &str) -> RunRow {
        RunRow {
            launch: "launch".into(),
            session_id: session.parse().unwrap(),
            upload_key: "key".into(),
            return_to: "/portal".into(),
            config: "{}".into(),
            status: RunStatus::Open,
            acknowledged: 0,
            started_at_ms: 1.7e12,
            finished_at_ms: None,
            closing: None,
        }
    }

    #[wasm_bindgen_test]
    async fn items_come_back_in_order_from_where_one_asks() {
        let store = Store::open().await.unwrap();
        let session = "019aa000-0000-7000-8000-000000000001";
        store.append(session, &[item(1), item(2)]).await.unwrap();
        store.append(session, &[item(3)]).await.unwrap();
        store.append("019aa000-0000-7000-8000-000000000002", &[item(1)]).await.unwrap();
        assert_eq!(store.items_after(session, 0, None).await, Ok(vec![item(1), item(2), item(3)]));
        assert_eq!(store.items_after(session, 1, Some(1)).await, Ok(vec![item(2)]));
        assert_eq!(store.items_after(session, 3, None).await, Ok(Vec::new()));
    }

    #[wasm_bindgen_test]
    async fn an_item_is_never_written_twice() {
        let store = Store::open().await.unwrap();
        let session = "019aa000-0000-7000-8000-000000000003";
        store.append(session, &[item(1)]).await.unwrap();
        let changed = ItemRow { hash: [8; 32], ..item(1) };
        assert_eq!(store.append(session, &[changed]).await, Err(StoreError));
        assert_eq!(store.items_after(session, 0, None).await, Ok(vec![item(1)]));
    }

    #[wasm_bindgen_test]
    async fn a_damaged_item_ends_what_can_be_sent() {
        let store = Store::open().await.unwrap();
        let session = "019aa000-0000-7000-8000-000000000004";
        let damaged = ItemRow { crc32: 0, ..item(2) };
        store.append(session, &[item(1), damaged, item(3)]).await.unwrap();
        assert_eq!(store.items_after(session, 0, None).await, Ok(vec![item(1)]));
    }

    #[wasm_bindgen_test]
    async fn a_run_is_kept_changed_and_forgotten_with_its_items() {
        let store = Store::open().await.unwrap();
        let session = "019aa000-0000-7000-8000-000000000005";
        let here =
            |rows: Vec<RunRow>| rows.into_iter().find(|r| r.session_id.to_string() == session);
        let mut row = run(session);
        store.save_run(&row).await.unwrap();
        store.append(session, &[item(1)]).await.unwrap();
        row.status = RunStatus::Finished;
        row.finished_at_ms = Some(1.7e12 + 0.5);
        row.closing = Some("{\"a\":\"é\\n\"}".into());
        store.save_run(&row).await.unwrap();
        assert_eq!(here(store.runs().await.unwrap()), Some(row));
        store.remove(session).await.unwrap();
        assert_eq!(here(store.runs().await.unwrap()), None);
        assert_eq!(store.items_after(session, 0, None).await, Ok(Vec::new()));
    }
}
