//! Files and arguments that are refused, with the place of what is wrong.

use super::{Desk, download};
use crate::app::App;
use crate::line::Line;
use contract::task::RunConfig;
use serde_json::{Value, json};
use std::collections::HashMap;
use task_engine::simulate::{self, Setup};

/// A short session of simple reactions, as a configuration and as its CSV download.
async fn session() -> (RunConfig, String) {
    let app = App::new().await;
    let line = Line::new(&app).await;
    let anna = line.person("HFX-001").await;
    let run = line.run(&line.portal(&anna.id).await, &anna.assignment).await;
    assert_eq!(run.submit(&run.log().1).await.code(), 200);
    let address = format!("{}/sessions/{}/download", line.address, run.config.session_id);
    let csv = line.ada.get(&format!("{address}?format=csv")).await.text;
    let mut config = run.config.clone();
    config.modules.truncate(1);
    (config, csv)
}

/// A table of text, to change one thing in it.
#[derive(Clone)]
struct Table(Vec<Vec<String>>);

impl Table {
    fn read(text: &str) -> Self {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        let row = |row: csv::StringRecord| row.iter().map(str::to_owned).collect();
        Self(reader.records().map(|record| row(record.unwrap())).collect())
    }

    fn at(&self, name: &str) -> usize {
        self.0[0].iter().position(|known| known == name).unwrap()
    }

    /// With this cell in a line, counted from 1.
    fn with(&self, line: usize, name: &str, cell: &str) -> Self {
        let mut table = self.clone();
        let at = self.at(name);
        table.0[line - 1][at] = cell.into();
        table
    }

    fn without_column(&self, name: &str) -> Self {
        let at = self.at(name);
        let mut table = self.clone();
        for row in &mut table.0 {
            row.remove(at);
        }
        table
    }

    fn without_line(&self, line: usize) -> Self {
        let mut table = self.clone();
        table.0.remove(line - 1);
        table
    }

    fn text(&self) -> String {
        let mut writer = csv::Writer::from_writer(Vec::new());
        for row in &self.0 {
            writer.write_record(row).unwrap();
        }
        String::from_utf8(writer.into_inner().unwrap()).unwrap()
    }
}

