//! The page before the start: what comes, how long it takes, and whether the device is ready.

use super::page::Page;
use crate::{
    dom,
    flow::Way,
    runtime::calibrate::{self, Check},
    words::{Words, whole},
};
use contract::task::RunConfig;
use web_sys::{Element, HtmlElement};

/// A short side below this, in CSS pixels, is small for a stimulus.
const SMALL: f64 = 300.0;
/// A refresh interval above this, in ms, comes from power saving.
const SLOW_MS: f64 = 25.0;

/// The landing page, while the device is being checked and after.
pub(crate) struct Landing {
    column: Element,
    status: Element,
    list: Element,
    /// How far the check is.
    pub(crate) bar: Element,
    start: HtmlElement,
}

impl Landing {
    /// Shows what there is to do; the button waits for the check.
    pub(crate) fn show(page: &mut Page, config: &RunConfig, words: &Words) -> Option<Self> {
        let column = page.begin("landing", words.get("run.landing.title"))?;
        let minutes: f64 = config.modules.iter().map(|module| module.minutes).sum();
        let count = u32::try_from(config.modules.len()).unwrap_or(u32::MAX);
        let time = words.minutes(minutes);
        let length = words.count("run.landing.one", "run.landing.other", count, &[("time", &time)]);
        page.text(&column, &length)?.set_class_name("lead");
        page.text(&column, words.get("run.landing.quiet"))?;
        page.text(&column, words.get("run.landing.saved"))?;
        let device = dom::element(&page.document, "section", "device")?;
        let heading = dom::element(&page.document, "h2", "")?;
        heading.set_text_content(Some(words.get("run.check.title")));
        dom::append(&device, &[&heading]);
        let status = page.status(&device, words.get("run.check.busy"))?;
        let bar = page.bar(&device, calibrate::FRAMES, &status)?;
        let list = dom::element(&page.document, "ul", "checks")?;
        dom::append(&device, &[&list]);
        dom::append(&column, &[&device]);
        let row = page.actions(&column)?;
        let start = page.button(&row, words.get("run.landing.start"), Way::Main, true)?;
        start.set_attribute("disabled", "").ok()?;
        page.link(&row, words.get("run.landing.later"), &config.return_to, false)?;
        Some(Self { column, status, list, bar, start })
    }

    /// Says what the check found, in plain words, and lets the participant start.
    pub(crate) fn ready(&self, page: &Page, check: &Check, words: &Words) -> Option<()> {
        let verdict = if check.is_good() { "run.check.good" } else { "run.check.fair" };
        self.status.set_text_content(Some(words.get(verdict)));
        self.bar.remove();
        for (good, text) in findings(check, words) {
            let item = dom::element(&page.document, "li", if good { "yes" } else { "note" })?;
            // The mark is drawn by the style sheet; this word is for who does not see it.
            let word = dom::element(&page.document, "span", "hidden-word")?;
            let key = if good { "run.check.yes" } else { "run.check.note" };
            word.set_text_content(Some(words.get(key)));
            let label = dom::element(&page.document, "span", "")?;
            label.set_text_content(Some(&text));
            dom::append(&item, &[&label, &word]);
            dom::append(&self.list, &[&item]);
        }
        self.start.remove_attribute("disabled").ok()?;
        self.column.set_attribute("data-ready", "").ok()?;
        Some(())
    }
}

/// The short page of a run that goes on, while the device is being checked; gives its bar.
pub(crate) fn show_again(page: &mut Page, words: &Words) -> Option<Element> {
    let column = page.begin("checking", words.get("run.check.title"))?;
    let status = page.status(&column, words.get("run.check.busy"))?;
    page.bar(&column, calibrate::FRAMES, &status)
}

/// One line for each thing that was checked: whether it is good, and what to say.
fn findings(check: &Check, words: &Words) -> [(bool, String); 5] {
    let hz = whole(1000.0 / check.refresh.interval_ms).to_string();
    let screen = if check.refresh.interval_ms > SLOW_MS {
        (false, "run.check.screen.slow")
    } else if check.refresh.variable {
        (false, "run.check.screen.variable")
    } else {
        (true, "run.check.screen.steady")
    };
    let clock = if check.isolated && check.clock_step_us <= 1000.0 {
        (true, "run.check.clock.fine")
    } else {
        (false, "run.check.clock.coarse")
    };
    let (width, height) = (check.size.width, check.size.height);
    let size = if width.min(height) < SMALL {
        (false, "run.check.size.small")
    } else {
        (true, "run.check.size")
    };
    let input = match calibrate::inputs(&check.device) {
        (true, true) => "run.check.input.both",
        (true, false) => "run.check.input.touch",
        (false, _) => "run.check.input.keys",
    };
    let focus = if check.focused {
        (true, "run.check.focus.here")
    } else {
        (false, "run.check.focus.away")
    };
    let [width, height] = [width, height].map(|side| whole(side).to_string());
    [
        (screen.0, words.fill(screen.1, &[("hz", &hz)])),
        (clock.0, words.get(clock.1).into()),
        (size.0, words.fill(size.1, &[("width", &width), ("height", &height)])),
        (true, words.get(input).into()),
        (focus.0, words.get(focus.1).into()),
    ]
}
