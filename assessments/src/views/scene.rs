//! Draws a scene of the engine as SVG: once, before it is needed.

use crate::dom;
use task_engine::scene::{Heading, Ink, Piece, Scene, Shape};
use web_sys::{Document, Element};

/// Part of the stage in thousandths of its short side, from its centre.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Area {
    pub left: i32,
    pub top: i32,
    pub width: i32,
    pub height: i32,
}

/// Room around the pieces, for strokes and for what type sticks out.
const MARGIN: i32 = 12;
/// Width of strokes, thousandths of the short side.
const STROKE: &str = "12";
/// Room that a text may take to each side, in line heights; text has no width of its own.
const TEXT_REACH: i32 = 8;

/// What a scene covers; none for an empty one. Layers are cut to it: a layer as large as the
/// screen costs the compositor as much memory as the screen.
pub(crate) fn area(scene: &Scene) -> Option<Area> {
    let reach = |piece: &Piece| {
        let w = match piece.shape {
            Shape::Text(_) => piece.w.max(piece.h * TEXT_REACH),
            _ => piece.w,
        };
        (piece.x - w / 2, piece.y - piece.h / 2, piece.x + w / 2, piece.y + piece.h / 2)
    };
    let all = scene
        .pieces
        .iter()
        .map(reach)
        .reduce(|a, b| (a.0.min(b.0), a.1.min(b.1), a.2.max(b.2), a.3.max(b.3)));
    all.map(|(left, top, right, bottom)| Area {
        left: left - MARGIN,
        top: top - MARGIN,
        width: right - left + 2 * MARGIN,
        height: bottom - top + 2 * MARGIN,
    })
}

/// The scene as an SVG element that fills its box; `area` says which part of the stage that is.
pub(crate) fn draw(document: &Document, scene: &Scene, area: Area) -> Option<Element> {
    let mut view_box = String::new();
    for number in [area.left, area.top, area.width, area.height] {
        if !view_box.is_empty() {
            view_box.push(' ');
        }
        view_box.push_str(&number.to_string());
    }
    let svg = dom::svg(document, "svg", &[("viewBox", &view_box), ("aria-hidden", "true")])?;
    for piece in &scene.pieces {
        dom::append(&svg, &[&draw_piece(document, piece)?]);
    }
    Some(svg)
}

fn draw_piece(document: &Document, piece: &Piece) -> Option<Element> {
    let Piece { x, y, w, h, .. } = *piece;
    let (left, top) = (x - w / 2, y - h / 2);
    let (right, bottom) = (left + w, top + h);
    let shape = match &piece.shape {
        Shape::Plus => line(document, &[(left, y), (right, y), (x, top), (x, bottom)])?,
        Shape::Cross => {
            line(document, &[(left, top), (right, bottom), (right, top), (left, bottom)])?
        }
        Shape::Dash => line(document, &[(left, y), (right, y)])?,
        Shape::Disc | Shape::Ring => {
            let [cx, cy, r] = [x, y, w.min(h) / 2].map(|n| n.to_string());
            dom::svg(document, "circle", &[("cx", &cx), ("cy", &cy), ("r", &r)])?
        }
        Shape::Frame | Shape::Block => {
            let [x, y, w, h] = [left, top, w, h].map(|n| n.to_string());
            let place: [(&str, &str); 4] = [("x", &x), ("y", &y), ("width", &w), ("height", &h)];
            dom::svg(document, "rect", &place)?
        }
        Shape::Arrow(heading) => dom::svg(document, "path", &[("d", &arrow(*heading, piece))])?,
        Shape::Text(words) => {
            let [x, y, size] = [x, y, h].map(|n| n.to_string());
            let text = dom::svg(
                document,
                "text",
                &[
                    ("x", &x),
                    ("y", &y),
                    ("font-size", &size),
                    ("text-anchor", "middle"),
                    ("dominant-baseline", "central"),
                ],
            )?;
            text.set_text_content(Some(words));
            text
        }
    };
    let outline = matches!(
        piece.shape,
        Shape::Plus | Shape::Cross | Shape::Dash | Shape::Ring | Shape::Frame
    );
    if outline {
        shape.set_attribute("stroke-width", STROKE).ok()?;
    }
    shape.set_attribute("class", class(piece.ink, outline)).ok()?;
    Some(shape)
}

/// Separate strokes through pairs of points.
fn line(document: &Document, points: &[(i32, i32)]) -> Option<Element> {
    let mut path = String::new();
    for (i, (x, y)) in points.iter().enumerate() {
        path.push(if i % 2 == 0 { 'M' } else { 'L' });
        path.push_str(&x.to_string());
        path.push(' ');
        path.push_str(&y.to_string());
    }
    dom::svg(document, "path", &[("d", &path)])
}

/// A filled arrow: a shaft of a third of the height and a head of half the length.
fn arrow(heading: Heading, piece: &Piece) -> String {
    // Along the arrow and across it, seen from its middle; the tip is at +along.
    let (along, across) = match heading {
        Heading::Left | Heading::Right => (piece.w / 2, piece.h / 2),
        Heading::Up | Heading::Down => (piece.h / 2, piece.w / 2),
    };
    let shaft = across / 3;
    let outline = [
        (along, 0),
        (0, -across),
        (0, -shaft),
        (-along, -shaft),
        (-along, shaft),
        (0, shaft),
        (0, across),
    ];
    let mut path = String::new();
    for (i, (a, c)) in outline.into_iter().enumerate() {
        let (dx, dy) = match heading {
            Heading::Right => (a, c),
            Heading::Left => (-a, c),
            Heading::Down => (c, a),
            Heading::Up => (c, -a),
        };
        path.push(if i == 0 { 'M' } else { 'L' });
        path.push_str(&(piece.x + dx).to_string());
        path.push(' ');
        path.push_str(&(piece.y + dy).to_string());
    }
    path.push('Z');
    path
}

/// Colours are the style sheet's: an outline is stroked, everything else filled.
fn class(ink: Ink, outline: bool) -> &'static str {
    match (ink, outline) {
        (Ink::Ink, false) => "fill ink",
        (Ink::Ink, true) => "line ink",
        (Ink::Muted, false) => "fill muted",
        (Ink::Muted, true) => "line muted",
        (Ink::Good, false) => "fill good",
        (Ink::Good, true) => "line good",
        (Ink::Bad, false) => "fill bad",
        (Ink::Bad, true) => "line bad",
        (Ink::Red, false) => "fill red",
        (Ink::Red, true) => "line red",
        (Ink::Green, false) => "fill green",
        (Ink::Green, true) => "line green",
        (Ink::Blue, false) => "fill blue",
        (Ink::Blue, true) => "line blue",
        (Ink::Yellow, false) => "fill yellow",
        (Ink::Yellow, true) => "line yellow",
    }
}

#[cfg(test)]
mod tests {
    use super::{Area, area};
    use task_engine::scene::{Heading, Ink, Scene, Shape};
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn a_layer_covers_its_pieces_and_no_more() {
        let scene = Scene::new("two arrows")
            .with(Shape::Arrow(Heading::Left), [-100, 0, 80, 40], Ink::Ink)
            .with(Shape::Arrow(Heading::Left), [100, 0, 80, 40], Ink::Ink);
        let expected = Area { left: -152, top: -32, width: 304, height: 64 };
        assert_eq!(area(&scene), Some(expected));
    }

    #[wasm_bindgen_test]
    fn the_blank_scene_covers_nothing() {
        assert_eq!(area(&Scene::new("blank")), None);
    }
}
