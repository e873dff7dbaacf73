//! From page to block to trial to page.

use super::{
    Next, Runner, Stage,
    course::After,
    running::{Rest, Running, View, draw},
    settle,
};
use crate::{
    Display, Effect, Effects, Screen, ScreenKind,
    scene::NOTHING_OVER,
    spec::Group,
    text::fill,
    time::{frames, is_over},
};
use contract::task::{EventKind, Interruption, Micros};

/// Stamps that have not come this long after a trial will not come.
const SETTLE_MAX: Micros = Micros(300_000);
/// In a stream a trial is recorded so long after its end, at least: a press of its last moment may
/// be told that late.
const TRAIL_MIN: Micros = Micros(25_000);
/// Each number of the count-down, milliseconds.
const COUNT_MS: f64 = 1000.0;

impl Runner {
    pub(super) fn begin(
        &mut self,
        at: Micros,
        time_origin_ms: f64,
        display: Display,
        out: &mut Effects,
    ) {
        if !matches!(self.stage, Stage::Idle) {
            return;
        }
        self.display = display.sane();
        if self.ended {
            self.stage = Stage::Over;
            out.push(Effect::End { completed: true });
            return;
        }
        let started = match self.last_seq {
            0 => EventKind::SessionStarted { time_origin_ms },
            after_seq => EventKind::SessionResumed { time_origin_ms, after_seq },
        };
        if let Some(group) = self.elsewhere() {
            self.hand(group, out);
            return;
        }
        self.record_event(at, started, out);
        if let Some((module, group)) = self.ends_to_tell().zip(self.course.elsewhere()) {
            self.record_event(at, EventKind::ModuleEnded { module }, out);
            self.hand(group, out);
        } else if self.course.is_over() {
            self.finish(at, out);
        } else if self.course.module_has_trials() {
            let page = self.page(ScreenKind::Resumed, "resumed.title", "resumed.body", &[]);
            self.show_page(page, Next::Block, out);
        } else {
            self.open_module(at, out);
        }
    }

    /// The main button.
    pub(super) fn go_on(&mut self, at: Micros, out: &mut Effects) {
        let Stage::Page(next) = self.stage else {
            return;
        };
        if let Some(since) = self.away_since.take() {
            let away_ms = (at - since).ms().max(0.0);
            self.record_event(at, EventKind::Continued { away_ms }, out);
        }
        match next {
            Next::Module => self.open_module(at, out),
            Next::Page(page) if page < self.course.pages().len() => {
                let page = self.instructions(page);
                self.show_page(page.0, Next::Page(page.1), out);
            }
            Next::Page(_) | Next::Block => self.prepare(at, out),
        }
    }

    fn hand(&mut self, group: Group, out: &mut Effects) {
        self.stage = Stage::Over;
        out.push(Effect::Hand(group));
    }

    fn open_module(&mut self, at: Micros, out: &mut Effects) {
        if let Some(group) = self.course.elsewhere() {
            self.hand(group, out);
            return;
        }
        let [index, ..] = self.course.place();
        if let Some(module) = self.course.module()
            && self.announced.module != Some(index)
        {
            self.announced.module = Some(index);
            self.announced.block = None;
            let started = EventKind::ModuleStarted {
                module: index,
                task_id: module.config.task_id.clone(),
                task_version: module.config.task_version.clone(),
                params_hash: module.hash.clone(),
            };
            self.record_event(at, started, out);
        }
        self.stage = Stage::Page(Next::Page(0));
        self.go_on(at, out);
    }

    /// A page of instructions and the number of the one after it.
    fn instructions(&self, page: usize) -> (Screen, usize) {
        let pages = self.course.pages();
        let number = page + 1;
        let last = number == pages.len();
        let practises = self.course.current_block().is_some_and(|block| block.criterion.is_some());
        let button = match (last, practises) {
            (false, _) => "button.continue",
            (true, true) => "button.practise",
            (true, false) => "button.start",
        };
        let (key, picture) = pages.into_iter().nth(page).unwrap_or_default();
        let [title, body] = [".title", ".body"].map(|part| [key.as_str(), part].concat());
        let mut screen = self.page(ScreenKind::Instructions, &title, &body, &[]);
        screen.button = self.course.text(button);
        screen.picture = picture;
        (screen, number)
    }

    fn prepare(&mut self, at: Micros, out: &mut Effects) {
        let place @ [module, block, attempt] = self.course.place();
        if self.announced.block != Some(place) {
            self.announced.block = Some(place);
            self.record_event(at, EventKind::BlockStarted { module, block, attempt }, out);
        }
        self.stage = Stage::Preparing;
        out.push(Effect::Prepare { markers: self.course.deck().markers() });
    }

    pub(super) fn ready(&mut self, at: Micros, out: &mut Effects) {
        if !matches!(self.stage, Stage::Preparing) {
            return;
        }
        match self.next_trial(0) {
            Some(next) => {
                self.stage = Stage::Count { shown: 0, since: Micros(0), next };
                self.prepare_successor();
            }
            None => self.end_block(at, out),
        }
    }

