//! A dialog that asks before something is done.

use super::use_ready;
use leptos::{html::Dialog, prelude::*};

/// A button (`open`) that opens a modal dialog with `title` and the given children: who, what, why
/// and what it will do, then a [`crate::Form`] that does it. For what cannot be taken back put a
/// `TextInput confirm=…` into that form: it stays shut until the word is typed.
///
/// The browser's own dialog keeps the focus inside, closes on Escape and gives the focus back.
#[island]
pub fn ConfirmDialog(
    /// Words of the button that opens it.
    open: String,
    title: String,
    /// Words of the button that closes it without doing anything.
    close: String,
    /// Marks the button as the way to something that cannot be taken back.
    danger: bool,
    children: Children,
) -> impl IntoView {
    let ready = use_ready();
    let dialog = NodeRef::<Dialog>::new();
    let class = if danger { "button button-warn" } else { "button" };
    let show = move |_| {
        #[cfg(feature = "hydrate")]
        if let Some(dialog) = dialog.get_untracked() {
            let _ = dialog.show_modal();
        }
    };
    let hide = move |_| {
        #[cfg(feature = "hydrate")]
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    view! {
        <div class="confirm" data-ready=move || ready.get()>
            <button class=class type="button" aria-haspopup="dialog" on:click=show>
                <span>{open}</span>
            </button>
            <dialog class="dialog" node_ref=dialog aria-label=title.clone()>
                <h2 class="dialog-title">{title.clone()}</h2>
                {children()}
                <button class="button button-quiet dialog-close" type="button" on:click=hide>
                    <span>{close}</span>
                </button>
            </dialog>
        </div>
    }
}
