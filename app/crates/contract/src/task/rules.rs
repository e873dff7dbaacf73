//! Rules that items, summaries and reports must keep whoever sends them.

use super::{Event, EventKind, Extra, Item, Micros, ModuleSummary, Quality, TimingReport, Trial};
use crate::validate::Check;

/// `value` must be a finite number in `min..=max`.
pub(super) fn finite(field: &str, value: f64, min: f64, max: f64, check: &mut Check) {
    if value.is_finite() {
        check.range(field, value, min, max);
    } else {
        check.fail(field, "finite", "must be a finite number.".into(), &[]);
    }
}

fn at_most(field: &str, length: usize, max: usize, check: &mut Check) {
    if length > max {
        let message = format!("must have at most {max} entries.");
        check.fail(field, "too_long", message, &[("max", max.to_string())]);
    }
}

fn stamp(field: &str, value: Option<Micros>, check: &mut Check) {
    if value.is_some_and(|v| v.0 < 0 || v > Micros::MAX) {
        let message = "must be microseconds since the page was loaded, 0 or more.";
        check.fail(field, "range", message.into(), &[]);
    }
}

/// Numbering without a gap, each item by itself, and clocks that only go forward.
pub(super) fn check_items(field: &str, first_seq: u32, items: &[Item], check: &mut Check) {
    if first_seq == 0 {
        check.fail("first_seq", "range", "must be 1 or more.".into(), &[]);
    }
    let mut expected = Some(first_seq);
    let mut clock = (0, Micros(0));
    for (i, item) in items.iter().enumerate() {
        let path = format!("{field}[{i}]");
        if Some(item.seq()) != expected {
            let wanted = expected.map_or_else(|| "none".into(), |e| e.to_string());
            let message = format!("must be {wanted}: the sequence has no gap.");
            check.fail(&format!("{path}.seq"), "gap", message, &[("expected", wanted)]);
        }
        expected = item.seq().checked_add(1);
        let epoch = item.clock_epoch();
        if epoch < clock.0 {
            let message = format!("must be {} or more: page loads are numbered.", clock.0);
            check.fail(&format!("{path}.clock_epoch"), "backwards", message, &[]);
        } else if epoch > clock.0 {
            clock = (epoch, Micros(0));
        }
        if let Item::Trial(trial) = item
            && let Some(onset) = trial.onset_us
            && epoch == clock.0
        {
            if onset < clock.1 {
                let message = "must not lie before the trial before it: the clock jumped.";
                check.fail(&format!("{path}.onset_us"), "backwards", message.into(), &[]);
            }
            clock.1 = onset;
        }
        item.check(&path, check);
    }
}

