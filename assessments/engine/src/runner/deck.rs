//! The trials of one attempt at a block: what is planned, what is to come.

use super::course::index;
use crate::{
    Scene, SceneBook, SceneId,
    rng::Rng,
    scene::{Ink, Shape},
    script::{Role, TrialPlan},
    spec::{Before, Block, Task},
};
use std::collections::VecDeque;

/// A planned trial to be run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Turn {
    /// Position in the list of plans.
    pub plan: u32,
    /// How often it was interrupted before.
    pub times: u32,
}

/// Plans, scenes and the queue of one attempt.
#[derive(Debug, Default)]
pub(super) struct Deck {
    plans: Vec<TrialPlan>,
    scenes: SceneBook,
    count_down: [SceneId; 3],
    queue: VecDeque<Turn>,
    run: u32,
}

impl Deck {
    pub(super) fn new(
        task: &dyn Task,
        block: &Block,
        text: &dyn Fn(&str) -> String,
        rng: &mut Rng,
    ) -> Result<Self, String> {
        let mut scenes = SceneBook::default();
        let plans =
            if block.trials == 0 { Vec::new() } else { task.plan(block, text, &mut scenes, rng)? };
        let number = |digit: &str| {
            let place = [0, 0, 300, 200];
            Scene::new(digit).with(Shape::Text(digit.into()), place, Ink::Muted)
        };
        let count_down = ["3", "2", "1"].map(|digit| scenes.add(number(digit)));
        let mut deck = Self { plans, scenes, count_down, queue: VecDeque::new(), run: 0 };
        deck.restart();
        Ok(deck)
    }

    /// All plans again, from the first.
    pub(super) fn restart(&mut self) {
        self.queue = (0..index(self.plans.len())).map(|plan| Turn { plan, times: 0 }).collect();
        self.run = 0;
    }

    pub(super) fn scenes(&self) -> &[Scene] {
        self.scenes.scenes()
    }

    pub(super) const fn count_down(&self) -> [SceneId; 3] {
        self.count_down
    }

    pub(super) fn is_done(&self) -> bool {
        self.queue.is_empty()
    }

    /// Trials run so far, interrupted ones included.
    pub(super) const fn run(&self) -> u32 {
        self.run
    }

    /// Planned trials that are done.
    pub(super) fn done(&self) -> u32 {
        index(self.plans.len().saturating_sub(self.queue.len()))
    }

    /// Markers that the trials to come can need: on and off, one more for a second stimulus, and
    /// some for trials that are run again.
    pub(super) fn markers(&self) -> u32 {
        let steps = |turn: &Turn| self.plans.get(turn.plan as usize).map(|plan| &plan.script.steps);
        let has_signal =
            |turn: &&Turn| steps(turn).is_some_and(|s| s.iter().any(|s| s.role == Role::Signal));
        let signals = index(self.queue.iter().filter(has_signal).count());
        index(self.queue.len()).saturating_mul(2).saturating_add(signals).saturating_add(8)
    }

    /// The next trial.
    pub(super) fn next(&self) -> Option<(Turn, &TrialPlan)> {
        self.after(0)
    }

    /// The trial that comes so many after the next one.
    pub(super) fn after(&self, skip: usize) -> Option<(Turn, &TrialPlan)> {
        let turn = self.queue.get(skip)?;
        Some((*turn, self.plans.get(turn.plan as usize)?))
    }

    /// Leaves the rest out.
    pub(super) fn finish(&mut self) {
        self.queue.clear();
    }

    /// Counts the next trial as run.
    pub(super) fn take(&mut self) -> Option<Turn> {
        self.run += 1;
        self.queue.pop_front()
    }

    /// Puts an interrupted trial at the end, with its timing drawn anew.
    pub(super) fn again(&mut self, turn: Turn, task: &dyn Task, rng: &mut Rng) {
        if let Some(plan) = self.plans.get_mut(turn.plan as usize) {
            task.redraw(plan, rng);
            self.queue.push_back(Turn { plan: turn.plan, times: turn.times + 1 });
        }
    }

    /// Lets the task adapt the next trial.
    pub(super) fn tailor(&mut self, task: &dyn Task, before: Before<'_>, rng: &mut Rng) {
        if let Some(turn) = self.queue.front()
            && let Some(plan) = self.plans.get_mut(turn.plan as usize)
        {
            task.tailor(plan, before, rng);
        }
    }

    pub(super) fn to_come(&self) -> Vec<(u32, String)> {
        let stimulus = |turn: &Turn| {
            let plan = self.plans.get(turn.plan as usize);
            (turn.plan, plan.map(|p| p.stimulus.clone()).unwrap_or_default())
        };
        self.queue.iter().map(stimulus).collect()
    }
}
