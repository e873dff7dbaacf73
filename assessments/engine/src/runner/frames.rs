//! Counts animation frames between pauses.

use contract::task::{EventKind, Micros};

/// Frames since the last report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct FrameTally {
    total: u32,
    late: u32,
    dropped: u32,
    longest: Micros,
    last: Option<Micros>,
}

/// Whether two frames lie more than 1.5 intervals apart.
pub(super) const fn is_late(gap: Micros, interval: Micros) -> bool {
    gap.0.saturating_mul(2) > interval.0.saturating_mul(3)
}

impl FrameTally {
    pub(super) fn frame(&mut self, raf: Micros, interval: Micros) {
        self.total = self.total.saturating_add(1);
        if let Some(last) = self.last {
            let gap = raf - last;
            self.longest = self.longest.max(gap);
            if is_late(gap, interval) {
                self.late = self.late.saturating_add(1);
                let missing = crate::time::frames_between(last, raf, interval).saturating_sub(1);
                self.dropped = self.dropped.saturating_add(missing);
            }
        }
        self.last = Some(raf);
    }

    /// The report, and an empty tally; none when no frame was seen.
    pub(super) fn take(&mut self) -> Option<EventKind> {
        let tally = core::mem::take(self);
        (tally.total > 0).then_some(EventKind::Frames {
            total: tally.total,
            late: tally.late,
            dropped: tally.dropped,
            longest_gap_us: tally.longest,
        })
    }
}
