//! Pauses outside trials.

use js_sys::Promise;
use wasm_bindgen_futures::JsFuture;
use web_sys::Window;

/// Waits this many milliseconds, at least. Never for anything that a participant is timed on.
pub(crate) async fn sleep(window: &Window, ms: i32) {
    let promise = Promise::new(&mut |resolve, _| {
        // Without a timer there is nothing to wait for; the promise then never settles, and the
        // page is being torn down.
        let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, ms);
    });
    // A timer does not reject.
    let _ = JsFuture::from(promise).await;
}

/// Waits for the next animation frame and gives its stamp, in ms on the performance timeline.
/// For screens and checks; the task loop has its own persistent callback.
pub(crate) async fn frame(window: &Window) -> f64 {
    let promise = Promise::new(&mut |resolve, _| {
        let _ = window.request_animation_frame(&resolve);
    });
    JsFuture::from(promise).await.ok().and_then(|stamp| stamp.as_f64()).unwrap_or_default()
}
