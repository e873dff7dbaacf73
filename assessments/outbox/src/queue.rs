//! Sends stored runs: items in batches, the closing submission, the end; then forgets them.

use crate::{
    api::{Answer, Post},
    backoff, json, lock,
    signal::Signal,
    store::Store,
    wait,
};
use contract::{
    run_store::{RunRow, RunStatus, batch_body},
    task::{Ack, EventBatch},
};
use gloo::events::EventListener;
use serde::Serialize;
use std::cell::RefCell;
use web_sys::Window;

/// Items in one batch: about 100 KB.
const BATCH: u32 = 100;

/// After this long, in milliseconds, an unfinished run is not kept any longer: 30 days.
const FORGOTTEN_MS: f64 = 30.0 * 24.0 * 3600.0 * 1000.0;

/// How one attempt to send a run ended.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Outcome {
    /// The server has everything.
    Sent,
    /// To be tried again, not before this many milliseconds where the server said so.
    Later(Option<f64>),
    /// The server does not want it, with its status.
    Refused(u16),
}

/// Body of `/api/session/end`.
#[derive(Serialize)]
struct End<'a> {
    session_id: &'a str,
}

/// Sends the items that the server lacks.
pub async fn send_items(window: &Window, store: &Store, run: &RefCell<RunRow>) -> Outcome {
    let (session, key) = identity(run);
    let mut path = String::from("/api/session/");
    path.push_str(&session);
    path.push_str("/events");
    let mut from_the_start = false;
    loop {
        let acknowledged = run.borrow().acknowledged;
        let limit = BATCH.min(u32::try_from(EventBatch::MAX_ITEMS).unwrap_or(BATCH));
        let Ok(rows) = store.items_after(&session, acknowledged, Some(limit)).await else {
            return Outcome::Later(None);
        };
        if rows.is_empty() {
            return Outcome::Sent;
        }
        let body = batch_body(acknowledged + 1, rows.iter().map(|row| row.body.as_str()));
        let post = Post {
            path: &path,
            body: &body,
            upload_key: Some(&key),
            session: Some(&session),
            keepalive: false,
        };
        let new = match post.send(window).await {
            Answer::Done(text) => match json::read::<Ack>(&text) {
                Ok(ack) if ack.acknowledged > acknowledged => ack.acknowledged,
                // An answer that moves nothing is as good as none.
                _ => return Outcome::Later(None),
            },
            // A server that was set back to a backup misses what we think it has.
            Answer::Refused(409 | 422) if !from_the_start && acknowledged > 0 => {
                from_the_start = true;
                0
            }
            Answer::Refused(status) => return Outcome::Refused(status),
            Answer::Later(after) => return Outcome::Later(after),
        };
        run.borrow_mut().acknowledged = new;
        // Not saving it costs a repeated batch, which the server knows.
        let row = run.borrow().clone();
        let _ = store.save_run(&row).await;
    }
}

/// Sends all of a finished run and forgets it.
pub async fn send_run(window: &Window, store: &Store, run: &RefCell<RunRow>) -> Outcome {
    let (session, key) = identity(run);
    if run.borrow().status == RunStatus::Finished {
        match send_items(window, store, run).await {
            Outcome::Sent => {}
            other => return refuse(store, run, other).await,
        }
        let Some(body) = run.borrow().closing.clone() else { return Outcome::Sent };
        match submit(window, "/api/submit", &body, &session, &key).await {
            Outcome::Sent => run.borrow_mut().status = RunStatus::Submitted,
            other => return refuse(store, run, other).await,
        }
        let row = run.borrow().clone();
        let _ = store.save_run(&row).await;
    }
    let Ok(body) = json::write(&End { session_id: &session }) else {
        return Outcome::Later(None);
    };
    match submit(window, "/api/session/end", &body, &session, &key).await {
        // The submission stands; whoever ended the session before us wanted the same.
        Outcome::Sent | Outcome::Refused(404 | 409 | 410) => {}
        other => return other,
    }
    // What cannot be removed is sent again at the next visit, and stored once.
    let _ = store.remove(&session).await;
    Outcome::Sent
}

