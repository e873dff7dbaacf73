//! The engine's pages: instructions, practice results, breaks, pauses.

use super::{page::Page, scene};
use crate::{dom, flow::Way, words::Words};
use task_engine::{Progress, Screen, ScreenKind};
use web_sys::Element;

/// Largest picture on a page, width and height in CSS pixels.
const PICTURE: (f64, f64) = (280.0, 160.0);

/// Shows a page of the engine, with where the run is and the way out. After the way out was
/// taken, the main way leads back to `return_to`.
pub(crate) fn show(page: &mut Page, screen: &Screen, words: &Words, return_to: &str) -> Option<()> {
    let column = page.begin(kind(screen.kind), &screen.title)?;
    if screen.progress.modules > 0 {
        let place = progress(page, &screen.progress, words)?;
        dom::append(&column, &[&place]);
    }
    for paragraph in &screen.body {
        page.text(&column, paragraph)?;
    }
    if let Some(area) = screen.picture.as_ref().and_then(scene::area)
        && let Some(picture) = &screen.picture
    {
        let figure = dom::element(&page.document, "div", "picture")?;
        let unit = (PICTURE.0 / f64::from(area.width)).min(PICTURE.1 / f64::from(area.height));
        dom::append(&figure, &[&scene::draw(&page.document, picture, area, unit)?]);
        dom::append(&column, &[&figure]);
    }
    let row = page.actions(&column)?;
    if screen.kind == ScreenKind::Left {
        page.link(&row, words.get("run.back"), return_to, true)?;
        page.button(&row, &screen.button, Way::Main, false)?;
    } else {
        page.button(&row, &screen.button, Way::Main, true)?;
        page.button(&row, words.get("run.stop"), Way::Out, false)?;
    }
    Some(())
}

/// "Task 2 of 3, about 6 minutes left", with a bar.
fn progress(page: &Page, progress: &Progress, words: &Words) -> Option<Element> {
    let text = words.fill(
        "run.progress",
        &[
            ("module", &progress.module.to_string()),
            ("modules", &progress.modules.to_string()),
            ("time", &words.minutes(progress.minutes_left)),
        ],
    );
    let place = dom::element(&page.document, "div", "progress")?;
    let label = page.text(&place, &text)?;
    let bar = page.bar(&place, 100, &label)?;
    let done = f64::from(progress.module.saturating_sub(1)) + progress.share;
    let percent = crate::words::whole(done * 100.0 / f64::from(progress.modules.max(1)));
    bar.set_attribute("value", &percent.to_string()).ok()?;
    Some(place)
}

const fn kind(kind: ScreenKind) -> &'static str {
    match kind {
        ScreenKind::Instructions => "instructions",
        ScreenKind::PracticeResult => "practice-result",
        ScreenKind::Break => "break",
        ScreenKind::Paused => "paused",
        ScreenKind::Resumed => "resumed",
        ScreenKind::ModuleEnd => "module-end",
        ScreenKind::Left => "left",
    }
}
