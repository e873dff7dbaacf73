//! What a task is, as data and functions: the registry's entries.

use crate::{
    Choice, Press, Responses, Scene, SceneBook, SceneId,
    params::{ParamError, ParamSpec, Params, Value},
    rng::Rng,
    scene::{NOTHING_OVER, Over},
    score::Board,
    script::TrialPlan,
};
use contract::{
    Locale,
    task::{Phase, PresetInfo, TaskInfo, Trial},
};
use smallvec::SmallVec;

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

/// How a run goes on after a reload or an interruption in the middle of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResumePolicy {
    /// At the next trial; the interrupted one is run again at the end of the block.
    NextTrial,
    /// The block begins again: for tasks whose trials depend on what came before, and for streams.
    /// After two interruptions of a block it goes on all the same, as with `NextTrial`.
    RestartBlock,
}

/// Which program of the task page a task belongs to: a participant's phone loads one at a time, and
/// each has to stay small.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    Speed,
    Conflict,
    Memory,
    Planning,
    Decisions,
}

impl Group {
    pub const ALL: [Self; 5] =
        [Self::Speed, Self::Conflict, Self::Memory, Self::Planning, Self::Decisions];

    /// Its name in features, file names and addresses.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Speed => "speed",
            Self::Conflict => "conflict",
            Self::Memory => "memory",
            Self::Planning => "planning",
            Self::Decisions => "decisions",
        }
    }
}

/// Values of parameters that belong together, such as those for an age.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Preset {
    pub id: &'static str,
    pub name: Words,
    /// For whom, in one sentence.
    pub meaning: Words,
    /// Publication of these values.
    pub source: &'static str,
    /// What differs from the defaults.
    pub values: &'static [(&'static str, Value)],
}

impl Preset {
    /// The values as a module of a battery has them.
    #[must_use]
    pub fn params(&self) -> serde_json::Map<String, serde_json::Value> {
        self.values.iter().map(|(name, value)| ((*name).into(), value.json())).collect()
    }
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
    pub group: Group,
    pub params: &'static [ParamSpec],
    /// Age-adapted and other published sets of values.
    pub presets: &'static [Preset],
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
            presets: self.presets.iter().map(|preset| preset.info(locale)).collect(),
        }
    }
}

impl Preset {
    fn info(&self, locale: Locale) -> PresetInfo {
        PresetInfo {
            id: self.id.into(),
            name: self.name.of(locale).into(),
            meaning: self.meaning.of(locale).into(),
            source: self.source.into(),
            params: self.params(),
        }
    }
}

/// One block of a task.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Block {
    pub phase: Phase,
    /// Trials that are planned; with a time limit, more than anybody can do.
    pub trials: u32,
    /// For practice: what is enough.
    pub criterion: Option<Criterion>,
    /// The task's own name for the block, e.g. its condition.
    pub part: u8,
    /// The block ends with the trial in which so many milliseconds of it are over; 0: after its
    /// trials. Pauses do not count.
    pub limit_ms: f64,
    /// Trials follow one another without a pause, each from the end of the one before, so that
    /// targets come at fixed times. A trial is recorded while the next one runs: nothing in a
    /// stream can depend on the trials before ([`Task::tailor`] and [`Task::enough`] are not asked).
    pub stream: bool,
    /// A page before the block: texts `<intro>.title` and `<intro>.body`, picture [`Task::picture`].
    pub intro: Option<&'static str>,
}

impl Block {
    #[must_use]
    pub const fn new(phase: Phase, trials: u32) -> Self {
        Self { phase, trials, criterion: None, part: 0, limit_ms: 0.0, stream: false, intro: None }
    }

    #[must_use]
    pub const fn test(trials: u32) -> Self {
        Self::new(Phase::Test, trials)
    }

    #[must_use]
    pub const fn practice(trials: u32, criterion: Criterion) -> Self {
        Self { criterion: Some(criterion), ..Self::new(Phase::Practice, trials) }
    }

    #[must_use]
    pub const fn part(self, part: u8) -> Self {
        Self { part, ..self }
    }

    #[must_use]
    pub const fn timed(self, limit_ms: f64) -> Self {
        Self { limit_ms, ..self }
    }

    #[must_use]
    pub const fn stream(self) -> Self {
        Self { stream: true, ..self }
    }

