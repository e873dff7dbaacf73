//! The page of one task.

use super::{
    comments::{of_file, of_item, scores_of},
    run::{self, Seen},
};
use contract::{
    Locale,
    task::{Phase, TaskInfo},
};
use std::fmt::Write as _;
use task_engine::{
    Responses,
    params::{ParamKind, Params},
    responses::Zone,
    spec::{Block, ResumePolicy, TaskSpec},
};

/// Right answers that are listed of one condition.
const CODES: usize = 6;

pub(super) fn of(spec: &'static TaskSpec) -> String {
    let info = spec.info(Locale::En);
    let seen = run::look(spec);
    let task = (spec.build)(&Params::defaults(spec));
    let mut page = head(spec, &info);
    parameters(&mut page, spec);
    presets(&mut page, &info);
    course(&mut page, &task.blocks());
    responses(&mut page, &task.responses());
    rows(&mut page, &seen);
    scores(&mut page, spec, &seen);
    page
}

/// A cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

fn code(text: &str) -> String {
    format!("`{}`", cell(text))
}

fn codes<'a>(texts: impl IntoIterator<Item = &'a String>) -> String {
    let texts: Vec<String> = texts.into_iter().map(|text| code(text)).collect();
    texts.join(", ")
}

fn line(page: &mut String, text: &str) {
    page.push_str(text);
    page.push('\n');
}

fn head(spec: &TaskSpec, info: &TaskInfo) -> String {
    let resume = match spec.resume {
        ResumePolicy::NextTrial => {
            "at the next trial; the interrupted one is run again at the end of the block"
        }
        ResumePolicy::RestartBlock => {
            "the block begins again; after two interruptions of a block, at the next trial"
        }
    };
    format!(
        "# {name}\n\n{summary}\n\n{about}\n\n\
         | | |\n|---|---|\n\
         | Id, version | `{id}`, {version} |\n\
         | Domain | {domain} |\n\
         | Minutes with the defaults | {minutes:.1}, instructions included |\n\
         | Source | {source} |\n\
         | After an interruption | {resume} |\n\n\
         Generated from the task's schema, plans, simulated sessions and comments; what all tasks have \
         in common is in [README.md](README.md) and [scores.md](scores.md).\n",
        name = info.name,
        summary = info.summary,
        about = of_file(&format!("tasks/{}/mod.rs", spec.id)),
        id = info.id,
        version = info.version,
        domain = info.domain.replace('_', " "),
        minutes = info.minutes,
        source = cell(&info.source),
    )
}

fn parameters(page: &mut String, spec: &TaskSpec) {
    line(page, "\n## Parameters\n");
    line(page, "| Name | Kind | Default | Range | Unit | Meaning |");
    line(page, "|---|---|---|---|---|---|");
    for param in spec.params {
        let (kind, default, range) = match param.kind {
            ParamKind::Int { default, min, max } => {
                ("whole number", default.to_string(), format!("{min} to {max}"))
            }
            ParamKind::Number { default, min, max } => {
                ("number", default.to_string(), format!("{min} to {max}"))
            }
            ParamKind::Flag { default } => ("switch", default.to_string(), "true, false".into()),
            ParamKind::Choice { default, options } => {
                ("choice", format!("`{default}`"), options.join(", "))
            }
        };
        let source = param.source.map(|source| format!(" Source: {source}.")).unwrap_or_default();
        let meaning =
            format!("{}: {}{source}", param.label.of(Locale::En), param.meaning.of(Locale::En));
        let row = format!(
            "| `{}` | {kind} | {default} | {range} | {} | {} |",
            param.name,
            param.unit,
            cell(&meaning)
        );
        line(page, &row);
    }
}

fn presets(page: &mut String, info: &TaskInfo) {
    if info.presets.is_empty() {
        return;
    }
    line(page, "\n## Presets\n");
    line(page, "| Id | Name | For whom | Source | What differs from the defaults |");
    line(page, "|---|---|---|---|---|");
    for preset in &info.presets {
        let values: Vec<String> =
            preset.params.iter().map(|(name, value)| format!("`{name} = {value}`")).collect();
        let row = format!(
            "| `{}` | {} | {} | {} | {} |",
            preset.id,
            cell(&preset.name),
            cell(&preset.meaning),
            cell(&preset.source),
            cell(&values.join(", "))
        );
        line(page, &row);
    }
}

