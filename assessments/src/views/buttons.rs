//! On-screen buttons of a task, at thumb height. They show where to touch; what counts is the
//! zone of the stage that the engine gives to each choice.

use crate::dom;
use task_engine::{Choice, Responses, responses::ResponseOption};
use web_sys::{Document, Element};

/// So many live buttons make a keypad.
const KEYPAD: usize = 6;

/// Draws the buttons of a block, and gives those that answer when touched, with their answers. The
/// others only show where to touch, and the style sheet shows them only where the main pointer is
/// a finger.
pub(crate) fn draw(
    document: &Document,
    pad: &Element,
    responses: &Responses,
) -> Vec<(Choice, Element)> {
    let live: Vec<_> = responses.live().collect();
    pad.set_class_name(match live.len() {
        0 => "pad",
        1..KEYPAD => "pad live",
        _ => "pad live keypad",
    });
    if !live.is_empty() {
        let drawn = |(choice, option)| Some((choice, button(document, pad, option)?));
        return live.into_iter().filter_map(drawn).collect();
    }
    let placed = responses.options.iter().filter(|option| option.zone.is_some());
    if !responses.buttons && placed.clone().count() >= 2 {
        for option in placed {
            button(document, pad, option);
        }
    }
    // With one answer a touch anywhere answers: nothing to aim at
    Vec::new()
}

fn button(document: &Document, pad: &Element, option: &ResponseOption) -> Option<Element> {
    let button = dom::element(document, "div", "answer")?;
    if !option.label.is_empty() {
        button.set_text_content(Some(&option.label));
    } else if let Some(icon) = icon(document, option.code) {
        dom::append(&button, &[&icon]);
    } else {
        button.set_text_content(Some(option.code));
    }
    button.set_attribute("data-answer", option.code).ok()?;
    dom::append(pad, &[&button]);
    Some(button)
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
