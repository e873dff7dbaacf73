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
