//! A page that says why it cannot go on and what to do.

use super::page::Page;
use crate::{
    flow::Way,
    words::{Problem, notice_labels},
};
use contract::Locale;

/// Where participants find their tasks.
pub(crate) const PORTAL: &str = "/portal";

/// Shows the problem. The main button tries again where that may help.
pub(crate) fn show(page: &mut Page, problem: Problem, locale: Locale) -> Option<()> {
    let (title, advice) = problem.text(locale);
    let (again, portal) = notice_labels(locale);
    let column = page.begin("notice", title)?;
    column.set_attribute("data-problem", problem.code()).ok()?;
    page.text(&column, advice)?;
    let row = page.actions(&column)?;
    if problem.can_retry() {
        page.button(&row, again, Way::Main, true)?;
    }
    page.link(&row, portal, PORTAL, !problem.can_retry())?;
    Some(())
}
