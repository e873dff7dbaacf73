//! Between engine and browser: tells the engine what happened and carries out what it asks.

use crate::{
    flow::Happening,
    runtime::{
        calibrate,
        clock::Clock,
        frames::{ESTIMATE_OVER, FrameLog},
        heap,
        input::Input,
        markers::Markers,
        post::Post,
        refresh::Refresh,
    },
    sync::keeper::Keep,
    views::stage::Stage,
};
use contract::task::{Interruption, Item, Micros, Quality};
use run_outbox::Signal;
use task_engine::{Cue, Effect, Input as Told, Runner};
use web_sys::Document;

/// Spare markers, for trials that have to be run again.
const SPARE_MARKERS: usize = 32;
/// The wall clock may run this far from the monotonic one, in ms, before the device has slept.
const SLEPT_MS: f64 = 50.0;
/// A change of the refresh interval below this share is the noise of measuring it.
const SAME_REFRESH: f64 = 0.01;

/// What a driver is made of.
pub(crate) struct Parts {
    pub clock: Clock,
    pub document: Document,
    pub runner: Runner,
    pub stage: Stage,
    pub markers: Markers,
    pub input: Input,
    pub flow: Signal<Happening>,
    pub keep: Signal<Keep>,
    pub refresh: Refresh,
    pub clock_step_us: f64,
    pub element_timing: bool,
}

/// A flip whose stamps are not yet all known.
#[derive(Clone, Copy)]
struct Flip {
    cue: Cue,
    cb_end_ms: f64,
    /// Frames seen since; after two the stamps are told without the time after the paint.
    frames: u32,
}

/// The state of a run between two callbacks.
pub(crate) struct Driver {
    parts: Parts,
    post: Option<Post>,
    frames: FrameLog,
    /// A block runs: the engine gets every frame.
    running: bool,
    begun: bool,
    ended: bool,
    flip: Option<Flip>,
    /// Items of this callback, handed on after the paint.
    outbox: Vec<Item>,
    /// A trial ended: time to look at the refresh rate again.
    measure: bool,
    drift_ms: f64,
    /// Allocations seen in frame callbacks that ended no trial; see [`heap`].
    frame_allocations: u32,
}

impl Driver {
    pub(crate) fn new(parts: Parts) -> Self {
        let drift_ms = parts.clock.drift_ms();
        Self {
            parts,
            post: None,
            frames: FrameLog::new(),
            running: false,
            begun: false,
            ended: false,
            flip: None,
            outbox: Vec::with_capacity(16),
            measure: false,
            drift_ms,
            frame_allocations: 0,
        }
    }

    /// Gives the port that calls [`Self::after_paint`].
    pub(crate) fn set_post(&mut self, post: Post) {
        self.post = Some(post);
    }

    /// Begins or resumes the run.
    pub(crate) fn begin(&mut self) {
        self.begun = true;
        let display = calibrate::display(
            &self.parts.refresh,
            self.parts.element_timing,
            self.parts.clock_step_us,
        );
        let time_origin_ms = self.parts.clock.time_origin();
        self.tell(Told::Begin { time_origin_ms, display });
    }

    /// One animation frame. Returns whether another is wanted.
    pub(crate) fn frame(&mut self, stamp_ms: f64) -> bool {
        let before = heap::count();
        self.frames.push(stamp_ms);
        if self.running {
            self.late_stamps();
            while let Some(press) = self.parts.input.next() {
                self.step(Told::Press(press));
            }
            self.step(Told::Frame { raf: Micros::from_ms(stamp_ms) });
            let work = !self.outbox.is_empty()
                || (self.parts.runner.is_resting() && self.parts.markers.is_waiting());
            let fresh = self.flip.as_ref().is_some_and(|flip| flip.frames == 0);
            if self.outbox.is_empty() {
                self.frame_allocations += heap::count() - before;
            }
            if let Some(post) = self.post.as_ref().filter(|_| work || fresh) {
                post.post();
            }
            if let Some(flip) = self.flip.as_mut().filter(|_| fresh) {
                flip.cb_end_ms = self.parts.clock.now();
            }
        }
        !self.ended
    }

    /// The task after the paint of a frame: the last stamp of its flip, and all the work that a
    /// frame callback must not do.
    pub(crate) fn after_paint(&mut self) {
        let now_ms = self.parts.clock.now();
        if let Some(flip) = self.flip.take() {
            self.stamps(flip, Some(now_ms));
            self.watch_for_sleep();
        }
        if self.parts.runner.is_resting() {
            for (cue, at_ms) in self.parts.markers.collect() {
                self.step(Told::Presented { cue, at: Micros::from_ms(at_ms) });
            }
        }
        if self.measure {
            self.measure = false;
            self.measure_refresh();
        }
        self.hand_on();
    }

    /// Anything that is no frame: carried out at once, and what is to be stored goes on its way.
    pub(crate) fn tell(&mut self, told: Told) {
        if self.begun && !self.ended {
            self.step(told);
            self.hand_on();
        }
    }

