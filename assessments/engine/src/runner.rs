//! The machine that runs a whole session: modules, blocks, pages and trials.

mod course;
mod deck;
mod flow;
mod frames;
#[cfg(test)]
mod lab;
mod resume;
mod running;
mod settle;

pub use crate::timing::{Measured, timing_report};
pub use course::Position;
pub(crate) use course::{AGAIN, block_time};

use crate::{
    Display, Effect, Effects, Input, Press, Progress, Responses, Scene,
    script::{Step, TrialPlan},
    spec::{Group, Task},
    tasks::{self, Tasks},
};
use contract::task::{
    Event, EventKind, Interruption, Item, Micros, ModuleSummary, Quality, RunConfig, Trial,
};
use course::Course;
use frames::FrameTally;
use running::Running;

/// Why a run cannot start or go on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RunError {
    #[error("this program does not know the task {task} version {version}")]
    UnknownTask { task: String, version: String },
    #[error("parameters of {task}: {message}")]
    Params { task: String, message: String },
    #[error("trials of {task} cannot be arranged: {message}")]
    Unsolvable { task: String, message: String },
    /// The stored items are not those of this configuration.
    #[error("the stored items do not belong to this run: {0}")]
    Foreign(String),
}

/// What the button of the present page leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    /// This page of instructions, from 0; the block after the last.
    Page(usize),
    /// The trials of the present block.
    Block,
    /// The first page of the present module.
    Module,
}

#[derive(Debug)]
enum Stage {
    /// Before `Begin`.
    Idle,
    /// A page of text is up.
    Page(Next),
    /// The runtime draws.
    Preparing,
    /// 3-2-1: numbers that were shown, and since when the present one is.
    Count {
        shown: usize,
        since: Micros,
        next: Box<Running>,
    },
    Trial(Box<Running>),
    /// The trial is over, its stamps are on their way.
    Settling(Box<Running>),
    /// The pause after a trial that is recorded.
    Gap {
        since: Micros,
        iti_ms: f64,
        waits_for: Option<u32>,
        next: Box<Running>,
    },
    Over,
}

/// One run of a battery. Pure: the same configuration and the same inputs give the same effects.
#[derive(Debug)]
pub struct Runner {
    course: Course,
    stage: Stage,
    /// In a stream: the trial before the running one, until its stamps are there.
    trailing: Option<Box<Running>>,
    /// In a stream: the trial after the running one, made ready.
    successor: Option<Box<Running>>,
    display: Display,
    epoch: u32,
    last_seq: u32,
    next_cue: u32,
    frames: FrameTally,
    /// Events that happened within a trial, recorded after it.
    held: Vec<(Micros, EventKind)>,
    away_since: Option<Micros>,
    announced: Announced,
    ended: bool,
}

/// What has been recorded as started, so that a pause does not record it again.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Announced {
    module: Option<u32>,
    /// Module, block, attempt.
    block: Option<[u32; 3]>,
    /// Module that was ended last.
    ended: Option<u32>,
}

impl Runner {
    /// A fresh run. Nothing happens before [`Input::Begin`].
    ///
    /// # Errors
    /// [`RunError`] when a task is unknown, its parameters are wrong or its trials cannot be arranged.
    pub fn new(config: &RunConfig) -> Result<Self, RunError> {
        Self::with(config, tasks::all())
    }

    /// A fresh run by a program that has these tasks. Modules of other groups are left to the
    /// programs that have them, see [`Effect::Hand`].
    ///
    /// # Errors
    /// As [`Runner::new`].
    pub fn with(config: &RunConfig, tasks: Tasks) -> Result<Self, RunError> {
        Ok(Self {
            course: Course::new(config, tasks)?,
            stage: Stage::Idle,
            trailing: None,
            successor: None,
            display: Display::default(),
            epoch: 0,
            last_seq: 0,
            next_cue: 0,
            frames: FrameTally::default(),
            held: Vec::new(),
            away_since: None,
            announced: Announced::default(),
            ended: false,
        })
    }

