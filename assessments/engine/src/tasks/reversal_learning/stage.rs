//! Which picture is the better one: a pure function of the choices before.

use crate::tasks::usual::text_of;
use contract::task::Trial;

/// Where somebody is in learning.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Stage {
    /// How often the pictures have changed over; in even stages the first one is better.
    pub number: usize,
    /// Choices of the better picture in a row, up to now.
    pub run: usize,
    /// Trials of this stage.
    pub trials: usize,
}

impl Stage {
    /// Index of the better picture.
    pub(super) const fn better(self) -> usize {
        self.number % 2
    }

    /// After a choice (or none) in a trial.
    pub(super) fn after(self, chosen: Option<usize>, criterion: usize, longest: usize) -> Self {
        let run = if chosen == Some(self.better()) { self.run + 1 } else { 0 };
        let trials = self.trials + 1;
        if run >= criterion || trials >= longest {
            Self { number: self.number + 1, run: 0, trials: 0 }
        } else {
            Self { run, trials, ..self }
        }
    }
}

/// Index of the chosen picture; none without a choice. The row says which is on the left.
pub(super) fn chosen(trial: &Trial) -> Option<usize> {
    let left = usize::from(text_of(trial, "left") != "first");
    match trial.resp_code.as_deref()? {
        "left" => Some(left),
        "right" => Some(1 - left),
        _ => None,
    }
}