pub(super) fn check_trial(trial: &Trial, path: &str, check: &mut Check) {
    let at = |name: &str| format!("{path}.{name}");
    check.text(&at("task_id"), &trial.task_id, 1, Trial::MAX_CODE);
    check.text(&at("condition"), &trial.condition, 0, Trial::MAX_CODE);
    check.text(&at("stimulus"), &trial.stimulus, 0, Trial::MAX_STIMULUS);
    for (name, code) in [("correct_code", &trial.correct_code), ("resp_code", &trial.resp_code)] {
        if let Some(code) = code {
            check.text(&at(name), code, 1, Trial::MAX_CODE);
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
        stamp(&at(name), value, check);
    }
    finite(&at("t_ms"), trial.t_ms, 1.0, 1000.0, check);
    for (name, value) in [("iti_plan_ms", trial.iti_plan_ms), ("iti_shown_ms", trial.iti_shown_ms)]
    {
        if let Some(value) = value {
            finite(&at(name), value, 0.0, 3_600_000.0, check);
        }
    }
    if trial.quality.0 & !Quality::ALL.0 != 0 {
        check.fail(&at("quality"), "range", "must hold the bits 0 to 15 only.".into(), &[]);
    }
    check_order(trial, path, check);
    check_response(trial, path, check);
    check_lists(trial, path, check);
}

/// Stamps that must follow one another, and the onset with its method.
fn check_order(trial: &Trial, path: &str, check: &mut Check) {
    for (earlier, early, name, late) in [
        ("raf_n_us", trial.raf_n_us, "raf_n1_us", trial.raf_n1_us),
        ("pres_on_us", trial.pres_on_us, "pres_off_us", trial.pres_off_us),
    ] {
        if let (Some(early), Some(late)) = (early, late)
            && late < early
        {
            let message = format!("must not lie before {earlier}.");
            check.fail(&format!("{path}.{name}"), "backwards", message, &[]);
        }
    }
    if trial.onset_us.is_some() != trial.onset_method.is_some() {
        let message = "must be given when onset_us is, and only then.";
        check.fail(&format!("{path}.onset_method"), "required", message.into(), &[]);
    }
}

fn check_response(trial: &Trial, path: &str, check: &mut Check) {
    let at = |name: &str| format!("{path}.{name}");
    if let Some(rt) = trial.rt_ms {
        finite(&at("rt_ms"), rt, -Trial::MAX_RT_MS, Trial::MAX_RT_MS, check);
        if rt < 0.0 && !trial.anticipation {
            let message = "may be negative only when anticipation is true.";
            check.fail(&at("rt_ms"), "negative", message.into(), &[]);
        }
        let from_stamps = trial.ts_resp_us.zip(trial.onset_us).map(|(r, o)| (r - o).ms());
        // Half a microsecond: the stamps are whole microseconds
        if rt.is_finite() && !from_stamps.is_some_and(|ms| (ms - rt).abs() <= 0.0005) {
            let message = "must be ts_resp_us minus onset_us, in milliseconds.";
            check.fail(&at("rt_ms"), "mismatch", message.into(), &[]);
        }
    }
    if trial.omission && (trial.rt_ms.is_some() || trial.resp_code.is_some()) {
        let message = "may be true only when there is no response.";
        check.fail(&at("omission"), "mismatch", message.into(), &[]);
    }
}

fn check_lists(trial: &Trial, path: &str, check: &mut Check) {
    at_most(&format!("{path}.extra"), trial.extra.len(), Trial::MAX_EXTRA, check);
    at_most(&format!("{path}.actions"), trial.actions.len(), Trial::MAX_ACTIONS, check);
    for (key, value) in &trial.extra {
        let field = format!("{path}.extra.{key}");
        if key.is_empty() || key.len() > Trial::MAX_CODE {
            check.fail(&field, "too_long", "must have a name of 1 to 64 bytes.".into(), &[]);
        }
        match value {
            Extra::Number(number) => finite(&field, *number, -1e12, 1e12, check),
            Extra::Text(text) => check.text(&field, text, 0, Trial::MAX_STIMULUS),
            Extra::Int(_) | Extra::Flag(_) => {}
        }
    }
    for (i, action) in trial.actions.iter().enumerate().take(Trial::MAX_ACTIONS) {
        let field = format!("{path}.actions[{i}]");
        stamp(&format!("{field}.at_us"), Some(action.at_us), check);
        check.text(&format!("{field}.code"), &action.code, 1, Trial::MAX_CODE);
    }
}

pub(super) fn check_event(event: &Event, path: &str, check: &mut Check) {
    let at = |name: &str| format!("{path}.{name}");
    stamp(&at("at_us"), Some(event.at_us), check);
    match &event.what {
        EventKind::SessionStarted { time_origin_ms }
        | EventKind::SessionResumed { time_origin_ms, .. } => {
            finite(&at("time_origin_ms"), *time_origin_ms, 0.0, 1e14, check);
        }
        EventKind::ModuleStarted { task_id, task_version, params_hash, .. } => {
            check.text(&at("task_id"), task_id, 1, Trial::MAX_CODE);
            check.text(&at("task_version"), task_version, 1, Trial::MAX_CODE);
            check.text(&at("params_hash"), params_hash, 1, Trial::MAX_CODE);
        }
        EventKind::Frames { longest_gap_us, .. } => {
            stamp(&at("longest_gap_us"), Some(*longest_gap_us), check);
        }
        EventKind::Continued { away_ms } => finite(&at("away_ms"), *away_ms, 0.0, 1e11, check),
        EventKind::Refresh { t_ms } => finite(&at("t_ms"), *t_ms, 1.0, 1000.0, check),
        EventKind::LongTask { duration_ms } => {
            finite(&at("duration_ms"), *duration_ms, 0.0, 1e9, check);
        }
        EventKind::BlockStarted { .. }
        | EventKind::BlockEnded { .. }
        | EventKind::ModuleEnded { .. }
        | EventKind::SessionEnded
        | EventKind::Interrupted { .. }
        | EventKind::Left => {}
    }
}

pub(super) fn check_summary(summary: &ModuleSummary, path: &str, check: &mut Check) {
    check.text(&format!("{path}.task_id"), &summary.task_id, 1, Trial::MAX_CODE);
    check.text(&format!("{path}.task_version"), &summary.task_version, 1, Trial::MAX_CODE);
    check.text(&format!("{path}.params_hash"), &summary.params_hash, 1, Trial::MAX_CODE);
    at_most(&format!("{path}.metrics"), summary.metrics.len(), 500, check);
    at_most(&format!("{path}.flags"), summary.flags.len(), 50, check);
    for (i, metric) in summary.metrics.iter().enumerate() {
        let field = format!("{path}.metrics[{i}]");
        check.text(&format!("{field}.name"), &metric.name, 1, Trial::MAX_CODE);
        if let Some(value) = metric.estimate.value() {
            finite(&format!("{field}.value"), value, -1e12, 1e12, check);
        }
    }
}

pub(super) fn check_timing(report: &TimingReport, check: &mut Check) {
    let refresh = &report.refresh;
    for (name, value, min, max) in [
        ("refresh.hz", refresh.hz, 1.0, 1000.0),
        ("refresh.t_ms", refresh.t_ms, 1.0, 1000.0),
        ("refresh.mad_ms", refresh.mad_ms, 0.0, 1000.0),
        ("clock_step_us", report.clock_step_us, 0.0, 1e6),
        ("longest_gap_ms", report.longest_gap_ms, 0.0, 1e9),
        ("handler_lag_max_ms", report.handler_lag_max_ms, -1e9, 1e9),
        ("handler_lag_median_ms", report.handler_lag_median_ms, -1e9, 1e9),
        ("device.device_pixel_ratio", report.device.device_pixel_ratio, 0.0, 100.0),
    ] {
        finite(&format!("timing.{name}"), value, min, max, check);
    }
    let card = &report.device;
    for (name, text, max) in [
        ("user_agent", &card.user_agent, 1000),
        ("platform", &card.platform, 200),
        ("orientation", &card.orientation, 40),
        ("pointer", &card.pointer, 40),
        ("time_zone", &card.time_zone, 100),
        ("language", &card.language, 100),
    ] {
        check.text(&format!("timing.device.{name}"), text, 0, max);
    }
    at_most("timing.input_devices", report.input_devices.len(), 4, check);
}
