//! One trial while it runs: the interpreter of [`crate::script::Script`].

use super::{deck::Turn, frames::is_late};
use crate::{
    Choice, Cue, Display, Press, SceneId,
    scene::{NOTHING_OVER, Over},
    script::{Early, Ends, Role, Step, TrialPlan},
    spec::{Answer, Outcome, Task},
    time::{frames, is_over},
};
use contract::task::{Micros, Quality, Trial};
use smallvec::SmallVec;

/// Raw stamps of a flip whose time matters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Flip {
    pub raf: Option<Micros>,
    pub cb_end: Option<Micros>,
    pub post: Option<Micros>,
    pub raf_n1: Option<Micros>,
    pub pres: Option<Micros>,
    cue: Option<Cue>,
}

impl Flip {
    fn frame(&mut self, raf: Micros) {
        if let Some(flip) = self.raf
            && self.raf_n1.is_none()
            && raf > flip
        {
            self.raf_n1 = Some(raf);
        }
    }

    /// Whether every stamp of an onset that can come has come.
    const fn is_settled(&self, element_timing: bool) -> bool {
        self.raf.is_none()
            || (self.cb_end.is_some()
                && self.raf_n1.is_some()
                && (self.pres.is_some() || !element_timing))
    }
}

/// Raw stamps of a trial.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Stamps {
    /// The target comes.
    pub on: Flip,
    /// The first flip after it.
    pub off: Flip,
    /// The second stimulus comes.
    pub signal: Flip,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Not yet shown.
    Waiting,
    Step(usize),
    /// What is said about a press before the target, before the trial begins again.
    Restart,
    Feedback,
    Done,
}

/// A pause before the trial: planned, and begun at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rest {
    pub plan_ms: f64,
    pub since: Micros,
}

/// What to show from a frame on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct View {
    pub scene: SceneId,
    pub over: Over,
    pub cue: Option<Cue>,
}

/// A layer that is shown for a short time after a press.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Flash {
    layer: SceneId,
    ms: f64,
    /// Since when; none before its first frame.
    since: Option<Micros>,
}

/// Presses that a trial has room for before it must allocate.
const PRESSES: usize = 8;
/// The same where many presses make one answer.
const MANY_PRESSES: usize = 256;

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
    /// A press before the target ended the trial.
    pub false_start: bool,
    /// The task's verdict where it ends its trials itself.
    pub verdict: Option<bool>,
    /// Time of the block that was over when this trial's share of it began.
    pub block_time: Micros,
    /// Whether the next trial begins with the frame that ends this one.
    pub chained: bool,
    part: Part,
    /// From where the times of steps count.
    since: Micros,
    /// Until when, in milliseconds from there.
    until_ms: f64,
    frames: u32,
    last: Option<Micros>,
    jumped: bool,
    lays: SmallVec<[(SceneId, bool); 8]>,
    flash: Option<Flash>,
    /// How many of the presses came before the target.
    before_target: usize,
}