fn course(page: &mut String, blocks: &[Block]) {
    line(page, "\n## Course with the defaults\n");
    line(page, "| Block | Phase | Trials | Ends |");
    line(page, "|---|---|---|---|");
    for (index, block) in blocks.iter().enumerate() {
        let phase = match block.phase {
            Phase::Practice => "practice",
            Phase::Test => "test",
        };
        let mut ends = Vec::new();
        if let Some(criterion) = block.criterion {
            let share = criterion.share * 100.0;
            let rounds = criterion.rounds;
            ends.push(format!("repeated below {share:.0} % right, {rounds} rounds at most"));
        }
        if block.limit_ms > 0.0 {
            let seconds = block.limit_ms / 1000.0;
            ends.push(format!("with the trial in which {seconds} s are over"));
        }
        if block.stream {
            ends.push("a stream: targets at fixed times".into());
        }
        let trials = if block.limit_ms > 0.0 { "by time".into() } else { block.trials.to_string() };
        line(page, &format!("| {index} | {phase} | {trials} | {} |", ends.join("; ")));
    }
}

fn place(zone: Option<Zone>, button: bool) -> String {
    match zone {
        None if button => "button".into(),
        None => String::new(),
        Some(Zone::ALL) => "anywhere".into(),
        Some(Zone::LEFT_HALF) => "left half".into(),
        Some(Zone::RIGHT_HALF) => "right half".into(),
        Some(Zone { left, top, right, bottom }) => {
            let edge = |edge: i32| match edge {
                i32::MIN | i32::MAX => "edge".to_owned(),
                edge => edge.to_string(),
            };
            let [left, top, right, bottom] = [left, top, right, bottom].map(edge);
            format!("x {left} to {right}, y {top} to {bottom}")
        }
    }
}

fn responses(page: &mut String, responses: &Responses) {
    line(page, "\n## Response options with the defaults\n");
    line(page, "| `resp_code` | Keys (`KeyboardEvent.code`) | Touch |");
    line(page, "|---|---|---|");
    for (index, option) in responses.options.iter().enumerate() {
        let keys: Vec<String> = option.keys.iter().map(|key| format!("`{key}`")).collect();
        let keys = match responses.any_key {
            true if index == 0 => "any key".to_owned(),
            _ => keys.join(", "),
        };
        let place = place(option.zone, responses.buttons);
        line(page, &format!("| `{}` | {keys} | {place} |", option.code));
    }
}

fn rows(page: &mut String, seen: &Seen) {
    line(page, "\n## Trial rows\n");
    line(page, "| `condition` | `stimulus`, for example | `correct_code` | Comes with |");
    line(page, "|---|---|---|---|");
    for (name, condition) in &seen.conditions {
        let correct = if condition.correct.is_empty() {
            "none".into()
        } else {
            let more = if condition.correct.len() > CODES { ", …" } else { "" };
            format!("{}{more}", codes(condition.correct.iter().take(CODES)))
        };
        let row = format!(
            "| {} | {} | {correct} | {} |",
            code(name),
            codes(&condition.stimuli),
            condition.with.as_deref().unwrap_or("the defaults")
        );
        line(page, &row);
    }
    if seen.fields.is_empty() {
        line(page, "\nNo fields in `extra` but the [common ones](README.md).");
    } else {
        line(page, "\nFields in `extra`, beside the [common ones](README.md):\n");
        line(page, "| Name | Type | For example | In trials |");
        line(page, "|---|---|---|---|");
        for (name, field) in &seen.fields {
            let kinds: Vec<&str> = field.kinds.iter().copied().collect();
            let all = seen.conditions.iter().all(|(known, _)| field.conditions.contains(known));
            let of = if all { "all".into() } else { codes(&field.conditions) };
            let kinds = kinds.join(" or ");
            line(page, &format!("| `{name}` | {kinds} | {} | {of} |", codes(&field.examples)));
        }
    }
    if seen.actions {
        line(page, "\n`actions` holds presses beside the scored one.");
    }
}

fn scores(page: &mut String, spec: &TaskSpec, seen: &Seen) {
    line(page, "\n## Scores\n");
    line(page, &of_item(&scores_of(spec.id), "pub(super) fn score("));
    line(page, "\nWhat comes out, in this order:\n");
    line(page, "| Metric | Unit | Rules | Comes with |");
    line(page, "|---|---|---|---|");
    for (name, metric) in &seen.metrics {
        let mut row = String::new();
        let _ = write!(
            row,
            "| `{name}` | {} | {} | {} |",
            metric.unit,
            metric.rules.join(" "),
            metric.with.as_deref().unwrap_or("the defaults")
        );
        line(page, &row);
    }
}
