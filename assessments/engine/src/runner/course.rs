//! Where a run is: a pure function of its configuration and its recorded trials.

use super::{RunError, deck::Deck};
use crate::{
    Progress, Responses,
    params::Params,
    rng::{Purpose, Rng},
    spec::{Before, Block, Group, ResumePolicy, Task, TaskSpec},
    tasks::{self, Tasks},
};
use contract::task::{Extra, Micros, ModuleSummary, Phase, RunConfig, RunModule, Trial};
use std::collections::BTreeMap;

/// Field of a row in a block with a time limit: how much of the block is over after the trial.
pub(crate) const BLOCK_TIME: &str = "block_time_us";

/// How often one planned trial is run again after interruptions, at most.
pub(crate) const AGAIN: u32 = 2;

/// A module whose task this program has.
#[derive(Debug)]
pub(super) struct Module {
    pub spec: &'static TaskSpec,
    pub config: RunModule,
    pub hash: String,
    params: Params,
    task: Box<dyn Task>,
    blocks: Vec<Block>,
    responses: Responses,
}

/// A module of the run.
#[derive(Debug)]
enum Slot {
    Mine(Box<Module>),
    /// Its task is in another program; the minutes it is planned to take.
    Elsewhere {
        group: Group,
        minutes: f64,
    },
}

impl Slot {
    fn mine(&self) -> Option<&Module> {
        match self {
            Self::Mine(module) => Some(module),
            Self::Elsewhere { .. } => None,
        }
    }

    fn minutes(&self) -> f64 {
        match self {
            Self::Mine(module) => module.config.minutes,
            Self::Elsewhere { minutes, .. } => *minutes,
        }
    }
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
    modules: Vec<Slot>,
    common: BTreeMap<String, String>,
    seed: u64,
    module: usize,
    block: usize,
    attempt: u32,
    deck: Deck,
    trials: Vec<Trial>,
}

impl Course {
    pub(super) fn new(config: &RunConfig, tasks: Tasks) -> Result<Self, RunError> {
        let slot = |config| Slot::new(config, tasks);
        let modules = config.modules.iter().map(slot).collect::<Result<Vec<_>, _>>()?;
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
        for (module, config) in config.modules.iter().enumerate().rev() {
            course.deck = Deck::default();
            let blocks = course.mine(module).map_or(0, |m| m.blocks.len());
            for block in (0..blocks).rev() {
                course.deck = course.plan(module, block, 0).map_err(|message| {
                    RunError::Unsolvable { task: config.task_id.clone(), message }
                })?;
            }
        }
        course.skip_empty();
        course.tailor();
        Ok(course)
    }

