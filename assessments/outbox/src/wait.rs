//! Pauses outside trials.

use js_sys::Promise;
use wasm_bindgen_futures::JsFuture;
use web_sys::Window;

/// Waits this many milliseconds, at least. Never for anything that a participant is timed on.
pub async fn sleep(window: &Window, ms: i32) {
    let promise = Promise::new(&mut |resolve, _| {
        // Without a timer there is nothing to wait for; the promise then never settles, and the
        // page is being torn down.
        let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, ms);
    });
    // A timer does not reject.
    let _ = JsFuture::from(promise).await;
}
