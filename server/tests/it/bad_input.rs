//! Everything that must not come in: each case gets its 4xx that names the field and what is
//! allowed; the database afterwards is what it was before, and nothing panicked.

use crate::app::{App, Reply};
use crate::line::{Line, Run, batch, battery};
use contract::task::Item;
use serde_json::{Value, json};
use std::collections::BTreeMap;

const UNKNOWN: &str = "0199aaaa-0000-7000-8000-000000000000";

/// Rows and content of every table with study data.
async fn tables(app: &App) -> BTreeMap<String, (i64, Option<String>)> {
    // Not study data: who is signed in since when, and wrong passwords
    let names: Vec<String> = sqlx::query_scalar(
        "select table_name::text from information_schema.tables
         where table_schema = 'app' and table_type = 'BASE TABLE'
           and table_name not in ('user_session', 'portal_session', 'login_failure', 'staff_user')",
    )
    .fetch_all(&app.db.owner)
    .await
    .unwrap();
    assert!(names.len() > 12, "{names:?}");
    let mut tables = BTreeMap::new();
    for name in names {
        let content = format!(
            "select count(*), md5(string_agg(t::text, '|' order by t::text)) from app.{name} t"
        );
        let content = sqlx::query_as(sqlx::AssertSqlSafe(content));
        tables.insert(name, content.fetch_one(&app.db.owner).await.unwrap());
    }
    tables
}

/// A refusal in the one shape, that names the field and says what is allowed.
#[track_caller]
fn refused(case: &str, reply: &Reply, code: u16, field: &str) {
    assert_eq!(reply.code(), code, "{case}: {reply:?}");
    let error = &reply.json["error"];
    for text in [&error["code"], &error["message"], &error["details"]["kind"]] {
        assert!(text.as_str().is_some_and(|text| !text.is_empty()), "{case}: {reply:?}");
    }
    assert_eq!(reply.json["detail"], error["message"], "{case}");
    for name in ["x-request-id", "x-correlation-id"] {
        assert!(reply.header(name).is_some_and(|id| !id.is_empty()), "{case}: no {name}");
    }
    if field.is_empty() {
        return;
    }
    let fields = error["details"]["fields"].as_array().unwrap();
    let named = fields.iter().find(|entry| {
        entry["field"].as_str().is_some_and(|name| name == field || name.ends_with(field))
    });
    let named = named.unwrap_or_else(|| panic!("{case}: {field} is not named: {reply:?}"));
    let message = named["message"].as_str().unwrap();
    assert!(message.len() > 5, "{case}: {message}");
}