impl Running {
    /// Made ready before its first frame: what runs in a frame callback does not allocate.
    pub(super) fn new(turn: Turn, plan: TrialPlan) -> Self {
        let many = plan.script.ends == Ends::WhenTold;
        Self {
            turn,
            plan,
            display: Display::default(),
            stamps: Stamps::default(),
            target_frames: None,
            rest: None,
            first: None,
            response: None,
            presses: Vec::with_capacity(if many { MANY_PRESSES } else { PRESSES }),
            early_presses: 0,
            n_presses: 0,
            quality: Quality::NONE,
            closed: None,
            false_start: false,
            verdict: None,
            block_time: Micros(0),
            chained: false,
            part: Part::Waiting,
            since: Micros(0),
            until_ms: 0.0,
            frames: 0,
            last: None,
            jumped: false,
            lays: SmallVec::new(),
            flash: None,
            before_target: 0,
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

    /// The step that is shown.
    pub(super) fn step(&self) -> Option<&Step> {
        match self.part {
            Part::Step(i) => self.plan.script.steps.get(i),
            _ => None,
        }
    }

    /// What to show from this frame on, if it changes.
    pub(super) fn frame(
        &mut self,
        raf: Micros,
        next_cue: &mut u32,
        task: Option<&dyn Task>,
    ) -> Option<View> {
        self.note(raf);
        self.end_flash(raf);
        let view = self.go_on(raf, next_cue, task);
        if view.is_some() {
            // A flip takes every layer away
            self.lays.clear();
        }
        view
    }

    fn go_on(&mut self, raf: Micros, next_cue: &mut u32, task: Option<&dyn Task>) -> Option<View> {
        match self.part {
            Part::Waiting => {
                self.first = Some(raf);
                let rest = self.rest.filter(|_| self.plan.script.lead_includes_rest);
                self.since = rest.map_or(raf, |rest| rest.since);
                self.until_ms = 0.0;
                self.enter(0, raf, next_cue, task)
            }
            Part::Step(i) => {
                let step = *self.plan.script.steps.get(i)?;
                let before_target = self.stamps.on.raf.is_none();
                if before_target && self.jumped {
                    return self.jump(raf, next_cue, task);
                }
                let answered = match self.plan.script.ends {
                    Ends::ByTime => false,
                    Ends::OnResponse => self.response.is_some(),
                    Ends::WhenTold => self.verdict.is_some() && self.flash.is_none(),
                };
                let cut = answered && !before_target;
                if !cut && !self.is_over(raf) {
                    return None;
                }
                if step.role == Role::Target {
                    self.target_frames = (!cut).then_some(self.frames);
                }
                self.enter(if cut { usize::MAX } else { i + 1 }, raf, next_cue, task)
            }
            Part::Restart if self.is_over(raf) => {
                (self.since, self.until_ms) = (raf, 0.0);
                self.enter(0, raf, next_cue, task)
            }
            Part::Feedback if self.is_over(raf) => self.rest(raf, next_cue),
            Part::Restart | Part::Feedback | Part::Done => None,
        }
    }

    /// Takes note of a frame: the one after an onset, and gaps.
    pub(super) fn note(&mut self, raf: Micros) {
        self.stamps.on.frame(raf);
        self.stamps.signal.frame(raf);
        if self.response.is_none()
            && self.closed.is_none()
            && self.last.is_some_and(|last| is_late(raf - last, self.display.interval))
        {
            self.quality |= Quality::DROPPED_FRAME;
        }
        self.last = Some(raf);
    }

    /// Layers to put on and take off in this frame, after [`Self::frame`].
    pub(super) fn lays(&mut self, raf: Micros) -> impl Iterator<Item = (SceneId, bool)> {
        if let Some(flash) = self.flash.as_mut().filter(|flash| flash.since.is_none()) {
            flash.since = Some(raf);
            self.lays.push((flash.layer, true));
        }
        self.lays.drain(..)
    }

    fn end_flash(&mut self, raf: Micros) {
        if let Some(Flash { layer, ms, since: Some(since) }) = self.flash {
            let interval = self.display.interval;
            if is_over(since, raf, frames(ms, interval), interval) {
                self.lays.push((layer, false));
                self.flash = None;
            }
        }
    }

    fn is_over(&self, raf: Micros) -> bool {
        is_over(self.since, raf, self.frames, self.display.interval)
    }

    /// Goes to a step, or to what follows the last one. None where the next trial follows at once.
    fn enter(
        &mut self,
        i: usize,
        raf: Micros,
        next_cue: &mut u32,
        task: Option<&dyn Task>,
    ) -> Option<View> {
        let Some(Step { scene, over, role, ms }) = self.plan.script.steps.get(i).copied() else {
            return self.close(raf, next_cue, task);
        };
        self.part = Part::Step(i);
        // What only waits goes on from what was shown before it
        let shows = scene != SceneId::BLANK || over != NOTHING_OVER;
        let before_target = self.stamps.on.raf.is_none();
        if role == Role::Target || (before_target && shows && i > 0) {
            (self.since, self.until_ms) = (raf, 0.0);
        }
        self.until_ms += ms;
        self.frames = frames(self.until_ms, self.display.interval);
        let mut cue = self.leave_target(raf, next_cue);
        if role == Role::Target {
            self.before_target = self.presses.len();
            self.stamps.on.raf = Some(raf);
            self.stamps.on.cue = Some(draw(next_cue));
            cue = self.stamps.on.cue;
        } else if role == Role::Signal && self.stamps.signal.raf.is_none() {
            self.stamps.signal.raf = Some(raf);
            cue = cue.or_else(|| Some(draw(next_cue)));
            self.stamps.signal.cue = cue;
        }
        Some(View { scene, over, cue })
    }

    /// A press came before the target.
    fn jump(&mut self, raf: Micros, next_cue: &mut u32, task: Option<&dyn Task>) -> Option<View> {
        self.jumped = false;
        if self.plan.script.early == Early::Ends {
            self.false_start = true;
            return self.close(raf, next_cue, task);
        }
        self.stamps.signal = Flip::default();
        if let Some(feedback) = self.plan.script.feedback {
            self.part = Part::Restart;
            self.hold(feedback.ms, raf);
            return Some(View { scene: feedback.early, over: NOTHING_OVER, cue: None });
        }
        (self.since, self.until_ms) = (raf, 0.0);
        self.enter(0, raf, next_cue, task)
    }

    fn hold(&mut self, ms: f64, raf: Micros) {
        self.since = raf;
        self.frames = frames(ms, self.display.interval);
    }

    /// The window for responses is over.
    fn close(&mut self, raf: Micros, next_cue: &mut u32, task: Option<&dyn Task>) -> Option<View> {
        self.closed = Some(raf);
        let Some(Outcome { scene, over, ms }) = self.outcome(task) else {
            return self.rest(raf, next_cue);
        };
        self.part = Part::Feedback;
        self.hold(ms, raf);
        let cue = self.leave_target(raf, next_cue);
        Some(View { scene, over, cue })
    }

    /// What is said about the answer.
    fn outcome(&self, task: Option<&dyn Task>) -> Option<Outcome> {
        let onset = self.stamps.on.cb_end.max(self.stamps.on.raf);
        let rt = self.response.zip(onset).map(|(press, onset)| press.stamp - onset);
        let fast = rt.is_some_and(|rt| rt.ms() < self.plan.script.anticipation_ms);
        let chosen = self.response.map(|press| press.choice);
        let answer = Answer {
            choice: chosen,
            rt_ms: rt.map(Micros::ms),
            right: self.verdict.unwrap_or_else(|| chosen == self.plan.correct),
            early: fast || self.early_presses > 0,
            presses: self.answers(),
        };
        if let Some(outcome) = task.and_then(|task| task.outcome(&self.plan, answer)) {
            return Some(outcome);
        }
        let feedback = self.plan.script.feedback?;
        let scene = if answer.early {
            feedback.early
        } else if answer.right {
            feedback.right
        } else if answer.choice.is_none() {
            feedback.slow
        } else {
            feedback.wrong
        };
        let digits = feedback.rt.zip(rt).filter(|_| scene == feedback.right);
        let over = digits.map_or(NOTHING_OVER, |(digits, rt)| {
            digits.of(u32::try_from((rt.0 + 500) / 1000).unwrap_or(0))
        });
        Some(Outcome { scene, over, ms: feedback.ms })
    }

    fn rest(&mut self, raf: Micros, next_cue: &mut u32) -> Option<View> {
        self.part = Part::Done;
        self.since = raf;
        if self.chained {
            return None;
        }
        let cue = self.leave_target(raf, next_cue);
        Some(View { scene: self.plan.script.rest, over: NOTHING_OVER, cue })
    }

    /// The frame of the flip to the rest, once done.
    pub(super) const fn rest_since(&self) -> Micros {
        self.since
    }

    /// Time of the block that is over with this trial, or with what was seen of it.
    pub(super) fn block_time_after(&self) -> Micros {
        let until = if self.is_done() { Some(self.since) } else { self.last };
        self.block_time + self.share_of_block(until)
    }

    /// Time of the block that is over with this frame.
    pub(super) fn block_time_by(&self, raf: Micros) -> Micros {
        self.block_time + self.share_of_block(Some(raf))
    }

    /// Time of the block that was over at the target's frame.
    pub(super) fn block_time_at_target(&self) -> Micros {
        self.block_time + self.share_of_block(self.stamps.on.raf)
    }

    fn share_of_block(&self, until: Option<Micros>) -> Micros {
        let from = self.rest.map(|rest| rest.since).or(self.first);
        until.zip(from).map_or(Micros(0), |(until, from)| until - from)
    }

    /// The first flip after the target is timed as well.
    fn leave_target(&mut self, raf: Micros, next_cue: &mut u32) -> Option<Cue> {
        if !self.wants_end_of_target() {
            return None;
        }
        self.end_of_target(raf, draw(next_cue));
        self.stamps.off.cue
    }

    /// Whether the target has come and nothing after it.
    pub(super) const fn wants_end_of_target(&self) -> bool {
        self.stamps.on.raf.is_some() && self.stamps.off.raf.is_none()
    }

    /// The flip of `raf` took the target away.
    pub(super) const fn end_of_target(&mut self, raf: Micros, cue: Cue) {
        self.stamps.off.raf = Some(raf);
        self.stamps.off.cue = Some(cue);
    }

    /// Takes a press: the first that means something from the target's flip until the window
    /// closes is the response. One that is delivered late but was made in time counts too.
    pub(super) fn press(&mut self, press: Press, task: Option<&dyn Task>) {
        self.n_presses = self.n_presses.saturating_add(1);
        let means = press.choice != Choice::OTHER;
        let before_target = self.stamps.on.raf.is_none();
        let in_time = match self.closed {
            Some(closed) => press.stamp < closed,
            None => !before_target && matches!(self.part, Part::Step(_)),
        };
        if !before_target && self.plan.script.ends == Ends::WhenTold {
            if in_time && means {
                self.react(press, task);
            }
            return;
        }
        if in_time && means && self.response.is_none() {
            self.response = Some(press);
            self.quality |= press.quality;
            return;
        }
        if before_target && self.closed.is_none() {
            self.early_presses = self.early_presses.saturating_add(1);
            let early = self.plan.script.early;
            if means && early != Early::Counts && matches!(self.part, Part::Step(_)) {
                self.jumped = true;
                if early == Early::Ends && self.response.is_none() {
                    self.response = Some(press);
                    self.quality |= press.quality;
                    return;
                }
            }
        }
        if self.presses.len() < Trial::MAX_ACTIONS {
            self.presses.push(press);
        }
    }

    /// Presses from the target on.
    fn answers(&self) -> &[Press] {
        self.presses.get(self.before_target..).unwrap_or_default()
    }

    /// One press of many.
    fn react(&mut self, press: Press, task: Option<&dyn Task>) {
        if self.verdict.is_some() || self.presses.len() >= Trial::MAX_ACTIONS {
            return;
        }
        self.presses.push(press);
        self.response = Some(press);
        self.quality |= press.quality;
        let Some(task) = task else {
            return;
        };
        let reaction = task.react(&self.plan, self.answers());
        self.lays.extend(reaction.lay);
        if let Some((layer, ms)) = reaction.flash {
            if let Some(Flash { layer, since: Some(_), .. }) = self.flash {
                self.lays.push((layer, false));
            }
            self.flash = Some(Flash { layer, ms, since: None });
        }
        self.verdict = reaction.done;
    }

    pub(super) fn stamps_of(&mut self, cue: Cue, cb_end: Micros, post: Option<Micros>) {
        for flip in [&mut self.stamps.on, &mut self.stamps.signal] {
            if flip.cue == Some(cue) {
                flip.cb_end = Some(cb_end);
                flip.post = post;
            }
        }
    }

    pub(super) fn presented(&mut self, cue: Cue, at: Micros) {
        let Stamps { on, off, signal } = &mut self.stamps;
        for flip in [on, off, signal] {
            if flip.cue == Some(cue) {
                flip.pres = Some(at);
            }
        }
    }

    /// Whether every stamp that can come has come.
    pub(super) const fn is_settled(&self) -> bool {
        let element_timing = self.display.element_timing;
        let s = &self.stamps;
        s.on.is_settled(element_timing)
            && s.signal.is_settled(element_timing)
            && (s.on.raf.is_none() || s.off.pres.is_some() || !element_timing)
    }
}

pub(super) fn draw(next_cue: &mut u32) -> Cue {
    let cue = Cue(*next_cue);
    *next_cue = next_cue.wrapping_add(1);
    cue
}
