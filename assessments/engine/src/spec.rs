//! What a task is, as data and functions: the registry's entries.

use crate::{
    Responses, Scene, SceneBook,
    params::{ParamError, ParamSpec, Params},
    rng::Rng,
    score::Board,
    script::TrialPlan,
};
use contract::{
    Locale,
    task::{Phase, TaskInfo, Trial},
};

pub use crate::params::ParamKind;

/// Text in both languages, for constants. In WASM both are empty: texts come with the run
/// configuration, and thirty tasks in two languages would be most of what a phone has to load.
#[must_use]
pub const fn words(en: &'static str, fr: &'static str) -> Words {
    if cfg!(target_arch = "wasm32") { Words { en: "", fr: "" } } else { Words { en, fr } }
}

/// Text in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    pub en: &'static str,
    pub fr: &'static str,
}

impl Words {
    #[must_use]
    pub const fn of(self, locale: Locale) -> &'static str {
        match locale {
            Locale::En => self.en,
            Locale::Fr => self.fr,
        }
    }
}

/// Texts by key.
pub type Texts = &'static [(&'static str, Words)];

/// How a run goes on after a reload in the middle of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResumePolicy {
    /// At the next trial.
    NextTrial,
    /// The block begins again: for tasks whose trials depend on what came before.
    RestartBlock,
}

/// A task in the registry.
#[derive(Debug)]
pub struct TaskSpec {
    pub id: &'static str,
    /// Changes whenever the same seed, parameters and inputs would give another session.
    pub version: &'static str,
    pub name: Words,
    /// One sentence for staff.
    pub summary: Words,
    pub domain: &'static str,
    /// Publications that it follows.
    pub source: &'static str,
    pub params: &'static [ParamSpec],
    pub resume: ResumePolicy,
    /// Texts for participants.
    pub texts: Texts,
    /// Planned minutes, instructions included.
    pub minutes: fn(&Params) -> f64,
    /// Rules over several parameters.
    pub check: fn(&Params) -> Vec<ParamError>,
    pub build: fn(&Params) -> Box<dyn Task>,
    /// Writes metrics and flags. The trials are those of this module, practice and interrupted
    /// ones included, without abandoned attempts, in order.
    pub score: fn(&Params, &[&Trial], &mut Board),
}

impl TaskSpec {
    /// This task as the battery builder shows it.
    #[must_use]
    pub fn info(&self, locale: Locale) -> TaskInfo {
        TaskInfo {
            id: self.id.into(),
            version: self.version.into(),
            name: self.name.of(locale).into(),
            summary: self.summary.of(locale).into(),
            domain: self.domain.into(),
            minutes: (self.minutes)(&Params::defaults(self)),
            source: self.source.into(),
            params: self.params.iter().map(|param| param.info(locale)).collect(),
        }
    }
}

/// One block of a task.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Block {
    pub phase: Phase,
    pub trials: u32,
    /// For practice: what is enough.
    pub criterion: Option<Criterion>,
}

/// When practice is enough.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Criterion {
    /// Share of right answers, 0 to 1.
    pub share: f64,
    /// Practice is run this often at most; then the test begins in any case, flagged.
    pub rounds: u32,
}

/// What a task tells the runner. Everything is a pure function of its parameters.
pub trait Task {
    fn blocks(&self) -> Vec<Block>;

    fn responses(&self) -> Responses;

    /// Pictures of the pages of instructions, in order; page n has the texts `intro.n.title` and
    /// `intro.n.body` (n from 1, paragraphs parted by line breaks).
    fn pages(&self) -> Vec<Option<Scene>>;

    /// The trials of one block. `text` looks up a text of the task in the participant's language.
    ///
    /// # Errors
    /// The constraints cannot be met; says which.
    fn plan(
        &self,
        block: &Block,
        text: &dyn Fn(&str) -> String,
        scenes: &mut SceneBook,
        rng: &mut Rng,
    ) -> Result<Vec<TrialPlan>, String>;

    /// Draws anew what must not be known in advance, for a trial that is run again.
    fn redraw(&self, _plan: &mut TrialPlan, _rng: &mut Rng) {}

    /// Adapts the next trial to those before it in the module (staircases). Scenes must be in the book.
    fn tailor(&self, _plan: &mut TrialPlan, _before: &[Trial]) {}

    /// Adds what only the run shows (e.g. the condition of the trial before).
    fn annotate(&self, _trial: &mut Trial, _before: &[Trial]) {}
}

// Not a bound on the trait: through it every task would bring the printing of all its parameters.
impl core::fmt::Debug for dyn Task {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Task")
    }
}
