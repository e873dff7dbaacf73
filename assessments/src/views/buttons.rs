//! On-screen buttons of a task, at thumb height. They show where to touch; what counts is the
//! zone of the stage that the engine gives to each choice.

use crate::dom;
use task_engine::Responses;
use web_sys::{Document, Element};

/// Draws one button for each choice that has a place on the stage. The style sheet shows them
/// only where the main pointer is a finger.
pub(crate) fn draw(document: &Document, pad: &Element, responses: &Responses) {
    let placed = responses.options.iter().filter(|option| option.zone.is_some());
    if placed.clone().count() < 2 {
        // A touch anywhere answers: nothing to aim at.
        return;
    }
    for option in placed {
        let Some(button) = dom::element(document, "div", "answer") else { return };
        if let Some(icon) = icon(document, option.code) {
            dom::append(&button, &[&icon]);
        } else {
            button.set_text_content(Some(option.code));
        }
        dom::append(pad, &[&button]);
    }
}

/// Arrows for directions.
fn icon(document: &Document, code: &str) -> Option<Element> {
    let path = match code {
        "left" => "M20 12H4M11 5l-7 7 7 7",
        "right" => "M4 12h16M13 5l7 7-7 7",
        "up" => "M12 20V4M5 11l7-7 7 7",
        "down" => "M12 4v16M5 13l7 7 7-7",
        _ => return None,
    };
    let icon = dom::svg(document, "svg", &[("viewBox", "0 0 24 24"), ("aria-hidden", "true")])?;
    dom::append(&icon, &[&dom::svg(document, "path", &[("d", path)])?]);
    Some(icon)
}
