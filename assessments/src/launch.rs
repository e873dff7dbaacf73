//! Which run this page is for: kept here from before, or fetched from the server.

use crate::{sync::chain::Chain, words::Problem};
use contract::{
    Id,
    ids::Session,
    run_store::{RunRow, RunStatus},
    task::{Item, RunConfig},
};
use run_outbox::{
    Store, StoreError,
    api::{Answer, Post},
    json,
    lock::{self, Claim, Held},
    wait,
};
use serde::{Deserialize, Serialize};
use task_engine::RunError;
use web_sys::{UrlSearchParams, Window};

/// How often the session is claimed: after a reload the old page may need a moment to let go.
const CLAIMS: u32 = 5;
/// Pause between claims, in milliseconds.
const CLAIM_PAUSE_MS: i32 = 200;

/// A run with all that is stored of it, claimed for this page.
pub(crate) struct Launched {
    pub run: RunRow,
    pub config: RunConfig,
    pub items: Vec<Item>,
    pub chain: Chain,
    pub held: Held,
}

/// Body of `/api/session/start`.
#[derive(Serialize)]
struct Start<'a> {
    launch: &'a str,
}

/// What of a run configuration the row of the run repeats.
#[derive(Deserialize)]
struct Head {
    session_id: Id<Session>,
    upload_key: String,
    return_to: String,
    #[serde(default)]
    acknowledged: u32,
}

/// The launch id in the address.
pub(crate) fn id(window: &Window) -> Option<String> {
    let search = window.location().search().ok()?;
    let id = UrlSearchParams::new_with_str(&search).ok()?.get("run")?;
    (!id.is_empty()).then_some(id)
}

/// Finds the run of a launch id, here or at the server.
pub(crate) async fn find(window: &Window, store: &Store, id: &str) -> Result<Launched, Problem> {
    let rows = store.runs().await?;
    let run = match rows.iter().find(|row| row.launch == id) {
        Some(row) => row.clone(),
        None => start(window, store, id, rows).await?,
    };
    let config: RunConfig = json::read(&run.config).map_err(|_| Problem::Outdated)?;
    let session = run.session_id.to_string();
    let held = claim(window, &session).await?;
    let rows = store.items_after(&session, 0, None).await?;
    let chain = Chain::follow(&rows).map_err(|_| Problem::Elsewhere)?;
    if run.acknowledged.max(config.acknowledged) > chain.last_seq() {
        // The server knows more of this run than this browser does.
        return Err(Problem::Elsewhere);
    }
    let items: Result<Vec<Item>, _> = rows.iter().map(|row| json::read(&row.body)).collect();
    let items = items.map_err(|_| Problem::Outdated)?;
    Ok(Launched { run, config, items, chain, held })
}

/// Asks the server for the run. A participant who comes back by a new link to a session that is
/// still kept here goes on with what is kept.
async fn start(
    window: &Window,
    store: &Store,
    id: &str,
    rows: Vec<RunRow>,
) -> Result<RunRow, Problem> {
    let body = json::write(&Start { launch: id }).map_err(|_| Problem::Unknown)?;
    let post = Post {
        path: "/api/session/start",
        body: &body,
        upload_key: None,
        session: None,
        keepalive: false,
    };
    let text = match post.send(window).await {
        Answer::Done(text) => text,
        Answer::Refused(status) => return Err(refused(status)),
        Answer::Later(_) => return Err(Problem::Offline),
    };
    let head: Head = json::read(&text).map_err(|_| Problem::Outdated)?;
    let kept = rows.into_iter().find(|row| row.session_id == head.session_id);
    let run = RunRow {
        launch: id.into(),
        session_id: head.session_id,
        upload_key: head.upload_key,
        return_to: head.return_to,
        config: text,
        acknowledged: head.acknowledged,
        status: kept.as_ref().map_or(RunStatus::Open, |kept| kept.status),
        started_at_ms: kept.as_ref().map_or_else(js_sys::Date::now, |kept| kept.started_at_ms),
        finished_at_ms: kept.as_ref().and_then(|kept| kept.finished_at_ms),
        closing: kept.and_then(|kept| kept.closing),
    };
    store.save_run(&run).await?;
    Ok(run)
}

async fn claim(window: &Window, session: &str) -> Result<Held, Problem> {
    for attempt in 1..=CLAIMS {
        let (claim, held) = lock::claim(window, session).await;
        if claim == Claim::Ours {
            return Ok(held);
        }
        if attempt < CLAIMS {
            wait::sleep(window, CLAIM_PAUSE_MS).await;
        }
    }
    Err(Problem::OtherTab)
}

const fn refused(status: u16) -> Problem {
    match status {
        401 | 403 => Problem::SignedOut,
        409 | 410 => Problem::Used,
        _ => Problem::Unknown,
    }
}

/// What an engine that cannot run this means for the participant.
pub(crate) fn run_error(error: &RunError) -> Problem {
    match error {
        RunError::Foreign(_) => Problem::Elsewhere,
        _ => Problem::Outdated,
    }
}

impl From<StoreError> for Problem {
    fn from(_: StoreError) -> Self {
        Self::Storage
    }
}

#[cfg(test)]
mod tests {
    use super::{Problem, refused};
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn each_refusal_has_its_page() {
        assert_eq!(refused(404), Problem::Unknown);
        assert_eq!(refused(409), Problem::Used);
        assert_eq!(refused(410), Problem::Used);
        assert_eq!(refused(401), Problem::SignedOut);
        assert_eq!(refused(422), Problem::Unknown);
    }
}
