//! The common trial row: the same for every task.

use super::Quality;
use core::{
    fmt,
    ops::{Add, Sub},
};
use serde::{
    Deserialize, Deserializer, Serialize,
    de::{Error, Visitor},
};
use std::collections::BTreeMap;

/// Microseconds on the browser's monotonic clock, or a difference of two such stamps.
///
/// Whole numbers, so that browser and server compute the very same. The finest step a browser
/// gives is 5 µs.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct Micros(pub i64);

impl Micros {
    /// The largest stamp that a JSON number holds exactly (285 years).
    pub const MAX: Self = Self(1 << 53);

    /// From milliseconds such as `performance.now()` gives, to the nearest microsecond.
    /// Not-a-number becomes 0, numbers out of range the nearest end.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "a float-to-int cast saturates")]
    pub fn from_ms(ms: f64) -> Self {
        let us = ms * 1000.0;
        Self(if us < 0.0 { (us - 0.5) as i64 } else { (us + 0.5) as i64 })
    }

    /// In milliseconds.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "stamps stay below 2^53")]
    pub fn ms(self) -> f64 {
        self.0 as f64 / 1000.0
    }
}

impl Add for Micros {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Micros {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

/// Whether a trial teaches or counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    Practice,
    Test,
}

/// How the onset is known, from the least to the most sure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub enum OnsetMethod {
    /// 1: end of the frame callback that flipped the stimulus, `max(cb_end, raf_n)`.
    Callback,
    /// 2: `max(post, raf_n1 - T)`, a task that ran after the paint.
    Frame,
    /// 3: the browser's own presentation time (Element Timing).
    Presented,
}

impl From<OnsetMethod> for u8 {
    fn from(method: OnsetMethod) -> Self {
        match method {
            OnsetMethod::Callback => 1,
            OnsetMethod::Frame => 2,
            OnsetMethod::Presented => 3,
        }
    }
}

impl TryFrom<u8> for OnsetMethod {
    type Error = &'static str;
    fn try_from(number: u8) -> Result<Self, Self::Error> {
        match number {
            1 => Ok(Self::Callback),
            2 => Ok(Self::Frame),
            3 => Ok(Self::Presented),
            _ => Err("onset_method must be 1, 2 or 3"),
        }
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for OnsetMethod {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        <u8 as utoipa::PartialSchema>::schema()
    }
}
#[cfg(feature = "openapi")]
impl utoipa::ToSchema for OnsetMethod {}

/// What a response was made with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Device {
    Keyboard,
    Mouse,
    Touch,
    Pen,
}

/// Where and with what a response was made. Positions are thousandths of the stage's short side,
/// from its centre, right and down positive; 0, 0 for keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Pointer {
    pub device: Device,
    pub x: i32,
    pub y: i32,
}

/// One press that is not the scored response: early, repeated, or one of many (tapping, spans).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Action {
    pub at_us: Micros,
    /// Response code, or `other` for a key without a meaning.
    pub code: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pointer: Option<Pointer>,
}

/// A value of a task's own field.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(untagged)]
pub enum Extra {
    Flag(bool),
    Int(i64),
    Number(f64),
    Text(String),
}

// By hand: what serde makes for an untagged enum keeps the value in a buffer of any type first.
impl<'de> Deserialize<'de> for Extra {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl Visitor<'_> for Any {
            type Value = Extra;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("true or false, a number or a text")
            }
            fn visit_bool<E: Error>(self, flag: bool) -> Result<Extra, E> {
                Ok(Extra::Flag(flag))
            }
            fn visit_i64<E: Error>(self, number: i64) -> Result<Extra, E> {
                Ok(Extra::Int(number))
            }
            fn visit_u64<E: Error>(self, number: u64) -> Result<Extra, E> {
                i64::try_from(number)
                    .map(Extra::Int)
                    .map_err(|_| E::custom("a whole number must be below 2^63"))
            }
            fn visit_f64<E: Error>(self, number: f64) -> Result<Extra, E> {
                Ok(Extra::Number(number))
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Extra, E> {
                Ok(Extra::Text(text.into()))
            }
        }
        deserializer.deserialize_any(Any)
    }
}

