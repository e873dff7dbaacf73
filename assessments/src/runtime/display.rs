//! Layers: everything a trial may show, drawn before the block and toggled by opacity.

use crate::js;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Element;

/// Pre-drawn nodes, stacked, each on a layer of its own in the compositor.
pub(crate) struct Layers {
    styles: Vec<js::Style>,
    shown: Vec<bool>,
    /// Those that are shown; has room for all.
    visible: Vec<usize>,
    on: JsValue,
    off: JsValue,
}

impl Layers {
    /// Takes over nodes that are in the page and hidden.
    pub(crate) fn new(nodes: &[Element]) -> Self {
        let layers = Self {
            styles: nodes.iter().map(|node| node.unchecked_ref::<js::Styled>().style()).collect(),
            shown: vec![false; nodes.len()],
            visible: Vec::with_capacity(nodes.len()),
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
            if show {
                self.visible.push(layer);
            } else {
                self.visible.retain(|other| *other != layer);
            }
        }
    }

    /// Shows these layers and no others. Allocates nothing.
    pub(crate) fn show_only(&mut self, wanted: &[usize]) {
        for i in (0..self.visible.len()).rev() {
            if let Some(layer) = self.visible.get(i).copied()
                && !wanted.contains(&layer)
            {
                self.set(layer, false);
            }
        }
        for layer in wanted {
            self.set(*layer, true);
        }
    }
}
