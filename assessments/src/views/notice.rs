//! A page that says why it cannot go on and what to do.

use super::page::Page;
use crate::{flow::Way, words::Problem};
use contract::Locale;
use web_sys::Element;

/// Where participants find their tasks.
pub(crate) const PORTAL: &str = "/portal";

/// Shows the problem. The main button tries again where that may help.
pub(crate) fn show(page: &mut Page, problem: Problem, locale: Locale) -> Option<()> {
    let told = find(page, problem.code(), locale)?;
    let column = page.begin("notice", &text(&told, "h2"))?;
    column.set_attribute("data-problem", problem.code()).ok()?;
    page.text(&column, &text(&told, "p"))?;
    let row = page.actions(&column)?;
    if problem.can_retry() {
        page.button(&row, &text(&find(page, "again", locale)?, "h2"), Way::Main, true)?;
    }
    let portal = text(&find(page, "portal", locale)?, "h2");
    page.link(&row, &portal, PORTAL, !problem.can_retry())?;
    Some(())
}

/// The part of index.html about a problem, in one language.
fn find(page: &Page, problem: &str, locale: Locale) -> Option<Element> {
    let selector = ["#problems [data-problem=", problem, "] [lang=", locale.tag(), "]"].concat();
    page.document.query_selector(&selector).ok()?
}

fn text(part: &Element, tag: &str) -> String {
    part.query_selector(tag).ok().flatten().and_then(|e| e.text_content()).unwrap_or_default()
}
