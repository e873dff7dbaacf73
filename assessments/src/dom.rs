//! Small helpers to build screens; none of them runs during a trial.

use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlElement};

/// A new element with classes; none only in a document that cannot make elements.
pub(crate) fn element(document: &Document, tag: &str, class: &str) -> Option<Element> {
    let element = document.create_element(tag).ok()?;
    if !class.is_empty() {
        element.set_class_name(class);
    }
    Some(element)
}

/// A new SVG element with attributes.
pub(crate) fn svg(document: &Document, tag: &str, attributes: &[(&str, &str)]) -> Option<Element> {
    let element = document.create_element_ns(Some("http://www.w3.org/2000/svg"), tag).ok()?;
    for (name, value) in attributes {
        element.set_attribute(name, value).ok()?;
    }
    Some(element)
}

/// Sets styles from the program, which the content policy allows, unlike `style` attributes.
pub(crate) fn place(element: &Element, styles: &[(&str, &str)]) {
    let style = element.unchecked_ref::<HtmlElement>().style();
    for (name, value) in styles {
        // It fails only for styles that are computed or marked read-only.
        let _ = style.set_property(name, value);
    }
}

/// Adds children in order.
pub(crate) fn append(parent: &Element, children: &[&Element]) {
    for child in children {
        // It fails only for cycles and foreign documents.
        let _ = parent.append_child(child);
    }
}

/// Empties an element.
pub(crate) fn clear(element: &Element) {
    element.set_text_content(None);
}

/// Moves the keyboard focus, and with it what a screen reader says.
pub(crate) fn focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        // An element that cannot take the focus leaves it where it is.
        let _ = element.focus();
    }
}

/// A whole number as text.
pub(crate) fn number(number: usize) -> String {
    number.to_string()
}
