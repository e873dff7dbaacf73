//! A run from what it stored, by replay.

use super::{RunError, Runner};
use contract::task::{EventKind, Item, RunConfig, Trial};

impl Runner {
    /// The run that produced `items` (all that was stored, in order of `seq`), to be continued
    /// with [`crate::Input::Begin`] in a new clock epoch. Gives the same state as if the page had
    /// never been reloaded; the trial that was running is run as if it had not begun. With
    /// `SessionEnded` among the items, `Begin` answers `End` at once.
    ///
    /// # Errors
    /// [`RunError`] as [`Runner::new`], or when the items are not of this configuration or have a gap.
    pub fn resume(config: &RunConfig, items: &[Item]) -> Result<Self, RunError> {
        let mut runner = Self::new(config)?;
        for item in items {
            runner.replay(item)?;
        }
        if !items.is_empty() {
            runner.epoch += 1;
        }
        if !runner.ended {
            runner.course.restart_if_needed();
        }
        Ok(runner)
    }

    fn replay(&mut self, item: &Item) -> Result<(), RunError> {
        if item.seq() != self.last_seq + 1 {
            let message = format!("item {} follows item {}", item.seq(), self.last_seq);
            return Err(RunError::Foreign(message));
        }
        self.last_seq = item.seq();
        self.epoch = self.epoch.max(item.clock_epoch());
        match item {
            Item::Trial(trial) => self.replay_trial(trial),
            Item::Event(event) => {
                self.replay_event(&event.what);
                Ok(())
            }
        }
    }

    fn replay_event(&mut self, what: &EventKind) {
        match what {
            EventKind::ModuleStarted { module, .. } => self.announced.module = Some(*module),
            EventKind::BlockStarted { module, block, attempt } => {
                self.announced.block = Some([*module, *block, *attempt]);
            }
            EventKind::SessionEnded => self.ended = true,
            EventKind::SessionStarted { .. }
            | EventKind::SessionResumed { .. }
            | EventKind::BlockEnded { .. }
            | EventKind::Frames { .. }
            | EventKind::ModuleEnded { .. }
            | EventKind::Interrupted { .. }
            | EventKind::Continued { .. }
            | EventKind::Left
            | EventKind::Refresh { .. }
            | EventKind::LongTask { .. } => {}
        }
    }

    fn replay_trial(&mut self, trial: &Trial) -> Result<(), RunError> {
        let [module, block, attempt] = self.course.place();
        // A block that had to begin again after an earlier reload
        if [trial.module, trial.block, trial.attempt] == [module, block, attempt + 1] {
            self.course.restart_if_needed();
        }
        let place = self.course.place();
        let expected = self.course.deck().next();
        let fits = [trial.module, trial.block, trial.attempt] == place
            && expected.is_some_and(|(turn, plan)| {
                turn.plan == trial.plan && plan.stimulus == trial.stimulus
            });
        if !fits {
            let message = format!("trial {} is not the one that comes next", trial.seq);
            return Err(RunError::Foreign(message));
        }
        self.course.absorb(trial);
        if self.course.block_is_done() {
            self.course.advance();
        }
        Ok(())
    }
}
