//! A trial as a list of steps that one interpreter runs.

use crate::{
    SceneId,
    responses::Choice,
    scene::{Digits, NOTHING_OVER, Over},
};
use contract::task::Extra;
use smallvec::SmallVec;

/// What a step is to the trial.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Before the target: fixation, foreperiod, cue. Presses are kept as early ones.
    Lead,
    /// The stimulus whose onset starts the RT clock. Exactly one per script. Presses are responses.
    Target,
    /// After the target, still waiting for a response (mask, blank window).
    Window,
    /// A second stimulus whose onset is stamped as well, one per script at most. After the target
    /// (stop signal) presses are responses, before it (cue) they are early ones. Its row has
    /// `signal_onset_us`, `signal_method` and `signal_soa_us` (signal minus target, so negative
    /// for a cue).
    Signal,
}

/// One display for a time.
///
/// Times are kept from onsets, not from the beginning of the trial, so that one late frame moves
/// nothing that does not hang on it. Before the target a step that shows something counts from its
/// own frame, and one that only waits (the blank scene) goes on from what was shown before it: the
/// time from a cue to the target is the planned one however late the cue came. The target counts
/// from its own frame, and all after it end at the sum of their times from that same frame.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    pub scene: SceneId,
    /// Layers on top of the scene; [`NOTHING_OVER`] for none.
    pub over: Over,
    pub role: Role,
    /// Shown for `max(1, round(ms / T))` frames; a response may end it before.
    pub ms: f64,
}

impl Step {
    #[must_use]
    pub const fn new(role: Role, scene: SceneId, ms: f64) -> Self {
        Self { scene, over: NOTHING_OVER, role, ms }
    }

    #[must_use]
    pub const fn lead(scene: SceneId, ms: f64) -> Self {
        Self::new(Role::Lead, scene, ms)
    }

    #[must_use]
    pub const fn target(scene: SceneId, ms: f64) -> Self {
        Self::new(Role::Target, scene, ms)
    }

    #[must_use]
    pub const fn window(scene: SceneId, ms: f64) -> Self {
        Self::new(Role::Window, scene, ms)
    }

    #[must_use]
    pub const fn signal(scene: SceneId, ms: f64) -> Self {
        Self::new(Role::Signal, scene, ms)
    }

    /// With layers on top.
    #[must_use]
    pub const fn over(self, over: Over) -> Self {
        Self { over, ..self }
    }
}

/// What a press that means something does before the target.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Early {
    /// It is counted (`early_presses`) and kept among the actions; the trial goes on.
    #[default]
    Counts,
    /// The steps before the target begin again, after the feedback's scene `early` where there is
    /// one. Counted and kept as above.
    Restarts,
    /// It ends the trial: a row of its own with `false_start`, without an onset, never right.
    Ends,
}

/// What ends target, signal and window before their time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Ends {
    /// Nothing: the first press is the response, the display stays.
    #[default]
    ByTime,
    /// The first press, at the next frame.
    OnResponse,
    /// The task says so: every press goes to [`crate::spec::Task::react`].
    WhenTold,
}

/// Scene after the answer, by how it went. A task that decides it otherwise has
/// [`crate::spec::Task::outcome`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Feedback {
    pub right: SceneId,
    pub wrong: SceneId,
    /// No response within the window.
    pub slow: SceneId,
    /// A press before the target, or before anybody could have reacted to it.
    pub early: SceneId,
    pub ms: f64,
    /// Shows the RT in whole milliseconds over `right`.
    pub rt: Option<Digits>,
}

/// The course of one trial.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Script {
    pub steps: SmallVec<[Step; 4]>,
    pub ends: Ends,
    pub early: Early,
    pub feedback: Option<Feedback>,
    /// What is on the stage between this trial and the next.
    pub rest: SceneId,
    /// How long at least, milliseconds. The next trial also waits until this one is stored. Without
    /// a meaning between the trials of a stream.
    pub iti_ms: f64,
    /// Whether the time before the target counts from the flip to the rest before it, so that the
    /// time between two targets does not depend on how long storing took.
    pub lead_includes_rest: bool,
    /// RT below this is an anticipation (rule R2), milliseconds.
    pub anticipation_ms: f64,
}

impl Script {
    /// The signal comes `ms` after the target, which stays in sight or not as its scenes say; the
    /// time from the target to the end of the signal stays what it is. For a script with the
    /// target right before the signal.
    pub fn set_delay(&mut self, ms: f64) {
        let signal = self.steps.iter().position(|step| step.role == Role::Signal);
        let Some(i) = signal.filter(|i| *i > 0) else {
            return;
        };
        let whole = self.steps[i - 1].ms + self.steps[i].ms;
        self.steps[i - 1].ms = ms;
        self.steps[i].ms = (whole - ms).max(0.0);
    }

    /// From the target's onset to the end of what waits for a response, milliseconds.
    #[must_use]
    pub fn window_ms(&self) -> f64 {
        let after = self.steps.iter().skip_while(|step| step.role != Role::Target);
        after.map(|step| step.ms).sum()
    }
}

/// One planned trial.
#[derive(Debug, Clone, PartialEq)]
pub struct TrialPlan {
    pub condition: &'static str,
    /// What is shown, in the task's own notation, ASCII, at most 400 bytes.
    pub stimulus: String,
    /// The right answer; none where staying still is right.
    pub correct: Option<Choice>,
    /// An answer is due, and none is right or wrong (preferences): `correct` of the row stays empty.
    pub open: bool,
    /// For simulated participants: the answer that is near at hand where `correct` is none.
    pub lean: Option<Choice>,
    pub script: Script,
    /// The task's own fields for the trial row. Whole numbers where scores are made from them: a
    /// fraction may change its last bit on the way through JSON.
    pub extra: SmallVec<[(&'static str, Extra); 4]>,
}

impl TrialPlan {
    /// A trial with a right answer; with none, staying still is right.
    #[must_use]
    pub fn new(
        condition: &'static str,
        stimulus: String,
        correct: Option<Choice>,
        script: Script,
    ) -> Self {
        let extra = SmallVec::new();
        Self { condition, stimulus, correct, open: false, lean: None, script, extra }
    }

    /// With a field of the task's own.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: Extra) -> Self {
        self.set(name, value);
        self
    }

    /// Sets a field of the task's own.
    pub fn set(&mut self, name: &'static str, value: Extra) {
        match self.extra.iter_mut().find(|(known, _)| *known == name) {
            Some(slot) => slot.1 = value,
            None => self.extra.push((name, value)),
        }
    }

    /// A field of the task's own.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Extra> {
        self.extra.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }
}
