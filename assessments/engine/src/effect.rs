//! What the engine asks of the runtime.

use crate::{SceneId, Screen, scene::Over, spec::Group};
use contract::task::Item;
use smallvec::SmallVec;

/// Names one flip whose time matters. Counts up through the whole page load, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cue(pub u32);

/// One thing to do, now, in the order given.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Hide the stage, show this page of text with its button. The button is [`crate::Input::Continue`].
    Screen(Box<Screen>),
    /// Hide the page of text and get ready for a block: draw every scene of
    /// [`crate::Runner::scenes`] (each in a layer of its own, invisible), take the key table from
    /// [`crate::Runner::responses`], put out `markers` unused frame markers. Then [`crate::Input::Ready`].
    Prepare { markers: u32 },
    /// Flip to this scene, with these layers on top and nothing else, in this very frame. With a
    /// `cue`: reveal one unused marker in the same flip, and report [`crate::Input::Stamps`] and
    /// [`crate::Input::Presented`] for it. Comes only out of [`crate::Input::Frame`], at most once
    /// a frame.
    Show { scene: SceneId, over: Over, cue: Option<Cue> },
    /// Put this layer on top of what is shown, or take it away, in this very frame. Comes only out
    /// of [`crate::Input::Frame`], after `Show` where there is one.
    Lay { scene: SceneId, on: bool },
    /// Write to IndexedDB. For a trial, answer [`crate::Input::Stored`]: the next trial waits for it.
    Store(Box<Item>),
    /// The next module's task is in another program of the task page: when everything is stored,
    /// that program resumes the run. Nothing more comes from this one.
    Hand(Group),
    /// The run is over, completed or left: send what is stored. After `completed` submit.
    End { completed: bool },
}

/// Effects of one input. Eight fit without allocating.
pub type Effects = SmallVec<[Effect; 8]>;
