//! Frame markers: dots of 2 × 2 pixels in the colour of the background whose first paint the
//! browser reports by Element Timing, with the time at which the frame was presented.
//!
//! A marker that is revealed in the same frame callback as a stimulus shares its frame, so its
//! presentation is the stimulus's. Each node reports its first paint only and is used once.

use crate::{dom, js};
use std::{cell::RefCell, rc::Rc};
use task_engine::Cue;
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::{Document, Element};

/// Entry lists that may arrive between two visits of [`Markers::collect`] without allocation.
const LISTS: usize = 256;

/// The pool of markers and which flip each was used for.
pub(crate) struct Markers {
    document: Document,
    parent: Element,
    /// Styles of the markers from number `dropped` on; those from `next` on are not yet used.
    styles: Vec<js::Style>,
    dropped: usize,
    next: usize,
    /// The flip that each used marker stands for.
    cues: Vec<Cue>,
    lists: Rc<RefCell<Vec<js::EntryList>>>,
    visible: JsValue,
    observing: bool,
}

impl Markers {
    /// Watches for paints of markers within `parent`. Where the browser has no Element Timing the
    /// pool stays empty and costs nothing.
    pub(crate) fn new(document: &Document, parent: &Element) -> Self {
        let lists = Rc::new(RefCell::new(Vec::with_capacity(LISTS)));
        let observing = supported() && observe(&lists).is_ok();
        Self {
            document: document.clone(),
            parent: parent.clone(),
            styles: Vec::new(),
            dropped: 0,
            next: 0,
            cues: Vec::new(),
            lists,
            visible: JsValue::from_str("visible"),
            observing,
        }
    }

    /// Makes sure that `count` unused markers wait in the page, and takes the used ones out. It
    /// changes the document: for before a block.
    pub(crate) fn ensure(&mut self, count: usize) {
        if !self.observing {
            return;
        }
        // Only markers that are still in the page can be first: they were added in order.
        while self.parent.child_element_count() > self.unused() {
            let Some(node) = self.parent.first_element_child() else { break };
            node.remove();
        }
        self.styles.drain(..self.next - self.dropped);
        self.dropped = self.next;
        for index in self.dropped + self.styles.len()..self.next + count {
            let Some(node) = dom::element(&self.document, "div", "marker") else { return };
            if node.set_attribute("elementtiming", &dom::number(index)).is_err() {
                return;
            }
            node.set_text_content(Some("."));
            dom::append(&self.parent, &[&node]);
            self.styles.push(node.unchecked_ref::<js::Styled>().style());
        }
        self.cues.reserve(self.next + self.styles.len() - self.cues.len());
    }

    fn unused(&self) -> u32 {
        u32::try_from(self.dropped + self.styles.len() - self.next).unwrap_or(u32::MAX)
    }

    /// Reveals an unused marker in the frame being drawn; its paint stands for `cue`. Returns
    /// whether there was one. Allocates nothing.
    pub(crate) fn reveal(&mut self, cue: Cue) -> bool {
        let Some(style) = self.styles.get(self.next - self.dropped) else { return false };
        style.set_visibility(&self.visible);
        self.cues.push(cue);
        self.next += 1;
        true
    }

    /// Whether reports wait to be read.
    pub(crate) fn is_waiting(&self) -> bool {
        !self.lists.borrow().is_empty()
    }

    /// Reads the reports that have arrived: each flip with the time at which its frame was
    /// presented, in ms on the performance timeline. For between trials.
    pub(crate) fn collect(&mut self) -> Vec<(Cue, f64)> {
        let mut presented = Vec::new();
        for list in self.lists.borrow_mut().drain(..) {
            for entry in list.get_entries() {
                let entry = entry.unchecked_into::<js::ElementEntry>();
                let time = entry.presentation_time().or_else(|| entry.render_time());
                let index = entry.identifier().parse::<usize>().ok();
                let cue = index.and_then(|index| self.cues.get(index)).copied();
                if let (Some(cue), Some(time)) = (cue, time.filter(|&ms| ms > 0.0)) {
                    presented.push((cue, time));
                }
            }
        }
        presented
    }
}

fn supported() -> bool {
    js::PerformanceObserver::supported_entry_types()
        .is_some_and(|types| types.includes(&JsValue::from_str("element"), 0))
}

/// Registers the one observer; its callback only keeps the list for later.
fn observe(lists: &Rc<RefCell<Vec<js::EntryList>>>) -> Result<(), JsValue> {
    let lists = Rc::clone(lists);
    let callback = Closure::<dyn FnMut(js::EntryList)>::new(move |list| {
        lists.borrow_mut().push(list);
    });
    let observer = js::PerformanceObserver::new(callback.as_ref().unchecked_ref())?;
    observer.observe(&run_outbox::js::object(&[("type", JsValue::from_str("element"))]))?;
    // Both live as long as the page.
    callback.forget();
    Ok(())
}