/// One trial as it was planned, shown and answered. The same row for every task; what only one
/// task has is in `extra`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Trial {
    /// Position in the session's one sequence of items, from 1.
    pub seq: u32,
    /// Page load, from 0. Stamps of different epochs do not compare.
    pub clock_epoch: u32,
    /// Index of the module in the run configuration, from 0.
    pub module: u32,
    pub task_id: String,
    /// Index of the block within the task, from 0; practice is a block of its own.
    pub block: u32,
    /// How often the block had been started before: 0 unless practice was repeated or the block restarted.
    pub attempt: u32,
    /// Order of the trial within the attempt, from 0, as it was run.
    pub trial: u32,
    /// Position of the planned trial within the block's list, from 0. A trial that was run again
    /// has the same `plan` as the interrupted one.
    pub plan: u32,
    pub phase: Phase,
    /// Experimental cell, e.g. `incongruent`.
    pub condition: String,
    /// What was shown, in the task's own notation, e.g. `<<><<`.
    pub stimulus: String,
    /// The right response's code; none where no response is right (no-go).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub correct_code: Option<String>,
    /// The given response's code; none when none was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resp_code: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pointer: Option<Pointer>,
    /// Time stamp of the animation frame that flipped the stimulus on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raf_n_us: Option<Micros>,
    /// `performance.now()` at the end of that frame's callback.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cb_end_us: Option<Micros>,
    /// `performance.now()` in a task posted from that callback.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub post_us: Option<Micros>,
    /// Time stamp of the next animation frame.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raf_n1_us: Option<Micros>,
    /// Presentation time of the onset frame (Element Timing).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pres_on_us: Option<Micros>,
    /// Presentation time of the frame that took the stimulus away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pres_off_us: Option<Micros>,
    /// The onset from the stamps above, by `onset_method`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub onset_us: Option<Micros>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub onset_method: Option<OnsetMethod>,
    /// Frames the stimulus was to be shown; none for "until response".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frames_plan: Option<u32>,
    /// Frames it was shown, from the stamps of on and off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frames_shown: Option<u32>,
    /// `event.timeStamp` of the scored response.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ts_resp_us: Option<Micros>,
    /// `performance.now()` in its handler.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ts_handler_us: Option<Micros>,
    /// Response minus onset, milliseconds. Negative only when `anticipation` is set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rt_ms: Option<f64>,
    /// Whether the response was the right one; none where there is no right or wrong, and for
    /// interrupted trials.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub correct: Option<bool>,
    /// A response was due and did not come within the window.
    #[serde(default)]
    pub omission: bool,
    /// The response came before anybody could have reacted (rule R2).
    #[serde(default)]
    pub anticipation: bool,
    /// Presses within the trial, the scored one included.
    #[serde(default)]
    pub n_presses: u32,
    #[serde(default)]
    pub quality: Quality,
    /// Refresh interval in force, milliseconds.
    pub t_ms: f64,
    /// Pause before this trial: planned and shown, milliseconds; none for the first of a block.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub iti_plan_ms: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub iti_shown_ms: Option<f64>,
    /// Stopped before its end; does not count, and was run again if it could.
    #[serde(default)]
    pub interrupted: bool,
    /// The task's own fields.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub extra: BTreeMap<String, Extra>,
    /// Presses other than the scored one, in order of time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<Action>,
}

impl Trial {
    /// The rows of one trial: longest code, stimulus notation, and lists.
    pub const MAX_CODE: usize = 64;
    pub const MAX_STIMULUS: usize = 400;
    pub const MAX_EXTRA: usize = 32;
    pub const MAX_ACTIONS: usize = 2000;
    /// No RT beyond 10 minutes, on either side.
    pub const MAX_RT_MS: f64 = 600_000.0;
}
