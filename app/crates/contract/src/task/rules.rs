//! Rules that items, summaries and reports must keep whoever sends them.
//!
//! Names of fields are only written out for rules that are broken: a submission of hundreds of
//! trials is checked without allocating.

use super::{Event, EventKind, Extra, Item, Micros, ModuleSummary, Quality, TimingReport, Trial};
use crate::validate::Check;
use core::fmt::Display;

/// Broken rules that are reported of one upload; more help nobody.
const MOST: u32 = 20;

/// Checks the fields of one thing and says where it is, e.g. `items[3]`.
struct Rules<'a> {
    check: &'a mut Check,
    list: &'a str,
    index: usize,
    broken: u32,
}

impl Rules<'_> {
    fn fail(&mut self, name: impl Display, rule: &str, message: impl Into<String>) {
        self.broken += 1;
        let field = format!("{}[{}].{name}", self.list, self.index);
        self.check.fail(&field, rule, message.into(), &[]);
    }

    fn text(&mut self, name: impl Display, value: &str, min: usize, max: usize) {
        let plain = value.bytes().all(|b| (b' '..127).contains(&b));
        if !plain || value.trim().len() < min || value.len() > max {
            let field = format!("{}[{}].{name}", self.list, self.index);
            self.check.text(&field, value, min, max);
            self.broken += 1;
        }
    }

    fn finite(&mut self, name: impl Display, value: f64, min: f64, max: f64) {
        if !value.is_finite() {
            self.fail(name, "finite", "must be a finite number.");
        } else if value < min || value > max {
            self.fail(name, "range", format!("must be between {min} and {max}."));
        }
    }

    fn stamp(&mut self, name: impl Display, value: Option<Micros>) {
        if value.is_some_and(|v| v.0 < 0 || v > Micros::MAX) {
            let message = "must be microseconds since the page was loaded, 0 or more.";
            self.fail(name, "range", message);
        }
    }

    fn at_most(&mut self, name: &str, length: usize, max: usize) {
        if length > max {
            self.fail(name, "too_long", format!("must have at most {max} entries."));
        }
    }

    fn ordered(&mut self, [earlier, later]: [&str; 2], stamps: [Option<Micros>; 2]) {
        if let [Some(early), Some(late)] = stamps
            && late < early
        {
            self.fail(later, "backwards", format!("must not lie before {earlier}."));
        }
    }
}

/// Numbering without a gap, each item by itself, and clocks that only go forward.
pub(super) fn items(list: &str, first_seq: u32, items: &[Item], check: &mut Check) {
    if first_seq == 0 {
        check.fail("first_seq", "range", "must be 1 or more.".into(), &[]);
    }
    let mut rules = Rules { check, list, index: 0, broken: 0 };
    let mut expected = Some(first_seq);
    let mut clock = (0, Micros(0));
    for (index, item) in items.iter().enumerate() {
        rules.index = index;
        if Some(item.seq()) != expected {
            let wanted = expected.map_or_else(|| "none".into(), |e| e.to_string());
            rules.fail("seq", "gap", format!("must be {wanted}: the sequence has no gap."));
        }
        expected = item.seq().checked_add(1);
        let epoch = item.clock_epoch();
        if epoch < clock.0 {
            let message = format!("must be {} or more: page loads are numbered.", clock.0);
            rules.fail("clock_epoch", "backwards", message);
        } else if epoch > clock.0 {
            clock = (epoch, Micros(0));
        }
        match item {
            Item::Trial(row) => {
                let onset = row.onset_us.filter(|_| epoch == clock.0);
                if onset.is_some_and(|onset| onset < clock.1) {
                    let message = "must not lie before the trial before it: the clock jumped.";
                    rules.fail("onset_us", "backwards", message);
                }
                clock.1 = onset.unwrap_or(clock.1);
                trial(row, &mut rules);
            }
            Item::Event(row) => event(row, &mut rules),
        }
        if rules.broken >= MOST {
            return;
        }
    }
}

