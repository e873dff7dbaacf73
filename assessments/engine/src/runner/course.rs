//! Where a run is: a pure function of its configuration and its recorded trials.

use super::{RunError, deck::Deck};
use crate::{
    Progress, Responses,
    params::Params,
    rng::{Purpose, Rng},
    spec::{Block, ResumePolicy, Task, TaskSpec},
    tasks,
};
use contract::task::{Item, ModuleSummary, Phase, RunConfig, RunModule, Trial};
use std::collections::BTreeMap;

/// How often one planned trial is run again after interruptions, at most.
pub(crate) const AGAIN: u32 = 2;

/// A module with its task.
#[derive(Debug)]
pub(super) struct Module {
    pub spec: &'static TaskSpec,
    pub config: RunModule,
    pub hash: String,
    task: Box<dyn Task>,
    blocks: Vec<Block>,
    responses: Responses,
}

/// The next thing after a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum After {
    /// Practice once more.
    Again,
    /// The test; whether practice reached its criterion.
    Test { passed: bool },
    /// Another block of the test.
    Part,
    /// The next module.
    Module,
    /// All is done.
    Nothing,
}

/// Where a run is, for comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    pub module: u32,
    pub block: u32,
    pub attempt: u32,
    /// Trials run in this attempt.
    pub run: u32,
    /// Planned trials to come, as positions in the block's list, with their stimuli.
    pub to_come: Vec<(u32, String)>,
    /// Trials recorded in the whole run.
    pub recorded: u32,
}

/// Everything about a run that must survive a reload.
#[derive(Debug)]
pub(super) struct Course {
    modules: Vec<Module>,
    common: BTreeMap<String, String>,
    seed: u64,
    module: usize,
    block: usize,
    attempt: u32,
    deck: Deck,
    trials: Vec<Trial>,
}

impl Course {
    pub(super) fn new(config: &RunConfig) -> Result<Self, RunError> {
        let modules = config.modules.iter().map(Module::new).collect::<Result<Vec<_>, _>>()?;
        let mut course = Self {
            modules,
            common: config.strings.clone(),
            seed: config.seed.0,
            module: 0,
            block: 0,
            attempt: 0,
            deck: Deck::default(),
            trials: Vec::new(),
        };
        // Every first attempt is planned once now: a battery that cannot be run fails here, not midway
        for module in (0..course.modules.len()).rev() {
            for block in (0..course.modules[module].blocks.len()).rev() {
                course.deck = course.plan(module, block, 0).map_err(|message| {
                    RunError::Unsolvable { task: course.modules[module].spec.id.into(), message }
                })?;
            }
        }
        course.skip_empty();
        course.tailor();
        Ok(course)
    }

    fn plan(&self, module: usize, block: usize, attempt: u32) -> Result<Deck, String> {
        let m = &self.modules[module];
        let Some(what) = m.blocks.get(block) else {
            return Ok(Deck::default());
        };
        let place = [index(module), index(block), attempt];
        let mut rng = Rng::of(self.seed, Purpose::Plan, &place);
        let look_up = |key: &str| self.text_in(module, key);
        Deck::new(m.task.as_ref(), what, &look_up, &mut rng)
    }

    /// Goes to the beginning of a block. Plans of first attempts were tried in `new`; should a later
    /// attempt have no order, the one before is run again.
    fn enter(&mut self, module: usize, block: usize, attempt: u32) {
        let same = (module, block) == (self.module, self.block);
        (self.module, self.block, self.attempt) = (module, block, attempt);
        if module >= self.modules.len() {
            self.deck = Deck::default();
        } else if let Ok(deck) = self.plan(module, block, attempt) {
            self.deck = deck;
        } else if same {
            self.deck.restart();
        }
        self.tailor();
    }

