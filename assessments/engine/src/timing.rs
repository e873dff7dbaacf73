//! The timing report of a session, from its items: browser and server make the same one.

use crate::stats::median;
use contract::task::{
    Device, DeviceCard, EventKind, Interruption, Item, Micros, OnsetMethod, Quality, Refresh,
    TimingReport, Trial,
};

/// What only the browser can measure.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    pub refresh: Refresh,
    pub clock_step_us: f64,
    pub cross_origin_isolated: bool,
    pub device: DeviceCard,
}

/// The timing report of a session.
#[must_use]
pub fn timing_report(items: &[Item], measured: &Measured) -> TimingReport {
    let mut report = TimingReport {
        refresh: measured.refresh,
        clock_step_us: measured.clock_step_us,
        cross_origin_isolated: measured.cross_origin_isolated,
        frames_total: 0,
        frames_late: 0,
        frames_dropped: 0,
        longest_gap_ms: 0.0,
        onset_methods: [0; 3],
        trials_total: 0,
        trials_clean: 0,
        trials_interrupted: 0,
        focus_losses: 0,
        visibility_losses: 0,
        reloads: 0,
        handler_lag_max_ms: 0.0,
        handler_lag_median_ms: 0.0,
        input_devices: Vec::new(),
        device: measured.device.clone(),
    };
    let mut lags = Vec::new();
    let mut module_ended = false;
    for item in items {
        match item {
            Item::Trial(trial) => add_trial(&mut report, trial, &mut lags),
            Item::Event(event) => add_event(&mut report, &event.what),
        }
        // One program of the task page went on after another: nobody reloaded anything
        let what = if let Item::Event(event) = item { Some(&event.what) } else { None };
        if module_ended && matches!(what, Some(EventKind::SessionResumed { .. })) {
            report.reloads -= 1;
        }
        module_ended = matches!(what, Some(EventKind::ModuleEnded { .. }));
    }
    report.handler_lag_max_ms = lags.iter().copied().fold(0.0, f64::max);
    report.handler_lag_median_ms = median(&lags).unwrap_or(0.0);
    report
}

fn add_trial(report: &mut TimingReport, trial: &Trial, lags: &mut Vec<f64>) {
    report.trials_total += 1;
    report.trials_interrupted += u32::from(trial.interrupted);
    report.trials_clean += u32::from(!trial.quality.any(Quality::TIMING | Quality::ABORTING));
    match trial.onset_method {
        Some(OnsetMethod::Callback) => report.onset_methods[0] += 1,
        Some(OnsetMethod::Frame) => report.onset_methods[1] += 1,
        Some(OnsetMethod::Presented) => report.onset_methods[2] += 1,
        None => {}
    }
    if let Some((handler, stamp)) = trial.ts_handler_us.zip(trial.ts_resp_us) {
        lags.push((handler - stamp).ms());
    }
    let device: Option<Device> = trial.pointer.map(|pointer| pointer.device);
    if let Some(device) = device.filter(|device| !report.input_devices.contains(device)) {
        let place = report.input_devices.iter().take_while(|known| **known < device).count();
        report.input_devices.insert(place, device);
    }
}

fn add_event(report: &mut TimingReport, what: &EventKind) {
    match what {
        EventKind::Frames { total, late, dropped, longest_gap_us } => {
            report.frames_total = report.frames_total.saturating_add(*total);
            report.frames_late = report.frames_late.saturating_add(*late);
            report.frames_dropped = report.frames_dropped.saturating_add(*dropped);
            let longest = longest_gap_us.max(&Micros(0)).ms();
            report.longest_gap_ms = report.longest_gap_ms.max(longest);
        }
        EventKind::Interrupted { why: Interruption::Hidden | Interruption::PageHide } => {
            report.visibility_losses += 1;
        }
        EventKind::Interrupted { why: Interruption::Blur } => report.focus_losses += 1,
        EventKind::SessionResumed { .. } => report.reloads += 1,
        _ => {}
    }
}
