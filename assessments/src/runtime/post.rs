//! Work right after the paint: a message to ourselves, posted from the frame callback.

use js_sys::Function;
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::{MessageChannel, MessagePort};

/// The port to post on. A message is a task of its own: the browser paints and commits the frame
/// first and runs the task then, without the 4 ms that a timer may add.
#[derive(Clone)]
pub(crate) struct Post {
    port: MessagePort,
}

impl Post {
    /// Calls `after_paint` for each message. The closure lives as long as the page.
    pub(crate) fn new(after_paint: impl FnMut() + 'static) -> Result<Self, JsValue> {
        let channel = MessageChannel::new()?;
        let callback: Function =
            Closure::<dyn FnMut()>::new(after_paint).into_js_value().unchecked_into();
        channel.port1().set_onmessage(Some(&callback));
        Ok(Self { port: channel.port2() })
    }

    /// Asks for a call after the paint. Allocates nothing.
    pub(crate) fn post(&self) {
        // Undefined can always be cloned.
        let _ = self.port.post_message(&JsValue::UNDEFINED);
    }
}

#[cfg(test)]
mod tests {
    use super::Post;
    use crate::runtime::wait;
    use run_outbox::Signal;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    async fn the_message_arrives_between_its_frame_and_the_next() {
        let window = web_sys::window().unwrap();
        let clock = window.performance().unwrap();
        let ran = Signal::new();
        let (told, at) = (ran.clone(), clock.clone());
        let post = Post::new(move || told.send(at.now())).unwrap();
        // Once without counting: the first frames of a page come when they like.
        wait::frame(&window).await;
        let frame = wait::frame(&window).await;
        post.post();
        let after = ran.wait().await;
        let next = wait::frame(&window).await;
        assert!(frame <= after, "{frame} {after}");
        // A frame's stamp lies before its callback; the message ran before that callback.
        assert!(after <= clock.now() && frame < next, "{frame} {after} {next}");
    }
}
