//! A study day, from the coordinator's first click to the exported trials.

use crate::app::{App, Client, Reply};
use crate::line::{Line, battery, id};
use contract::permission::SystemRole;
use contract::task::{Estimate, RunConfig};
use serde_json::{Value, json};
use testkit::SmtpSink;

/// What the worker sends by mail, after everything that is due has been done.
async fn mail(app: &App, sink: &SmtpSink) -> testkit::Received {
    let worker = metricis::jobs::worker(app.db.ctx.clone(), &app.config, false).unwrap();
    let counts = worker.run_due_once().await.unwrap();
    assert_eq!((counts.failed, counts.dead), (0, 0));
    sink.take_one()
}

/// An application whose mail goes to `sink`.
pub(crate) async fn app_with_mail(sink: &SmtpSink) -> App {
    let port: &'static str = sink.address().port().to_string().leak();
    App::with(&[
        ("SMTP_HOST", "127.0.0.1"),
        ("SMTP_PORT", port),
        ("SMTP_FROM", "Metricis <no-reply@example.org>"),
        ("SMTP_TLS", "false"),
    ])
    .await
}

/// What a story must not leave behind in a log.
pub(crate) struct Secrets {
    pub(crate) tokens: Vec<String>,
}

/// The participant's part by hand: link in the mail, sign-in, start, items in batches, submission,
/// end. Tells the secrets that were met on the way.
pub(crate) async fn line_by_hand(app: &App, sink: &SmtpSink) -> Secrets {
    let line = Line::new(app).await;
    let anna = line.add("HFX-001", "anna@example.org").await;
    let assignment = line.assign(&anna).await;
    let address = format!("{}/participants/{anna}", line.address);
    let sent = line.ada.post(&format!("{address}/link"), &Value::Null).await;
    assert_eq!(sent.code(), 202, "{sent:?}");

    let message = mail(app, sink).await;
    assert_eq!(message.to, ["anna@example.org"]);
    let link = message.links().into_iter().find(|link| link.contains("token=")).unwrap();
    let place = link.strip_prefix("http://metricis.test").unwrap();
    let (page, token) = place.split_once("?token=").unwrap();
    // A mail scanner follows the link twice; that spends nothing
    for _ in 0..2 {
        let look = app.nobody().get(place).await;
        assert_eq!((page, look.code()), ("/portal/verify", 200), "{look:?}");
        assert!(look.cookie().is_none());
    }
    let redeem = format!("token={token}");
    let html = app.nobody().with("accept", "text/html");
    let signed_in = html.form("/_fn/portal/verify", &redeem).await;
    assert_eq!((signed_in.code(), signed_in.header("location")), (303, Some("/portal")));
    let again = app.nobody().form("/_fn/portal/verify", &redeem).await;
    assert_eq!(again.code(), 401, "a link is good once");
    let portal = app.browser(signed_in.cookie().unwrap());

    let today = portal.get("/portal").await;
    assert_eq!(today.code(), 200);
    assert!(today.text.contains("Screening") && today.text.contains(&assignment));
    let landing = portal.get(&format!("/portal/tasks/{assignment}")).await;
    assert!(landing.text.contains("Screening") && landing.text.contains("start_task"));
    let run = run_and_check(&line, &portal, &assignment).await;
    let done = portal.get(&format!("/portal/tasks/{assignment}/done")).await;
    assert_eq!(done.code(), 200);

    check_as_staff(&line, &anna, &run).await;
    check_exports(app, &line, &run).await;
    let report = platform::audit::verify(&app.db.ctx, None, &[]).await.unwrap();
    assert!(report.is_valid(), "{:?}", report.first_fault());
    assert!(report.entries() > 10);
    let cookie = signed_in.cookie().unwrap().split_once('=').unwrap().1.to_owned();
    Secrets { tokens: vec![token.to_owned(), cookie, run.upload_key] }
}

/// Runs both tasks; everything is sent twice and stored once.
async fn run_and_check(line: &Line<'_>, portal: &Client<'_>, assignment: &str) -> RunConfig {
    let run = line.run(portal, assignment).await;
    assert_eq!(run.config.modules.len(), 2);
    let (log, submit) = run.log();
    assert!(log.complete);
    let (early, late) = log.items.split_at(log.items.len() / 2);
    for items in early.chunks(10) {
        let last = items.last().unwrap().seq();
        for _ in 0..2 {
            let ack = run.append(items).await;
            assert_eq!((ack.code(), &ack.json["acknowledged"]), (200, &json!(last)), "{ack:?}");
        }
    }
    let stored = line.app.db.ctx.clone();
    let chunks = async || -> i64 {
        sqlx::query_scalar("select count(*) from app.session_chunk")
            .fetch_one(stored.db())
            .await
            .unwrap()
    };
    let before = chunks().await;
    assert_eq!(before, i64::try_from(early.chunks(10).count()).unwrap());
    let mut rest = submit.clone();
    rest.first_seq = late[0].seq();
    rest.items = late.to_vec();
    let first = run.submit(&rest).await;
    assert_eq!((first.code(), &first.json["repeated"]), (200, &json!(false)), "{first:?}");
    let second = run.submit(&submit).await;
    assert_eq!((second.code(), &second.json["repeated"]), (200, &json!(true)), "{second:?}");
    assert_eq!(first.json["items"], second.json["items"]);
    assert_eq!(chunks().await, before + 1);
    for _ in 0..2 {
        let ended = run.end().await;
        assert_eq!((ended.code(), &ended.json["status"]), (200, &json!("completed")));
    }
    run.config
}

