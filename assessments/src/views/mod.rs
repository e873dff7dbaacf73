//! What the participant sees.

pub(crate) mod buttons;
pub(crate) mod done;
pub(crate) mod landing;
pub(crate) mod notice;
pub(crate) mod page;
pub(crate) mod scene;
pub(crate) mod stage;
pub(crate) mod task_page;
