//! What may have disturbed a trial, one bit each.

use core::ops::{BitOr, BitOrAssign};
use serde::{Deserialize, Serialize};

/// Set of quality flags of one trial. Bit `n` is called `Qn` in exports.
///
/// Q5 to Q8 abort the trial (it is kept, marked `interrupted`, and run again at the end of the
/// block); Q0 to Q4 keep it, and rule RQ leaves it out of RT scores where a parameter says so.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct Quality(pub u32);

macro_rules! bits {
    ($($(#[$doc:meta])* $name:ident = $bit:literal, $word:literal;)*) => {
        impl Quality {
            $($(#[$doc])* pub const $name: Self = Self(1 << $bit);)*
            /// Every flag with its word, lowest bit first.
            pub const NAMED: &'static [(Self, &'static str)] = &[$((Self::$name, $word)),*];
        }
    };
}

bits! {
    /// Q0: two animation frames lay more than 1.5 refresh intervals apart between fixation and response.
    DROPPED_FRAME = 0, "dropped_frame";
    /// Q1: the frame after the onset came late, or the onset's frame callback took over half an interval.
    ONSET_LATE = 1, "onset_late";
    /// Q2: the stimulus was shown for another number of frames than planned.
    DURATION_WRONG = 2, "duration_frames_wrong";
    /// Q3: the response's handler ran more than 10 ms after the response.
    HANDLER_LAG = 3, "handler_lag";
    /// Q4: a long task or a long animation frame lay within the trial.
    LONG_TASK = 4, "long_task";
    /// Q5: the page was hidden.
    HIDDEN = 5, "hidden";
    /// Q6: the page lost the focus or was left.
    BLUR = 6, "blur";
    /// Q7: full screen was lost.
    FULLSCREEN_LOST = 7, "fullscreen_lost";
    /// Q8: orientation, size or zoom changed.
    RESIZED = 8, "resized";
    /// Q9: the clock's step is coarser than 1 ms.
    COARSE_CLOCK = 9, "coarse_clock";
    /// Q10: the refresh rate is unstable, variable or below 40 Hz.
    UNSTABLE_REFRESH = 10, "unstable_refresh";
    /// Q11: the event's time stamp was not believable; the handler's time stands in for it.
    STAMP_FALLBACK = 11, "stamp_fallback";
    /// Q12: the response was made by a script.
    UNTRUSTED = 12, "untrusted";
    /// Q13: an image or sound was not ready.
    MEDIA_NOT_READY = 13, "media_not_ready";
    /// Q14: the device slept.
    SLEPT = 14, "slept";
    /// Q15: the browser can tell presentation times, but did not for this trial.
    PRESENTATION_MISSING = 15, "presentation_missing";
}

impl Quality {
    /// No flag set.
    pub const NONE: Self = Self(0);
    /// Q5 to Q8: what aborts a trial.
    pub const ABORTING: Self =
        Self(Self::HIDDEN.0 | Self::BLUR.0 | Self::FULLSCREEN_LOST.0 | Self::RESIZED.0);
    /// Q0 to Q4: what makes one RT less sure.
    pub const TIMING: Self = Self(0b1_1111);
    /// Every bit that has a name.
    pub const ALL: Self = Self(0xffff);

    /// Whether any of `other`'s flags is set.
    #[must_use]
    pub const fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The words of the flags that are set, lowest bit first.
    pub fn words(self) -> impl Iterator<Item = &'static str> {
        Self::NAMED.iter().filter(move |(bit, _)| self.any(*bit)).map(|(_, word)| *word)
    }
}

impl BitOr for Quality {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOrAssign for Quality {
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}