/// The coordinator reads what the server scored.
async fn check_as_staff(line: &Line<'_>, participant: &str, run: &RunConfig) {
    let sessions = format!("{}/sessions", line.address);
    let list = line.ada.get(&sessions).await;
    assert_eq!(list.json["pagination"]["total"], 1, "{list:?}");
    assert_eq!(list.json["data"][0]["participant_id"], *participant);
    let address = format!("{sessions}/{}", run.session_id);
    let detail = line.ada.get(&address).await;
    assert_eq!((detail.code(), &detail.json["status"]), (200, &json!("completed")));
    assert_eq!(detail.json["flags"], json!([]), "nothing to mark: {}", detail.text);
    assert!(detail.json["timing"]["refresh"]["hz"].is_number());
    let modules = detail.json["modules"].as_array().unwrap();
    for (module, task) in modules.iter().zip(["simple_rt", "flanker"]) {
        assert_eq!(module["task_id"], *task);
        assert!(!module["summary"]["metrics"].as_array().unwrap().is_empty());
        assert_eq!(module["browser_summary"], Value::Null);
    }
    let record = line.ada.get(&format!("{address}/record")).await;
    let trials = record.json["trials"].as_array().unwrap().len();
    assert_eq!(json!(trials), detail.json["trials"]);
    let csv = line.ada.get(&format!("{address}/download?format=csv")).await;
    assert_eq!((csv.code(), csv.text.lines().count()), (200, trials + 1));
    let file = line.ada.get(&format!("{address}/download?format=json")).await;
    assert_eq!(file.code(), 200);
    assert!(file.json.is_object());

    let browser = line.app.sign_in_browser("ada@example.org").await;
    let page = browser.get(address.strip_prefix("/api").unwrap()).await;
    assert_eq!(page.code(), 200);
    assert!(page.text.contains("HFX-001") && page.text.contains("<svg"));
    let list = browser.get(sessions.strip_prefix("/api").unwrap()).await;
    assert!(list.text.contains("HFX-001"));
    for page in [&page, &list] {
        assert!(!page.text.contains("anna@example.org") && !page.text.contains("Xanthippe"));
    }
}

/// Who may export gets everything, without contact data.
async fn check_exports(app: &App, line: &Line<'_>, run: &RunConfig) {
    let full = format!("/api/exports/studies/{}/full", line.study);
    assert_eq!(line.ada.get(&full).await.code(), 403, "coordinators do not export");
    let root = app.staff("root@example.org", SystemRole::Admin).await;
    let document = root.get(&full).await;
    assert_eq!(document.code(), 200, "{document:?}");
    assert!(document.json.is_object(), "the document is whole");
    assert!(document.text.contains(&run.session_id.to_string()));
    let csv = format!("/api/exports/studies/{}/csv?table=", line.study);
    let mut files = vec![document];
    for table in ["trials", "sessions", "summaries", "participants"] {
        let file: Reply = root.get(&format!("{csv}{table}")).await;
        assert_eq!(file.code(), 200, "{table}");
        assert!(file.header("content-type").unwrap().starts_with("text/csv"));
        assert!(file.text.lines().count() > 1, "{table}");
        files.push(file);
    }
    for file in files {
        assert!(!file.text.contains("anna@") && !file.text.contains("Xanthippe"));
        assert!(!file.text.contains(&run.upload_key));
    }
}

#[tokio::test]
async fn a_participant_runs_a_battery_and_the_coordinator_sees_it_scored_again() {
    let sink = SmtpSink::start().await.unwrap();
    let app = app_with_mail(&sink).await;
    line_by_hand(&app, &sink).await;
}

