//! One trial while it runs: the interpreter of [`crate::script::Script`].

use super::{deck::Turn, frames::is_late};
use crate::{
    Choice, Cue, Display, Press, SceneId,
    script::{Feedback, Role, Step, TrialPlan},
    time::{frames, is_over},
};
use contract::task::{Micros, Quality, Trial};

/// Raw stamps of the target.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Stamps {
    pub raf_n: Option<Micros>,
    pub cb_end: Option<Micros>,
    pub post: Option<Micros>,
    pub raf_n1: Option<Micros>,
    pub pres_on: Option<Micros>,
    pub raf_off: Option<Micros>,
    pub pres_off: Option<Micros>,
    on: Option<Cue>,
    off: Option<Cue>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Not yet shown.
    Waiting,
    Step(usize),
    Feedback,
    Done,
}

/// A pause before the trial: planned, and begun at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rest {
    pub plan_ms: f64,
    pub since: Micros,
}

/// A trial that is running or waits for its last stamps.
#[derive(Debug, Clone)]
pub(super) struct Running {
    pub turn: Turn,
    pub plan: TrialPlan,
    pub display: Display,
    pub stamps: Stamps,
    /// Frames that the target was to be shown; none when a response cut it.
    pub target_frames: Option<u32>,
    pub rest: Option<Rest>,
    /// First frame of the trial.
    pub first: Option<Micros>,
    pub response: Option<Press>,
    pub presses: Vec<Press>,
    pub early_presses: u32,
    pub n_presses: u32,
    pub quality: Quality,
    /// Frame at which the window for responses closed.
    pub closed: Option<Micros>,
    part: Part,
    since: Micros,
    frames: u32,
    last: Option<Micros>,
}

impl Running {
    /// Made ready before its first frame: what runs in a frame callback does not allocate.
    pub(super) fn new(turn: Turn, plan: TrialPlan) -> Self {
        Self {
            turn,
            plan,
            display: Display::default(),
            stamps: Stamps::default(),
            target_frames: None,
            rest: None,
            first: None,
            response: None,
            presses: Vec::with_capacity(8),
            early_presses: 0,
            n_presses: 0,
            quality: Quality::NONE,
            closed: None,
            part: Part::Waiting,
            since: Micros(0),
            frames: 0,
            last: None,
        }
    }

    /// What holds from the first frame on.
    pub(super) fn start(&mut self, display: Display, rest: Option<Rest>) {
        (self.display, self.rest) = (display, rest);
        self.quality |= display.standing;
    }

    pub(super) const fn plan(&self) -> &TrialPlan {
        &self.plan
    }

    pub(super) fn mark(&mut self, flags: Quality) {
        self.quality |= flags;
    }

    /// Whether nothing of the trial can be lost any more.
    pub(super) const fn is_answered(&self) -> bool {
        self.closed.is_some()
    }

    pub(super) const fn is_done(&self) -> bool {
        matches!(self.part, Part::Done)
    }

    /// What to show from this frame on, if it changes.
    pub(super) fn frame(
        &mut self,
        raf: Micros,
        next_cue: &mut u32,
    ) -> Option<(SceneId, Option<Cue>)> {
        self.note(raf);
        match self.part {
            Part::Waiting => {
                self.first = Some(raf);
                let shown = self.enter(0, raf, next_cue);
                if let Some(rest) = self.rest
                    && self.plan.script.lead_includes_rest
                {
                    self.since = rest.since;
                }
                Some(shown)
            }
            Part::Step(i) => {
                let step = *self.plan.script.steps.get(i)?;
                let answered = self.plan.script.ends_on_response && self.response.is_some();
                let cut = answered && step.role != Role::Lead;
                if !cut && !self.is_over(raf) {
                    return None;
                }
                if step.role == Role::Target {
                    self.target_frames = (!cut).then_some(self.frames);
                }
                let next = if cut { usize::MAX } else { i + 1 };
                Some(self.enter(next, raf, next_cue))
            }
            Part::Feedback => self.is_over(raf).then(|| self.rest(raf, next_cue)),
            Part::Done => None,
        }
    }

    /// Takes note of a frame: the one after the onset, and gaps.
    pub(super) fn note(&mut self, raf: Micros) {
        if let Some(onset) = self.stamps.raf_n
            && self.stamps.raf_n1.is_none()
            && raf > onset
        {
            self.stamps.raf_n1 = Some(raf);
        }
        if self.response.is_none()
            && self.closed.is_none()
            && self.last.is_some_and(|last| is_late(raf - last, self.display.interval))
        {
            self.quality |= Quality::DROPPED_FRAME;
        }
        self.last = Some(raf);
    }