    fn next_trial(&self, skip: usize) -> Option<Box<Running>> {
        let (turn, plan) = self.course.deck().after(skip)?;
        Some(Box::new(Running::new(turn, plan.clone())))
    }

    /// In a stream: makes the trial after the running one ready.
    fn prepare_successor(&mut self) {
        let stream = self.course.current_block().is_some_and(|block| block.stream);
        self.successor = if stream { self.next_trial(1) } else { None };
    }

    /// An animation frame. Nothing is allocated here but by the frame that gives up waiting for stamps.
    pub(super) fn frame(&mut self, at: Micros, raf: Micros, out: &mut Effects) {
        let interval = self.display.interval;
        if !matches!(self.stage, Stage::Idle | Stage::Page(_) | Stage::Preparing | Stage::Over) {
            self.frames.frame(raf, interval);
        }
        self.stage = match core::mem::replace(&mut self.stage, Stage::Idle) {
            Stage::Count { shown, since, next }
                if shown == 0 || is_over(since, raf, frames(COUNT_MS, interval), interval) =>
            {
                match self.course.deck().count_down().get(shown).copied() {
                    Some(scene) => {
                        let over = NOTHING_OVER;
                        out.push(Effect::Show { scene, over, cue: None });
                        Stage::Count { shown: shown + 1, since: raf, next }
                    }
                    None => self.start_trial(next, raf, None, out),
                }
            }
            Stage::Gap { since, iti_ms, waits_for: None, next }
                if iti_ms <= 0.0 || is_over(since, raf, frames(iti_ms, interval), interval) =>
            {
                self.start_trial(next, raf, Some(Rest { plan_ms: iti_ms, since }), out)
            }
            Stage::Trial(trial) => {
                self.stage = self.trial_frame(trial, raf, out);
                self.trail(raf, out);
                return;
            }
            Stage::Settling(mut trial) => {
                trial.note(raf);
                if let Some(trailing) = &mut self.trailing {
                    trailing.note(raf);
                }
                let late = raf - trial.rest_since() >= SETTLE_MAX;
                self.stage = Stage::Settling(trial);
                self.settle_if(at, late, out);
                return;
            }
            other => other,
        };
    }

    fn start_trial(
        &mut self,
        mut trial: Box<Running>,
        raf: Micros,
        rest: Option<Rest>,
        out: &mut Effects,
    ) -> Stage {
        trial.start(self.display, rest);
        trial.block_time = self.course.block_time();
        self.trial_frame(trial, raf, out)
    }

    /// A frame of the running trial, and of the one after it where that begins at once.
    fn trial_frame(&mut self, mut trial: Box<Running>, raf: Micros, out: &mut Effects) -> Stage {
        // Decided in each frame: only the one in which the trial ends matters
        trial.chained = self.successor.is_some();
        if trial.chained && self.course.current_block().is_some_and(|block| block.limit_ms > 0.0) {
            trial.chained = !self.course.is_out_of_time(trial.block_time_by(raf));
        }
        let task = self.course.task();
        let view = trial.frame(raf, &mut self.next_cue, task);
        out.extend(view.map(show));
        out.extend(trial.lays(raf).map(|(scene, on)| Effect::Lay { scene, on }));
        if !trial.is_done() {
            return Stage::Trial(trial);
        }
        let Some(mut next) = self.successor.take().filter(|_| trial.chained) else {
            return Stage::Settling(trial);
        };
        next.start(self.display, None);
        next.block_time = trial.block_time_after();
        let mut view = next.frame(raf, &mut self.next_cue, task);
        if let Some(view) = view.as_mut().filter(|_| trial.wants_end_of_target()) {
            let cue = view.cue.unwrap_or_else(|| draw(&mut self.next_cue));
            view.cue = Some(cue);
            trial.end_of_target(raf, cue);
        }
        out.extend(view.map(show));
        // Its stamps are late beyond use where trials are that short
        self.end_trailing(out);
        self.trailing = Some(trial);
        Stage::Trial(next)
    }

    /// Records the trial before the running one as soon as nothing more of it can come.
    fn trail(&mut self, raf: Micros, out: &mut Effects) {
        let Some(trial) = &mut self.trailing else {
            return;
        };
        trial.note(raf);
        let age = raf - trial.rest_since();
        if age >= SETTLE_MAX || (age >= TRAIL_MIN && trial.is_settled()) {
            self.end_trailing(out);
        }
    }

    /// Records the trial before the running one and makes the one after it ready.
    pub(super) fn end_trailing(&mut self, out: &mut Effects) {
        if let Some(trial) = self.trailing.take() {
            let row = settle::settle(&trial, &self.course, None);
            self.record_trial(row, out);
            if self.successor.is_none() {
                self.prepare_successor();
            }
        }
    }

