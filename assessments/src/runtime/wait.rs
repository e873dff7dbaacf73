//! Waiting for frames outside trials.

use js_sys::Promise;
use wasm_bindgen_futures::JsFuture;
use web_sys::Window;

/// Waits for the next animation frame and gives its stamp, in ms on the performance timeline.
/// For screens and checks; the task loop has its own persistent callback.
pub(crate) async fn frame(window: &Window) -> f64 {
    let promise = Promise::new(&mut |resolve, _| {
        let _ = window.request_animation_frame(&resolve);
    });
    JsFuture::from(promise).await.ok().and_then(|stamp| stamp.as_f64()).unwrap_or_default()
}
