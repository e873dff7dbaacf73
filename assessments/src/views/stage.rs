//! The stage: the whole window, one constant background, and layers that wait to be flipped.

use super::{buttons, scene};
use crate::{dom, js, runtime::display::Layers};
use task_engine::{Choice, Responses, Scene, SceneId, scene::Over};
use wasm_bindgen::JsCast;
use web_sys::{Document, Element};

/// The stage and its layers.
pub(crate) struct Stage {
    root: Element,
    /// Holds the layers; everything in it is drawn anew for each block.
    board: Element,
    /// Holds the on-screen buttons, if the block has any.
    pad: Element,
    layers: Layers,
    /// Buttons that answer when touched.
    live: Vec<(Choice, Element)>,
}

impl Stage {
    /// Builds the empty stage, hidden.
    pub(crate) fn new(document: &Document, parent: &Element) -> Option<Self> {
        let root = dom::element(document, "div", "stage")?;
        root.set_attribute("hidden", "").ok()?;
        let board = dom::element(document, "div", "board")?;
        let pad = dom::element(document, "div", "pad")?;
        dom::append(&root, &[&board, &pad]);
        dom::append(parent, &[&root]);
        Some(Self { root, board, pad, layers: Layers::new(&[]), live: Vec::new() })
    }

    /// Shows the stage, with nothing on it.
    pub(crate) fn open(&mut self) {
        self.blank();
        // Removing an attribute cannot fail.
        let _ = self.root.remove_attribute("hidden");
    }

    /// Hides the stage.
    pub(crate) fn close(&mut self) {
        self.blank();
        let _ = self.root.set_attribute("hidden", "");
    }

    /// Draws every scene into a layer of its own, invisible. The stage must be open: its size
    /// decides theirs.
    pub(crate) fn draw(&mut self, document: &Document, scenes: &[Scene], responses: &Responses) {
        dom::clear(&self.pad);
        self.live = buttons::draw(document, &self.pad, responses);
        dom::clear(&self.board);
        let unit = self.short_side() / 1000.0;
        let layers: Vec<Element> = scenes
            .iter()
            .filter_map(|scene| layer(document, scene, unit))
            .inspect(|layer| dom::append(&self.board, &[layer]))
            .collect();
        self.layers = Layers::new(&layers);
    }

    /// Flips to a scene with layers on top. Allocates nothing.
    pub(crate) fn show(&mut self, scene: SceneId, over: Over) {
        let [a, b, c, d] = over.map(|layer| if layer == SceneId::BLANK { scene } else { layer });
        self.layers.show_only(&[scene, a, b, c, d].map(|layer| usize::from(layer.0)));
    }

    /// Puts a layer on top or takes it away. Allocates nothing.
    pub(crate) fn lay(&mut self, scene: SceneId, on: bool) {
        self.layers.set(usize::from(scene.0), on);
    }

    /// The on-screen buttons that answer when touched, with their answers: left, top, right and
    /// bottom in CSS pixels of the window.
    pub(crate) fn buttons(&self) -> Vec<(Choice, [f64; 4])> {
        let place = |(choice, button): &(Choice, Element)| {
            let rect = button.get_bounding_client_rect();
            (*choice, [rect.left(), rect.top(), rect.right(), rect.bottom()])
        };
        self.live.iter().map(place).collect()
    }

    /// The short side in CSS pixels.
    pub(crate) fn short_side(&self) -> f64 {
        f64::from(self.board.client_width().min(self.board.client_height()))
    }

    /// The centre in CSS pixels of the window.
    pub(crate) fn centre(&self) -> (f64, f64) {
        let rect = self.board.get_bounding_client_rect();
        (rect.left() + rect.width() / 2.0, rect.top() + rect.height() / 2.0)
    }

    fn blank(&mut self) {
        self.layers.show_only(&[]);
    }
}

/// One layer, placed from the middle of the board. An empty scene has an empty layer, so that
/// numbers of layers and scenes agree.
fn layer(document: &Document, content: &Scene, unit: f64) -> Option<Element> {
    let layer = dom::element(document, "div", "layer")?;
    layer.set_attribute("data-scene", &content.name).ok()?;
    if let Some(area) = scene::area(content) {
        dom::append(&layer, &[&scene::draw(document, content, area, unit)?]);
        let [left, top] = [area.left, area.top].map(|side| scene::pixels(side, unit));
        dom::place(&layer, &[("margin-left", &left), ("margin-top", &top)]);
    }
    Some(layer)
}

/// Asks for the whole screen, from a press of a button, and waits for the answer. Not every
/// browser can, and a participant may refuse: then the task runs in the window.
pub(crate) async fn fill_screen(document: &Document) {
    let Some(root) = document.document_element() else { return };
    if document.fullscreen_element().is_some() {
        return;
    }
    if let Ok(Some(promise)) = root.unchecked_ref::<js::Fullscreen>().request_fullscreen() {
        let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
    }
}

/// Gives the screen back.
pub(crate) fn leave_screen(document: &Document) {
    if document.fullscreen_element().is_none() {
        return;
    }
    if let Ok(Some(promise)) = document.unchecked_ref::<js::Fullscreen>().exit_fullscreen() {
        wasm_bindgen_futures::spawn_local(async move {
            // Of this promise only a refusal would be news, and nothing follows from it.
            let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
        });
    }
}
