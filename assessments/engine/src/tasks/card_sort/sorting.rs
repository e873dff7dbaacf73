//! Rules, cards, and where somebody is in sorting: a pure function of the answers before.

use contract::task::Trial;

/// What cards are sorted by, in the order in which the rules come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rule {
    Colour,
    Shape,
    Number,
}

impl Rule {
    pub(super) const ALL: [Self; 3] = [Self::Colour, Self::Shape, Self::Number];

    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Colour => "colour",
            Self::Shape => "shape",
            Self::Number => "number",
        }
    }

    /// The rule of a category, from 0: colour, shape, number, and the same again.
    pub(super) const fn of(category: usize) -> Self {
        Self::ALL[category % 3]
    }
}

/// Codes of the key cards, from left to right. Key card k has colour k, shape k and k + 1 signs.
pub(super) const KEYS: [&str; 4] = ["card1", "card2", "card3", "card4"];

/// A card: the key cards that it goes to by colour, shape and number; three different ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Card(pub [u8; 3]);

impl Card {
    /// All 24: no answer fits two rules, and one key card fits none.
    pub(super) fn all() -> Vec<Self> {
        let mut cards = Vec::new();
        for colour in 0..4 {
            for shape in (0..4).filter(|shape| *shape != colour) {
                cards.extend(
                    (0..4)
                        .filter(|number| *number != colour && *number != shape)
                        .map(|number| Self([colour, shape, number])),
                );
            }
        }
        cards
    }

    pub(super) const fn key(self, rule: Rule) -> u8 {
        self.0[rule as usize]
    }

    /// In the notation of the row: key cards by colour, shape and number, from 1.
    pub(super) fn notation(self) -> String {
        let [colour, shape, number] = self.0;
        format!("c{} s{} n{}", colour + 1, shape + 1, number + 1)
    }

    pub(super) fn read(notation: &str) -> Option<Self> {
        let mut digits = notation.bytes().filter(u8::is_ascii_digit);
        let mut next = || digits.next()?.checked_sub(b'1');
        Some(Self([next()?, next()?, next()?]))
    }
}

/// The rule that an answer follows; none for the key card that fits none.
pub(super) fn sorted_by(trial: &Trial) -> Option<Rule> {
    let card = Card::read(&trial.stimulus)?;
    let code = trial.resp_code.as_deref()?;
    let key = u8::try_from(KEYS.iter().position(|key| *key == code)?).ok()?;
    Rule::ALL.into_iter().find(|rule| card.key(*rule) == key)
}

/// Where somebody is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct State {
    /// Categories complete.
    pub categories: usize,
    /// Right answers in a row within the present one.
    pub run: usize,
}

impl State {
    pub(super) const fn rule(self) -> Rule {
        Rule::of(self.categories)
    }

    /// After an answer; none counts as a wrong one.
    pub(super) fn after(self, sorted: Option<Rule>, run: usize) -> Self {
        if sorted != Some(self.rule()) {
            Self { run: 0, ..self }
        } else if self.run + 1 >= run {
            Self { categories: self.categories + 1, run: 0 }
        } else {
            Self { run: self.run + 1, ..self }
        }
    }
}
