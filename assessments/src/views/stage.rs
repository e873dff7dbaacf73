//! The stage: the whole window, one constant background, and layers that wait to be flipped.

use super::{buttons, scene};
use crate::{dom, js, runtime::display::Layers};
use task_engine::{Responses, Scene, SceneId};
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlElement};

/// The stage and its layers.
pub(crate) struct Stage {
    root: Element,
    /// Holds the layers; everything in it is drawn anew for each block.
    board: Element,
    /// Holds the on-screen buttons, if the block has any.
    pad: Element,
    layers: Layers,
    shown: SceneId,
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
        Some(Self { root, board, pad, layers: Layers::new(&[]), shown: SceneId::BLANK })
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
        buttons::draw(document, &self.pad, responses);
        dom::clear(&self.board);
        let short_side = self.short_side();
        let layers: Vec<Element> = scenes
            .iter()
            .filter_map(|scene| layer(document, scene, short_side))
            .inspect(|layer| dom::append(&self.board, &[layer]))
            .collect();
        self.layers = Layers::new(&layers);
        self.shown = SceneId::BLANK;
    }

    /// Flips to a scene. Allocates nothing.
    pub(crate) fn show(&mut self, scene: SceneId) {
        self.layers.set(usize::from(self.shown.0), false);
        self.layers.set(usize::from(scene.0), true);
        self.shown = scene;
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
        self.layers.hide_all();
        self.shown = SceneId::BLANK;
    }
}

/// One layer, placed from the middle of the board, in whole pixels so that edges stay sharp. An
/// empty scene has an empty layer, so that numbers of layers and scenes agree.
fn layer(document: &Document, content: &Scene, short_side: f64) -> Option<Element> {
    let layer = dom::element(document, "div", "layer")?;
    layer.set_attribute("data-scene", &content.name).ok()?;
    if let Some(area) = scene::area(content) {
        dom::append(&layer, &[&scene::draw(document, content, area)?]);
        let style = layer.unchecked_ref::<HtmlElement>().style();
        let px = |thousandths: i32| whole_pixels(f64::from(thousandths) * short_side / 1000.0);
        for (name, value) in [
            ("margin-left", px(area.left)),
            ("margin-top", px(area.top)),
            ("width", px(area.width)),
            ("height", px(area.height)),
        ] {
            style.set_property(name, &value).ok()?;
        }
    }
    Some(layer)
}

#[expect(clippy::cast_possible_truncation, reason = "a float-to-int cast saturates")]
fn whole_pixels(pixels: f64) -> String {
    let mut text = (pixels.round() as i32).to_string();
    text.push_str("px");
    text
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
