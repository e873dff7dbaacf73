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

/// Room around the pieces, for strokes.
const MARGIN: i32 = 12;
/// Width of strokes, thousandths of the short side.
const STROKE: &str = "12";
/// Lines that a text may take above and below its middle.
const LINES: i32 = 2;

/// What a scene covers; none for an empty one. Layers are cut to it: a layer as large as the
/// screen costs the compositor as much memory as the screen.
pub(crate) fn area(scene: &Scene) -> Option<Area> {
    let reach = |piece: &Piece| {
        let Piece { x, y, w, h, .. } = *piece;
        let half = if matches!(piece.shape, Shape::Text(_)) { h * LINES } else { h / 2 };
        (x - w / 2, y - half, x + w / 2, y + half)
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

/// The scene in a box of its own, of the size of `area` at `unit` CSS pixels a thousandth; in
/// whole pixels, so that edges stay sharp. Shapes are SVG, texts are HTML, which can wrap.
pub(crate) fn draw(document: &Document, scene: &Scene, area: Area, unit: f64) -> Option<Element> {
    let drawing = dom::element(document, "div", "drawing")?;
    let px = |thousandths: i32| pixels(thousandths, unit);
    dom::place(&drawing, &[("width", &px(area.width)), ("height", &px(area.height))]);
    let view_box = [area.left, area.top, area.width, area.height].map(|n| n.to_string()).join(" ");
    let svg = dom::svg(document, "svg", &[("viewBox", &view_box), ("aria-hidden", "true")])?;
    dom::append(&drawing, &[&svg]);
    for piece in &scene.pieces {
        if let Shape::Text(text) = &piece.shape {
            let words = dom::element(document, "p", class(piece.ink, false))?;
            words.set_text_content(Some(text));
            dom::place(
                &words,
                &[
                    ("left", &px(piece.x - area.left - piece.w / 2)),
                    ("top", &px(piece.y - area.top)),
                    ("width", &px(piece.w)),
                    ("font-size", &px(piece.h * 4 / 5)),
                ],
            );
            dom::append(&drawing, &[&words]);
        } else {
            dom::append(&svg, &[&draw_shape(document, piece)?]);
        }
    }
    Some(drawing)
}

/// A length in whole CSS pixels.
pub(crate) fn pixels(thousandths: i32, unit: f64) -> String {
    let mut text = whole(f64::from(thousandths) * unit).to_string();
    text.push_str("px");
    text
}

#[expect(clippy::cast_possible_truncation, reason = "a float-to-int cast saturates")]
fn whole(pixels: f64) -> i32 {
    pixels.round() as i32
}

fn draw_shape(document: &Document, piece: &Piece) -> Option<Element> {
    let Piece { x, y, w, h, .. } = *piece;
    let (left, top) = (x - w / 2, y - h / 2);
    let (right, bottom) = (left + w, top + h);
    let outline = !matches!(piece.shape, Shape::Disc | Shape::Block | Shape::Arrow(_));
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
        Shape::Frame | Shape::Block | Shape::Text(_) => {
            let [x, y, w, h] = [left, top, w, h].map(|n| n.to_string());
            let place: [(&str, &str); 4] = [("x", &x), ("y", &y), ("width", &w), ("height", &h)];
            dom::svg(document, "rect", &place)?
        }
        Shape::Arrow(heading) => dom::svg(document, "path", &[("d", &arrow(*heading, piece))])?,
    };
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
    fn a_text_has_room_for_some_lines() {
        let words = Shape::Text("Press when you see the X".into());
        let scene = Scene::new("feedback").with(words, [0, 0, 900, 90], Ink::Bad);
        let expected = Area { left: -462, top: -192, width: 924, height: 384 };
        assert_eq!(area(&scene), Some(expected));
    }

    #[wasm_bindgen_test]
    fn the_blank_scene_covers_nothing() {
        assert_eq!(area(&Scene::new("blank")), None);
    }
}
