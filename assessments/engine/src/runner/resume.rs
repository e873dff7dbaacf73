//! A run from what it stored, by replay.

use super::{RunError, Runner};
use crate::tasks::{self, Tasks};
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
        Self::resume_with(config, items, tasks::all())
    }

    /// The same by a program that has these tasks; see [`Runner::with`]. Of modules of other
    /// programs only the end matters.
    ///
    /// # Errors
    /// As [`Runner::resume`].
    pub fn resume_with(config: &RunConfig, items: &[Item], tasks: Tasks) -> Result<Self, RunError> {
        let mut runner = Self::with(config, tasks)?;
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
            EventKind::ModuleEnded { module } => {
                self.announced.ended = Some(*module);
                if self.course.elsewhere().is_some() && self.course.place()[0] == *module {
                    self.course.leave_elsewhere();
                }
            }
            EventKind::SessionEnded => self.ended = true,
            EventKind::SessionStarted { .. }
            | EventKind::SessionResumed { .. }
            | EventKind::BlockEnded { .. }
            | EventKind::Frames { .. }
            | EventKind::Interrupted { .. }
            | EventKind::Continued { .. }
            | EventKind::Left
            | EventKind::Refresh { .. }
            | EventKind::LongTask { .. } => {}
        }
    }

    fn replay_trial(&mut self, trial: &Trial) -> Result<(), RunError> {
        if self.course.elsewhere().is_some() && self.course.place()[0] == trial.module {
            self.course.note(trial);
            return Ok(());
        }
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

#[cfg(test)]
mod tests {
    use crate::{Runner, simulate, simulate::Setup, tasks};
    use contract::{
        Id, Locale,
        task::{Item, RunConfig, RunModule, Seed},
    };
    use std::collections::BTreeMap;

    fn config() -> RunConfig {
        let params = serde_json::json!({ "practice_trials": 0, "trials": 10, "blocks": 2 });
        RunConfig {
            session_id: Id::from_uuid("0198c0de-0000-7000-8000-000000000002".parse().unwrap()),
            upload_key: String::new(),
            locale: Locale::En,
            seed: Seed(3),
            modules: vec![RunModule {
                module_id: Id::from_uuid("0198c0de-0000-7000-8000-000000000001".parse().unwrap()),
                task_id: tasks::RESTARTING.id.into(),
                task_version: "1".into(),
                params: params.as_object().cloned().unwrap(),
                strings: BTreeMap::new(),
                minutes: 1.0,
            }],
            strings: BTreeMap::new(),
            scoring_version: "1".into(),
            server_time_ms: 0.0,
            acknowledged: 0,
            return_to: String::new(),
        }
    }

    fn up_to_trial(items: &[Item], trials: usize) -> Vec<Item> {
        let mut left = trials + 1;
        let keep = |item: &&Item| {
            left -= usize::from(item.trial().is_some());
            left > 0
        };
        items.iter().take_while(keep).cloned().collect()
    }

    /// A task that cannot go on in the middle begins its block again, as often as need be, and
    /// only the last attempt is scored.
    #[test]
    fn a_block_that_must_not_be_cut_begins_again() {
        let setup = Setup::honest(30.0);
        let whole = simulate::run(&config(), 1, &setup).unwrap();
        let mut items = up_to_trial(&whole.items, 7);
        for reload in 1..=2 {
            let runner = Runner::resume(&config(), &items).unwrap();
            let position = runner.position();
            assert_eq!((position.block, position.attempt, position.run), (2, reload, 0));
            let log = simulate::go_on(&config(), items, 1, &setup, &mut |_, _| {}).unwrap();
            assert!(log.complete);
            let summary = &log.summaries[0];
            assert_eq!(summary.value("n_trials"), Some(10.0));
            assert!(summary.valid, "{:?}", summary.flags);
            let done = 5 + 2 * usize::try_from(reload).unwrap();
            items = up_to_trial(&log.items, done + 2);
        }
    }
}