#[tokio::test]
async fn a_coordinator_begins_a_run_for_a_participant_who_is_present() {
    let app = App::new().await;
    let line = Line::new(&app).await;
    let dora = line.add("HFX-004", "dora@example.org").await;
    let browser = app.sign_in_browser("ada@example.org").await;
    let start = json!({ "participant_id": dora, "battery_id": line.battery });
    for who in [&browser, &line.ada] {
        let launched = who.post("/api/session/start", &start).await;
        assert_eq!(launched.code(), 201, "{launched:?}");
        assert_eq!(launched.header("cache-control"), Some("no-store"));
        let run = json!({ "launch": launched.json["run"] });
        let config = browser.post("/api/session/start", &run).await;
        assert_eq!(config.code(), 200, "{config:?}");
        let back = config.json["return_to"].as_str().unwrap();
        assert_eq!(
            back,
            format!(
                "/studies/{}/sessions/{}",
                line.study,
                launched.json["session_id"].as_str().unwrap()
            )
        );
        let spent = browser.post("/api/session/start", &run).await;
        assert_eq!((spent.code(), spent.reason()), (409, "launch_link_spent"));
    }
    // The battery was given once, and the newer run took the older one's place
    let given = line.ada.get(&format!("{}/assignments", line.address)).await;
    assert_eq!(given.json["pagination"]["total"], 1);
    let list = line.ada.get(&format!("{}/sessions?sort=created&order=asc", line.address)).await;
    let told: Vec<&Value> =
        list.json["data"].as_array().unwrap().iter().map(|row| &row["status"]).collect();
    assert_eq!(told, ["interrupted", "running"]);
}

#[tokio::test]
async fn a_summary_that_differs_from_the_servers_is_marked_and_the_servers_stays() {
    let app = App::new().await;
    let line = Line::new(&app).await;
    let ben = line.person("HFX-002").await;
    let portal = line.portal(&ben.id).await;
    let run = line.run(&portal, &ben.assignment).await;
    let (_, mut submit) = run.log();
    let metrics = &mut submit.task_summaries[0].metrics;
    let told = metrics.iter_mut().find(|metric| metric.estimate.value().is_some()).unwrap();
    let (name, honest) = (told.name.clone(), told.estimate.value().unwrap());
    told.estimate = Estimate::Value { value: honest / 2.0 + 1.0 };
    assert_eq!(run.submit(&submit).await.code(), 200);

    let address = format!("{}/sessions/{}", line.address, run.config.session_id);
    let detail = line.ada.get(&address).await;
    let flags = detail.json["flags"].as_array().unwrap();
    assert!(flags.contains(&json!("summary_differs")), "{flags:?}");
    let module = &detail.json["modules"][0];
    assert_eq!(module["differing"], json!([name]));
    let of_server = module["summary"]["metrics"].as_array().unwrap();
    let kept = of_server.iter().find(|metric| metric["name"] == name.as_str()).unwrap();
    assert!((kept["value"].as_f64().unwrap() - honest).abs() < 1e-9);
    assert!(module["browser_summary"].is_object());
    let marked = line.ada.get(&format!("{}/sessions?flag=summary_differs", line.address)).await;
    assert_eq!(marked.json["pagination"]["total"], 1);
}

#[tokio::test]
async fn everything_can_be_set_up_by_the_forms_of_the_pages_too() {
    let app = App::new().await;
    app.account("ada@example.org", SystemRole::Coordinator).await;
    let ada = app.sign_in_browser("ada@example.org").await;
    let goes_to = |reply: Reply| {
        reply.header("location").map(str::to_owned).unwrap_or_else(|| panic!("{reply:?}"))
    };
    let study = ada
        .form(
            "/_fn/create_study",
            "code=FORM-1&name=By+form&description=&integration_mode=metricis&languages=en&\
             time_zone=Europe%2FParis",
        )
        .await;
    let study = goes_to(study);
    let id_of_study = study.rsplit('/').next().unwrap().to_owned();
    let form = format!("study={id_of_study}&status=active&reason=");
    assert!(ada.form("/_fn/change_study_status", &form).await.code() < 400);
    let form = format!("study={id_of_study}&code=PAR&name=Paris&time_zone=Europe%2FParis");
    assert_eq!(goes_to(ada.form("/_fn/create_site", &form).await), format!("{study}/sites"));
    let sites = ada.get(&format!("/api{study}/sites")).await;
    let site = sites.json[0]["id"].as_str().unwrap().to_owned();
    let form = format!(
        "study={id_of_study}&enrollment_date=&participant_code=PAR-1&site_id={site}&language=en\
         &email=&phone=&given_name=&family_name="
    );
    let participant = goes_to(ada.form("/_fn/create_participant", &form).await);
    let modules = "%5B%7B%22task_id%22%3A%22simple_rt%22%2C%22params%22%3A%7B%7D%7D%5D";
    let form = format!("study={id_of_study}&name=B&description=&status=active&modules={modules}");
    let battery_page = goes_to(ada.form("/_fn/create_battery", &form).await);
    let form = format!(
        "study={id_of_study}&participant={}&battery_id={}&visit_id=&due_from=&due_to=",
        participant.rsplit('/').next().unwrap(),
        battery_page.rsplit('/').next().unwrap(),
    );
    assert!(goes_to(ada.form("/_fn/assign_battery", &form).await).starts_with(&participant));
    for page in [&study, &participant, &battery_page] {
        assert_eq!(ada.get(page).await.code(), 200, "{page}");
    }
    let wrong = ada.post(&format!("/api{study}/batteries"), &battery("B")).await;
    assert_eq!((wrong.code(), wrong.fields()), (409, vec!["name"]));
    id(&ada.post(&format!("/api{study}/batteries"), &battery("C")).await);
}
