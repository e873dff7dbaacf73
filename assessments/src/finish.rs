//! After the last task: close the session here, send it, say so.

use crate::{
    boot::Shell,
    play::Live,
    runtime::calibrate::Check,
    views::done::{Done, Sending},
    words::{Problem, Words},
};
use contract::{
    run_store::{RunRow, RunStatus},
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
            task_summaries: driver.runner().summaries(),
            timing: timing_report(&items, &measured),
        }
    });
    {
        let mut run = live.run.borrow_mut();
        run.closing = closing.and_then(|closing| json::write(&closing).ok());
        run.finished_at_ms = Some(finished_at_ms);
        run.status = RunStatus::Finished;
    }
    let row = live.run.borrow().clone();
    live.store.save_run(&row).await?;
    deliver(shell, &live.store, &live.run, &live.config, &live.words).await;
    Ok(())
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