#[tokio::test]
async fn staff_requests_that_break_a_rule_change_nothing() {
    let app = App::new().await;
    let line = Line::new(&app).await;
    let other = Line::of(&app, "eve@example.org", "OTHER").await;
    let anna = line.person("HFX-001").await;
    let stranger = other.person("EVE-001").await;
    let participants = format!("{}/participants", line.address);
    let batteries = format!("{}/batteries", line.address);
    let assignments = format!("{}/assignments", line.address);
    let before = tables(&app).await;

    // (address, body, status, field)
    let module = |task: &str, params: Value| json!({ "name": "B", "modules": [{ "task_id": task, "params": params }] });
    let person = |code: Value, site: Value| json!({ "participant_code": code, "site_id": site });
    let mut missing_name = battery("B");
    missing_name.as_object_mut().unwrap().remove("name");
    let cases = [
        // Wrong types
        (&participants, person(json!(7), json!(line.site)), 422, "participant_code"),
        (&participants, person(json!("A-1"), json!({ "id": 1 })), 422, "site_id"),
        (&participants, json!([]), 422, ""),
        (&participants, json!("text"), 422, ""),
        (&batteries, json!({ "name": "B", "modules": "simple_rt" }), 422, "modules"),
        (&batteries, json!({ "name": ["B"], "modules": [] }), 422, "name"),
        // Missing and unknown fields
        (&participants, json!({ "site_id": line.site }), 422, "participant_code"),
        (&batteries, missing_name, 422, "name"),
        (&batteries, json!({ "name": "B", "modules": [], "colour": 1 }), 422, "colour"),
        (&assignments, json!({ "participant_id": anna.id }), 422, "battery_id"),
        (
            &batteries,
            json!({ "name": "B", "modules": [{ "params": {} }] }),
            422,
            "modules[0].task_id",
        ),
        // Unknown and foreign ids
        (&participants, person(json!("A-1"), json!(UNKNOWN)), 422, "site_id"),
        (&participants, person(json!("A-1"), json!(other.site)), 422, "site_id"),
        (
            &assignments,
            json!({ "participant_id": UNKNOWN, "battery_id": line.battery }),
            422,
            "participant_id",
        ),
        (
            &assignments,
            json!({ "participant_id": stranger.id, "battery_id": line.battery }),
            422,
            "participant_id",
        ),
        (
            &assignments,
            json!({ "participant_id": anna.id, "battery_id": other.battery }),
            422,
            "battery_id",
        ),
        // Text that is no text
        (&participants, person(json!("A\u{0}1"), json!(line.site)), 422, "participant_code"),
        (&batteries, json!({ "name": "x".repeat(201), "modules": [] }), 422, "name"),
        // Unknown module, parameters out of range or unknown
        (&batteries, module("mind_reading", json!({})), 422, "task_id"),
        (&batteries, module("simple_rt", json!({ "trials": 4 })), 422, "trials"),
        (&batteries, module("simple_rt", json!({ "trials": 401 })), 422, "trials"),
        (&batteries, module("simple_rt", json!({ "trials": -1 })), 422, "trials"),
        (&batteries, module("simple_rt", json!({ "trials": 20.5 })), 422, "trials"),
        (&batteries, module("simple_rt", json!({ "trials": "20" })), 422, "trials"),
        (&batteries, module("simple_rt", json!({ "trials": null })), 422, "trials"),
        (&batteries, module("simple_rt", json!({ "speed": 1 })), 422, "speed"),
        (
            &batteries,
            module("simple_rt", json!({ "foreperiod_min": 3000, "foreperiod_max": 1000 })),
            422,
            "foreperiod_max",
        ),
        (&batteries, json!({ "name": "B", "status": "active", "modules": [] }), 422, "modules"),
    ];
    for (address, body, code, field) in &cases {
        let reply = line.ada.post(address, body).await;
        refused(&format!("{address} {body}"), &reply, *code, field);
    }
    // Unknown and foreign ids in the address
    for address in [
        format!("{participants}/{UNKNOWN}"),
        format!("{participants}/{}", stranger.id),
        format!("{participants}/not-an-id"),
        format!("{batteries}/{}", other.battery),
        format!("{assignments}/{}", stranger.assignment),
        format!("{}/sessions/{UNKNOWN}", line.address),
        format!("/api/studies/{UNKNOWN}/participants"),
        format!("{}/participants", other.address),
        "/api/nothing/here".to_owned(),
    ] {
        refused(&address, &line.ada.get(&address).await, 404, "");
    }
    for (method, address) in [("put", &participants), ("delete", &batteries)] {
        let reply = line.ada.call(method, address, &json!({})).await;
        refused(method, &reply, 405, "");
        assert!(reply.header("allow").is_some_and(|methods| methods.contains("POST")), "{reply:?}");
    }
    // Bodies that cannot be read at all
    for (body, code) in [
        (Vec::new(), 400),
        (b"{".to_vec(), 400),
        (b"{} {}".to_vec(), 422),
        (b"\xff\xfe{}".to_vec(), 400),
        (b"{\"participant_code\": \"\xc3\x28\", \"site_id\": \"x\"}".to_vec(), 400),
        (b"{\"participant_code\": NaN}".to_vec(), 400),
        (vec![b'['; 200_000], 422),
        (vec![b' '; 300 * 1024], 413),
    ] {
        let start = String::from_utf8_lossy(&body[..body.len().min(40)]).into_owned();
        let reply = line.ada.raw(&participants, body).await;
        refused(&start, &reply, code, "");
    }
    for query in ["page=x", "per_page=100000", "sort=shoe", "status=gone", "search=%00", "site=1"] {
        let field = query.split('=').next().unwrap();
        refused(query, &line.ada.get(&format!("{participants}?{query}")).await, 422, field);
    }
    let table = format!("/api/exports/studies/{}/csv", line.study);
    refused("table", &line.ada.get(&format!("{table}?table=secrets")).await, 422, "table");
    refused("table", &line.ada.get(&table).await, 422, "table");
    assert_eq!(tables(&app).await, before, "nothing was written");
}

