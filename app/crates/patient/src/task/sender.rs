//! Sends finished runs from IndexedDB. The layout is `contract::run_store`; what is sent twice,
//! here and by the task runner, the server stores once.

use super::waiting::WaitingWords;
use contract::run_store::{
    DATABASE, ITEMS, ItemRow, RUNS, RunRow, RunStatus, SESSION_ID_HEADER, UPLOAD_KEY_HEADER,
    VERSION, batch_body,
};
use contract::task::{Ack, EventBatch};
use gloo::events::EventListener;
use idb::{Database, Factory, KeyRange, ObjectStoreParams, TransactionMode};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Headers, RequestInit, Response, Window};

/// How sending ended.
enum Outcome {
    Sent,
    /// No network, or the server asks for patience.
    Later,
    /// The server does not want it: kept for support, not tried again.
    Refused,
}

/// Tries at once, and again whenever the browser says that the network is back.
pub(super) fn start(
    words: WaitingWords,
    reload: bool,
    set_text: WriteSignal<String>,
    set_state: WriteSignal<&'static str>,
) {
    let Some(window) = web_sys::window() else { return };
    let words = Rc::new(words);
    let busy = Rc::new(Cell::new(false));
    let attempt = {
        let window = window.clone();
        move || {
            if busy.replace(true) {
                return;
            }
            let (window, words, busy) = (window.clone(), words.clone(), busy.clone());
            spawn_local(async move {
                let done = send_all(&window, &words, set_text, set_state).await;
                busy.set(false);
                if done == Some(true) && reload {
                    let _ = window.location().reload();
                }
            });
        }
    };
    attempt();
    EventListener::new(&window, "online", move |_| attempt()).forget();
}

/// None when nothing waits; whether everything was sent otherwise.
async fn send_all(
    window: &Window,
    words: &WaitingWords,
    set_text: WriteSignal<String>,
    set_state: WriteSignal<&'static str>,
) -> Option<bool> {
    let db = open().await?;
    let waiting: Vec<RunRow> = runs(&db).await?.into_iter().filter(RunRow::is_waiting).collect();
    if waiting.is_empty() {
        return None;
    }
    set_text.set(words.sending.clone());
    set_state.set("sending");
    for mut run in waiting {
        match send(window, &db, &mut run).await {
            Outcome::Sent => forget(&db, &run.session_id.to_string()).await,
            Outcome::Later => {
                set_text.set(words.offline.clone());
                set_state.set("waiting");
                return Some(false);
            }
            Outcome::Refused => {
                run.status = RunStatus::Refused;
                save(&db, &run).await;
            }
        }
    }
    set_text.set(words.sent.clone());
    set_state.set("sent");
    Some(true)
}

/// The items that the server lacks, the closing submission, the end.
async fn send(window: &Window, db: &Database, run: &mut RunRow) -> Outcome {
    let session = run.session_id.to_string();
    if run.status == RunStatus::Finished {
        let path = ["/api/session/", &session, "/events"].concat();
        loop {
            let Some(rows) = items_after(db, &session, run.acknowledged).await else {
                return Outcome::Later;
            };
            if rows.is_empty() {
                break;
            }
            let bodies = rows.iter().map(|row| row.body.as_str());
            let body = batch_body(run.acknowledged + 1, bodies);
            match post(window, &path, &body, run).await {
                Ok(text) => match serde_json::from_str::<Ack>(&text) {
                    Ok(ack) if ack.acknowledged > run.acknowledged => {
                        run.acknowledged = ack.acknowledged;
                        save(db, run).await;
                    }
                    _ => return Outcome::Later,
                },
                Err(outcome) => return outcome,
            }
        }
        if let Some(closing) = run.closing.clone()
            && let Err(outcome) = post(window, "/api/submit", &closing, run).await
        {
            return outcome;
        }
        run.status = RunStatus::Submitted;
        save(db, run).await;
    }
    let body = ["{\"session_id\":\"", &session, "\"}"].concat();
    match post(window, "/api/session/end", &body, run).await {
        // The submission stands, whoever ended the session before us.
        Ok(_) | Err(Outcome::Refused) => Outcome::Sent,
        Err(outcome) => outcome,
    }
}