#[tokio::test]
async fn a_table_that_is_no_export_of_trials_is_refused_with_line_and_column() {
    let (config, csv) = session().await;
    let params = Value::Object(config.modules[0].params.clone());
    let table = Table::read(&csv);
    let twice = table.0[3].clone();
    let mut doubled = table.clone();
    doubled.0.insert(4, twice);
    let mut short = table.text();
    short.push_str("HFX-001,1,2\n");
    let last = table.0.len() + 1;
    let unequal = format!("line {last}: must have 47 cells, as the first line; it has 3.");
    let cases = [
        (
            table.with(1, "rt_ms", "reaction").text(),
            vec![
                r#"line 1, column "reaction": is no column of an export of trials."#,
                "line 1: the column rt_ms is missing.",
            ],
        ),
        (table.with(1, "rt_ms", "seq").text(), vec![r#"line 1, column "seq": stands twice."#]),
        (
            table.without_column("ts_resp_us").text(),
            vec!["line 1: the column ts_resp_us is missing."],
        ),
        (
            table.with(5, "t_ms", "16,7").text(),
            vec![r#"line 5, column t_ms: must be a number; it is "16,7"."#],
        ),
        (
            table.with(5, "t_ms", "").text(),
            vec!["line 5, column t_ms: must be a number; it is empty."],
        ),
        (
            table.with(6, "iti_shown_ms", "inf").text(),
            vec![r#"line 6, column iti_shown_ms: must be a finite number; it is "inf"."#],
        ),
        (table.with(6, "t_ms", "NaN").text(), vec!["line 6, column t_ms: must be a finite number"]),
        (
            table.with(4, "seq", "4.5").text(),
            vec![r#"line 4, column seq: must be a whole number; it is "4.5"."#],
        ),
        (
            table.with(4, "correct_code", "").with(4, "phase", "probe").text(),
            vec!["line 4, column phase: must be one of practice, test"],
        ),
        (
            table.with(4, "omission", "TRUE").text(),
            vec![r#"line 4, column omission: must be 1 or 0; it is "TRUE"."#],
        ),
        (
            table.with(4, "extra", "{lead: 1}").text(),
            vec!["line 4, column extra: must be JSON as exported"],
        ),
        (
            table.with(4, "device", "voice").text(),
            vec!["line 4, column device: must be one of keyboard, mouse, touch, pen"],
        ),
        (
            table.with(4, "onset_method", "4").text(),
            vec!["line 4, column onset_method: must be 1, 2 or 3"],
        ),
        (
            table.with(7, "task_id", "flanker").text(),
            vec!["line 7, column task_id: must be simple_rt, the task of module 0."],
        ),
        (
            table.without_line(6).text(),
            vec![
                "line 6, column trial: must be 2, the next of module 0, block 1, attempt 0; it is 3.",
            ],
        ),
        (doubled.text(), vec!["line 5, column seq: must be above "]),
        (short, vec![unequal.as_str()]),
        (
            table.with(5, "rt_ms", "1").text(),
            vec!["line 5, column rt_ms: must be ts_resp_us minus onset_us, in milliseconds."],
        ),
        (
            table.without_column("session_id").0[0].join(","),
            vec!["it holds no trials of the task simple_rt; tasks in it: none."],
        ),
    ];
    let desk = Desk::new("score-csv");
    for (content, problems) in &cases {
        let ended = desk.score("simple_rt", &params, ("trials.csv", content), &[]).await;
        assert_eq!((ended.code, ended.said.as_str()), (Some(1), ""), "{ended:?}");
        assert!(ended.complained.contains("trials.csv cannot be scored:"), "{ended:?}");
        for problem in problems {
            assert!(ended.complained.contains(&format!("\n  - {problem}")), "{problem}: {ended:?}");
        }
    }
    // What says whose rows they are is not needed, nor the mark that some programs put in front
    let bare = table.without_column("participant_code").without_column("session_id").text();
    let ended = desk.score("simple_rt", &params, ("T.CSV", &format!("\u{feff}{bare}")), &[]).await;
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let ended = desk.score("stroop", &json!({}), ("trials.csv", &csv), &[]).await;
    assert!(ended.complained.contains("tasks in it: flanker, simple_rt."), "{ended:?}");
}

#[tokio::test]
async fn json_that_is_no_session_is_refused_with_its_field() {
    let (config, _) = session().await;
    let params = Value::Object(config.modules[0].params.clone());
    let log = simulate::run(&config, 7, &Setup::honest(35.0)).unwrap();
    let whole = download("simple_rt", &log.items);
    let change = |pointer: &str, value: Value| {
        let mut file = whole.clone();
        *file.pointer_mut(pointer).unwrap() = value;
        serde_json::to_string_pretty(&file).unwrap()
    };
    let mut gap = whole.clone();
    let lost = gap["trials"].as_array_mut().unwrap().remove(4);
    let mut extra = whole.clone();
    extra["trials"][2]["reaction"] = json!(3);
    let mut missing = whole.clone();
    missing["trials"][2].as_object_mut().unwrap().remove("seq");
    let huge =
        change("/trials/3/t_ms", json!(16.0)).replacen("\"t_ms\": 16.0", "\"t_ms\": 1e999", 1);
    let cases = [
        (
            change("/trials/2/n_presses", json!("one")),
            ", field trials[2].n_presses: invalid type: string \"one\", expected u32.",
        ),
        (
            change("/trials/2/t_ms", json!(null)),
            ", field trials[2].t_ms: invalid type: null, expected f64.",
        ),
        (change("/trials/2/t_ms", json!(-3)), "field trials[2].t_ms: must be between 1 and 1000."),
        (huge, ", field trials[3].t_ms: number out of range."),
        (extra.to_string(), ", field trials[2].reaction: unknown field `reaction`"),
        (missing.to_string(), ", field trials[2]: missing field `seq`."),
        (gap.to_string(), &format!("seq {} is missing among the trials and events.", lost["seq"])),
        (change("/format", json!("metricis-study")), "field format: must be \"metricis-session\""),
        (whole.to_string()[..200].to_owned(), "line 1, column 200"),
        (
            change("/session/modules/0/task_version", json!("77")),
            "task simple_rt has no version \"77\". Known: 1.",
        ),
    ];
    let desk = Desk::new("score-json");
    for (content, problem) in &cases {
        let ended = desk.score("simple_rt", &params, ("trials.json", content), &[]).await;
        assert_eq!((ended.code, ended.said.as_str()), (Some(1), ""), "{problem}: {ended:?}");
        assert!(ended.complained.contains(problem), "{problem}: {ended:?}");
    }
}

#[tokio::test]
async fn arguments_and_parameters_that_cannot_be_followed_say_why() {
    let (config, csv) = session().await;
    let params = Value::Object(config.modules[0].params.clone());
    let desk = Desk::new("score-arguments");
    let good = ("trials.csv", csv.as_str());
    for (task, file, more, problem) in [
        ("telepathy", good, vec![], "there is no task \"telepathy\". Known: ant, "),
        (
            "simple_rt",
            good,
            vec!["--version", "77"],
            "task simple_rt has no version \"77\". Known: 1.",
        ),
        (
            "simple_rt",
            good,
            vec!["--module", "3"],
            "the session ran simple_rt as module 0: name one",
        ),
        ("simple_rt", ("trials.sav", "x"), vec![], "trials.sav must end in .csv or .json."),
        ("simple_rt", good, vec!["--modul", "0"], "unexpected argument '--modul'"),
    ] {
        let ended = desk.score(task, &params, file, &more).await;
        assert_eq!((ended.code, ended.said.as_str()), (Some(2), ""), "{problem}: {ended:?}");
        assert!(ended.complained.contains(problem), "{problem}: {ended:?}");
    }
    for (params, problem) in [
        (
            json!({ "trials": 1_000_000 }),
            "params.json cannot be scored:\n  - field trials: must be between ",
        ),
        (
            json!({ "trails": 10 }),
            "\n  - field trails: is no parameter of this task; known: trials, ",
        ),
        (json!({ "trials": "ten" }), "\n  - field trials: must be a whole number between "),
        (json!([1]), "\n  - line 1, column 0: invalid type: sequence, expected a map."),
    ] {
        let ended = desk.score("simple_rt", &params, good, &[]).await;
        assert_eq!((ended.code, ended.said.as_str()), (Some(1), ""), "{problem}: {ended:?}");
        assert!(ended.complained.contains(problem), "{problem}: {ended:?}");
    }
    let arguments =
        ["score", "--task", "simple_rt", "--params", "/nowhere.json", "--trials", "/nowhere.csv"];
    let ended = super::run(&arguments, &HashMap::new()).await;
    assert_eq!(ended.code, Some(2), "{ended:?}");
    assert!(ended.complained.contains("/nowhere.csv cannot be read: "), "{ended:?}");
}
