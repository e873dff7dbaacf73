//! Whether the page has the participant's attention: visibility, focus, full screen, size.

use contract::task::Interruption;
use gloo::events::EventListener;
use std::{cell::Cell, rc::Rc};
use web_sys::{Document, EventTarget, Window};

/// A change of height alone below this share is the browser's bar that comes and goes.
const BAR_SHARE: f64 = 0.25;

/// The listeners, registered once.
pub(crate) struct Focus {
    _listeners: Vec<EventListener>,
}

/// What a change of size is judged against.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Size {
    pub width: f64,
    pub height: f64,
    /// Device pixels per CSS pixel; zoom changes it.
    pub ratio: f64,
}

impl Size {
    pub(crate) fn of(window: &Window) -> Self {
        let number = |value: Result<wasm_bindgen::JsValue, _>| {
            value.ok().and_then(|v| v.as_f64()).unwrap_or_default()
        };
        Self {
            width: number(window.inner_width()),
            height: number(window.inner_height()),
            ratio: window.device_pixel_ratio(),
        }
    }

    /// Whether the stimulus is no longer where or as large as it was.
    pub(crate) fn disturbs(self, new: Self) -> bool {
        #[expect(clippy::float_cmp, reason = "both are what the browser reports, unchanged")]
        let zoomed = self.ratio != new.ratio;
        zoomed
            || (self.width - new.width).abs() > 1.0
            || (self.height - new.height).abs() > BAR_SHARE * self.height
    }
}

impl Focus {
    /// Calls `lost` with each loss, in the handler itself: a hidden page gets no animation frames
    /// to notice it in.
    pub(crate) fn new(
        window: &Window,
        document: &Document,
        lost: impl Fn(Interruption) + 'static,
    ) -> Self {
        let lost = Rc::new(lost);
        let size = Rc::new(Cell::new(Size::of(window)));
        let mut listeners = Vec::with_capacity(8);
        let mut on = |target: &EventTarget, name: &'static str, check: Check| {
            let (lost, window, document) = (Rc::clone(&lost), window.clone(), document.clone());
            let size = Rc::clone(&size);
            listeners.push(EventListener::new(target, name, move |_| {
                let happened = match check {
                    Check::Always(why) => Some(why),
                    Check::Hidden => document.hidden().then_some(Interruption::Hidden),
                    Check::Fullscreen => document
                        .fullscreen_element()
                        .is_none()
                        .then_some(Interruption::FullscreenLost),
                    Check::Size => {
                        let new = Size::of(&window);
                        let disturbed = size.replace(new).disturbs(new);
                        disturbed.then_some(Interruption::Resized)
                    }
                };
                if let Some(why) = happened {
                    lost(why);
                }
            }));
        };
        on(document, "visibilitychange", Check::Hidden);
        on(document, "freeze", Check::Always(Interruption::Hidden));
        on(document, "fullscreenchange", Check::Fullscreen);
        on(window, "blur", Check::Always(Interruption::Blur));
        on(window, "pagehide", Check::Always(Interruption::PageHide));
        on(window, "resize", Check::Size);
        // The way back of a phone asks for the way out, it does not throw the run away.
        on(window, "popstate", Check::Always(Interruption::Asked));
        Self { _listeners: listeners }
    }
}

#[derive(Clone, Copy)]
enum Check {
    Always(Interruption),
    Hidden,
    Fullscreen,
    Size,
}

#[cfg(test)]
mod tests {
    use super::Size;
    use wasm_bindgen_test::wasm_bindgen_test;

    const PHONE: Size = Size { width: 390.0, height: 760.0, ratio: 3.0 };

    #[wasm_bindgen_test]
    fn the_browsers_own_bar_disturbs_nothing() {
        assert!(!PHONE.disturbs(Size { height: 844.0, ..PHONE }));
    }

    #[wasm_bindgen_test]
    fn turning_zooming_and_a_keyboard_on_screen_disturb() {
        assert!(PHONE.disturbs(Size { width: 760.0, height: 390.0, ..PHONE }));
        assert!(PHONE.disturbs(Size { ratio: 3.3, ..PHONE }));
        assert!(PHONE.disturbs(Size { height: 420.0, ..PHONE }));
    }
}
