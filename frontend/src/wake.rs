use wasm_bindgen::prelude::wasm_bindgen;

/// Called by the script of Leptos once the program is loaded, before it wakes the islands one by
/// one by their exported names.
#[wasm_bindgen]
#[expect(unreachable_pub, reason = "an export for JavaScript is public, but nobody's in Rust")]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
}
