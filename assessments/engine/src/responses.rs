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
}

/// All ways to answer in a block. Choice n is option n.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Responses {
    pub options: Vec<ResponseOption>,
    /// Keys in no option's list are the first option ("press any key").
    pub any_key: bool,
}

impl Responses {
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