fn trial(trial: &Trial, rules: &mut Rules<'_>) {
    rules.text("task_id", &trial.task_id, 1, Trial::MAX_CODE);
    rules.text("condition", &trial.condition, 0, Trial::MAX_CODE);
    rules.text("stimulus", &trial.stimulus, 0, Trial::MAX_STIMULUS);
    for (name, code) in [("correct_code", &trial.correct_code), ("resp_code", &trial.resp_code)] {
        if let Some(code) = code {
            rules.text(name, code, 1, Trial::MAX_CODE);
        }
    }
    for (name, value) in [
        ("raf_n_us", trial.raf_n_us),
        ("cb_end_us", trial.cb_end_us),
        ("post_us", trial.post_us),
        ("raf_n1_us", trial.raf_n1_us),
        ("pres_on_us", trial.pres_on_us),
        ("pres_off_us", trial.pres_off_us),
        ("onset_us", trial.onset_us),
        ("ts_resp_us", trial.ts_resp_us),
        ("ts_handler_us", trial.ts_handler_us),
    ] {
        rules.stamp(name, value);
    }
    rules.ordered(["raf_n_us", "raf_n1_us"], [trial.raf_n_us, trial.raf_n1_us]);
    rules.ordered(["pres_on_us", "pres_off_us"], [trial.pres_on_us, trial.pres_off_us]);
    if trial.onset_us.is_some() != trial.onset_method.is_some() {
        let message = "must be given when onset_us is, and only then.";
        rules.fail("onset_method", "required", message);
    }
    rules.finite("t_ms", trial.t_ms, 1.0, 1000.0);
    for (name, value) in [("iti_plan_ms", trial.iti_plan_ms), ("iti_shown_ms", trial.iti_shown_ms)]
    {
        rules.finite(name, value.unwrap_or(0.0), 0.0, 3_600_000.0);
    }
    if trial.quality.0 & !Quality::ALL.0 != 0 {
        rules.fail("quality", "range", "must hold the bits 0 to 15 only.");
    }
    response(trial, rules);
    lists(trial, rules);
}

fn response(trial: &Trial, rules: &mut Rules<'_>) {
    if let Some(rt) = trial.rt_ms {
        rules.finite("rt_ms", rt, -Trial::MAX_RT_MS, Trial::MAX_RT_MS);
        if rt < 0.0 && !trial.anticipation {
            rules.fail("rt_ms", "negative", "may be negative only when anticipation is true.");
        }
        let from_stamps = trial.ts_resp_us.zip(trial.onset_us).map(|(r, o)| (r - o).ms());
        // Half a microsecond: the stamps are whole microseconds
        if rt.is_finite() && !from_stamps.is_some_and(|ms| (ms - rt).abs() <= 0.0005) {
            let message = "must be ts_resp_us minus onset_us, in milliseconds.";
            rules.fail("rt_ms", "mismatch", message);
        }
    }
    if trial.omission && (trial.rt_ms.is_some() || trial.resp_code.is_some()) {
        rules.fail("omission", "mismatch", "may be true only when there is no response.");
    }
}

fn lists(trial: &Trial, rules: &mut Rules<'_>) {
    rules.at_most("extra", trial.extra.len(), Trial::MAX_EXTRA);
    rules.at_most("actions", trial.actions.len(), Trial::MAX_ACTIONS);
    for (key, value) in &trial.extra {
        if key.is_empty() || key.len() > Trial::MAX_CODE {
            rules.fail("extra", "too_long", "must have names of 1 to 64 bytes.");
            continue;
        }
        match value {
            Extra::Number(number) => {
                rules.finite(format_args!("extra.{key}"), *number, -1e12, 1e12);
            }
            Extra::Text(text) => {
                rules.text(format_args!("extra.{key}"), text, 0, Trial::MAX_STIMULUS);
            }
            Extra::Int(_) | Extra::Flag(_) => {}
        }
    }
    for (i, action) in trial.actions.iter().enumerate().take(Trial::MAX_ACTIONS) {
        rules.stamp(format_args!("actions[{i}].at_us"), Some(action.at_us));
        rules.text(format_args!("actions[{i}].code"), &action.code, 1, Trial::MAX_CODE);
    }
}