#[tokio::test]
async fn server_functions_refuse_what_they_cannot_read() {
    let app = App::new().await;
    let line = Line::new(&app).await;
    let anna = line.person("HFX-001").await;
    let portal = line.portal(&anna.id).await;
    let staff = app.sign_in_browser("ada@example.org").await;
    let before = tables(&app).await;
    for path in crate::access::functions() {
        if path.ends_with("revoke_other_sessions") {
            continue;
        }
        let who = if path.starts_with("/_fn/portal") { &portal } else { &staff };
        for form in ["", "a=%FF%FE&study=%00", "study=1&study=2", "=&=&%", "assignment=x&study=x"] {
            let reply = who.form(path, form).await;
            assert!((400..500).contains(&reply.code()), "{path} {form}: {reply:?}");
            assert!(reply.json["message"].is_string(), "{path} {form}: {reply:?}");
            assert!(reply.header("x-request-id").is_some());
        }
        let huge = who.form(path, &format!("study={}", "x".repeat(300 * 1024))).await;
        assert!((400..500).contains(&huge.code()), "{path} huge: {huge:?}");
    }
    for (path, field) in [
        ("/_fn/sign_in", "email"),
        ("/_fn/set_language", "locale"),
        ("/_fn/portal/request_link", "email"),
        ("/_fn/portal/verify", "token"),
    ] {
        for form in ["", "a=%FF%FE", "=&=&%"] {
            let reply = app.nobody().form(path, form).await;
            assert_eq!(reply.code(), 422, "{path} {form}: {reply:?}");
            assert_eq!(reply.json["fields"][0]["field"], field, "{path} {form}: {reply:?}");
        }
        let huge = format!("{field}={}", "x".repeat(300 * 1024));
        let huge = app.nobody().form(path, &huge).await;
        assert_eq!((huge.code(), &huge.json["reason"]), (413, &json!("body_too_large")), "{path}");
    }
    let nowhere = staff.form("/_fn/no_such_function", "a=b").await;
    assert!((400..500).contains(&nowhere.code()), "{nowhere:?}");
    assert_eq!(tables(&app).await, before, "nothing was written");
}

/// The place of the first trial with a response, and the value at a path of its JSON.
fn with_trial(run: &Run<'_>, change: impl Fn(&mut Value, usize)) -> Value {
    let (log, _) = run.log();
    let at = log
        .items
        .iter()
        .position(|item| item.trial().is_some_and(|trial| trial.rt_ms.is_some()))
        .unwrap();
    let mut batch = batch(&log.items[..=at + 3]);
    change(&mut batch, at);
    batch
}