    /// Passes over blocks without trials (no practice wanted).
    fn skip_empty(&mut self) {
        while self.deck.is_done() && !self.is_over() {
            let block = self.block + 1;
            if block < self.modules[self.module].blocks.len() {
                self.enter(self.module, block, 0);
            } else {
                self.enter(self.module + 1, 0, 0);
            }
        }
    }

    pub(super) fn is_over(&self) -> bool {
        self.module >= self.modules.len()
    }

    pub(super) fn block_is_done(&self) -> bool {
        self.deck.is_done()
    }

    pub(super) const fn deck(&self) -> &Deck {
        &self.deck
    }

    pub(super) fn responses(&self) -> &Responses {
        const NONE: &Responses = &Responses { options: Vec::new(), any_key: false };
        self.module().map_or(NONE, |m| &m.responses)
    }

    pub(super) fn module(&self) -> Option<&Module> {
        self.modules.get(self.module)
    }

    pub(super) fn place(&self) -> [u32; 3] {
        [index(self.module), index(self.block), self.attempt]
    }

    pub(super) fn module_count(&self) -> u32 {
        index(self.modules.len())
    }

    /// Present block, from 1, and number of blocks, of the test alone.
    pub(super) fn part(&self) -> (u32, u32) {
        let Some(module) = self.module() else {
            return (0, 0);
        };
        let is_test = |block: &&Block| block.phase == Phase::Test;
        let done = module.blocks.iter().take(self.block).filter(is_test).count();
        (index(done), index(module.blocks.iter().filter(is_test).count()))
    }

    pub(super) fn current_block(&self) -> Option<&Block> {
        self.module()?.blocks.get(self.block)
    }

    pub(super) fn pages(&self) -> Vec<Option<crate::Scene>> {
        self.module().map(|m| m.task.pages()).unwrap_or_default()
    }

    /// A text of the present module, or of those that all tasks share; its key where there is none.
    pub(super) fn text(&self, key: &str) -> String {
        self.text_in(self.module, key)
    }

    fn text_in(&self, module: usize, key: &str) -> String {
        let module = self.modules.get(module).and_then(|m| m.config.strings.get(key));
        module.or_else(|| self.common.get(key)).map_or(key, String::as_str).into()
    }

    /// Fills in what only the course knows of a finished trial.
    pub(super) fn complete(&self, trial: &mut Trial) {
        let Some(module) = self.module() else {
            return;
        };
        [trial.module, trial.block, trial.attempt] = self.place();
        trial.trial = self.deck.run();
        trial.task_id = module.spec.id.into();
        trial.phase = self.current_block().map_or(Phase::Test, |block| block.phase);
        module.task.annotate(trial, self.trials_of_module());
    }

    /// Takes a recorded trial into account: the one way in which a course moves within a block.
    pub(super) fn absorb(&mut self, trial: &Trial) {
        self.trials.push(trial.clone());
        let Some(turn) = self.deck.take() else {
            return;
        };
        if trial.interrupted && turn.times < AGAIN {
            let place = [self.place().as_slice(), &[turn.plan, turn.times]].concat();
            let mut rng = Rng::of(self.seed, Purpose::Redraw, &place);
            if let Some(module) = self.modules.get(self.module) {
                self.deck.again(turn, module.task.as_ref(), &mut rng);
            }
        }
        self.tailor();
    }

    fn tailor(&mut self) {
        let first = self.first_of_module();
        if let Some(module) = self.modules.get(self.module) {
            self.deck.tailor(module.task.as_ref(), &self.trials[first..]);
        }
    }

    fn first_of_module(&self) -> usize {
        self.trials.partition_point(|trial| (trial.module as usize) < self.module)
    }

    /// Whether any trial of the present module is recorded.
    pub(super) fn module_has_trials(&self) -> bool {
        !self.trials_of_module().is_empty()
    }

    fn trials_of_module(&self) -> &[Trial] {
        &self.trials[self.first_of_module()..]
    }