fn event(event: &Event, rules: &mut Rules<'_>) {
    rules.stamp("at_us", Some(event.at_us));
    match &event.what {
        EventKind::SessionStarted { time_origin_ms }
        | EventKind::SessionResumed { time_origin_ms, .. } => {
            rules.finite("time_origin_ms", *time_origin_ms, 0.0, 1e14);
        }
        EventKind::ModuleStarted { task_id, task_version, params_hash, .. } => {
            rules.text("task_id", task_id, 1, Trial::MAX_CODE);
            rules.text("task_version", task_version, 1, Trial::MAX_CODE);
            rules.text("params_hash", params_hash, 1, Trial::MAX_CODE);
        }
        EventKind::Frames { longest_gap_us, .. } => {
            rules.stamp("longest_gap_us", Some(*longest_gap_us));
        }
        EventKind::Continued { away_ms } => rules.finite("away_ms", *away_ms, 0.0, 1e11),
        EventKind::Refresh { t_ms } => rules.finite("t_ms", *t_ms, 1.0, 1000.0),
        EventKind::LongTask { duration_ms } => {
            rules.finite("duration_ms", *duration_ms, 0.0, 1e9);
        }
        EventKind::BlockStarted { .. }
        | EventKind::BlockEnded { .. }
        | EventKind::ModuleEnded { .. }
        | EventKind::SessionEnded
        | EventKind::Interrupted { .. }
        | EventKind::Left => {}
    }
}

pub(super) fn summaries(list: &str, summaries: &[ModuleSummary], check: &mut Check) {
    let mut rules = Rules { check, list, index: 0, broken: 0 };
    for (index, summary) in summaries.iter().enumerate() {
        rules.index = index;
        rules.text("task_id", &summary.task_id, 1, Trial::MAX_CODE);
        rules.text("task_version", &summary.task_version, 1, Trial::MAX_CODE);
        rules.text("scoring_version", &summary.scoring_version, 1, Trial::MAX_CODE);
        rules.text("params_hash", &summary.params_hash, 1, Trial::MAX_CODE);
        rules.at_most("metrics", summary.metrics.len(), 500);
        rules.at_most("flags", summary.flags.len(), 50);
        for (i, flag) in summary.flags.iter().enumerate() {
            rules.text(format_args!("flags[{i}]"), flag, 1, Trial::MAX_CODE);
        }
        for (i, metric) in summary.metrics.iter().enumerate() {
            rules.text(format_args!("metrics[{i}].name"), &metric.name, 1, Trial::MAX_CODE);
            rules.text(format_args!("metrics[{i}].unit"), &metric.unit, 0, Trial::MAX_CODE);
            let value = metric.estimate.value().unwrap_or(0.0);
            rules.finite(format_args!("metrics[{i}].value"), value, -1e12, 1e12);
        }
        if rules.broken >= MOST {
            return;
        }
    }
}

pub(super) fn timing(report: &TimingReport, check: &mut Check) {
    let refresh = &report.refresh;
    for (name, value, min, max) in [
        ("timing.refresh.hz", refresh.hz, 1.0, 1000.0),
        ("timing.refresh.t_ms", refresh.t_ms, 1.0, 1000.0),
        ("timing.refresh.mad_ms", refresh.mad_ms, 0.0, 1000.0),
        ("timing.clock_step_us", report.clock_step_us, 0.0, 1e6),
        ("timing.longest_gap_ms", report.longest_gap_ms, 0.0, 1e9),
        ("timing.handler_lag_max_ms", report.handler_lag_max_ms, -1e9, 1e9),
        ("timing.handler_lag_median_ms", report.handler_lag_median_ms, -1e9, 1e9),
        ("timing.device.device_pixel_ratio", report.device.device_pixel_ratio, 0.0, 100.0),
        ("timing.device.memory_gb", report.device.memory_gb.unwrap_or(0.0), 0.0, 1e6),
        ("timing.device.benchmark_ms", report.device.benchmark_ms.unwrap_or(0.0), 0.0, 1e9),
    ] {
        number(name, value, min, max, check);
    }
    let card = &report.device;
    for (name, text, max) in [
        ("timing.device.user_agent", &card.user_agent, 1000),
        ("timing.device.platform", &card.platform, 200),
        ("timing.device.orientation", &card.orientation, 40),
        ("timing.device.pointer", &card.pointer, 40),
        ("timing.device.time_zone", &card.time_zone, 100),
        ("timing.device.language", &card.language, 100),
    ] {
        check.text(name, text, 0, max);
    }
    if report.input_devices.len() > 4 {
        let message = "must have at most 4 entries.".into();
        check.fail("timing.input_devices", "too_long", message, &[]);
    }
}

/// `value` must be a finite number in `min..=max`.
pub(super) fn number(field: &str, value: f64, min: f64, max: f64, check: &mut Check) {
    if value.is_finite() {
        check.range(field, value, min, max);
    } else {
        check.fail(field, "finite", "must be a finite number.".into(), &[]);
    }
}