    fn plan(&self, module: usize, block: usize, attempt: u32) -> Result<Deck, String> {
        let Some(m) = self.mine(module) else {
            return Ok(Deck::default());
        };
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

    fn mine(&self, module: usize) -> Option<&Module> {
        self.modules.get(module).and_then(Slot::mine)
    }

    /// The program that holds the present module's task, if it is not this one.
    pub(super) fn elsewhere(&self) -> Option<Group> {
        match self.modules.get(self.module) {
            Some(Slot::Elsewhere { group, .. }) => Some(*group),
            _ => None,
        }
    }

    /// Programs of the modules to come that are not this one's, each once.
    pub(super) fn others(&self) -> Vec<Group> {
        let mut groups = Vec::new();
        for slot in self.modules.iter().skip(self.module) {
            if let Slot::Elsewhere { group, .. } = slot
                && !groups.contains(group)
            {
                groups.push(*group);
            }
        }
        groups
    }

    /// Takes note of a trial that another program ran.
    pub(super) fn note(&mut self, trial: &Trial) {
        self.trials.push(trial.clone());
    }

    /// Another program's module is done.
    pub(super) fn leave_elsewhere(&mut self) {
        self.enter(self.module + 1, 0, 0);
        self.skip_empty();
        self.tailor();
    }

    /// Passes over blocks without trials (no practice wanted).
    fn skip_empty(&mut self) {
        while self.deck.is_done() && !self.is_over() && self.elsewhere().is_none() {
            let block = self.block + 1;
            if self.module().is_some_and(|m| block < m.blocks.len()) {
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
        const NONE: &Responses = &Responses { options: Vec::new(), any_key: false, buttons: false };
        self.module().map_or(NONE, |m| &m.responses)
    }

    pub(super) fn module(&self) -> Option<&Module> {
        self.mine(self.module)
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

    pub(super) fn task(&self) -> Option<&dyn Task> {
        self.module().map(|m| m.task.as_ref())
    }

    /// Pages of text before the present block: keys without `.title` and `.body`, and pictures.
    /// The module's own come before its first block, and where a block without a page is practised
    /// again.
    pub(super) fn pages(&self) -> Vec<(String, Option<crate::Scene>)> {
        let Some((module, block)) = self.module().zip(self.current_block()) else {
            return Vec::new();
        };
        let first = module.blocks.iter().position(|b| b.trials > 0);
        let mut pages = Vec::new();
        if first.is_none_or(|first| first == self.block) || block.intro.is_none() {
            let all = module.task.pages().into_iter().zip(1..);
            pages.extend(all.map(|(picture, n)| (format!("intro.{n}"), picture)));
        }
        pages.extend(block.intro.map(|key| (key.into(), module.task.picture(key))));
        pages
    }

    /// A text of the present module, or of those that all tasks share; its key where there is none.
    pub(super) fn text(&self, key: &str) -> String {
        self.text_in(self.module, key)
    }

    fn text_in(&self, module: usize, key: &str) -> String {
        let module = self.mine(module).and_then(|m| m.config.strings.get(key));
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
        if trial.interrupted && self.begins_again() {
            self.enter(self.module, self.block, self.attempt + 1);
            return;
        }
        if trial.interrupted && turn.times < AGAIN {
            let place = [self.place().as_slice(), &[turn.plan, turn.times]].concat();
            let mut rng = Rng::of(self.seed, Purpose::Redraw, &place);
            if let Some(Slot::Mine(module)) = self.modules.get(self.module) {
                self.deck.again(turn, module.task.as_ref(), &mut rng);
            }
        }
        if self.is_enough() {
            self.deck.finish();
        }
        self.tailor();
    }

    /// Whether an interruption begins the present block again: only so often, or somebody in a
    /// restless place would never be done.
    fn begins_again(&self) -> bool {
        let block = index(self.block);
        let mine = self.trials_of_module().iter().filter(|t| t.block == block && t.interrupted);
        let restarts = self.module().is_some_and(|m| m.spec.resume == ResumePolicy::RestartBlock);
        restarts && mine.count() <= AGAIN as usize
    }

    /// Whether the block ends before its planned trials are done.
    fn is_enough(&self) -> bool {
        let Some((module, block)) = self.module().zip(self.current_block()) else {
            return false;
        };
        self.is_out_of_time(self.block_time())
            || (!block.stream && module.task.enough(block, self.before()))
    }

    /// Whether the present block's time is over; never without a limit.
    pub(super) fn is_out_of_time(&self, block_time: Micros) -> bool {
        let limit = self.current_block().map_or(0.0, |block| block.limit_ms);
        limit > 0.0 && block_time.ms() >= limit
    }

    /// Time of the present attempt that is over with its recorded trials.
    pub(super) fn block_time(&self) -> Micros {
        let place = self.place();
        let last = self.trials.last().filter(|t| [t.module, t.block, t.attempt] == place);
        last.map_or(Micros(0), block_time)
    }

    fn before(&self) -> Before<'_> {
        let [_, block, attempt] = self.place();
        Before { module: self.trials_of_module(), block, attempt }
    }

    /// Lets the task adapt the next trial; in a stream it is running already.
    fn tailor(&mut self) {
        let [module, block, attempt] = self.place();
        let place = [module, block, attempt, self.deck.run()];
        let mut rng = Rng::of(self.seed, Purpose::Tailor, &place);
        let first = self.first_of_module();
        if let Some(Slot::Mine(module)) = self.modules.get(self.module)
            && module.blocks.get(self.block).is_some_and(|block| !block.stream)
        {
            let before = Before { module: &self.trials[first..], block, attempt };
            self.deck.tailor(module.task.as_ref(), before, &mut rng);
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
        let later: f64 = self.modules.iter().skip(self.module + 1).map(Slot::minutes).sum();
        let Some(module) = self.module() else {
            let now = index(self.module).saturating_add(1).min(modules);
            let share = if self.is_over() { 1.0 } else { 0.0 };
            let minutes_left = later + self.modules.get(self.module).map_or(0.0, Slot::minutes);
            return Progress { module: now, modules, share, minutes_left };
        };
        let planned: u32 = module.blocks.iter().map(|block| block.trials).sum();
        let before: u32 = module.blocks.iter().take(self.block).map(|block| block.trials).sum();
        let limit = self.current_block().map_or(0.0, |block| block.limit_ms);
        let share_of_block = if limit > 0.0 && !self.deck.is_done() {
            let trials = self.current_block().map_or(0, |block| block.trials);
            f64::from(trials) * (self.block_time().ms() / limit).min(1.0)
        } else {
            f64::from(self.deck.done())
        };
        let done = f64::from(before) + share_of_block;
        let share = done / f64::from(planned.max(1));
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
        let trials: Vec<&Trial> = self.trials.iter().collect();
        let with_trials = |i: &u32| self.trials.iter().any(|trial| trial.module == *i);
        (0..self.module_count())
            .filter(with_trials)
            .filter_map(|i| {
                let module = self.mine(i as usize)?;
                Some(tasks::score_trials(i, module.spec, &module.params, &trials))
            })
            .collect()
    }
}

impl Slot {
    fn new(config: &RunModule, tasks: Tasks) -> Result<Self, RunError> {
        match tasks::group_of(&config.task_id) {
            // A program knows all tasks of its group, or its version is not this run's
            Some(group) if tasks.iter().all(|spec| spec.group != group) => {
                Ok(Self::Elsewhere { group, minutes: config.minutes })
            }
            _ => Ok(Self::Mine(Box::new(Module::new(config, tasks)?))),
        }
    }
}

impl Module {
    fn new(config: &RunModule, tasks: Tasks) -> Result<Self, RunError> {
        let (spec, params) = tasks::open(tasks, config)?;
        let task = (spec.build)(&params);
        let mut responses = task.responses();
        for option in &mut responses.options {
            let key = ["answer.", option.code].concat();
            option.label = config.strings.get(&key).cloned().unwrap_or_default();
        }
        Ok(Self {
            spec,
            config: config.clone(),
            hash: params.hash(),
            params,
            blocks: task.blocks(),
            responses,
            task,
        })
    }
}

/// How much of a block with a time limit is over after a trial.
pub(crate) fn block_time(trial: &Trial) -> Micros {
    match trial.extra.get(BLOCK_TIME) {
        Some(Extra::Int(us)) => Micros(*us),
        _ => Micros(0),
    }
}

/// An index or a length as it is written in rows.
pub(super) fn index(i: usize) -> u32 {
    u32::try_from(i).unwrap_or(u32::MAX)
}
