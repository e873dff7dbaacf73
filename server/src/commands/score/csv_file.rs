//! Tables of trials: a session's download and a study's export have the same columns.

use super::numbering;
use super::problem::Problems;
use super::recording::{Place, Recording};
use contract::export::ExportTable;
use contract::task::{Device, Micros, OnsetMethod, Phase, Pointer, Quality, Trial};
use csv::StringRecord;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::fmt::Display;
use std::str::FromStr;

/// Columns that say whose row it is, or say a thing twice: scores do not rest on them.
const DISPENSABLE: [&str; 7] = [
    "participant_code",
    "session_id",
    "session_status",
    "started_at",
    "battery_name",
    "battery_version",
    "quality_flags",
];

/// Where each column stands, by its name.
type Header = BTreeMap<String, usize>;

/// The sessions of a table, in their order.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Recording>, Problems> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let mut reader = csv::ReaderBuilder::new().from_reader(bytes);
    let header = header(reader.headers().map_err(|error| broken(&error))?)?;
    let mut problems = Problems::default();
    let mut recordings: Vec<Recording> = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| broken(&error))?;
        let line = record.position().map_or(0, csv::Position::line);
        let before = problems.count();
        let mut cells = Cells { header: &header, record: &record, line, problems: &mut problems };
        let (session, trial) = (cells.text("session_id"), trial(&mut cells));
        if problems.count() > before {
            continue;
        }
        let known = recordings.iter().rposition(|recording| recording.session == session);
        let at = known.unwrap_or_else(|| {
            recordings.push(Recording { session, ..Recording::default() });
            recordings.len() - 1
        });
        if let Some(recording) = recordings.get_mut(at) {
            recording.add(Place::Line(line), trial, &mut problems);
        }
    }
    // A row that could not be read would be told of as a gap once more
    if problems.count() == 0 {
        for recording in &recordings {
            numbering::check(recording, &mut problems);
        }
    }
    problems.none(recordings)
}

/// What makes a file no table.
fn broken(error: &csv::Error) -> Problems {
    let line = error.position().map_or(1, csv::Position::line);
    match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("line {line}: must have {expected_len} cells, as the first line; it has {len}.")
        }
        csv::ErrorKind::Utf8 { err, .. } => {
            format!("line {line}, cell {}: must be UTF-8.", err.field() + 1)
        }
        _ => format!("line {line}: {error}."),
    }
    .into()
}

/// Every column that there must be, none that there is not.
fn header(names: &StringRecord) -> Result<Header, Problems> {
    let mut problems = Problems::default();
    let mut header = Header::new();
    let columns = exports::columns(ExportTable::Trials);
    for (index, name) in names.iter().enumerate() {
        if columns.iter().all(|column| column.name != name) {
            problems.add(format!("line 1, column {name:?}: is no column of an export of trials."));
        }
        if header.insert(name.to_owned(), index).is_some() {
            problems.add(format!("line 1, column {name:?}: stands twice."));
        }
    }
    for column in columns {
        if !header.contains_key(column.name) && !DISPENSABLE.contains(&column.name) {
            problems.add(format!("line 1: the column {} is missing.", column.name));
        }
    }
    problems.none(header)
}

/// The cells of one row. What cannot be read is noted, and a value stands in for it.
struct Cells<'a> {
    header: &'a Header,
    record: &'a StringRecord,
    line: u64,
    problems: &'a mut Problems,
}