#[tokio::test]
async fn uploads_that_cannot_have_happened_are_refused_whole() {
    let app = App::new().await;
    let line = Line::new(&app).await;
    let anna = line.person("HFX-001").await;
    let portal = line.portal(&anna.id).await;
    let run = line.run(&portal, &anna.assignment).await;
    let before = tables(&app).await;

    let trial = |field: &'static str, value: Value| {
        with_trial(&run, move |batch, at| batch["items"][at]["trial"][field] = value.clone())
    };
    let cases = [
        (
            "a gap in the log",
            with_trial(&run, |batch, at| {
                batch["items"].as_array_mut().unwrap().remove(at);
            }),
            "seq",
        ),
        (
            "a number twice",
            with_trial(&run, |batch, at| {
                let items = batch["items"].as_array_mut().unwrap();
                items.insert(at, items[at].clone());
            }),
            "seq",
        ),
        (
            "a batch that begins elsewhere than it says",
            with_trial(&run, |batch, _| {
                batch["first_seq"] = json!(7);
            }),
            "seq",
        ),
        (
            "numbering from 0",
            with_trial(&run, |batch, _| batch["first_seq"] = json!(0)),
            "first_seq",
        ),
        ("no items", json!({ "first_seq": 1, "items": [] }), "items"),
        ("a negative RT", trial("rt_ms", json!(-12.5)), "rt_ms"),
        ("an RT that is no number", trial("rt_ms", json!("fast")), "rt_ms"),
        ("an RT that the stamps do not give", trial("rt_ms", json!(1.0)), "rt_ms"),
        ("an RT of a day", trial("rt_ms", json!(86_400_000.0)), "rt_ms"),
        ("a negative stamp", trial("onset_us", json!(-1)), "onset_us"),
        ("a stamp with a fraction", trial("ts_resp_us", json!(1.5)), "ts_resp_us"),
        ("a negative number of presses", trial("n_presses", json!(-1)), "n_presses"),
        ("a refresh interval of zero", trial("t_ms", json!(0.0)), "t_ms"),
        ("text that is none", trial("stimulus", json!("a\u{0}b")), "stimulus"),
        ("a phase nobody knows", trial("phase", json!("dream")), "phase"),
        ("a page load before the first", trial("clock_epoch", json!(-1)), "clock_epoch"),
    ];
    for (case, batch, field) in &cases {
        let reply = run.runner.post(&run.events(), batch).await;
        refused(case, &reply, 422, field);
    }
    // Not finite: JSON knows no NaN, and 1e999 is beyond every number
    for (number, code) in [("1e999", 422), ("-1e999", 422), ("NaN", 400), ("Infinity", 400)] {
        let text = trial("rt_ms", json!("HERE")).to_string().replace("\"HERE\"", number);
        let reply = run.runner.raw(&run.events(), text).await;
        refused(number, &reply, code, "");
        assert!(reply.text.contains("rt_ms"), "{number}: {reply:?}");
    }
    // A clock that jumps back between two trials
    let (log, submit) = run.log();
    let mut jumping = log.items.clone();
    let shift = |item: &mut Item, by: i64| {
        if let Item::Trial(trial) = item {
            for stamp in [&mut trial.onset_us, &mut trial.ts_resp_us].into_iter().flatten() {
                stamp.0 = (stamp.0 + by).max(0);
            }
        }
    };
    let last = jumping.iter().rposition(|item| item.trial().is_some()).unwrap();
    shift(&mut jumping[last], -30_000_000);
    let reply = run.append(&jumping).await;
    refused("a clock that jumps back", &reply, 422, "onset_us");
    let mut jumped = submit.clone();
    jumped.items = jumping;
    refused("a clock that jumps back", &run.submit(&jumped).await, 422, "onset_us");

    refused_submissions(&run, &serde_json::to_value(&submit).unwrap()).await;
    assert_eq!(tables(&app).await, before, "nothing was written");
    assert_eq!(run.submit(&submit).await.code(), 200, "and the true one is taken");
}

