//! Random orders under constraints, by search, not by trying again until it fits.
//!
//! Cells (e.g. congruency × direction) with counts are put in an order in which no level of a
//! feature comes more than so many times in a row. Every step draws among the cells that are left,
//! in proportion to what is left of them, and only where the rest can still be placed; a dead end
//! goes back a step. It either gives an order or says which constraint cannot be met.

use crate::rng::Rng;
use smallvec::SmallVec;

/// One kind of trial.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    pub count: u32,
    /// Level of this cell on each feature, in order of `Feature`s.
    pub levels: SmallVec<[u8; 4]>,
}

impl Cell {
    /// A level that no limit applies to (e.g. go trials, where only runs of no-go trials are limited).
    pub const FREE: u8 = u8::MAX;
}

/// Something that cells differ in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Feature {
    /// For the diagnosis.
    pub name: &'static str,
    /// One level comes at most this often in a row; 0: no limit.
    pub max_run: u32,
}

/// Steps of the search before it gives up; orders in use need about one a trial.
const BUDGET: u32 = 200_000;

/// An order of all cells (indices, each as often as its count).
///
/// # Errors
/// A sentence that names the feature whose limit cannot be kept.
pub fn arrange(cells: &[Cell], features: &[Feature], rng: &mut Rng) -> Result<Vec<usize>, String> {
    let mut search = Search::new(cells, features, &|_, _| true);
    search.possible()?;
    search.run(BUDGET, rng).ok_or_else(|| diagnosis(features))
}

/// Like [`arrange`], with neighbours that are forbidden: cell `next` may come right after cell
/// `before` where `may_follow(before, next)`. What that leaves to the end is not foreseen, so a
/// search that lasts long begins anew with other draws.
///
/// # Errors
/// A sentence that names the feature whose limit cannot be kept, or all that were asked for.
pub fn arrange_where(
    cells: &[Cell],
    features: &[Feature],
    may_follow: MayFollow<'_>,
    rng: &mut Rng,
) -> Result<Vec<usize>, String> {
    Search::new(cells, features, may_follow).possible()?;
    let total: u32 = cells.iter().map(|cell| cell.count).sum();
    let once = total.saturating_mul(20).saturating_add(100);
    for _ in 0..BUDGET / once.clamp(1, BUDGET) {
        if let Some(order) = Search::new(cells, features, may_follow).run(once, rng) {
            return Ok(order);
        }
    }
    Err(format!("{}, without forbidden neighbours", diagnosis(features)))
}

fn diagnosis(features: &[Feature]) -> String {
    let limits: Vec<String> = features
        .iter()
        .filter(|feature| feature.max_run > 0)
        .map(|feature| format!("at most {} of the same {}", feature.max_run, feature.name))
        .collect();
    format!("no order was found that keeps {} in a row", limits.join(" and "))
}

/// Cells to try next, best last.
type Options = SmallVec<[usize; 8]>;

/// Whether the second cell may come right after the first.
pub type MayFollow<'a> = &'a dyn Fn(usize, usize) -> bool;

struct Search<'a> {
    cells: &'a [Cell],
    features: &'a [Feature],
    may_follow: MayFollow<'a>,
    left: Vec<u32>,
    order: Vec<usize>,
}

impl<'a> Search<'a> {
    fn new(cells: &'a [Cell], features: &'a [Feature], may_follow: MayFollow<'a>) -> Self {
        let left = cells.iter().map(|cell| cell.count).collect();
        Self { cells, features, may_follow, left, order: Vec::new() }
    }

    /// Fails when the counts alone break a limit.
    fn possible(&self) -> Result<(), String> {
        self.stuck().map_or(Ok(()), |feature| {
            Err(format!(
                "no order of these trials keeps at most {} of the same {} in a row",
                feature.max_run, feature.name
            ))
        })
    }

    /// Searches for at most so many steps.
    fn run(&mut self, steps: u32, rng: &mut Rng) -> Option<Vec<usize>> {
        let total = self.cells.iter().map(|cell| cell.count as usize).sum();
        let mut untried: Vec<Options> = Vec::with_capacity(total);
        let mut left = steps;
        while self.order.len() < total {
            if untried.len() == self.order.len() {
                untried.push(self.options(rng));
            }
            left = left.saturating_sub(1);
            let next = untried.last_mut().and_then(SmallVec::pop);
            match next {
                Some(cell) if left > 0 => self.place(cell),
                None if left > 0 && untried.len() > 1 => {
                    untried.pop();
                    self.take_back();
                }
                _ => return None,
            }
        }
        Some(core::mem::take(&mut self.order))
    }

    fn place(&mut self, cell: usize) {
        self.left[cell] -= 1;
        self.order.push(cell);
    }

    fn take_back(&mut self) {
        if let Some(cell) = self.order.pop() {
            self.left[cell] += 1;
        }
    }

    /// Cells that may come next and leave the rest placeable, drawn without replacement in
    /// proportion to what is left of them; the first drawn is last, where it is popped.
    fn options(&mut self, rng: &mut Rng) -> Options {
        let mut pool: SmallVec<[usize; 8]> = SmallVec::new();
        for cell in 0..self.cells.len() {
            let beside = self.order.last().is_none_or(|last| (self.may_follow)(*last, cell));
            if self.left[cell] == 0 || !beside {
                continue;
            }
            self.place(cell);
            if self.stuck().is_none() {
                pool.push(cell);
            }
            self.take_back();
        }
        let mut options = Options::new();
        while !pool.is_empty() {
            let total = pool.iter().map(|cell| self.left[*cell]).sum();
            let mut ticket = rng.below(total);
            let drawn = pool.iter().position(|cell| {
                let hit = ticket < self.left[*cell];
                ticket = ticket.wrapping_sub(self.left[*cell]);
                hit
            });
            options.push(pool.remove(drawn.unwrap_or(0)));
        }
        options.reverse();
        options
    }

    /// The first feature whose limit is broken or must break with what is left.
    ///
    /// With `others` trials of other levels to come, a level finds room for `max_run` before the
    /// first of them (less what the present run has used) and `max_run` after each.
    fn stuck(&self) -> Option<&'a Feature> {
        self.features.iter().enumerate().find_map(|(f, feature)| {
            let broken =
                feature.max_run > 0 && self.levels(f).any(|level| self.full(f, level, feature));
            broken.then_some(feature)
        })
    }

    fn levels(&self, feature: usize) -> impl Iterator<Item = u8> {
        let mut levels: SmallVec<[u8; 8]> = SmallVec::new();
        for level in self.cells.iter().filter_map(|cell| cell.levels.get(feature)) {
            if *level != Cell::FREE && !levels.contains(level) {
                levels.push(*level);
            }
        }
        levels.into_iter()
    }

    fn full(&self, index: usize, level: u8, feature: &Feature) -> bool {
        let is_level = |cell: usize| self.cells[cell].levels.get(index) == Some(&level);
        let (mut mine, mut others) = (0_u64, 0_u64);
        for (cell, left) in self.left.iter().enumerate() {
            *(if is_level(cell) { &mut mine } else { &mut others }) += u64::from(*left);
        }
        let run = self.order.iter().rev().take_while(|cell| is_level(**cell)).count() as u64;
        let max = u64::from(feature.max_run);
        run > max || mine > (max - run) + max * others
    }
}
