//! A browser in the hands of the test: every frame, stamp and press is made on purpose.

use contract::task::{Device, EventKind, Item, Micros, Pointer, Quality, RunConfig, Trial};
use task_engine::{
    Choice, Cue, Display, Effect, Input, Press, Runner, SceneId, Screen, spec::Group,
};

pub(crate) const T: Micros = Micros(16_667);

/// The machine with everything that it asked for so far.
pub(crate) struct Desk {
    pub(crate) runner: Runner,
    pub(crate) raf: Micros,
    pub(crate) items: Vec<Item>,
    pub(crate) screens: Vec<Screen>,
    /// Frame, scene and cue of every flip.
    pub(crate) flips: Vec<(Micros, SceneId, Option<Cue>)>,
    /// Layers on top of the last flip, and what was put on or taken off since.
    pub(crate) over: [SceneId; 4],
    pub(crate) lays: Vec<(SceneId, bool)>,
    pub(crate) ends: Vec<bool>,
    /// To which programs the run was handed over.
    pub(crate) handed: Vec<Group>,
    pub(crate) prepared: u32,
    /// Whether trials are reported as stored at once.
    pub(crate) stores: bool,
}

impl Desk {
    /// A run begun at 60 Hz; `element_timing` as told.
    pub(crate) fn open(config: &RunConfig, element_timing: bool) -> Self {
        Self::over(Runner::new(config).unwrap(), element_timing)
    }

    /// Goes on with a runner that has not begun.
    pub(crate) fn over(runner: Runner, element_timing: bool) -> Self {
        let mut desk = Self {
            runner,
            raf: Micros(1_000_000),
            items: Vec::new(),
            screens: Vec::new(),
            flips: Vec::new(),
            over: [SceneId::BLANK; 4],
            lays: Vec::new(),
            ends: Vec::new(),
            handed: Vec::new(),
            prepared: 0,
            stores: true,
        };
        let display = Display { interval: T, element_timing, standing: Quality::NONE };
        desk.tell(Input::Begin { time_origin_ms: 1.7e12, display });
        desk
    }

    pub(crate) fn tell(&mut self, input: Input) {
        let mut stored = Vec::new();
        let mut flips = 0;
        for effect in self.runner.step(self.raf, input) {
            match effect {
                Effect::Screen(screen) => self.screens.push(*screen),
                Effect::Prepare { .. } => self.prepared += 1,
                Effect::Show { scene, over, cue } => {
                    self.over = over;
                    assert!(matches!(input, Input::Frame { .. }), "a flip outside a frame");
                    flips += 1;
                    self.flips.push((self.raf, scene, cue));
                }
                Effect::Lay { scene, on } => {
                    assert!(matches!(input, Input::Frame { .. }), "a layer outside a frame");
                    self.lays.push((scene, on));
                }
                Effect::Store(item) => {
                    stored.extend(item.trial().map(|trial| trial.seq));
                    self.items.push(*item);
                }
                Effect::Hand(group) => self.handed.push(group),
                Effect::End { completed } => self.ends.push(completed),
            }
        }
        assert!(flips <= 1, "two flips in one frame");
        stored.retain(|_| self.stores);
        for seq in stored {
            self.tell(Input::Stored { seq });
        }
    }

    /// One frame, `intervals` after the one before.
    pub(crate) fn frame_after(&mut self, intervals: i64) {
        self.raf = self.raf + Micros(T.0 * intervals);
        self.tell(Input::Frame { raf: self.raf });
    }

    pub(crate) fn frame(&mut self) {
        self.frame_after(1);
    }

    pub(crate) fn frames(&mut self, n: u32) {
        for _ in 0..n {
            self.frame();
        }
    }

    /// Presses on through pages until trials are prepared, and through the count-down.
    pub(crate) fn reach_trials(&mut self) {
        let before = self.prepared;
        while self.prepared == before && !self.ends.contains(&true) {
            self.tell(Input::Continue);
        }
        self.tell(Input::Ready);
        self.frames(180);
    }

    /// Frames until a scene of that name is shown; its cue.
    #[track_caller]
    pub(crate) fn until(&mut self, name: &str) -> Option<Cue> {
        for _ in 0..2000 {
            self.frame();
            if let Some((raf, scene, cue)) = self.flips.last().copied()
                && raf == self.raf
                && self.runner.scenes()[usize::from(scene.0)].name == name
            {
                return cue;
            }
        }
        panic!("{name} was never shown");
    }

    /// A key of the first option (or that choice) with this stamp, handled 1 ms later.
    pub(crate) fn press(&mut self, choice: Choice, stamp: Micros) {
        let pointer = Pointer { device: Device::Keyboard, x: 0, y: 0 };
        let handler = stamp + Micros(1000);
        self.tell(Input::Press(Press { choice, stamp, handler, pointer, quality: Quality::NONE }));
    }

    /// Stamps of a flip as an unhurried browser gives them.
    pub(crate) fn stamp(&mut self, cue: Cue) {
        let cb_end = self.raf + Micros(400);
        self.tell(Input::Stamps { cue, cb_end, post: Some(self.raf + Micros(3000)) });
    }

    /// A simple-RT trial answered `ms` after the frame of the X, to the end and stored.
    pub(crate) fn answer(&mut self, ms: i64) {
        let cue = self.until("target").unwrap();
        self.stamp(cue);
        let onset = self.raf;
        self.frames(u32::try_from(ms * 1000 / T.0).unwrap());
        self.press(Choice(0), onset + Micros(ms * 1000));
        self.frames(3);
    }

    pub(crate) fn trials(&self) -> Vec<&Trial> {
        self.items.iter().filter_map(Item::trial).collect()
    }

    pub(crate) fn last_trial(&self) -> &Trial {
        self.trials().last().copied().unwrap()
    }

    pub(crate) fn events(&self) -> Vec<&EventKind> {
        self.items
            .iter()
            .filter_map(|item| match item {
                Item::Event(event) => Some(&event.what),
                Item::Trial(_) => None,
            })
            .collect()
    }
}
