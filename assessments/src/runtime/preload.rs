//! Everything a block shows is ready before it begins.

use super::wait;
use crate::js;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, Window};

/// Frames to wait after layers were drawn, so that each was laid out and rasterised once.
const SETTLE_FRAMES: u32 = 3;

/// Waits for the fonts and for the drawn layers.
pub(crate) async fn settle(window: &Window, document: &Document) {
    if let Some(fonts) = document.unchecked_ref::<js::Fonts>().fonts() {
        // A font that does not load is replaced; that is no reason not to begin.
        let _ = JsFuture::from(fonts.ready()).await;
    }
    for _ in 0..SETTLE_FRAMES {
        wait::frame(window).await;
    }
}
