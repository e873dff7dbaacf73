//! A trial as a list of steps that one interpreter runs.

use crate::{SceneId, responses::Choice};
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
}

/// One scene for a time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    pub scene: SceneId,
    pub role: Role,
    /// Shown for `max(1, round(ms / T))` frames; a response may end it before.
    pub ms: f64,
}

/// Scene after the answer, by how it went.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Feedback {
    pub right: SceneId,
    pub wrong: SceneId,
    /// No response within the window.
    pub slow: SceneId,
    /// A press before the target, or before anybody could have reacted to it.
    pub early: SceneId,
    pub ms: f64,
}

/// The course of one trial.
#[derive(Debug, Clone, PartialEq)]
pub struct Script {
    pub steps: SmallVec<[Step; 4]>,
    /// Whether a response ends target and window at the next frame.
    pub ends_on_response: bool,
    pub feedback: Option<Feedback>,
    /// What is on the stage between this trial and the next.
    pub rest: SceneId,
    /// How long at least, milliseconds. The next trial also waits until this one is stored.
    pub iti_ms: f64,
    /// Whether the first step's time counts from the flip to the rest before it, so that the time
    /// between two targets does not depend on how long storing took.
    pub lead_includes_rest: bool,
    /// RT below this is an anticipation (rule R2), milliseconds.
    pub anticipation_ms: f64,
}

/// One planned trial.
#[derive(Debug, Clone, PartialEq)]
pub struct TrialPlan {
    pub condition: &'static str,
    pub stimulus: String,
    /// The right answer; none where staying still is right.
    pub correct: Option<Choice>,
    pub script: Script,
    /// The task's own fields for the trial row. Whole numbers where scores are made from them: a
    /// fraction may change its last bit on the way through JSON.
    pub extra: SmallVec<[(&'static str, Extra); 4]>,
}
