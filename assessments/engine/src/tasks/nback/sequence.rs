//! Sequences of letters with exactly so many matches and lures, and none by accident.

use crate::{
    arrange::{Cell, Feature, arrange},
    rng::Rng,
};
use smallvec::smallvec;

/// Letters that neither look nor sound alike in English and French.
pub(super) const LETTERS: [&str; 8] = ["B", "F", "H", "K", "M", "Q", "R", "X"];
const COUNT: u8 = 8;

/// What a letter is to those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// One of the first n: nothing lies n back.
    Start,
    /// The same as n back, not as n − 1 back.
    Target,
    /// The same as n − 1 or n + 1 back, not as n back.
    Lure,
    /// None of these.
    Other,
}

/// A sequence for one level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sequence {
    pub level: usize,
    pub kinds: Vec<Kind>,
    /// Indices into [`LETTERS`].
    pub letters: Vec<u8>,
}

/// Steps of the search before another order of kinds is tried.
const STEPS: u32 = 2000;
/// Orders of kinds to try.
const ORDERS: u32 = 50;

impl Sequence {
    /// `level` letters to start with, then `trials` with so many targets and lures in random order,
    /// at most three targets in a row.
    ///
    /// # Errors
    /// There is no such sequence.
    pub(super) fn new(
        level: u8,
        [trials, targets, lures]: [u32; 3],
        rng: &mut Rng,
    ) -> Result<Self, String> {
        let cells = [
            Cell { count: targets, levels: smallvec![0] },
            Cell { count: lures, levels: smallvec![Cell::FREE] },
            Cell { count: trials - targets - lures, levels: smallvec![Cell::FREE] },
        ];
        let features = [Feature { name: "match", max_run: 3 }];
        let level = usize::from(level);
        for _ in 0..ORDERS {
            let order = arrange(&cells, &features, rng)?;
            let scored = order.into_iter().map(|i| [Kind::Target, Kind::Lure, Kind::Other][i]);
            let kinds: Vec<Kind> = core::iter::repeat_n(Kind::Start, level).chain(scored).collect();
            if let Some(letters) = fill(level, &kinds, rng) {
                return Ok(Self { level, kinds, letters });
            }
        }
        Err(format!("no sequence has {targets} matches and {lures} lures at level {level}"))
    }

    /// `n-1`, `n+1` or `none`.
    pub(super) fn lure(&self, i: usize) -> &'static str {
        if self.kinds[i] != Kind::Lure {
            "none"
        } else if same(&self.letters, i, self.level + 1) {
            "n+1"
        } else {
            "n-1"
        }
    }
}

/// Whether letter `i` is the one `back` before it.
fn same(letters: &[u8], i: usize, back: usize) -> bool {
    back > 0 && i.checked_sub(back).is_some_and(|j| letters[j] == letters[i])
}

/// Whether the last letter is what it should be.
fn fits(level: usize, kind: Kind, letters: &[u8]) -> bool {
    let i = letters.len() - 1;
    let target = same(letters, i, level);
    let near = same(letters, i, level - 1);
    let lure = near || same(letters, i, level + 1);
    // A letter that comes twice running is seen without remembering: only where it is the match, or
    // the lure of two back
    let again = same(letters, i, 1);
    if again && level > 1 && (level, kind) != (2, Kind::Lure) {
        return false;
    }
    match kind {
        Kind::Target => target && !near,
        Kind::Lure => lure && !target,
        Kind::Start | Kind::Other => !target && !lure,
    }
}

/// Letters for these kinds, by search.
fn fill(level: usize, kinds: &[Kind], rng: &mut Rng) -> Option<Vec<u8>> {
    let shuffled = |rng: &mut Rng| {
        let mut all: Vec<u8> = (0..COUNT).collect();
        rng.shuffle(&mut all);
        all
    };
    let mut letters: Vec<u8> = Vec::with_capacity(kinds.len());
    let mut untried = vec![shuffled(rng)];
    for _ in 0..STEPS {
        match untried.last_mut()?.pop() {
            Some(letter) => {
                letters.push(letter);
                if !fits(level, kinds[letters.len() - 1], &letters) {
                    letters.pop();
                } else if letters.len() == kinds.len() {
                    return Some(letters);
                } else {
                    untried.push(shuffled(rng));
                }
            }
            None => {
                untried.pop();
                letters.pop()?;
            }
        }
    }
    None
}
