//! Simulated participants in a simulated browser, driving the real machine.
//!
//! For demonstrations, tests and load: the items are what a browser would have stored. Everything
//! follows from the seeds; nothing of this is part of a real run.

mod browser;
mod participant;

pub use participant::{Kind, Participant};

use crate::{
    Measured, RunError, Runner,
    tasks::{self, Tasks},
    timing_report,
};
use browser::Browser;
use contract::task::{
    DeviceCard, Interruption, Item, ModuleSummary, Refresh, RunConfig, Submit, TimingReport,
};

/// Who takes part, and on what.
#[derive(Debug, Clone, PartialEq)]
pub struct Setup {
    pub participant: Participant,
    /// Refresh rate of the screen, Hz.
    pub hz: f64,
    /// Whether the browser tells presentation times.
    pub element_timing: bool,
    /// Share of frames that come one or two intervals late.
    pub late_frames: f64,
    /// When the page is opened, milliseconds since 1970.
    pub started_at_ms: f64,
    /// Interrupts the trial after so many recorded ones, once.
    pub interrupt_after: Option<(u32, Interruption)>,
    /// Leaves by the way out after so many recorded trials.
    pub leave_after: Option<u32>,
}

impl Setup {
    /// An honest participant of that age at a usual screen, without a mishap.
    #[must_use]
    pub fn honest(age_years: f64) -> Self {
        Self {
            participant: Participant::new(Kind::Honest, age_years),
            hz: 60.0,
            element_timing: true,
            late_frames: 0.002,
            started_at_ms: 1_700_000_000_000.0,
            interrupt_after: None,
            leave_after: None,
        }
    }
}

/// What a session leaves behind.
#[derive(Debug, Clone, PartialEq)]
pub struct Log {
    /// All items, those given at the start included.
    pub items: Vec<Item>,
    pub summaries: Vec<ModuleSummary>,
    pub timing: TimingReport,
    /// From opening the page to the end, milliseconds.
    pub elapsed_ms: f64,
    /// Whether all modules were done.
    pub complete: bool,
}

impl Log {
    /// The closing upload with all items in it.
    #[must_use]
    pub fn submit(&self, config: &RunConfig, setup: &Setup) -> Submit {
        Submit {
            session_id: config.session_id,
            finished_at_ms: setup.started_at_ms + self.elapsed_ms,
            last_seq: self.items.last().map_or(0, Item::seq),
            first_seq: 1,
            items: self.items.clone(),
            task_summaries: self.summaries.clone(),
            timing: self.timing.clone(),
        }
    }
}

/// Runs a session to its end, or until the participant leaves.
///
/// # Errors
/// [`RunError`] when the configuration cannot be run.
pub fn run(config: &RunConfig, seed: u64, setup: &Setup) -> Result<Log, RunError> {
    go_on(config, Vec::new(), seed, setup, &mut |_, _| {})
}

/// Goes on with a session that has stored `items`. `observe` sees every new item, and the machine
/// after the step that made it.
///
/// # Errors
/// [`RunError`] when the configuration cannot be run or the items are not of it.
pub fn go_on(
    config: &RunConfig,
    items: Vec<Item>,
    seed: u64,
    setup: &Setup,
    observe: &mut dyn FnMut(&Runner, &Item),
) -> Result<Log, RunError> {
    go_on_with(config, items, seed, setup, tasks::all(), observe)
}

/// The same by a program that has these tasks only.
///
/// # Errors
/// As [`go_on`].
pub fn go_on_with(
    config: &RunConfig,
    items: Vec<Item>,
    seed: u64,
    setup: &Setup,
    tasks: Tasks,
    observe: &mut dyn FnMut(&Runner, &Item),
) -> Result<Log, RunError> {
    let runner = Runner::resume_with(config, &items, tasks)?;
    let mut browser = Browser::new(runner, items, seed, setup);
    browser.run(observe);
    let measured = measured(setup);
    Ok(Log {
        summaries: browser.runner.summaries(),
        timing: timing_report(&browser.items, &measured),
        elapsed_ms: browser.now.ms(),
        complete: browser.runner.is_complete(),
        items: browser.items,
    })
}

/// What a browser would have measured on the simulated device.
#[must_use]
pub fn measured(setup: &Setup) -> Measured {
    Measured {
        refresh: Refresh {
            hz: setup.hz,
            t_ms: 1000.0 / setup.hz,
            mad_ms: 0.02,
            n: 120,
            n_late: 0,
            variable: false,
        },
        clock_step_us: 5.0,
        cross_origin_isolated: true,
        device: DeviceCard {
            user_agent: "Simulated browser".into(),
            platform: "Simulation".into(),
            cores: Some(8),
            memory_gb: Some(8.0),
            device_pixel_ratio: 2.0,
            screen_width: 390,
            screen_height: 844,
            viewport_width: 390,
            viewport_height: 763,
            orientation: "portrait".into(),
            colour_depth: 24,
            touch_points: 5,
            pointer: "coarse".into(),
            hover: false,
            reduced_motion: false,
            element_timing: setup.element_timing,
            time_zone: "UTC".into(),
            language: "en".into(),
            benchmark_ms: Some(12.0),
        },
    }
}
