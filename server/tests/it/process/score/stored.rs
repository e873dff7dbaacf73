//! What the command prints is what the server has stored.

use super::{Desk, download, printed};
use crate::app::App;
use crate::line::{Line, Run, batch, id};
use contract::permission::SystemRole;
use contract::task::{Interruption, Item};
use serde_json::{Value, json};
use task_engine::simulate::{self, Setup};
use task_engine::tasks;

/// Sends a whole run, however long it is; the parameters and the stored summary of each module.
async fn store(line: &Line<'_>, run: &Run<'_>) -> Vec<Value> {
    let (log, mut submit) = run.log();
    for items in log.items.chunks(500) {
        let sent = run.runner.post(&run.events(), &batch(items)).await;
        assert_eq!(sent.code(), 200, "{sent:?}");
    }
    submit.first_seq = submit.last_seq + 1;
    submit.items.clear();
    let submitted = run.submit(&submit).await;
    assert_eq!(submitted.code(), 200, "{submitted:?}");
    let address = format!("{}/sessions/{}", line.address, run.config.session_id);
    let detail = line.ada.get(&address).await;
    detail.json["modules"].as_array().unwrap().clone()
}

/// A battery of every task there is; the flanker with its bars, which begin like a formula.
async fn everything(line: &mut Line<'_>) {
    let modules: Vec<Value> = tasks::all()
        .iter()
        .map(|spec| match spec.id {
            "flanker" => json!({ "task_id": "flanker", "params": { "neutral": true } }),
            id => json!({ "task_id": id, "params": {} }),
        })
        .collect();
    let all = json!({ "name": "Everything", "status": "active", "modules": modules });
    line.battery = id(&line.ada.post(&format!("{}/batteries", line.address), &all).await);
}

#[tokio::test]
async fn every_task_is_scored_from_the_downloads_as_it_was_stored() {
    let app = App::new().await;
    let mut line = Line::new(&app).await;
    everything(&mut line).await;
    let anna = line.person("HFX-001").await;
    let run = line.run(&line.portal(&anna.id).await, &anna.assignment).await;
    let modules = store(&line, &run).await;
    let download = format!("{}/sessions/{}/download?format=", line.address, run.config.session_id);
    let csv = line.ada.get(&format!("{download}csv")).await.text;
    let json = line.ada.get(&format!("{download}json")).await.text;
    assert!(csv.contains(",'--"), "a stimulus like a formula has its apostrophe");
    let desk = Desk::new("score-all");
    assert_eq!(modules.len(), tasks::all().len());
    for module in &modules {
        let task = module["task_id"].as_str().unwrap();
        let mut files = vec![("trials.csv", csv.as_str())];
        // Of the others there are JSON files below
        if ["corsi", "flanker"].contains(&task) {
            files.push(("trials.json", json.as_str()));
        }
        for trials in files {
            let ended = desk.score(task, &module["params"], trials, &[]).await;
            assert_eq!(printed(&ended), module["summary"], "{task} from {}", trials.0);
        }
    }
}

#[tokio::test]
async fn one_session_of_a_study_s_export_is_named_and_scored() {
    let app = App::new().await;
    let line = Line::new(&app).await;
    let mut stored = Vec::new();
    for code in ["HFX-001", "HFX-002"] {
        let person = line.person(code).await;
        let run = line.run(&line.portal(&person.id).await, &person.assignment).await;
        let modules = store(&line, &run).await;
        stored.push((run.config.session_id.to_string(), modules));
    }
    let root = app.staff("root@example.org", SystemRole::Admin).await;
    let csv = format!("/api/exports/studies/{}/csv?table=trials", line.study);
    let trials = root.get(&csv).await.text;
    let trials = ("study_trials.csv", trials.as_str());
    let desk = Desk::new("score-study");
    for (session, modules) in &stored {
        for module in modules {
            let task = module["task_id"].as_str().unwrap();
            let named = ["--session", session.as_str()];
            let ended = desk.score(task, &module["params"], trials, &named).await;
            assert_eq!(printed(&ended), module["summary"], "{task} of {session}");
        }
    }
    let params = &stored[0].1[0]["params"];
    let ended = desk.score("simple_rt", params, trials, &[]).await;
    assert_eq!(ended.code, Some(2), "{ended:?}");
    assert!(ended.complained.contains("2 sessions in the file ran simple_rt"), "{ended:?}");
    let other = ["--session", "0198c0de-0000-7000-8000-00000000dead"];
    let ended = desk.score("simple_rt", params, trials, &other).await;
    assert_eq!(ended.code, Some(2), "{ended:?}");
    // Other parameters are other scores, and the summary says so
    let ended = desk.score("simple_rt", params, trials, &["--session", &stored[0].0]).await;
    let strict = json!({ "trials": 10, "practice_trials": 2, "anticipation": 250 });
    let stricter = desk.score("simple_rt", &strict, trials, &["--session", &stored[0].0]).await;
    let [same, other] = [&ended, &stricter].map(printed);
    assert_ne!(same["params_hash"], other["params_hash"]);
}

/// Interrupted, begun again, left and gone on with after a reload: rows that repeat and blocks
/// that begin anew are no gap.
#[tokio::test]
async fn sessions_with_mishaps_are_whole_files_too() {
    let app = App::new().await;
    let mut line = Line::new(&app).await;
    everything(&mut line).await;
    let ben = line.person("HFX-002").await;
    let run = line.run(&line.portal(&ben.id).await, &ben.assignment).await;
    let desk = Desk::new("score-mishaps");
    for module in &run.config.modules {
        let mut config = run.config.clone();
        config.modules = vec![module.clone()];
        let mut items: Vec<Item> = Vec::new();
        for why in [Interruption::Hidden, Interruption::PageHide] {
            let after = u32::try_from(items.iter().filter(|item| item.trial().is_some()).count());
            let interrupt_after = Some((after.unwrap() + 7, why));
            let leave_after = Some(after.unwrap() + 15);
            let setup = Setup { interrupt_after, leave_after, ..Setup::honest(35.0) };
            items = simulate::go_on(&config, items, 3, &setup, &mut |_, _| {}).unwrap().items;
        }
        let log = simulate::go_on(&config, items, 3, &Setup::honest(35.0), &mut |_, _| {}).unwrap();
        let task = module.task_id.as_str();
        let mut rows = log.items.iter().filter_map(Item::trial);
        assert!(log.complete && rows.any(|row| row.interrupted), "{task}");
        let file = download(task, &log.items).to_string();
        let params = Value::Object(module.params.clone());
        let ended = desk.score(task, &params, ("trials.json", &file), &[]).await;
        let scored = tasks::score(0, module, &log.items).unwrap();
        assert_eq!(printed(&ended), serde_json::to_value(&scored).unwrap(), "{task}");
    }
}