async fn post(window: &Window, path: &str, body: &str, run: &RunRow) -> Result<String, Outcome> {
    let answer = fetch(window, path, body, run).await.ok_or(Outcome::Later)?;
    let status = answer.status();
    if answer.ok() {
        let text = answer.text().map_err(|_| Outcome::Later)?;
        let text = JsFuture::from(text).await.map_err(|_| Outcome::Later)?;
        Ok(text.as_string().unwrap_or_default())
    } else if (400..500).contains(&status) && status != 408 && status != 429 {
        Err(Outcome::Refused)
    } else {
        Err(Outcome::Later)
    }
}

async fn fetch(window: &Window, path: &str, body: &str, run: &RunRow) -> Option<Response> {
    let headers = Headers::new().ok()?;
    headers.set("Content-Type", "application/json").ok()?;
    headers.set("Accept", "application/json").ok()?;
    headers.set(UPLOAD_KEY_HEADER, &run.upload_key).ok()?;
    headers.set(SESSION_ID_HEADER, &run.session_id.to_string()).ok()?;
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_headers(&headers);
    init.set_body(&JsValue::from_str(body));
    let answer = JsFuture::from(window.fetch_with_str_and_init(path, &init)).await.ok()?;
    answer.dyn_into().ok()
}

async fn open() -> Option<Database> {
    let mut request = Factory::new().ok()?.open(DATABASE, Some(VERSION)).ok()?;
    request.on_upgrade_needed(|event| {
        use idb::DatabaseEvent;
        let Ok(db) = event.database() else { return };
        for name in [RUNS, ITEMS] {
            let _ = db.create_object_store(name, ObjectStoreParams::new());
        }
    });
    request.await.ok()
}

async fn runs(db: &Database) -> Option<Vec<RunRow>> {
    let transaction = db.transaction(&[RUNS], TransactionMode::ReadOnly).ok()?;
    let rows = transaction.object_store(RUNS).ok()?.get_all(None, None).ok()?.await.ok()?;
    Some(rows.iter().filter_map(|row| serde_json::from_str(&row.as_string()?).ok()).collect())
}

async fn items_after(db: &Database, session: &str, seq: u32) -> Option<Vec<ItemRow>> {
    let transaction = db.transaction(&[ITEMS], TransactionMode::ReadOnly).ok()?;
    let (from, to) = (item_key(session, seq), item_key(session, u32::MAX));
    let range = KeyRange::bound(&from, &to, Some(true), Some(false)).ok()?;
    let most = u32::try_from(EventBatch::MAX_ITEMS).unwrap_or(100).min(100);
    let store = transaction.object_store(ITEMS).ok()?;
    let rows = store.get_all(Some(range.into()), Some(most)).ok()?.await.ok()?;
    Some(rows.iter().map_while(|row| ItemRow::decode(&row.as_string()?)).collect())
}

/// Not saving costs a repeated upload, which the server knows.
async fn save(db: &Database, run: &RunRow) {
    let Ok(text) = serde_json::to_string(run) else { return };
    let Ok(transaction) = db.transaction(&[RUNS], TransactionMode::ReadWrite) else { return };
    let Ok(store) = transaction.object_store(RUNS) else { return };
    let key = JsValue::from_str(&run.session_id.to_string());
    if let Ok(request) = store.put(&JsValue::from_str(&text), Some(&key)) {
        let _ = request.await;
    }
    let _ = transaction.await;
}

/// Items first: while the row of the run is there, an interrupted removal is taken up again.
async fn forget(db: &Database, session: &str) {
    let (from, to) = (item_key(session, 0), item_key(session, u32::MAX));
    if let Ok(transaction) = db.transaction(&[ITEMS], TransactionMode::ReadWrite) {
        if let (Ok(store), Ok(range)) =
            (transaction.object_store(ITEMS), KeyRange::bound(&from, &to, Some(false), Some(false)))
            && let Ok(request) = store.delete(idb::Query::from(range))
        {
            let _ = request.await;
        }
        let _ = transaction.await;
    }
    if let Ok(transaction) = db.transaction(&[RUNS], TransactionMode::ReadWrite) {
        if let Ok(store) = transaction.object_store(RUNS)
            && let Ok(request) = store.delete(JsValue::from_str(session))
        {
            let _ = request.await;
        }
        let _ = transaction.await;
    }
}

fn item_key(session: &str, seq: u32) -> JsValue {
    js_sys::Array::of2(&JsValue::from_str(session), &JsValue::from_f64(f64::from(seq))).into()
}
