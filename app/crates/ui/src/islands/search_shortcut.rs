//! `/` puts the cursor into the search field.

use super::use_ready;
use leptos::{html::Div, prelude::*};

/// Around a search form (`children`): the key `/`, pressed anywhere outside a field, moves the
/// focus to the first input inside.
#[island]
pub fn SearchShortcut(children: Children) -> impl IntoView {
    let root = NodeRef::<Div>::new();
    let ready = use_ready();
    #[cfg(feature = "hydrate")]
    Effect::new(move || browser::listen(root));
    view! {
        <div class="search-shortcut" node_ref=root data-ready=move || ready.get()>
            {children()}
        </div>
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use super::super::dom;
    use leptos::{html::Div, prelude::*};
    use wasm_bindgen::JsCast;
    use web_sys::{Element, HtmlElement, HtmlInputElement, KeyboardEvent};

    pub(super) fn listen(root: NodeRef<Div>) {
        let Some(document) = dom::document() else { return };
        let options = gloo::events::EventListenerOptions::enable_prevent_default();
        gloo::events::EventListener::new_with_options(
            &document,
            "keydown",
            options,
            move |event| {
                let Some(key) = event.dyn_ref::<KeyboardEvent>() else { return };
                let plain = !key.ctrl_key() && !key.meta_key() && !key.alt_key();
                if key.key() != "/" || !plain || typing() {
                    return;
                }
                let Some(root) = root.get_untracked() else { return };
                let root: Element = root.unchecked_into();
                if let Some(input) = dom::find::<HtmlInputElement>(&root, "input") {
                    event.prevent_default();
                    dom::focus(&input);
                    input.select();
                }
            },
        )
        .forget();
    }

    /// Whether the key belongs to a field.
    fn typing() -> bool {
        let Some(active) = dom::document().and_then(|d| d.active_element()) else { return false };
        matches!(active.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
            || active.dyn_ref::<HtmlElement>().is_some_and(HtmlElement::is_content_editable)
    }
}
