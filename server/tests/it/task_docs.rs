//! `docs/tasks/README.md`: the list of tasks, the columns of the rows, how to check scores. The pages
//! of the tasks are written by the engine's test of the same name.

use contract::Locale;
use contract::export::ExportTable;
use contract::task::Quality;
use std::fmt::Write as _;
use std::path::Path;
use task_engine::tasks;

/// Renews the pages.
const RENEW: &str =
    "UPDATE_TASK_DOCS=1 cargo nextest run --locked -p task_engine -p metricis task_docs";

const HEAD: &str = "# Tasks

Generated from the program; a test fails when a page says something else. One page a task;
[scores.md](scores.md) has the rules and scores that tasks share.

";

const CHECKING: &str = "
## Checking scores

`metricis score` works out the scores of one module from its raw trials, by the code that the server
and the browser run. It reads two files and needs no database:

```text
metricis score --task flanker --params params.json --trials HFX_P-001_session.csv
```

- `--trials`: the CSV or JSON download of a session, or a study's CSV export of trials. `--session UUID`
  names one session where the file holds several with the task; `--module N` one module where a session
  ran the task more than once.
- `--params`: the module's parameters as a JSON object; what is missing has its default. A session's
  JSON download has them in `session.modules[].params`:
  `jq '.session.modules[0].params' session.json > params.json`.
- `--version V`: the task's version; without it the one that the JSON file names, else the newest.

The summary is printed as JSON: metrics with value or reason, unit, number of trials and rules, the
verdict and its flags, the hash of the parameters in force. It equals what the server has stored
for the same scoring version. Exit codes: 0 printed; 1 a file holds something wrong, each with line,
column or field; 2 the arguments cannot be followed.

A gap in the numbering is refused. Trials cut off at the end of a CSV file leave no gap: the summary then
has the flag `incomplete`. Stamps, codes and numbers are checked by the rules that the server has
for uploads.

";

const ROWS: &str = "
## Columns of the trial rows

The same for every task, in exports of trials and in a session's CSV download; `metricis score` needs
all but `participant_code`, `session_id`, `session_status`, `started_at`, `battery_name`,
`battery_version` and `quality_flags`. The JSON download has the same names for the same things,
with `device`, `x` and `y` in `pointer`, times as numbers, truth as `true` and `false`, and no field
where there is no value.

Stamps are whole microseconds since the page was loaded; scores compute RTs from `ts_resp_us` and
`onset_us`, and right or wrong from the codes. `seq` numbers trials and events together, so that it
has gaps in a table of trials; `trial` counts from 0 within a module's block and attempt, without a
gap. A text that begins like a formula has an apostrophe in front in CSV.

";

const EXTRA: &str = "
Fields in `extra` that every task may have: `lead_us`, the shown time from the beginning of the trial
(or of the pause before it, where the task says so) to the target, in microseconds; `early_presses`,
presses before the target. An entry of `actions` has `at_us`, `code` and, for a pointer, `pointer`.

## Quality bits

| Bit | Value | Word |
|---|---|---|
";

fn page() -> String {
    let mut page = HEAD.to_owned();
    page.push_str("| Task | Domain | Minutes | What it measures |\n|---|---|---|---|\n");
    for spec in tasks::all()
        .iter()
        .filter(|spec| tasks::latest(spec.id).is_some_and(|latest| latest.version == spec.version))
    {
        let info = spec.info(Locale::En);
        let domain = info.domain.replace('_', " ");
        let _ = writeln!(
            page,
            "| [{}]({}.md) | {domain} | {:.1} | {} |",
            info.name, info.id, info.minutes, info.summary
        );
    }
    page.push_str(CHECKING.trim_end_matches('\n'));
    page.push('\n');
    page.push_str(ROWS);
    page.push_str("| Column | Unit | Meaning |\n|---|---|---|\n");
    for column in exports::columns(ExportTable::Trials) {
        let _ = writeln!(page, "| `{}` | {} | {} |", column.name, column.unit, column.meaning);
    }
    page.push_str(EXTRA);
    for (flag, word) in Quality::NAMED {
        let _ = writeln!(page, "| Q{} | {} | `{word}` |", flag.0.trailing_zeros(), flag.0);
    }
    page
}

#[test]
fn task_docs_name_every_task_and_every_column() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/tasks");
    let (file, page) = (folder.join("README.md"), page());
    if std::env::var_os("UPDATE_TASK_DOCS").is_some() {
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(file, page).unwrap();
        return;
    }
    assert!(
        std::fs::read_to_string(file).ok().as_ref() == Some(&page),
        "docs/tasks/README.md is not what the program is. Renew the pages, read what has changed and \
         commit them:\n    {RENEW}"
    );
}
