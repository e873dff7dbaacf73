//! How good the timing of a session was.

use super::Device;
use serde::{Deserialize, Serialize};

/// The measured refresh of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Refresh {
    /// Refresh rate, Hz: 1000 / `t_ms`.
    pub hz: f64,
    /// Median interval after dropping those above 1.5 medians, milliseconds.
    pub t_ms: f64,
    /// Median absolute deviation of the intervals, milliseconds.
    pub mad_ms: f64,
    /// Intervals measured.
    pub n: u32,
    /// Intervals above 1.5 medians.
    pub n_late: u32,
    /// Two clusters of intervals, or `mad_ms` above 0.5.
    pub variable: bool,
}

/// What the browser tells of the device. No field names a person.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct DeviceCard {
    pub user_agent: String,
    pub platform: String,
    /// Logical cores.
    pub cores: Option<u32>,
    pub memory_gb: Option<f64>,
    pub device_pixel_ratio: f64,
    /// CSS pixels.
    pub screen_width: u32,
    pub screen_height: u32,
    pub viewport_width: u32,
    pub viewport_height: u32,
    /// `portrait` or `landscape`.
    pub orientation: String,
    pub colour_depth: u32,
    pub touch_points: u32,
    /// `fine`, `coarse` or `none`: the main pointer.
    pub pointer: String,
    pub hover: bool,
    pub reduced_motion: bool,
    pub element_timing: bool,
    /// IANA zone of the device.
    pub time_zone: String,
    pub language: String,
    /// Time of a fixed loop in WASM, milliseconds: how fast the processor is now.
    pub benchmark_ms: Option<f64>,
}

/// Timing of one session, shown to researchers and exported.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TimingReport {
    pub refresh: Refresh,
    /// Smallest step of `performance.now()`, microseconds.
    pub clock_step_us: f64,
    pub cross_origin_isolated: bool,
    /// Animation frames during blocks.
    pub frames_total: u32,
    /// Of those, later than 1.5 intervals after the one before.
    pub frames_late: u32,
    /// Frames estimated to be missing in between.
    pub frames_dropped: u32,
    pub longest_gap_ms: f64,
    /// Trials by onset method 1, 2, 3.
    pub onset_methods: [u32; 3],
    pub trials_total: u32,
    /// Trials without any of Q0 to Q8.
    pub trials_clean: u32,
    pub trials_interrupted: u32,
    pub focus_losses: u32,
    pub visibility_losses: u32,
    /// Page loads beyond the first.
    pub reloads: u32,
    /// Largest lag of a response's handler, milliseconds.
    pub handler_lag_max_ms: f64,
    pub handler_lag_median_ms: f64,
    /// What responses were made with.
    pub input_devices: Vec<Device>,
    pub device: DeviceCard,
}