    /// A stamp for the running trial; the last one settles it.
    pub(super) fn stamps(&mut self, at: Micros, out: &mut Effects, note: impl Fn(&mut Running)) {
        if let Some(trial) = &mut self.trailing {
            note(trial);
        }
        if let Stage::Trial(trial) | Stage::Settling(trial) = &mut self.stage {
            note(trial);
        }
        self.settle_if(at, false, out);
    }

    /// Records the trial that waits for its stamps, if none is missing or none will come.
    fn settle_if(&mut self, at: Micros, late: bool, out: &mut Effects) {
        let stage = core::mem::replace(&mut self.stage, Stage::Idle);
        let Stage::Settling(trial) = stage else {
            self.stage = stage;
            return;
        };
        if !late && !trial.is_settled() {
            self.stage = Stage::Settling(trial);
            return;
        }
        self.end_trailing(out);
        let (since, iti_ms) = (trial.rest_since(), trial.plan().script.iti_ms);
        let row = settle::settle(&trial, &self.course, None);
        self.record_trial(row, out);
        match self.next_trial(0) {
            Some(next) => {
                let waits_for = Some(self.last_seq);
                self.stage = Stage::Gap { since, iti_ms, waits_for, next };
                self.prepare_successor();
            }
            None => self.end_block(at, out),
        }
    }

    /// Records the frames since the last report.
    pub(super) fn tally(&mut self, at: Micros, out: &mut Effects) {
        if let Some(frames) = self.frames.take() {
            self.record_event(at, frames, out);
        }
    }

    pub(super) fn end_block(&mut self, at: Micros, out: &mut Effects) {
        let [module, block, attempt] = self.course.place();
        let (right, total) = self.course.result();
        let passed = self.course.passed();
        let (part, parts) = self.course.part();
        self.tally(at, out);
        let ended = EventKind::BlockEnded { module, block, attempt, passed };
        self.record_event(at, ended, out);
        let after = self.course.advance();
        if matches!(after, After::Module | After::Nothing) {
            self.announced.ended = Some(module);
            self.record_event(at, EventKind::ModuleEnded { module }, out);
        }
        let score = [("right", right), ("total", total)];
        let has_page = self.course.current_block().is_some_and(|block| block.intro.is_some());
        let to_block = if has_page { Next::Page(0) } else { Next::Block };
        match after {
            After::Again => {
                let mut page = self.practice("practice.again", &score);
                page.button = self.course.text("button.continue");
                self.show_page(page, Next::Page(0), out);
            }
            After::Test { passed } => {
                let key = if passed { "practice.passed" } else { "practice.enough" };
                let mut page = self.practice(key, &score);
                if !has_page {
                    page.button = self.course.text("button.start");
                }
                self.show_page(page, to_block, out);
            }
            After::Part => {
                let numbers = [("block", part + 1), ("blocks", parts)];
                let page = self.page(ScreenKind::Break, "break.title", "break.body", &numbers);
                self.show_page(page, to_block, out);
            }
            After::Module => {
                let page = self.page(ScreenKind::ModuleEnd, "end.title", "end.body", &[]);
                self.show_page(page, Next::Module, out);
            }
            After::Nothing => self.finish(at, out),
        }
    }

    fn finish(&mut self, at: Micros, out: &mut Effects) {
        self.record_event(at, EventKind::SessionEnded, out);
        self.ended = true;
        self.stage = Stage::Over;
        out.push(Effect::End { completed: true });
    }

    pub(super) fn show_page(&mut self, page: Screen, next: Next, out: &mut Effects) {
        self.stage = Stage::Page(next);
        out.push(Effect::Screen(Box::new(page)));
    }

    fn practice(&self, key: &str, numbers: &[(&str, u32)]) -> Screen {
        let [title, body] = ["title", "body"].map(|part| format!("{key}.{part}"));
        self.page(ScreenKind::PracticeResult, &title, &body, numbers)
    }

    pub(super) fn paused_page(&self, why: Interruption) -> Screen {
        let asked = why == Interruption::Asked;
        let body = if asked { "paused.asked.body" } else { "paused.body" };
        self.page(ScreenKind::Paused, "paused.title", body, &[])
    }

    pub(super) fn left_page(&self) -> Screen {
        self.page(ScreenKind::Left, "left.title", "left.body", &[])
    }

    fn page(&self, kind: ScreenKind, title: &str, body: &str, numbers: &[(&str, u32)]) -> Screen {
        let words = |key: &str| fill(&self.course.text(key), numbers);
        Screen {
            kind,
            title: words(title),
            body: words(body).split('\n').map(Into::into).collect(),
            picture: None,
            button: words("button.continue"),
            progress: self.course.progress(),
        }
    }
}

const fn show(View { scene, over, cue }: View) -> Effect {
    Effect::Show { scene, over, cue }
}
