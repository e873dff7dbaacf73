//! What touches the browser during a task: clock, frames, input, display, focus.

pub(crate) mod calibrate;
pub(crate) mod clock;
pub(crate) mod display;
pub(crate) mod focus;
pub(crate) mod frames;
pub(crate) mod heap;
pub(crate) mod input;
pub(crate) mod long_tasks;
pub(crate) mod markers;
pub(crate) mod post;
pub(crate) mod preload;
pub(crate) mod refresh;
pub(crate) mod ring;
pub(crate) mod wait;
