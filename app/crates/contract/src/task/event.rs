//! What happened in a session besides trials.

use super::{Micros, Quality};
use serde::{Deserialize, Serialize};

/// Why a trial or a screen was interrupted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Interruption {
    /// `visibilitychange` to hidden, or `freeze`.
    Hidden,
    /// `blur` of the window.
    Blur,
    /// `pagehide`: the page is left or reloaded.
    PageHide,
    FullscreenLost,
    /// Size, orientation or zoom changed.
    Resized,
    /// The participant asked for a pause.
    Asked,
}

impl Interruption {
    /// The quality flag that this sets on the trial it stops.
    #[must_use]
    pub const fn quality(self) -> Quality {
        match self {
            Self::Hidden => Quality::HIDDEN,
            Self::Blur | Self::PageHide | Self::Asked => Quality::BLUR,
            Self::FullscreenLost => Quality::FULLSCREEN_LOST,
            Self::Resized => Quality::RESIZED,
        }
    }
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum EventKind {
    /// First item of a session.
    SessionStarted {
        /// `performance.timeOrigin`, milliseconds since 1970: ties this epoch to the calendar.
        time_origin_ms: f64,
    },
    /// The page was opened again; trials up to `after_seq` stand.
    SessionResumed {
        time_origin_ms: f64,
        after_seq: u32,
    },
    ModuleStarted {
        module: u32,
        task_id: String,
        task_version: String,
        /// Hash of the parameters in force ([`super::ModuleSummary::params_hash`]).
        params_hash: String,
    },
    BlockStarted {
        module: u32,
        block: u32,
        attempt: u32,
    },
    /// All trials of a block are done.
    BlockEnded {
        module: u32,
        block: u32,
        attempt: u32,
        /// Whether practice reached its criterion; none for other blocks.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        passed: Option<bool>,
    },
    /// Animation frames of a block, or of the part of it until an interruption.
    Frames {
        total: u32,
        /// Frames that came more than 1.5 intervals after the one before.
        late: u32,
        /// Frames that should have been there in between, estimated.
        dropped: u32,
        longest_gap_us: Micros,
    },
    ModuleEnded {
        module: u32,
    },
    /// All modules are done.
    SessionEnded,
    Interrupted {
        why: Interruption,
    },
    /// The participant went on after an interruption.
    Continued {
        /// How long the interruption took, milliseconds.
        away_ms: f64,
    },
    /// The participant left by the way out.
    Left,
    /// The refresh interval was measured anew.
    Refresh {
        t_ms: f64,
    },
    LongTask {
        duration_ms: f64,
    },
}

/// Something that happened, in the session's one sequence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(try_from = "super::event_wire::Wire")]
pub struct Event {
    /// Position in the session's one sequence of items, from 1.
    pub seq: u32,
    /// Page load, from 0.
    pub clock_epoch: u32,
    pub at_us: Micros,
    #[serde(flatten)]
    pub what: EventKind,
}
