//! Nothing is missing: numbers that have to follow one another do.

use super::problem::Problems;
use super::recording::Recording;
use std::collections::BTreeMap;

/// Rows in order of `seq`, and of each attempt at a block all trials from 0 on.
pub(super) fn check(recording: &Recording, problems: &mut Problems) {
    let mut last = 0;
    let mut next: BTreeMap<(u32, u32, u32), u32> = BTreeMap::new();
    for row in &recording.rows {
        let trial = &row.trial;
        if trial.seq <= last {
            problems.add(format!(
                "{}: must be above {last}, the row's before; it is {}.",
                row.place.field("seq"),
                trial.seq
            ));
        }
        last = trial.seq;
        let due = next.entry((trial.module, trial.block, trial.attempt)).or_default();
        if trial.trial != *due {
            problems.add(format!(
                "{}: must be {due}, the next of module {}, block {}, attempt {}; it is {}.",
                row.place.field("trial"),
                trial.module,
                trial.block,
                trial.attempt,
                trial.trial
            ));
        }
        *due = trial.trial.saturating_add(1);
    }
}

/// Trials and events together are numbered from 1 without a gap.
pub(super) fn check_whole(recording: &Recording, events: &[u32], problems: &mut Problems) {
    let trials = recording.rows.iter().map(|row| row.trial.seq);
    let mut all: Vec<u32> = trials.chain(events.iter().copied()).collect();
    all.sort_unstable();
    let mut due = 1;
    for seq in all {
        if seq > due {
            let last = seq - 1;
            problems.add(match last == due {
                true => format!("seq {due} is missing among the trials and events."),
                false => format!("seq {due} to {last} are missing among the trials and events."),
            });
        } else if seq < due {
            problems.add(format!("seq {seq} stands more than once."));
        }
        due = seq.saturating_add(1);
    }
}