    #[must_use]
    pub const fn intro(self, key: &'static str) -> Self {
        Self { intro: Some(key), ..self }
    }
}

/// When practice is enough.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Criterion {
    /// Share of right answers, 0 to 1.
    pub share: f64,
    /// Practice is run this often at most; then the test begins in any case, flagged.
    pub rounds: u32,
}

/// What came before a trial.
#[derive(Debug, Clone, Copy)]
pub struct Before<'a> {
    /// All recorded trials of the module in order: practice, interrupted ones and earlier attempts too.
    pub module: &'a [Trial],
    /// Index of the block within the task, and how often it was begun before.
    pub block: u32,
    pub attempt: u32,
}

impl<'a> Before<'a> {
    /// The trials of the present attempt at the block that were not interrupted.
    pub fn here(self) -> impl DoubleEndedIterator<Item = &'a Trial> {
        let place = (self.block, self.attempt);
        self.module.iter().filter(move |t| (t.block, t.attempt) == place && !t.interrupted)
    }
}

/// How a trial was answered, as far as it is known when its window closes.
#[derive(Debug, Clone, Copy)]
pub struct Answer<'a> {
    /// The response; the last press where the task ends its trials itself.
    pub choice: Option<Choice>,
    /// From the onset as known by now, milliseconds; may be a frame off.
    pub rt_ms: Option<f64>,
    pub right: bool,
    /// Before the target, or below the limit for anticipations.
    pub early: bool,
    /// All presses where the task ends its trials itself, else those besides the response.
    pub presses: &'a [Press],
}

/// What is shown after an answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outcome {
    pub scene: SceneId,
    pub over: Over,
    pub ms: f64,
}

impl Outcome {
    #[must_use]
    pub const fn new(scene: SceneId, ms: f64) -> Self {
        Self { scene, over: NOTHING_OVER, ms }
    }
}

/// What one press of many does, where the task ends its trials itself.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reaction {
    /// Layers to put on (true) or take off (false) with the next frame.
    pub lay: SmallVec<[(SceneId, bool); 8]>,
    /// A layer to show for so many milliseconds.
    pub flash: Option<(SceneId, f64)>,
    /// The trial is over; whether it was solved.
    pub done: Option<bool>,
}

/// What a task tells the runner. Everything is a pure function of its parameters.
pub trait Task {
    fn blocks(&self) -> Vec<Block>;

    fn responses(&self) -> Responses;

    /// Pictures of the pages of instructions, in order; page n has the texts `intro.n.title` and
    /// `intro.n.body` (n from 1, paragraphs parted by line breaks).
    fn pages(&self) -> Vec<Option<Scene>>;

    /// The picture of a block's own page ([`Block::intro`]).
    fn picture(&self, _intro: &str) -> Option<Scene> {
        None
    }

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

    /// Adapts the next trial to those before it (staircases, adaptive lists). Scenes must be in
    /// the book. `rng` is the trial's own.
    fn tailor(&self, _plan: &mut TrialPlan, _before: Before<'_>, _rng: &mut Rng) {}

    /// Whether the block may end before its trials are done: asked after each of them.
    fn enough(&self, _block: &Block, _before: Before<'_>) -> bool {
        false
    }

    /// What is shown after this answer instead of the script's feedback. Runs in a frame: it must
    /// not allocate.
    fn outcome(&self, _plan: &TrialPlan, _answer: Answer<'_>) -> Option<Outcome> {
        None
    }

    /// What a press does in a trial with [`crate::script::Ends::WhenTold`]. `presses` are all from
    /// the target's onset on, the new one last; [`Choice::OTHER`] never.
    fn react(&self, _plan: &TrialPlan, _presses: &[Press]) -> Reaction {
        Reaction::default()
    }

    /// For simulated participants: the presses that solve such a trial.
    fn solution(&self, _plan: &TrialPlan) -> Vec<Choice> {
        Vec::new()
    }

    /// Adds what only the run shows (e.g. the condition of the trial before), and the codes of
    /// answers that are made of several presses.
    fn annotate(&self, _trial: &mut Trial, _before: &[Trial]) {}
}

// Not a bound on the trait: through it every task would bring the printing of all its parameters.
impl core::fmt::Debug for dyn Task {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Task")
    }
}