async fn refused_submissions(run: &Run<'_>, submit: &Value) {
    let with = |field: &str, value: Value| {
        let mut other = submit.clone();
        *other.pointer_mut(field).unwrap_or_else(|| panic!("no {field}")) = value;
        other
    };
    for (case, body, code, field) in [
        ("last_seq too small", with("/last_seq", json!(3)), 422, "last_seq"),
        ("last_seq too large", with("/last_seq", json!(100_000)), 422, "last_seq"),
        ("last_seq beyond the type", with("/last_seq", json!(5_000_000_000_u64)), 422, "last_seq"),
        ("a time before time", with("/finished_at_ms", json!(-1)), 422, "finished_at_ms"),
        ("a rate of zero", with("/timing/refresh/hz", json!(0)), 422, "timing.refresh.hz"),
        ("no timing", with("/timing", Value::Null), 422, "timing"),
        ("summaries of another type", with("/task_summaries", json!({})), 422, "task_summaries"),
        ("a session of somebody else", with("/session_id", json!(UNKNOWN)), 404, ""),
    ] {
        refused(case, &run.submit_json(&body).await, code, field);
    }
    let mut none = submit.clone();
    none["items"] = json!([]);
    none["first_seq"] = json!(submit["last_seq"].as_u64().unwrap() + 1);
    let gap = run.submit_json(&none).await;
    refused("items that were never sent", &gap, 409, "first_seq");
    assert_eq!(gap.reason(), "items_missing");
    let bare = run.runner.post("/api/submit", submit).await;
    refused("no X-Session-ID", &bare, 422, "X-Session-ID");
    let odd = run.runner.with("x-session-id", "seven").post("/api/submit", submit).await;
    refused("an X-Session-ID that is none", &odd, 422, "X-Session-ID");
    let id = run.config.session_id.to_string();
    let runner = run.runner.with("x-session-id", &id);
    let large = runner.raw("/api/submit", vec![b' '; 4 * 1024 * 1024 + 1]).await;
    refused("a submission that is too large", &large, 413, "");
    let large = run.runner.raw(&run.events(), vec![b' '; 1024 * 1024 + 1]).await;
    refused("a batch that is too large", &large, 413, "");
    let broken = runner.raw("/api/submit", b"{\"session_id\": \"\xff\"}".to_vec()).await;
    refused("invalid UTF-8", &broken, 400, "");
}

#[tokio::test]
async fn a_session_that_has_ended_takes_nothing_more() {
    let app = App::new().await;
    let line = Line::new(&app).await;
    let anna = line.person("HFX-001").await;
    let portal = line.portal(&anna.id).await;
    let run = line.run(&portal, &anna.assignment).await;
    let (log, submit) = run.log();
    assert_eq!(run.append(&log.items[..4]).await.code(), 200);
    let ended = run.end().await;
    assert_eq!((ended.code(), &ended.json["status"]), (200, &json!("stopped")));

    let before = tables(&app).await;
    let late = run.submit(&submit).await;
    refused("a submission for an ended session", &late, 409, "");
    assert_eq!(late.reason(), "session_ended");
    let late = run.append(&log.items[4..8]).await;
    refused("a batch for an ended session", &late, 409, "");
    // What it holds already is answered as before
    assert_eq!(run.append(&log.items[..4]).await.json["acknowledged"], 4);
    let other = run.submit_json(&json!({})).await;
    refused("an empty submission", &other, 422, "session_id");
    assert_eq!(tables(&app).await, before, "nothing was written");
}

#[tokio::test]
async fn starting_with_rubbish_starts_nothing() {
    let app = App::new().await;
    let line = Line::new(&app).await;
    let anna = line.person("HFX-001").await;
    let before = tables(&app).await;
    let start = "/api/session/start";
    for (body, code, field) in [
        (json!({ "launch": 1 }), 422, "launch"),
        (json!({ "launch": "rubbish" }), 409, ""),
        (json!({ "launch": "" }), 409, ""),
        (json!({ "launch": "x".repeat(5000) }), 409, ""),
        (json!({}), 422, "participant_id"),
        (json!({ "participant_id": anna.id }), 422, "battery_id"),
        (json!({ "participant_id": "anna", "battery_id": line.battery }), 422, "participant_id"),
        (json!({ "participant_id": UNKNOWN, "battery_id": line.battery }), 404, ""),
        (json!({ "participant_id": anna.id, "battery_id": UNKNOWN }), 422, "battery_id"),
        (json!({ "participant_id": anna.id, "battery_id": line.battery, "x": 1 }), 422, "x"),
    ] {
        let reply = line.ada.post(start, &body).await;
        refused(&body.to_string(), &reply, code, field);
    }
    for key in ["", "rubbish", "0199aaaa.x", "ü", &"x".repeat(5000)] {
        let who = app.nobody().with("x-session-key", key);
        let end = json!({ "session_id": UNKNOWN });
        refused(key, &who.post("/api/session/end", &end).await, 401, "");
    }
    assert_eq!(tables(&app).await, before, "nothing was written");
}
