//! What the run of pages and tasks waits for.

use task_engine::{Screen, spec::Group};

/// A way that a button opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// The one main button: go on.
    Main,
    /// Stop and save.
    Out,
}

/// Something for the flow to react to, in order.
#[derive(Debug)]
pub(crate) enum Happening {
    /// A button was pressed on the page of that number.
    Button { page: u32, way: Way },
    /// The engine wants a page.
    Screen(Box<Screen>),
    /// The engine wants a block made ready, with this many markers.
    Prepare { markers: u32 },
    /// All tasks are done.
    Completed,
    /// The next task is another program's.
    Hand(Group),
    /// The participant took the way out; the engine may yet be asked to go on.
    Left,
    /// An item could not be stored: nothing may go on.
    NotStored,
}
