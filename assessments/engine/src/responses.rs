//! From keys and places to choices.

/// Index of a response, or [`Choice::OTHER`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Choice(pub u8);

impl Choice {
    /// A press that means nothing in this task. It is counted, never scored.
    pub const OTHER: Self = Self(u8::MAX);
}

/// Part of the stage, in thousandths of its short side from its centre; edges belong to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Zone {
    pub left: i32,
    pub top: i32,
    pub right: i32,
    pub bottom: i32,
}

impl Zone {
    /// Everything, also beyond the stage.
    pub const ALL: Self = Self { left: i32::MIN, top: i32::MIN, right: i32::MAX, bottom: i32::MAX };
    pub const LEFT_HALF: Self = Self { right: -1, ..Self::ALL };
    pub const RIGHT_HALF: Self = Self { left: 0, ..Self::ALL };

    /// The place in it that is nearest to another.
    pub(crate) fn nearest(self, x: i32, y: i32) -> [i32; 2] {
        [x.max(self.left).min(self.right), y.max(self.top).min(self.bottom)]
    }

    const fn holds(self, x: i32, y: i32) -> bool {
        x >= self.left && x <= self.right && y >= self.top && y <= self.bottom
    }
}

/// One way to answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResponseOption {
    /// `resp_code` in the trial row.
    pub code: &'static str,
    /// Physical keys, by `KeyboardEvent.code`.
    pub keys: &'static [&'static str],
    pub zone: Option<Zone>,
    /// Words on the on-screen button. Left empty by tasks: filled in from the text `answer.<code>`
    /// where there is one.
    pub label: String,
}

impl ResponseOption {
    /// An answer by key or on-screen button, or by touching its `zone` of the stage.
    #[must_use]
    pub const fn new(
        code: &'static str,
        keys: &'static [&'static str],
        zone: Option<Zone>,
    ) -> Self {
        Self { code, keys, zone, label: String::new() }
    }
}

/// All ways to answer in a block. Choice n is option n.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Responses {
    pub options: Vec<ResponseOption>,
    /// Keys in no option's list are the first option ("press any key").
    pub any_key: bool,
    /// Whether there are on-screen buttons, one for each option without a zone, that answer when
    /// touched; from six on as a keypad of three columns. Without it, options with zones get buttons where the main pointer is a finger, as a hint
    /// where to touch.
    pub buttons: bool,
}

impl Responses {
    /// The options that have a button that answers when touched.
    pub fn live(&self) -> impl Iterator<Item = (Choice, &ResponseOption)> {
        let numbered = (0..u8::MAX).map(Choice).zip(&self.options);
        numbered.filter(|(_, option)| self.buttons && option.zone.is_none())
    }

    /// The choice of a key, by `KeyboardEvent.code`. Look it up in the handler: it does not allocate.
    #[must_use]
    pub fn key(&self, code: &str) -> Choice {
        self.find(|option| option.keys.contains(&code), self.any_key)
    }

    /// The choice of a place on the stage.
    #[must_use]
    pub fn point(&self, x: i32, y: i32) -> Choice {
        self.find(|option| option.zone.is_some_and(|zone| zone.holds(x, y)), false)
    }

    /// `resp_code` of a choice; `other` for one without a meaning.
    #[must_use]
    pub fn code(&self, choice: Choice) -> &'static str {
        self.options.get(usize::from(choice.0)).map_or("other", |option| option.code)
    }

    fn find(&self, test: impl Fn(&ResponseOption) -> bool, otherwise_first: bool) -> Choice {
        let found = self.options.iter().position(test);
        match found.and_then(|i| u8::try_from(i).ok()) {
            Some(index) => Choice(index),
            None if otherwise_first && !self.options.is_empty() => Choice(0),
            None => Choice::OTHER,
        }
    }
}
