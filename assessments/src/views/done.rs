//! The last page: what was saved, whether it was sent, and the way back.

use super::page::Page;
use crate::words::Words;
use web_sys::Element;

/// How far the sending is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sending {
    Now,
    Waiting,
    Sent,
    Refused,
}

impl Sending {
    const fn key(self) -> &'static str {
        match self {
            Self::Now => "run.done.sending",
            Self::Waiting => "run.done.waiting",
            Self::Sent => "run.done.sent",
            Self::Refused => "run.done.refused",
        }
    }

    const fn code(self) -> &'static str {
        match self {
            Self::Now => "sending",
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::Refused => "refused",
        }
    }
}

/// The page after the last task; its line about sending changes.
pub(crate) struct Done {
    column: Element,
    line: Element,
}

impl Done {
    /// `clock` is the local time at which the last task ended, as people write it.
    pub(crate) fn show(
        page: &mut Page,
        words: &Words,
        tasks: u32,
        clock: &str,
        return_to: &str,
    ) -> Option<Self> {
        let column = page.begin("done", words.get("run.done.title"))?;
        let what = words.count("run.done.one", "run.done.other", tasks, &[("clock", clock)]);
        page.text(&column, &what)?;
        let line = page.status(&column, "")?;
        let row = page.actions(&column)?;
        page.link(&row, words.get("run.back"), return_to, true)?;
        Some(Self { column, line })
    }

    /// Says how far the sending is.
    pub(crate) fn say(&self, words: &Words, sending: Sending) {
        self.line.set_text_content(Some(words.get(sending.key())));
        // Setting an attribute of that name cannot fail.
        let _ = self.column.set_attribute("data-sending", sending.code());
    }
}