    /// Attention was lost, or the participant asked for a pause. Changes of the window between
    /// blocks are our own doing (full screen) and disturb nobody; the rest is kept for the record.
    pub(crate) fn interrupt(&mut self, why: Interruption) {
        let matters = match why {
            Interruption::Hidden | Interruption::Blur | Interruption::PageHide => true,
            Interruption::FullscreenLost | Interruption::Resized | Interruption::Asked => {
                self.running
            }
        };
        if matters {
            self.tell(Told::Interrupt(why));
        }
    }

    /// Opens the stage and draws the block. Give the browser some frames, then [`Self::start`].
    pub(crate) fn prepare(&mut self, markers: u32) {
        let parts = &mut self.parts;
        parts.stage.open();
        parts.stage.draw(&parts.document, parts.runner.scenes(), parts.runner.responses());
        let markers = usize::try_from(markers).unwrap_or_default();
        parts.markers.ensure(markers + SPARE_MARKERS);
        let (centre, short_side) = (parts.stage.centre(), parts.stage.short_side());
        let buttons = parts.stage.buttons();
        parts.input.prepare(parts.runner.responses(), buttons, centre, short_side);
    }

    /// The block is ready: from the next frame on the engine runs.
    pub(crate) fn start(&mut self) {
        self.flip = None;
        self.running = true;
        self.parts.input.listen(true);
        self.tell(Told::Ready);
    }

    pub(crate) const fn runner(&self) -> &Runner {
        &self.parts.runner
    }

    /// The newest estimate of the refresh interval.
    pub(crate) const fn refresh(&self) -> Refresh {
        self.parts.refresh
    }

    pub(crate) const fn frame_allocations(&self) -> u32 {
        self.frame_allocations
    }

    fn step(&mut self, told: Told) {
        let at = Micros::from_ms(self.parts.clock.now());
        for effect in self.parts.runner.step(at, told) {
            self.carry_out(effect);
        }
    }

    fn carry_out(&mut self, effect: Effect) {
        match effect {
            Effect::Show { scene, over, cue } => {
                self.parts.stage.show(scene, over);
                if let Some(cue) = cue {
                    if let Some(flip) = self.flip.take() {
                        // The one before was two frames ago at most; its paint is not told any more
                        self.stamps(flip, None);
                    }
                    // Without a marker left the presentation stays unknown and is flagged so.
                    self.parts.markers.reveal(cue);
                    self.flip = Some(Flip { cue, cb_end_ms: 0.0, frames: 0 });
                }
            }
            Effect::Lay { scene, on } => self.parts.stage.lay(scene, on),
            Effect::Store(item) => {
                self.measure |= item.trial().is_some();
                self.outbox.push(*item);
            }
            Effect::Screen(screen) => {
                self.stop();
                self.parts.flow.send(Happening::Screen(screen));
            }
            Effect::Prepare { markers } => {
                self.stop();
                self.parts.flow.send(Happening::Prepare { markers });
            }
            Effect::Hand(group) => {
                self.stop();
                self.ended = true;
                self.parts.flow.send(Happening::Hand(group));
            }
            Effect::End { completed } => {
                self.stop();
                self.ended = completed;
                let end = if completed { Happening::Completed } else { Happening::Left };
                self.parts.flow.send(end);
            }
        }
    }

    fn stop(&mut self) {
        self.running = false;
        self.parts.stage.close();
        self.parts.input.listen(false);
    }

    fn hand_on(&mut self) {
        for item in self.outbox.drain(..) {
            self.parts.keep.send(Keep::Item(Box::new(item)));
        }
    }

    /// Tells the stamps of a flip whose task after the paint has not run for two frames.
    fn late_stamps(&mut self) {
        let Some(flip) = self.flip.as_mut() else { return };
        flip.frames += 1;
        if flip.frames >= 2 {
            let flip = *flip;
            self.flip = None;
            self.stamps(flip, None);
        }
    }

    fn stamps(&mut self, flip: Flip, post_ms: Option<f64>) {
        self.step(Told::Stamps {
            cue: flip.cue,
            cb_end: Micros::from_ms(flip.cb_end_ms),
            post: post_ms.map(Micros::from_ms),
        });
    }

    fn watch_for_sleep(&mut self) {
        let drift_ms = self.parts.clock.drift_ms();
        if (drift_ms - self.drift_ms).abs() > SLEPT_MS {
            self.step(Told::Flag(Quality::SLEPT));
        }
        self.drift_ms = drift_ms;
    }

    /// Looks at the frames since some seconds ago, between two trials.
    fn measure_refresh(&mut self) {
        let from = self.frames.position().saturating_sub(ESTIMATE_OVER);
        let Some(new) = self.frames.estimate_since(from) else { return };
        let old = self.parts.refresh;
        let changed = (new.interval_ms - old.interval_ms).abs() > SAME_REFRESH * old.interval_ms;
        if changed || new.variable != old.variable {
            self.parts.refresh = new;
            let display =
                calibrate::display(&new, self.parts.element_timing, self.parts.clock_step_us);
            self.step(Told::Display(display));
        }
    }
}