    /// Tells what happened at `at` (`performance.now()` at delivery) and gets what to do.
    pub fn step(&mut self, at: Micros, input: Input) -> Effects {
        let mut out = Effects::new();
        match input {
            Input::Begin { time_origin_ms, display } => {
                self.begin(at, time_origin_ms, display, &mut out)
            }
            Input::Frame { raf } => self.frame(at, raf, &mut out),
            Input::Ready => self.ready(at, &mut out),
            Input::Continue => self.go_on(at, &mut out),
            Input::Press(press) => self.press(press),
            Input::Stamps { cue, cb_end, post } => self.stamps(at, &mut out, |trial| {
                trial.stamps_of(cue, cb_end, post);
            }),
            Input::Presented { cue, at: shown } => self.stamps(at, &mut out, |trial| {
                trial.presented(cue, shown);
            }),
            Input::Stored { seq } => {
                if let Stage::Gap { waits_for, .. } = &mut self.stage
                    && waits_for.is_some_and(|wanted| wanted <= seq)
                {
                    *waits_for = None;
                }
            }
            Input::Interrupt(why) => self.interrupt(at, why, &mut out),
            Input::Leave => self.leave(at, &mut out),
            Input::Display(display) => self.measured(at, display, &mut out),
            Input::Flag(flags) => self.mark(flags),
            Input::LongTask { duration } => {
                self.mark(Quality::LONG_TASK);
                self.say(at, EventKind::LongTask { duration_ms: duration.ms() }, &mut out);
            }
        }
        out
    }

    /// Scenes of the present block, by [`crate::SceneId`]. Changes with [`Effect::Prepare`].
    #[must_use]
    pub fn scenes(&self) -> &[Scene] {
        self.course.deck().scenes()
    }

    /// Keys and zones of the present block. Changes with [`Effect::Prepare`].
    #[must_use]
    pub fn responses(&self) -> &Responses {
        self.course.responses()
    }

    /// How far the run is.
    #[must_use]
    pub fn progress(&self) -> Progress {
        self.course.progress()
    }

    /// Where the run is: equal for a run and its replay.
    #[must_use]
    pub fn position(&self) -> Position {
        self.course.position()
    }

    /// `seq` of the last item; 0 before the first.
    #[must_use]
    pub const fn last_seq(&self) -> u32 {
        self.last_seq
    }

    /// Whether all modules are done.
    #[must_use]
    pub const fn is_complete(&self) -> bool {
        self.ended
    }

    /// The program that has to go on with the run, if it is not this one.
    #[must_use]
    pub fn elsewhere(&self) -> Option<Group> {
        self.course.elsewhere().filter(|_| self.ends_to_tell().is_none())
    }

    /// Programs that the modules to come need besides this one.
    #[must_use]
    pub fn others(&self) -> Vec<Group> {
        self.course.others()
    }

    /// The module before the present one, if this program ran it and was closed before it could
    /// record its end, by which other programs know that they may go on.
    fn ends_to_tell(&self) -> Option<u32> {
        let [module, ..] = self.course.place();
        let last = module.checked_sub(1)?;
        (self.announced.ended != Some(last)).then_some(last)
    }

    /// Scores of the modules that have trials and whose tasks this program has, for [`contract::task::Submit`]. Advisory: the
    /// server's own count.
    #[must_use]
    pub fn summaries(&self) -> Vec<ModuleSummary> {
        self.course.summaries()
    }

    /// Whether a trial waits for its last stamps or the next has not begun: the time to deliver
    /// late stamps and to do anything that takes time. In a stream it is right after a new trial
    /// has begun, before anybody can have reacted.
    #[must_use]
    pub const fn is_resting(&self) -> bool {
        self.trailing.is_some() || matches!(self.stage, Stage::Settling(_) | Stage::Gap { .. })
    }

    /// The trial that is shown, with the right answer, and its present step: for simulated participants.
    pub(crate) fn watching(&self) -> Option<(&TrialPlan, Option<&Step>)> {
        match &self.stage {
            Stage::Trial(trial) => Some((trial.plan(), trial.step())),
            _ => None,
        }
    }

    /// The present task: for simulated participants.
    pub(crate) fn task(&self) -> Option<&dyn Task> {
        self.course.task()
    }

    /// A press belongs to the trial in whose window it was made, though it may be told later.
    fn press(&mut self, press: Press) {
        let task = self.course.task();
        let trailing = self.trailing.as_mut();
        if let Some(trial) = trailing.filter(|t| t.closed.is_some_and(|end| press.stamp < end)) {
            trial.press(press, task);
        } else if let Stage::Trial(trial) | Stage::Settling(trial) = &mut self.stage {
            trial.press(press, task);
        }
    }

