//! Small helpers over the browser's objects.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, HtmlElement, Window};

/// Event on `window`: a request was refused because the session has ended. Whoever can sign the
/// person in again calls `preventDefault`.
pub const SESSION_ENDED: &str = "metricis:session-ended";
/// Event on `window`: the person signed in again.
pub const SESSION_RENEWED: &str = "metricis:session-renewed";
/// Event on `window`: the server answered a request of the signed-in person.
pub const SESSION_SEEN: &str = "metricis:session-seen";

/// The window; none in a worker.
#[must_use]
pub fn window() -> Option<Window> {
    web_sys::window()
}

/// The document of the window.
#[must_use]
pub fn document() -> Option<Document> {
    window()?.document()
}

/// The first element under `root` that `selector` finds, as `T`.
pub fn find<T: JsCast>(root: &Element, selector: &str) -> Option<T> {
    root.query_selector(selector).ok()??.dyn_into().ok()
}

/// Every element under `root` that `selector` finds, as `T`.
pub fn find_all<T: JsCast>(root: &Element, selector: &str) -> Vec<T> {
    let Ok(list) = root.query_selector_all(selector) else { return Vec::new() };
    (0..list.length()).filter_map(|i| list.item(i)?.dyn_into().ok()).collect()
}

/// Shows or hides an element.
pub fn set_hidden(element: &Element, hidden: bool) {
    let _ = element.toggle_attribute_with_force("hidden", hidden);
}

/// Moves the focus.
pub fn focus(element: &HtmlElement) {
    let _ = element.focus();
}

/// Goes to `href`, or loads the page anew without one.
pub fn go(href: Option<&str>) {
    let Some(window) = window() else { return };
    let location = window.location();
    let Some(href) = href else {
        let _ = location.reload();
        return;
    };
    let here = [location.pathname(), location.search()].map(Result::unwrap_or_default).concat();
    let stays = href.split_once('#').is_some_and(|(page, _)| page == here);
    let _ = location.assign(href);
    if stays {
        // Only the fragment changes: the browser would keep the page as it was
        let _ = location.reload();
    }
}

/// Sends an event over `window`; true when somebody took it on.
#[must_use]
pub fn announce(name: &str) -> bool {
    let Some(window) = window() else { return false };
    let init = web_sys::CustomEventInit::new();
    init.set_cancelable(true);
    let Ok(event) = web_sys::CustomEvent::new_with_event_init_dict(name, &init) else {
        return false;
    };
    !window.dispatch_event(&event).unwrap_or(true)
}

/// A string property of a JavaScript object.
#[must_use]
pub fn text_of(object: &JsValue, key: &str) -> Option<String> {
    property(object, key)?.as_string()
}

/// A property of a JavaScript object; none when absent, undefined or null.
#[must_use]
pub fn property(object: &JsValue, key: &str) -> Option<JsValue> {
    let value = js_sys::Reflect::get(object, &JsValue::from_str(key)).ok()?;
    (!value.is_undefined() && !value.is_null()).then_some(value)
}
