//! Browser interfaces that `web-sys` lacks, hides behind its unstable flag, or would allocate for.

use js_sys::{Array, Function, Promise};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// `KeyboardEvent` whose `code` stays a JavaScript string: comparing it with a prepared one
    /// allocates nothing in WASM memory, decoding it would.
    #[wasm_bindgen(extends = web_sys::Event)]
    pub(crate) type KeyPress;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn code(this: &KeyPress) -> JsValue;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn repeat(this: &KeyPress) -> bool;
    #[wasm_bindgen(method, getter, js_name = ctrlKey)]
    pub(crate) fn ctrl(this: &KeyPress) -> bool;
    #[wasm_bindgen(method, getter, js_name = metaKey)]
    pub(crate) fn meta(this: &KeyPress) -> bool;
    #[wasm_bindgen(method, getter, js_name = altKey)]
    pub(crate) fn alt(this: &KeyPress) -> bool;

    /// `PointerEvent` with its kind left as a JavaScript string, for the same reason.
    #[wasm_bindgen(extends = web_sys::Event)]
    pub(crate) type PointerPress;
    #[wasm_bindgen(method, getter, js_name = pointerType)]
    pub(crate) fn pointer_type(this: &PointerPress) -> JsValue;
    #[wasm_bindgen(method, getter, js_name = clientX)]
    pub(crate) fn x(this: &PointerPress) -> f64;
    #[wasm_bindgen(method, getter, js_name = clientY)]
    pub(crate) fn y(this: &PointerPress) -> f64;

    /// Asks the page to start the program of that name, or to have it ready; see `boot.js`.
    #[wasm_bindgen(catch, js_namespace = metricis)]
    pub(crate) fn load(name: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(catch, js_namespace = metricis)]
    pub(crate) fn warm(name: &str) -> Result<(), JsValue>;
    /// Asks the program of the scores, see `bin/scores.rs`.
    #[wasm_bindgen(catch, js_namespace = metricis)]
    pub(crate) fn scores(config: &str, items: &str) -> Result<Promise, JsValue>;

    /// Formats of the device's language; knows the time zone.
    pub(crate) type TimeFormat;
    #[wasm_bindgen(js_namespace = Intl, js_name = DateTimeFormat)]
    pub(crate) fn time_format() -> TimeFormat;
    #[wasm_bindgen(method, js_name = resolvedOptions)]
    pub(crate) fn resolved_options(this: &TimeFormat) -> TimeOptions;
    pub(crate) type TimeOptions;
    #[wasm_bindgen(method, getter, js_name = timeZone)]
    pub(crate) fn time_zone(this: &TimeOptions) -> Option<String>;

    /// `Date.prototype.toLocaleTimeString` with its options.
    #[wasm_bindgen(js_name = Date)]
    pub(crate) type Moment;
    #[wasm_bindgen(constructor, js_class = Date)]
    pub(crate) fn new(ms: f64) -> Moment;
    #[wasm_bindgen(method, js_class = Date, js_name = toLocaleTimeString)]
    pub(crate) fn local_time(this: &Moment, locale: &str, options: &JsValue) -> String;

    /// `document.fonts`.
    pub(crate) type Fonts;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn fonts(this: &Fonts) -> Option<FontSet>;
    pub(crate) type FontSet;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn ready(this: &FontSet) -> Promise;

    /// The inline style of an element; the setters take prepared strings.
    pub(crate) type Style;
    #[wasm_bindgen(method, setter)]
    pub(crate) fn set_opacity(this: &Style, value: &JsValue);
    #[wasm_bindgen(method, setter)]
    pub(crate) fn set_visibility(this: &Style, value: &JsValue);

    pub(crate) type Styled;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn style(this: &Styled) -> Style;

    /// Element Timing entries arrive through this observer only.
    pub(crate) type PerformanceObserver;
    #[wasm_bindgen(constructor, catch)]
    pub(crate) fn new(callback: &Function) -> Result<PerformanceObserver, JsValue>;
    #[wasm_bindgen(method, catch)]
    pub(crate) fn observe(this: &PerformanceObserver, options: &JsValue) -> Result<(), JsValue>;
    #[wasm_bindgen(static_method_of = PerformanceObserver, getter, js_name = supportedEntryTypes)]
    pub(crate) fn supported_entry_types() -> Option<Array>;

    pub(crate) type EntryList;
    #[wasm_bindgen(method, js_name = getEntries)]
    pub(crate) fn get_entries(this: &EntryList) -> Array;

    pub(crate) type ElementEntry;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn identifier(this: &ElementEntry) -> String;
    /// When the frame reached the display system (Chromium); absent in older versions.
    #[wasm_bindgen(method, getter, js_name = presentationTime)]
    pub(crate) fn presentation_time(this: &ElementEntry) -> Option<f64>;
    #[wasm_bindgen(method, getter, js_name = renderTime)]
    pub(crate) fn render_time(this: &ElementEntry) -> Option<f64>;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn duration(this: &ElementEntry) -> f64;

    /// `navigator` with what not every browser has.
    pub(crate) type Device;
    #[wasm_bindgen(method, getter, js_name = deviceMemory)]
    pub(crate) fn device_memory(this: &Device) -> Option<f64>;
    #[wasm_bindgen(method, getter, js_name = maxTouchPoints)]
    pub(crate) fn max_touch_points(this: &Device) -> Option<u32>;
    #[wasm_bindgen(method, getter, js_name = hardwareConcurrency)]
    pub(crate) fn hardware_concurrency(this: &Device) -> Option<u32>;

    pub(crate) type Page;
    #[wasm_bindgen(method, getter, js_name = crossOriginIsolated)]
    pub(crate) fn cross_origin_isolated(this: &Page) -> Option<bool>;

    /// An element that may be able to fill the screen; the promise is kept, so that a refusal is
    /// not reported as an error of the page.
    pub(crate) type Fullscreen;
    #[wasm_bindgen(method, catch, js_name = requestFullscreen)]
    pub(crate) fn request_fullscreen(this: &Fullscreen) -> Result<Option<Promise>, JsValue>;
    #[wasm_bindgen(method, catch, js_name = exitFullscreen)]
    pub(crate) fn exit_fullscreen(this: &Fullscreen) -> Result<Option<Promise>, JsValue>;
}