    fn is_over(&self, raf: Micros) -> bool {
        is_over(self.since, raf, self.frames, self.display.interval)
    }

    fn enter(&mut self, i: usize, raf: Micros, next_cue: &mut u32) -> (SceneId, Option<Cue>) {
        let Some(Step { scene, role, ms }) = self.plan.script.steps.get(i).copied() else {
            self.closed = Some(raf);
            return match self.plan.script.feedback {
                Some(feedback) => self.feedback(feedback, raf, next_cue),
                None => self.rest(raf, next_cue),
            };
        };
        self.part = Part::Step(i);
        self.begin(ms, raf);
        let cue = if role == Role::Target {
            self.stamps.raf_n = Some(raf);
            self.stamps.on = Some(draw(next_cue));
            self.stamps.on
        } else {
            self.leave_target(raf, next_cue)
        };
        (scene, cue)
    }

    fn begin(&mut self, ms: f64, raf: Micros) {
        self.since = raf;
        self.frames = frames(ms, self.display.interval);
    }

    fn feedback(
        &mut self,
        scenes: Feedback,
        raf: Micros,
        next_cue: &mut u32,
    ) -> (SceneId, Option<Cue>) {
        self.part = Part::Feedback;
        self.begin(scenes.ms, raf);
        let onset = self.stamps.cb_end.max(self.stamps.raf_n);
        let rt = self.response.zip(onset).map(|(press, onset)| (press.stamp - onset).ms());
        let early = rt.is_some_and(|rt| rt < self.plan.script.anticipation_ms);
        let scene = if early || self.early_presses > 0 {
            scenes.early
        } else if self.response.map(|press| press.choice) == self.plan.correct {
            scenes.right
        } else if self.response.is_none() {
            scenes.slow
        } else {
            scenes.wrong
        };
        (scene, self.leave_target(raf, next_cue))
    }

    fn rest(&mut self, raf: Micros, next_cue: &mut u32) -> (SceneId, Option<Cue>) {
        self.part = Part::Done;
        self.since = raf;
        (self.plan.script.rest, self.leave_target(raf, next_cue))
    }

    /// The frame of the flip to the rest, once done.
    pub(super) const fn rest_since(&self) -> Micros {
        self.since
    }

    /// The first flip after the target is timed as well.
    fn leave_target(&mut self, raf: Micros, next_cue: &mut u32) -> Option<Cue> {
        if self.stamps.raf_n.is_none() || self.stamps.raf_off.is_some() {
            return None;
        }
        self.stamps.raf_off = Some(raf);
        self.stamps.off = Some(draw(next_cue));
        self.stamps.off
    }

    /// Takes a press: the first that means something from the target's flip until the window
    /// closes is the response. One that is delivered late but was made in time counts too.
    pub(super) fn press(&mut self, press: Press) {
        self.n_presses = self.n_presses.saturating_add(1);
        let role = match self.part {
            Part::Step(i) => self.plan.script.steps.get(i).map(|step| step.role),
            _ => None,
        };
        let before_target = self.stamps.raf_n.is_none();
        let in_time = match self.closed {
            Some(closed) => press.stamp < closed,
            None => matches!(role, Some(Role::Target | Role::Window)),
        };
        if in_time && self.response.is_none() && press.choice != Choice::OTHER {
            self.response = Some(press);
            self.quality |= press.quality;
            return;
        }
        if before_target {
            self.early_presses = self.early_presses.saturating_add(1);
        }
        if self.presses.len() < Trial::MAX_ACTIONS {
            self.presses.push(press);
        }
    }

    pub(super) fn stamps_of(&mut self, cue: Cue, cb_end: Micros, post: Option<Micros>) {
        if self.stamps.on == Some(cue) {
            self.stamps.cb_end = Some(cb_end);
            self.stamps.post = post;
        }
    }

    pub(super) fn presented(&mut self, cue: Cue, at: Micros) {
        if self.stamps.on == Some(cue) {
            self.stamps.pres_on = Some(at);
        } else if self.stamps.off == Some(cue) {
            self.stamps.pres_off = Some(at);
        }
    }

    /// Whether every stamp that can come has come.
    pub(super) const fn is_settled(&self) -> bool {
        let s = &self.stamps;
        let presented = s.pres_on.is_some() && s.pres_off.is_some();
        s.raf_n.is_none()
            || (s.cb_end.is_some()
                && s.raf_n1.is_some()
                && (presented || !self.display.element_timing))
    }
}

fn draw(next_cue: &mut u32) -> Cue {
    let cue = Cue(*next_cue);
    *next_cue = next_cue.wrapping_add(1);
    cue
}
