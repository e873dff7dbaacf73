//! Pages of text: one thing at a time, one main button, at most one more way.

use crate::{
    dom,
    flow::{Happening, Way},
};
use gloo::events::EventListener;
use run_outbox::Signal;
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlElement};

/// The place where pages are shown.
pub(crate) struct Page {
    pub(crate) document: Document,
    pub(crate) root: Element,
    flow: Signal<Happening>,
    /// Counts pages, so that a second press of a button that is gone means nothing.
    number: u32,
    listeners: Vec<EventListener>,
}

impl Page {
    pub(crate) const fn new(document: Document, root: Element, flow: Signal<Happening>) -> Self {
        Self { document, root, flow, number: 0, listeners: Vec::new() }
    }

    /// Whether a press belongs to the page that is shown.
    pub(crate) const fn is_current(&self, number: u32) -> bool {
        self.number == number
    }

    /// Begins a new page: empties the old one and gives the column to build in, with its title.
    /// `kind` is for the style sheet and for tests.
    pub(crate) fn begin(&mut self, kind: &str, title: &str) -> Option<Element> {
        self.listeners.clear();
        self.number += 1;
        dom::clear(&self.root);
        self.root.remove_attribute("hidden").ok()?;
        let column = dom::element(&self.document, "div", "page")?;
        column.set_attribute("data-page", kind).ok()?;
        let heading = dom::element(&self.document, "h1", "")?;
        heading.set_attribute("tabindex", "-1").ok()?;
        heading.set_text_content(Some(title));
        dom::append(&column, &[&heading]);
        dom::append(&self.root, &[&column]);
        self.document.set_title(title);
        dom::focus(&heading);
        if let Some(window) = self.document.default_view() {
            window.scroll_to_with_x_and_y(0.0, 0.0);
        }
        Some(column)
    }

    /// Takes the page away.
    pub(crate) fn hide(&mut self) {
        self.listeners.clear();
        self.number += 1;
        dom::clear(&self.root);
        // Setting an attribute of that name cannot fail.
        let _ = self.root.set_attribute("hidden", "");
    }

    /// A paragraph.
    pub(crate) fn text(&self, column: &Element, text: &str) -> Option<Element> {
        let paragraph = dom::element(&self.document, "p", "")?;
        paragraph.set_text_content(Some(text));
        dom::append(column, &[&paragraph]);
        Some(paragraph)
    }

    /// A paragraph whose changes a screen reader says.
    pub(crate) fn status(&self, column: &Element, text: &str) -> Option<Element> {
        let paragraph = self.text(column, text)?;
        paragraph.set_class_name("status");
        paragraph.set_attribute("role", "status").ok()?;
        Some(paragraph)
    }

    /// A bar for something that takes `max` steps.
    pub(crate) fn bar(&self, column: &Element, max: u32, labelled_by: &Element) -> Option<Element> {
        let bar = dom::element(&self.document, "progress", "")?;
        labelled_by.set_id("bar-label");
        bar.set_attribute("aria-labelledby", "bar-label").ok()?;
        bar.set_attribute("max", &max.to_string()).ok()?;
        bar.set_attribute("value", "0").ok()?;
        dom::append(column, &[&bar]);
        Some(bar)
    }

    /// The row for buttons at the foot of a page.
    pub(crate) fn actions(&self, column: &Element) -> Option<Element> {
        let row = dom::element(&self.document, "div", "actions")?;
        dom::append(column, &[&row]);
        Some(row)
    }

    /// A button that reports `way`; `main` is how the one main button looks.
    pub(crate) fn button(
        &mut self,
        row: &Element,
        label: &str,
        way: Way,
        main: bool,
    ) -> Option<HtmlElement> {
        let class = if main { "button main" } else { "button" };
        let button = dom::element(&self.document, "button", class)?;
        button.set_attribute("type", "button").ok()?;
        button.set_text_content(Some(label));
        let (flow, number) = (self.flow.clone(), self.number);
        self.listeners.push(EventListener::new(&button, "click", move |_| {
            flow.send(Happening::Button { page: number, way });
        }));
        dom::append(row, &[&button]);
        button.dyn_into().ok()
    }

    /// A link that leaves the task runner.
    pub(crate) fn link(&self, row: &Element, label: &str, to: &str, main: bool) -> Option<Element> {
        let link = dom::element(&self.document, "a", if main { "button main" } else { "button" })?;
        link.set_attribute("href", to).ok()?;
        link.set_text_content(Some(label));
        dom::append(row, &[&link]);
        Some(link)
    }
}
