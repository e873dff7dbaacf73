//! Pages of text between blocks.

use crate::Scene;

/// What a page is for. The runtime may lay them out differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ScreenKind {
    /// What the task is about and how to answer.
    Instructions,
    /// How practice went; what comes next.
    PracticeResult,
    /// Between two main blocks.
    Break,
    /// After an interruption.
    Paused,
    /// The page was opened again.
    Resumed,
    /// The module is done.
    ModuleEnd,
    /// The participant left by the way out; the button goes on with the task.
    Left,
}

/// How far the run is.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Progress {
    /// Module that is running, from 1.
    pub module: u32,
    pub modules: u32,
    /// Share of the present module's planned trials that are done, 0 to 1.
    pub share: f64,
    /// Planned minutes that are left in the whole run.
    pub minutes_left: f64,
}

/// One page: texts are in the participant's language, numbers filled in.
#[derive(Debug, Clone, PartialEq)]
pub struct Screen {
    pub kind: ScreenKind,
    pub title: String,
    /// Paragraphs.
    pub body: Vec<String>,
    /// Shown below the text, as on the stage.
    pub picture: Option<Scene>,
    /// Label of the one main button.
    pub button: String,
    pub progress: Progress,
}
