//! Browser interfaces that `web-sys` hides behind its unstable flag.

use js_sys::{Array, Function, Promise};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// `IDBDatabase` with the third argument of `transaction` (durability).
    pub(crate) type DurableDatabase;
    #[wasm_bindgen(method, catch, js_name = transaction)]
    pub(crate) fn transaction_with_options(
        this: &DurableDatabase,
        stores: &Array,
        mode: &str,
        options: &JsValue,
    ) -> Result<web_sys::IdbTransaction, JsValue>;

    pub(crate) type Locks;
    #[wasm_bindgen(method, catch)]
    pub(crate) fn request(
        this: &Locks,
        name: &str,
        options: &JsValue,
        callback: &Function,
    ) -> Result<Promise, JsValue>;

    /// `navigator` with what not every browser has.
    pub(crate) type LockHolder;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn locks(this: &LockHolder) -> Option<Locks>;

    pub(crate) type Abort;
    #[wasm_bindgen(js_namespace = AbortSignal, js_name = timeout, catch)]
    pub(crate) fn abort_after(ms: f64) -> Result<Abort, JsValue>;

    /// The shortest text that reads back as the same number.
    #[wasm_bindgen(js_name = String)]
    pub(crate) fn number_text(number: f64) -> String;

    /// Sets a member of an object.
    #[wasm_bindgen(js_namespace = Reflect, js_name = set, catch)]
    pub(crate) fn set(object: &JsValue, key: &str, value: &JsValue) -> Result<bool, JsValue>;
}

/// A JavaScript object with these members.
#[must_use]
pub fn object(members: &[(&str, JsValue)]) -> JsValue {
    let object: JsValue = js_sys::Object::new().into();
    for (key, value) in members {
        // A fresh plain object takes every member.
        let _ = set(&object, key, value);
    }
    object
}