    /// Right answers and all answers of the present attempt, interrupted trials left out.
    pub(super) fn result(&self) -> (u32, u32) {
        let place = self.place();
        let mine = self.trials.iter().rev();
        let mine = mine.take_while(|t| [t.module, t.block, t.attempt] == place);
        let counted: Vec<&Trial> = mine.filter(|t| !t.interrupted).collect();
        let good = |t: &&&Trial| t.correct == Some(true) && !t.anticipation;
        (index(counted.iter().filter(good).count()), index(counted.len()))
    }

    /// Whether practice was good enough; none for blocks without a criterion.
    pub(super) fn passed(&self) -> Option<bool> {
        let criterion = self.current_block()?.criterion?;
        let (right, total) = self.result();
        Some(f64::from(right) >= criterion.share * f64::from(total))
    }

    /// Leaves the block that is done.
    pub(super) fn advance(&mut self) -> After {
        let passed = self.passed();
        let rounds = self.current_block().and_then(|b| b.criterion).map_or(1, |c| c.rounds);
        if passed == Some(false) && self.attempt + 1 < rounds {
            self.enter(self.module, self.block, self.attempt + 1);
            return After::Again;
        }
        let (module, phase) = (self.module, self.current_block().map(|b| b.phase));
        self.deck = Deck::default();
        self.skip_empty();
        if self.is_over() {
            After::Nothing
        } else if self.module != module {
            After::Module
        } else if phase == Some(Phase::Practice) {
            After::Test { passed: passed.unwrap_or(true) }
        } else {
            After::Part
        }
    }

    /// Begins the present block again, if its task cannot go on in the middle.
    pub(super) fn restart_if_needed(&mut self) -> bool {
        let restarts = self.module().is_some_and(|m| m.spec.resume == ResumePolicy::RestartBlock);
        let needed = restarts && self.deck.run() > 0;
        if needed {
            self.enter(self.module, self.block, self.attempt + 1);
        }
        needed
    }

    pub(super) fn progress(&self) -> Progress {
        let modules = self.module_count();
        let Some(module) = self.module() else {
            return Progress { module: modules, modules, share: 1.0, minutes_left: 0.0 };
        };
        let planned: u32 = module.blocks.iter().map(|block| block.trials).sum();
        let before: u32 = module.blocks.iter().take(self.block).map(|block| block.trials).sum();
        let done = before + self.deck.done();
        let share = f64::from(done) / f64::from(planned.max(1));
        let later: f64 = self.modules.iter().skip(self.module + 1).map(|m| m.config.minutes).sum();
        let minutes_left = module.config.minutes * (1.0 - share) + later;
        Progress { module: index(self.module) + 1, modules, share, minutes_left }
    }

    pub(super) fn position(&self) -> Position {
        let [module, block, attempt] = self.place();
        Position {
            module,
            block,
            attempt,
            run: self.deck.run(),
            to_come: self.deck.to_come(),
            recorded: index(self.trials.len()),
        }
    }

    pub(super) fn summaries(&self) -> Vec<ModuleSummary> {
        let items: Vec<Item> =
            self.trials.iter().map(|trial| Item::Trial(Box::new(trial.clone()))).collect();
        let with_trials = |i: &u32| self.trials.iter().any(|trial| trial.module == *i);
        (0..self.module_count())
            .filter(with_trials)
            .filter_map(|i| tasks::score(i, &self.modules[i as usize].config, &items).ok())
            .collect()
    }
}

impl Module {
    fn new(config: &RunModule) -> Result<Self, RunError> {
        let (spec, params) = tasks::open(config)?;
        let task = (spec.build)(&params);
        Ok(Self {
            spec,
            config: config.clone(),
            hash: Params::hash(&params),
            blocks: task.blocks(),
            responses: task.responses(),
            task,
        })
    }
}

/// An index or a length as it is written in rows.
pub(super) fn index(i: usize) -> u32 {
    u32::try_from(i).unwrap_or(u32::MAX)
}