/// A refused run is kept for support and not tried again.
async fn refuse(store: &Store, run: &RefCell<RunRow>, outcome: Outcome) -> Outcome {
    if let Outcome::Refused(_) = outcome {
        run.borrow_mut().status = RunStatus::Refused;
        let row = run.borrow().clone();
        let _ = store.save_run(&row).await;
    }
    outcome
}

async fn submit(window: &Window, path: &str, body: &str, session: &str, key: &str) -> Outcome {
    let (upload_key, session) = (Some(key), Some(session));
    let post = Post { path, body, upload_key, session, keepalive: false };
    match post.send(window).await {
        Answer::Done(_) => Outcome::Sent,
        Answer::Refused(status) => Outcome::Refused(status),
        Answer::Later(after) => Outcome::Later(after),
    }
}

fn identity(run: &RefCell<RunRow>) -> (String, String) {
    let run = run.borrow();
    (run.session_id.to_string(), run.upload_key.clone())
}

/// Sends a finished run until it is sent or refused, with pauses that grow; a network that comes
/// back cuts a pause short. `waiting` hears of each failed attempt.
pub async fn deliver(
    window: &Window,
    store: &Store,
    run: &RefCell<RunRow>,
    waiting: impl Fn(),
) -> Outcome {
    for attempt in 0.. {
        match send_run(window, store, run).await {
            Outcome::Later(asked_ms) => {
                waiting();
                let ms = backoff::pause_ms(attempt, js_sys::Math::random(), asked_ms);
                pause(window, ms).await;
            }
            settled => return settled,
        }
    }
    Outcome::Later(None)
}

/// Waits, or until the network is back.
#[expect(clippy::cast_possible_truncation, reason = "a float-to-int cast saturates")]
async fn pause(window: &Window, ms: f64) {
    let over = Signal::new();
    let online = over.clone();
    let _listener = EventListener::new(window, "online", move |_| online.send(()));
    let (timer, window) = (over.clone(), window.clone());
    wasm_bindgen_futures::spawn_local(async move {
        wait::sleep(&window, ms as i32).await;
        timer.send(());
    });
    over.wait().await;
}

/// What happens to the runs that wait on this device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waiting {
    /// A finished run is being sent.
    Sending,
    /// It could not be sent yet; it is tried again.
    Offline,
    /// Every finished run is sent.
    Sent,
}

/// Sends everything that waits on this device, except the session `but`: finished runs until they
/// are sent or refused, and what unfinished runs have so far, once. Sessions that another page has
/// open are left to it. `told` hears of finished runs only.
pub async fn send_waiting(
    window: &Window,
    store: &Store,
    but: Option<&str>,
    told: impl Fn(Waiting),
) {
    let mut sent = false;
    for attempt in 0.. {
        let Ok(rows) = store.runs().await else { return };
        let mut again = None;
        for row in rows {
            let session = row.session_id.to_string();
            if row.status == RunStatus::Refused || but == Some(session.as_str()) {
                continue;
            }
            let (claim, held) = lock::claim(window, &session).await;
            if claim == lock::Claim::Theirs {
                continue;
            }
            let finished = row.is_waiting();
            let row = RefCell::new(row);
            if finished {
                told(Waiting::Sending);
                match send_run(window, store, &row).await {
                    Outcome::Sent => sent = true,
                    Outcome::Later(asked_ms) => again = Some(asked_ms),
                    Outcome::Refused(_) => {}
                }
            } else if attempt == 0
                && send_items(window, store, &row).await == Outcome::Sent
                && js_sys::Date::now() - row.borrow().started_at_ms > FORGOTTEN_MS
            {
                // Nobody goes on with it any more, and the server has what there is.
                let _ = store.remove(&session).await;
            }
            held.release();
        }
        let Some(asked_ms) = again else { break };
        told(Waiting::Offline);
        pause(window, backoff::pause_ms(attempt, js_sys::Math::random(), asked_ms)).await;
    }
    if sent {
        told(Waiting::Sent);
    }
}
