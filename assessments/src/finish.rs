//! After the last task: close the session here, send it, say so.

use crate::{
    boot::Shell,
    js,
    play::Live,
    runtime::calibrate::Check,
    views::done::{Done, Sending},
    words::{Problem, Words},
};
use contract::{
    run_store::{ItemRow, RunRow, RunStatus},
    task::{Item, RunConfig, Submit},
};
use run_outbox::{
    Store, json,
    queue::{self, Outcome},
};
use std::{cell::RefCell, rc::Rc};
use task_engine::timing_report;
use wasm_bindgen::JsValue;

/// Closes a run whose tasks are all done, and delivers it.
pub(crate) async fn complete(shell: &mut Shell, live: &Live) -> Result<(), Problem> {
    let session = live.run.borrow().session_id;
    let rows = live.store.items_after(&session.to_string(), 0, None).await?;
    let items: Vec<Item> = rows.iter().filter_map(|row| json::read(&row.body).ok()).collect();
    let finished_at_ms = js_sys::Date::now();
    let closing = live.slot.borrow().as_ref().map(|driver| {
        let last_seq = driver.runner().last_seq();
        let measured = Check { refresh: driver.refresh(), ..live.check.clone() }.measured();
        Submit {
            session_id: session,
            finished_at_ms,
            last_seq,
            first_seq: last_seq + 1,
            items: Vec::new(),
            task_summaries: Vec::new(),
            timing: timing_report(&items, &measured),
        }
    });
    let closing = match closing.and_then(|closing| json::write(&closing).ok()) {
        Some(closing) => Some(with_scores(live, closing, &rows).await),
        None => None,
    };
    {
        let mut run = live.run.borrow_mut();
        run.closing = closing;
        run.finished_at_ms = Some(finished_at_ms);
        run.status = RunStatus::Finished;
    }
    let row = live.run.borrow().clone();
    live.store.save_run(&row).await?;
    deliver(shell, &live.store, &live.run, &live.config, &live.words).await;
    Ok(())
}

/// `closing` with the scores of the run in it. They are the browser's own and the server's count:
/// without a network their program may be missing, and the run is closed without.
async fn with_scores(live: &Live, closing: String, rows: &[ItemRow]) -> String {
    const NONE: &[u8] = b"\"task_summaries\":[]";
    let bodies: Vec<&str> = rows.iter().map(|row| row.body.as_str()).collect();
    let items = ["[", &bodies.join(","), "]"].concat();
    let config = live.run.borrow().config.clone();
    let Ok(promise) = js::scores(&config, &items) else { return closing };
    let scores = wasm_bindgen_futures::JsFuture::from(promise).await;
    let scores = scores.ok().and_then(|scores| scores.as_string());
    // Byte by byte: the library's search for words is large
    let place = closing.as_bytes().windows(NONE.len()).position(|bytes| bytes == NONE);
    match scores.zip(place) {
        Some((scores, place)) => {
            let list = place + NONE.len() - "[]".len();
            [&closing[..list], &scores, &closing[list + "[]".len()..]].concat()
        }
        None => closing,
    }
}

/// Shows the last page and sends a closed run until it is sent or refused.
pub(crate) async fn deliver(
    shell: &mut Shell,
    store: &Rc<Store>,
    run: &Rc<RefCell<RunRow>>,
    config: &RunConfig,
    words: &Words,
) {
    let (finished_at_ms, refused) = {
        let run = run.borrow();
        (run.finished_at_ms.unwrap_or(run.started_at_ms), run.status == RunStatus::Refused)
    };
    let tasks = u32::try_from(config.modules.len()).unwrap_or(u32::MAX);
    let clock = local_time(finished_at_ms, words);
    let Some(done) = Done::show(&mut shell.page, words, tasks, &clock, &config.return_to) else {
        return;
    };
    if refused {
        done.say(words, Sending::Refused);
        return;
    }
    done.say(words, Sending::Now);
    let outcome = queue::deliver(&shell.window, store, run, || {
        done.say(words, Sending::Waiting);
    })
    .await;
    done.say(words, if outcome == Outcome::Sent { Sending::Sent } else { Sending::Refused });
}

/// A moment as hours and minutes where the participant is, in the run's language.
fn local_time(ms: f64, words: &Words) -> String {
    let options = run_outbox::js::object(&[
        ("hour", JsValue::from_str("numeric")),
        ("minute", JsValue::from_str("2-digit")),
    ]);
    crate::js::Moment::new(ms).local_time(words.locale.tag(), &options)
}
