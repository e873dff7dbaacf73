//! A browser without a screen: frames, late stamps, presses and storing, in order of time.

use super::{Setup, participant::normal};
use crate::{
    Choice, Cue, Display, Effect, Effects, Input, Press, Quality, Runner,
    rng::{Purpose, Rng},
    script::{Ends, Role},
};
use contract::task::{Device, Interruption, Item, Micros, Pointer};

/// Steps after which a simulation that does not end is given up: ten hours of frames.
const PATIENCE: u32 = 2_200_000;

pub(super) struct Browser<'a> {
    pub(super) runner: Runner,
    pub(super) items: Vec<Item>,
    pub(super) now: Micros,
    setup: &'a Setup,
    rng: Rng,
    raf: Micros,
    interval: Micros,
    /// What will be delivered, and when.
    coming: Vec<(Micros, Input)>,
    page: bool,
    over: bool,
    trials: u32,
    interrupted: bool,
}

impl<'a> Browser<'a> {
    pub(super) fn new(runner: Runner, items: Vec<Item>, seed: u64, setup: &'a Setup) -> Self {
        let trials = items.iter().filter(|item| item.trial().is_some()).count();
        Self {
            runner,
            now: Micros(250_000),
            raf: Micros(250_000),
            interval: Micros::from_ms(1000.0 / setup.hz),
            rng: Rng::of(seed, Purpose::Simulation, &[u32::try_from(items.len()).unwrap_or(0)]),
            items,
            setup,
            coming: Vec::new(),
            page: false,
            over: false,
            trials: u32::try_from(trials).unwrap_or(0),
            interrupted: false,
        }
    }

    pub(super) fn run(&mut self, observe: &mut dyn FnMut(&Runner, &Item)) {
        let display = Display {
            interval: self.interval,
            element_timing: self.setup.element_timing,
            standing: Quality::NONE,
        };
        let time_origin_ms = self.setup.started_at_ms;
        self.tell(Input::Begin { time_origin_ms, display }, observe);
        for _ in 0..PATIENCE {
            if self.over {
                return;
            }
            if self.page {
                self.page = false;
                let reading = self.rng.between(2500.0, 9000.0);
                self.now = self.now + Micros::from_ms(reading);
                self.raf = self.raf.max(self.now);
                self.tell(Input::Continue, observe);
            } else {
                self.frame(observe);
            }
        }
    }

    fn frame(&mut self, observe: &mut dyn FnMut(&Runner, &Item)) {
        let late = self.rng.unit() < self.setup.late_frames;
        let steps = if late { 2 + self.rng.below(2) } else { 1 };
        self.raf = self.raf + Micros(self.interval.0 * i64::from(steps));
        while let Some(i) = self.earliest() {
            let (at, input) = self.coming.remove(i);
            self.now = self.now.max(at);
            self.tell(input, observe);
            if self.page || self.over {
                return;
            }
        }
        self.mishaps(observe);
        if self.page || self.over {
            return;
        }
        let delay = self.rng.between(100.0, 900.0);
        self.now = self.now.max(self.raf + Micros::from_ms(delay / 1000.0));
        self.tell(Input::Frame { raf: self.raf }, observe);
    }

    /// The next thing due before this frame.
    fn earliest(&self) -> Option<usize> {
        let due = self.coming.iter().enumerate().filter(|(_, (at, _))| *at <= self.raf);
        due.min_by_key(|(i, (at, _))| (*at, *i)).map(|(i, _)| i)
    }

    fn mishaps(&mut self, observe: &mut dyn FnMut(&Runner, &Item)) {
        if self.runner.watching().is_none() {
            return;
        }
        if self.setup.leave_after.is_some_and(|trials| self.trials >= trials) {
            self.tell(Input::Leave, observe);
        } else if let Some((trials, why)) = self.setup.interrupt_after
            && self.trials >= trials
            && !self.interrupted
        {
            self.interrupted = true;
            self.tell(Input::Interrupt(why), observe);
            if why == Interruption::PageHide {
                self.over = true;
            }
        }
    }

    fn tell(&mut self, input: Input, observe: &mut dyn FnMut(&Runner, &Item)) {
        let effects = self.runner.step(self.now, input);
        self.carry_out(effects, observe);
    }

    fn carry_out(&mut self, effects: Effects, observe: &mut dyn FnMut(&Runner, &Item)) {
        for effect in effects {
            match effect {
                Effect::Screen(_) => {
                    self.page = true;
                    self.coming.clear();
                }
                Effect::Prepare { .. } => self.later(30.0, Input::Ready),
                Effect::Show { cue, .. } => self.show(cue),
                Effect::Lay { .. } => {}
                Effect::Store(item) => {
                    if item.trial().is_some() {
                        self.trials += 1;
                        self.later(1.5, Input::Stored { seq: item.seq() });
                    }
                    observe(&self.runner, &item);
                    self.items.push(*item);
                }
                Effect::Hand(_) | Effect::End { .. } => self.over = true,
            }
        }
    }

    fn later(&mut self, ms: f64, input: Input) {
        self.coming.push((self.now + Micros::from_ms(ms), input));
    }

    fn show(&mut self, cue: Option<Cue>) {
        let shown = self.raf + self.interval + Micros::from_ms(0.15 * normal(&mut self.rng));
        if let Some(cue) = cue {
            let cb_end = self.now + Micros(300);
            let post = cb_end + Micros::from_ms(self.rng.between(0.5, 4.0));
            self.coming.push((post, Input::Stamps { cue, cb_end, post: Some(post) }));
            if self.setup.element_timing {
                self.coming.push((shown + Micros(8000), Input::Presented { cue, at: shown }));
            }
        }
        let options = u32::try_from(self.runner.responses().options.len()).unwrap_or(1);
        let Some((plan, Some(step))) = self.runner.watching() else {
            return;
        };
        let who = self.setup.participant;
        match step.role {
            Role::Target if plan.script.ends == Ends::WhenTold => {
                let solution = self.runner.task().map(|task| task.solution(plan));
                let mut at = shown;
                for (ms, choice) in
                    who.assemble(&solution.unwrap_or_default(), options, &mut self.rng)
                {
                    at = at + Micros::from_ms(ms);
                    self.press(at, choice);
                }
            }
            Role::Target if cue.is_some() => {
                if let Some((ms, choice)) = who.react(plan, options, &mut self.rng) {
                    self.press(shown + Micros::from_ms(ms), choice);
                }
            }
            Role::Lead => {
                if let Some(early) = who.jumps(step.ms, &mut self.rng) {
                    self.press(self.raf + Micros::from_ms(early), Choice(0));
                }
            }
            _ => {}
        }
    }

    fn press(&mut self, stamp: Micros, choice: Choice) {
        let handler = stamp + Micros::from_ms(self.rng.between(0.3, 4.0));
        let side = if choice.0 == 0 { -1 } else { 1 };
        let [x, y] = match self.setup.participant.device {
            Device::Keyboard => [0, 0],
            _ => [side * self.rng.whole(120, 380), self.rng.whole(100, 500)],
        }
        .map(|place| i32::try_from(place).unwrap_or(0));
        let option = self.runner.responses().options.get(usize::from(choice.0));
        let [x, y] = match option.and_then(|option| option.zone) {
            Some(zone) if x != 0 => zone.nearest(x, y),
            _ => [x, y],
        };
        let pointer = Pointer { device: self.setup.participant.device, x, y };
        let press = Press { choice, stamp, handler, pointer, quality: Quality::NONE };
        self.coming.push((handler, Input::Press(press)));
    }
}
