//! Layers: everything a trial may show, drawn before the block and toggled by opacity.

use crate::js;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Element;

/// Pre-drawn nodes, stacked, each on a layer of its own in the compositor.
pub(crate) struct Layers {
    styles: Vec<js::Style>,
    shown: Vec<bool>,
    on: JsValue,
    off: JsValue,
}

impl Layers {
    /// Takes over nodes that are in the page and hidden.
    pub(crate) fn new(nodes: &[Element]) -> Self {
        let layers = Self {
            styles: nodes.iter().map(|node| node.unchecked_ref::<js::Styled>().style()).collect(),
            shown: vec![false; nodes.len()],
            on: JsValue::from_str("1"),
            off: JsValue::from_str("0"),
        };
        for style in &layers.styles {
            style.set_opacity(&layers.off);
        }
        layers
    }

    /// Shows or hides a layer. Allocates nothing; does nothing when it already is so.
    pub(crate) fn set(&mut self, layer: usize, show: bool) {
        if let (Some(style), Some(shown)) = (self.styles.get(layer), self.shown.get_mut(layer))
            && *shown != show
        {
            style.set_opacity(if show { &self.on } else { &self.off });
            *shown = show;
        }
    }

    /// Hides every layer.
    pub(crate) fn hide_all(&mut self) {
        for layer in 0..self.styles.len() {
            self.set(layer, false);
        }
    }
}