impl<'a> Cells<'a> {
    fn cell(&self, name: &str) -> &'a str {
        self.header.get(name).and_then(|index| self.record.get(*index)).unwrap_or_default()
    }

    fn fail(&mut self, name: &str, what: impl Display) {
        let cell = self.cell(name);
        let is = if cell.is_empty() { "is empty".into() } else { format!("is {cell:?}") };
        self.problems.add(format!("{}: {what}; it {is}.", Place::Line(self.line).field(name)));
    }

    /// Text without the apostrophe that keeps spreadsheets from taking it for a formula.
    fn text(&self, name: &str) -> String {
        let cell = self.cell(name);
        let marked = |rest: &&str| {
            let first = rest.trim_start_matches(' ').chars().next();
            first.is_some_and(|c| "=+-@\t\r\n＝＋－＠".contains(c))
        };
        cell.strip_prefix('\'').filter(marked).unwrap_or(cell).to_owned()
    }

    fn maybe_text(&self, name: &str) -> Option<String> {
        Some(self.text(name)).filter(|text| !text.is_empty())
    }

    fn int<T: FromStr + Default>(&mut self, name: &str) -> T {
        self.cell(name).parse().unwrap_or_else(|_| {
            self.fail(name, "must be a whole number");
            T::default()
        })
    }

    fn maybe_int<T: FromStr + Default>(&mut self, name: &str) -> Option<T> {
        (!self.cell(name).is_empty()).then(|| self.int(name))
    }

    fn stamp(&mut self, name: &str) -> Option<Micros> {
        self.maybe_int(name).map(Micros)
    }

    fn number(&mut self, name: &str) -> f64 {
        match self.cell(name).parse::<f64>() {
            Ok(number) if number.is_finite() => number,
            Ok(_) => {
                self.fail(name, "must be a finite number");
                0.0
            }
            Err(_) => {
                self.fail(name, "must be a number");
                0.0
            }
        }
    }

    fn maybe_number(&mut self, name: &str) -> Option<f64> {
        (!self.cell(name).is_empty()).then(|| self.number(name))
    }

    fn maybe_flag(&mut self, name: &str) -> Option<bool> {
        match self.cell(name) {
            "" => None,
            "1" => Some(true),
            "0" => Some(false),
            _ => {
                self.fail(name, "must be 1 or 0");
                None
            }
        }
    }

    fn flag(&mut self, name: &str) -> bool {
        if self.cell(name).is_empty() {
            self.fail(name, "must be 1 or 0");
        }
        self.maybe_flag(name).unwrap_or_default()
    }

    /// One of some words.
    fn word<T: Copy>(&mut self, name: &str, words: &[(&str, T)]) -> Option<T> {
        let cell = self.cell(name);
        let found = words.iter().find(|(word, _)| *word == cell).map(|(_, value)| *value);
        if found.is_none() {
            let words: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            self.fail(name, format_args!("must be one of {}", words.join(", ")));
        }
        found
    }

    /// A cell of JSON; empty is nothing.
    fn json<T: DeserializeOwned + Default>(&mut self, name: &str) -> T {
        let cell = self.cell(name);
        if cell.is_empty() {
            return T::default();
        }
        serde_json::from_str(cell).unwrap_or_else(|error| {
            self.fail(name, format_args!("must be JSON as exported ({error})"));
            T::default()
        })
    }

    /// Device and place of the response: together or not at all.
    fn pointer(&mut self) -> Option<Pointer> {
        const DEVICES: [(&str, Device); 4] = [
            ("keyboard", Device::Keyboard),
            ("mouse", Device::Mouse),
            ("touch", Device::Touch),
            ("pen", Device::Pen),
        ];
        if ["device", "x", "y"].iter().all(|name| self.cell(name).is_empty()) {
            return None;
        }
        let device = self.word("device", &DEVICES);
        let (x, y) = (self.int("x"), self.int("y"));
        device.map(|device| Pointer { device, x, y })
    }

    fn method(&mut self) -> Option<OnsetMethod> {
        let method = self.maybe_int::<u8>("onset_method")?;
        let known = OnsetMethod::try_from(method).ok();
        if known.is_none() {
            self.fail("onset_method", "must be 1, 2 or 3");
        }
        known
    }
}

fn trial(cells: &mut Cells<'_>) -> Trial {
    const PHASES: [(&str, Phase); 2] = [("practice", Phase::Practice), ("test", Phase::Test)];
    Trial {
        seq: cells.int("seq"),
        clock_epoch: cells.int("clock_epoch"),
        module: cells.int("module"),
        task_id: cells.text("task_id"),
        block: cells.int("block"),
        attempt: cells.int("attempt"),
        trial: cells.int("trial"),
        plan: cells.int("plan"),
        phase: cells.word("phase", &PHASES).unwrap_or(Phase::Test),
        condition: cells.text("condition"),
        stimulus: cells.text("stimulus"),
        correct_code: cells.maybe_text("correct_code"),
        resp_code: cells.maybe_text("resp_code"),
        pointer: cells.pointer(),
        raf_n_us: cells.stamp("raf_n_us"),
        cb_end_us: cells.stamp("cb_end_us"),
        post_us: cells.stamp("post_us"),
        raf_n1_us: cells.stamp("raf_n1_us"),
        pres_on_us: cells.stamp("pres_on_us"),
        pres_off_us: cells.stamp("pres_off_us"),
        onset_us: cells.stamp("onset_us"),
        onset_method: cells.method(),
        frames_plan: cells.maybe_int("frames_plan"),
        frames_shown: cells.maybe_int("frames_shown"),
        ts_resp_us: cells.stamp("ts_resp_us"),
        ts_handler_us: cells.stamp("ts_handler_us"),
        rt_ms: cells.maybe_number("rt_ms"),
        correct: cells.maybe_flag("correct"),
        omission: cells.flag("omission"),
        anticipation: cells.flag("anticipation"),
        n_presses: cells.int("n_presses"),
        quality: Quality(cells.int("quality")),
        t_ms: cells.number("t_ms"),
        iti_plan_ms: cells.maybe_number("iti_plan_ms"),
        iti_shown_ms: cells.maybe_number("iti_shown_ms"),
        interrupted: cells.flag("interrupted"),
        extra: cells.json("extra"),
        actions: cells.json("actions"),
    }
}
