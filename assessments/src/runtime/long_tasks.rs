//! Long tasks of the page, told by the browser: whatever blocks the thread for over 50 ms.

use crate::js;
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};

/// Calls `long` with the duration of each long task, in ms, soon after it ended. Does nothing
/// where the browser does not tell.
pub(crate) fn watch(mut long: impl FnMut(f64) + 'static) {
    let kind = JsValue::from_str("longtask");
    let known = js::PerformanceObserver::supported_entry_types()
        .is_some_and(|types| types.includes(&kind, 0));
    if !known {
        return;
    }
    let callback = Closure::<dyn FnMut(js::EntryList)>::new(move |list: js::EntryList| {
        for entry in list.get_entries() {
            long(entry.unchecked_into::<js::ElementEntry>().duration());
        }
    });
    if let Ok(observer) = js::PerformanceObserver::new(callback.as_ref().unchecked_ref()) {
        // Refused only for kinds that the browser does not know.
        let _ = observer.observe(&run_outbox::js::object(&[("type", kind)]));
        callback.forget();
    }
}
