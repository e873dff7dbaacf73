//! Codes in a monospaced face, with a button that copies them.

use crate::erased;
use crate::islands::{CopyButton, CopyWords};
use leptos::prelude::*;

/// A code. With `copy` (the button's words) it can be copied.
#[component]
pub fn Code(
    #[prop(into)] value: String,
    #[prop(optional, into)] copy: Option<CopyWords>,
) -> impl IntoView {
    erased(view! {
        <span class="code-line">
            <code class="code">{value.clone()}</code>
            {copy.map(|words| view! { <CopyButton text=value words/> })}
        </span>
    })
}
