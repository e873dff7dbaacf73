//! The task runner: shows the tasks of one run, times every response, keeps every trial safe and
//! sends it to the server. How it works: `README.md`.

mod boot;
mod dom;
mod driver;
mod finish;
mod flow;
mod js;
mod launch;
mod play;
mod runtime;
mod sync;
mod views;
mod words;

use wasm_bindgen::JsValue;

fn main() {
    std::panic::set_hook(Box::new(|info| {
        web_sys::console::error_1(&JsValue::from_str(&info.to_string()));
        show_crash();
    }));
    wasm_bindgen_futures::spawn_local(boot::run());
}

/// Uncovers what the page holds for the case that the program stops: everything so far is saved,
/// reload to go on.
fn show_crash() {
    let document = web_sys::window().and_then(|window| window.document());
    if let Some(root) = document.and_then(|document| document.document_element()) {
        let _ = root.set_attribute("data-crashed", "");
    }
}
