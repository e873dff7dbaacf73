//! The parts that live in the browser. Each root carries `data-ready` once it is awake.
//!
//! Islands get their words and values as properties; they know neither the catalogue nor the
//! server's services.

pub mod confirm_dialog;
pub mod copy_button;
pub mod density_switch;
pub mod enhanced_form;
pub mod search_shortcut;
pub mod session_watch;

#[cfg(feature = "hydrate")]
pub mod dom;
#[cfg(feature = "hydrate")]
mod send;

pub use confirm_dialog::ConfirmDialog;
pub use copy_button::{CopyButton, CopyWords};
pub use density_switch::{DensitySwitch, DensityWords};
pub use enhanced_form::EnhancedForm;
pub use search_shortcut::SearchShortcut;
pub use session_watch::{SessionWatch, SessionWords};

use leptos::prelude::*;

/// Turns true when the island is awake; for `data-ready=…` on its root.
#[must_use]
pub fn use_ready() -> ReadSignal<bool> {
    let (ready, set_ready) = signal(false);
    // Effects run in the browser only
    Effect::new(move || set_ready.set(true));
    ready
}
