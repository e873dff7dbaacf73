//! What the runtime tells the engine.

use crate::{Choice, Cue};
use contract::task::{Interruption, Micros, Pointer, Quality};

/// What is known of the screen. Sent with [`Input::Begin`], and again whenever measured anew
/// (between trials); it holds from the next trial on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Display {
    /// Refresh interval T: the median of the measured ones.
    pub interval: Micros,
    /// Whether presentation times will come as [`Input::Presented`]. If not, none is waited for.
    pub element_timing: bool,
    /// Flags that hold for every trial: Q9 (coarse clock), Q10 (unstable refresh).
    pub standing: Quality,
}

impl Display {
    /// With an interval between 1 ms and 0.2 s, whatever was measured.
    pub(crate) fn sane(self) -> Self {
        Self { interval: self.interval.clamp(Micros(1000), Micros(200_000)), ..self }
    }
}

impl Default for Display {
    /// 60 Hz without Element Timing: what holds until [`Input::Begin`].
    fn default() -> Self {
        Self { interval: Micros(16_667), element_timing: false, standing: Quality::NONE }
    }
}

/// One key or pointer going down, already looked up in [`crate::Responses`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Press {
    pub choice: Choice,
    /// `event.timeStamp`, or the handler's `performance.now()` where the stamp is not believable
    /// (then with [`Quality::STAMP_FALLBACK`]).
    pub stamp: Micros,
    /// `performance.now()` in the handler.
    pub handler: Micros,
    /// Device and place; a place of 0, 0 for keys.
    pub pointer: Pointer,
    /// Q11 and Q12 of this press.
    pub quality: Quality,
}

/// Everything that can happen to a run. Each comes with the time at which it is delivered.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Input {
    /// First input, once after [`crate::Runner::new`] or [`crate::Runner::resume`].
    Begin {
        /// `performance.timeOrigin`, milliseconds since 1970.
        time_origin_ms: f64,
        display: Display,
    },
    /// What [`crate::Effect::Prepare`] asked for is ready to be flipped.
    Ready,
    /// An animation frame, with the time stamp that `requestAnimationFrame` gave. Its effects must
    /// be carried out before the callback returns.
    Frame {
        raf: Micros,
    },
    /// The frame that flipped `cue` on: when its callback ended, and when a task posted from it
    /// ran. Delivered when both are known, in any case before the frame after the next.
    Stamps {
        cue: Cue,
        cb_end: Micros,
        post: Option<Micros>,
    },
    /// Element Timing reported the presentation of `cue`'s marker.
    Presented {
        cue: Cue,
        at: Micros,
    },
    Press(Press),
    /// The main button of a screen.
    Continue,
    /// Focus, visibility, full screen or size was lost, or a pause was asked for.
    Interrupt(Interruption),
    /// The trial with this `seq` is safe in IndexedDB.
    Stored {
        seq: u32,
    },
    /// The screen was measured anew.
    Display(Display),
    /// Flags for the trial that is running: Q13, Q14.
    Flag(Quality),
    /// A long task or long animation frame that ended now.
    LongTask {
        duration: Micros,
    },
    /// The participant takes the way out. Everything so far is kept.
    Leave,
}