    /// Flags the trial that is running.
    fn mark(&mut self, flags: Quality) {
        if let Stage::Trial(trial) = &mut self.stage {
            trial.mark(flags);
        }
    }

    /// Records an event; within a trial it waits until the trial is over, so that nothing is
    /// written while somebody reacts.
    fn say(&mut self, at: Micros, what: EventKind, out: &mut Effects) {
        if matches!(self.stage, Stage::Trial(_) | Stage::Settling(_)) {
            self.held.push((at, what));
        } else {
            self.record_event(at, what, out);
        }
    }

    fn record_event(&mut self, at: Micros, what: EventKind, out: &mut Effects) {
        self.last_seq += 1;
        let event = Event { seq: self.last_seq, clock_epoch: self.epoch, at_us: at, what };
        out.push(Effect::Store(Box::new(Item::Event(event))));
    }

    /// Numbers the trial, takes it into the course and asks for its storing.
    fn record_trial(&mut self, mut trial: Box<Trial>, out: &mut Effects) {
        for (at, what) in core::mem::take(&mut self.held) {
            self.record_event(at, what, out);
        }
        self.last_seq += 1;
        trial.seq = self.last_seq;
        trial.clock_epoch = self.epoch;
        self.course.complete(&mut trial);
        self.course.absorb(&trial);
        out.push(Effect::Store(Box::new(Item::Trial(trial))));
    }

    fn measured(&mut self, at: Micros, display: Display, out: &mut Effects) {
        let display = display.sane();
        let moved = (display.interval - self.display.interval).0.abs() >= 100;
        self.display = display;
        if moved {
            self.say(at, EventKind::Refresh { t_ms: display.interval.ms() }, out);
        }
    }

    fn interrupt(&mut self, at: Micros, why: Interruption, out: &mut Effects) {
        if matches!(self.stage, Stage::Over | Stage::Idle) {
            return;
        }
        self.end_trailing(out);
        self.successor = None;
        let stage = core::mem::replace(&mut self.stage, Stage::Idle);
        let paused = match stage {
            Stage::Trial(trial) => {
                self.stop(&trial, Some(why), out);
                true
            }
            Stage::Settling(trial) => {
                self.stop(&trial, None, out);
                true
            }
            Stage::Gap { .. } | Stage::Count { .. } | Stage::Preparing => true,
            Stage::Idle | Stage::Page(_) | Stage::Over => {
                self.stage = stage;
                false
            }
        };
        self.record_event(at, EventKind::Interrupted { why }, out);
        if paused {
            self.away_since = Some(at);
            if self.course.block_is_done() {
                self.end_block(at, out);
            } else {
                self.tally(at, out);
                self.show_page(self.paused_page(why), Next::Block, out);
            }
        }
    }

    fn leave(&mut self, at: Micros, out: &mut Effects) {
        if matches!(self.stage, Stage::Over | Stage::Idle) {
            return;
        }
        let next = match &self.stage {
            // Back to the page that was up, not on to the one after it
            Stage::Page(Next::Page(page)) => Next::Page(page.saturating_sub(1)),
            Stage::Page(next) => *next,
            _ => Next::Block,
        };
        let on_page = matches!(self.stage, Stage::Page(_));
        self.interrupt(at, Interruption::Asked, out);
        if matches!(self.stage, Stage::Over) {
            return;
        }
        let next = match self.stage {
            Stage::Page(next) if !on_page => next,
            _ => next,
        };
        self.record_event(at, EventKind::Left, out);
        // The page about leaving stands in for the one about the pause
        out.retain(|effect| !matches!(effect, Effect::Screen(_)));
        self.show_page(self.left_page(), next, out);
        out.push(Effect::End { completed: false });
    }

    /// Ends a trial before its time and records it: as interrupted, unless it was answered or its
    /// window was over.
    fn stop(&mut self, trial: &Running, why: Option<Interruption>, out: &mut Effects) {
        let why = why.filter(|_| !trial.is_answered());
        let row = settle::settle(trial, &self.course, why);
        self.record_trial(row, out);
    }
}
