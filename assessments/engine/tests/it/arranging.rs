//! Orders under constraints: exact counts, no run too long, no hidden preference, honest failure.

use proptest::prelude::*;
use task_engine::{
    arrange::{Cell, Feature, arrange, arrange_where},
    rng::Rng,
};

fn cell(count: u32, levels: &[u8]) -> Cell {
    Cell { count, levels: levels.iter().copied().collect() }
}

fn run(name: &'static str, max_run: u32) -> Feature {
    Feature { name, max_run }
}

fn longest_run(order: &[usize], level: impl Fn(usize) -> u8) -> usize {
    let (mut longest, mut length, mut last) = (0, 0, None);
    for cell in order {
        let now = Some(level(*cell));
        length = if now == last { length + 1 } else { 1 };
        last = now;
        longest = longest.max(length);
    }
    longest
}

proptest! {
    #[test]
    fn every_order_has_the_counts_and_no_run_beyond_the_limit(
        seed: u64,
        each in 1_u32..20,
        max_run in 1_u32..4,
    ) {
        let cells = [cell(each, &[0, 0]), cell(each, &[0, 1]), cell(each, &[1, 0]), cell(each, &[1, 1])];
        let features = [run("congruency", max_run), run("direction", max_run + 1)];
        let order = arrange(&cells, &features, &mut Rng::new(seed.into(), 1)).unwrap();
        for index in 0..4 {
            prop_assert_eq!(order.iter().filter(|c| **c == index).count(), each as usize);
        }
        for feature in 0..2 {
            prop_assert!(longest_run(&order, |c| cells[c].levels[feature]) <= max_run as usize + feature);
        }
    }
}

#[test]
fn unequal_cells_are_arranged_as_long_as_it_can_be_done() {
    // 12 of one kind in runs of at most 3 need 3 others between them
    let cells = [cell(12, &[0]), cell(3, &[1])];
    for seed in 0..200 {
        let order = arrange(&cells, &[run("kind", 3)], &mut Rng::new(seed, 1)).unwrap();
        assert!(longest_run(&order, |c| cells[c].levels[0]) <= 3);
    }
}

#[test]
fn an_impossible_order_is_refused_with_the_constraint_at_fault() {
    let cells = [cell(13, &[0]), cell(3, &[1])];
    let error = arrange(&cells, &[run("kind", 3)], &mut Rng::new(1, 1)).unwrap_err();
    assert_eq!(error, "no order of these trials keeps at most 3 of the same kind in a row");
}

#[test]
fn constraints_that_only_clash_together_are_refused_as_well() {
    // Alternating in both features leaves only 0,0 → 1,1 → 0,0; the other two cells fit nowhere
    let cells = [cell(2, &[0, 0]), cell(2, &[1, 1]), cell(1, &[0, 1])];
    let features = [run("one", 1), run("two", 1)];
    let error = arrange(&cells, &features, &mut Rng::new(1, 1)).unwrap_err();
    assert_eq!(
        error,
        "no order was found that keeps at most 1 of the same one and at most 1 of the same two in a row"
    );
}

#[test]
fn nothing_to_arrange_is_an_empty_order() {
    assert_eq!(arrange(&[], &[run("kind", 1)], &mut Rng::new(1, 1)), Ok(Vec::new()));
}

/// Over many orders each cell is as often followed by each other as the others are.
#[test]
fn transitions_are_balanced() {
    let cells = [cell(12, &[0, 0]), cell(12, &[0, 1]), cell(12, &[1, 0]), cell(12, &[1, 1])];
    let features = [run("congruency", 3), run("direction", 0)];
    let mut pairs = [[0.0_f64; 2]; 2];
    for seed in 0..400 {
        let order = arrange(&cells, &features, &mut Rng::new(seed, 7)).unwrap();
        for pair in order.windows(2) {
            let direction = |i: usize| usize::from(cells[pair[i]].levels[1]);
            pairs[direction(0)][direction(1)] += 1.0;
        }
    }
    let total: f64 = pairs.iter().flatten().sum();
    let expected = total / 4.0;
    let chi_square: f64 = pairs.iter().flatten().map(|n| (n - expected).powi(2) / expected).sum();
    // Drawing without replacement makes changes a little more frequent (36 to 35 out of 71)
    let change = (pairs[0][1] + pairs[1][0]) / total;
    super::support::close(change, 24.0 / 47.0, 0.01);
    assert!(chi_square < 30.0, "{chi_square}");
}

/// Each cell comes first in a quarter of the orders.
#[test]
fn no_cell_is_preferred_as_the_first() {
    let cells = [cell(6, &[0, 0]), cell(6, &[0, 1]), cell(6, &[1, 0]), cell(6, &[1, 1])];
    let mut first = [0_u32; 4];
    for seed in 0..2000 {
        let order = arrange(&cells, &[run("congruency", 3)], &mut Rng::new(seed, 3)).unwrap();
        first[order[0]] += 1;
    }
    let chi_square: f64 = first.iter().map(|n| (f64::from(*n) - 500.0).powi(2) / 500.0).sum();
    // 99.9 % point of chi-square with 3 degrees of freedom
    assert!(chi_square < 16.27, "{first:?} {chi_square}");
}

proptest! {
    #[test]
    fn forbidden_neighbours_never_meet(seed: u64, each in 1_u32..12) {
        // Colour × word: nothing of a cell comes again in the next
        let cells: Vec<Cell> = (0..4)
            .flat_map(|a| (0..4).map(move |b| cell(each, &[a, b])))
            .collect();
        let differ = |before: usize, next: usize| {
            (0..2).all(|i| cells[before].levels[i] != cells[next].levels[i])
        };
        let features = [run("colour", 1)];
        let order = arrange_where(&cells, &features, &differ, &mut Rng::new(seed.into(), 1)).unwrap();
        prop_assert_eq!(order.len(), 16 * each as usize);
        prop_assert!(order.windows(2).all(|pair| differ(pair[0], pair[1])));
        for index in 0..16 {
            prop_assert_eq!(order.iter().filter(|c| **c == index).count(), each as usize);
        }
    }

    #[test]
    fn a_free_level_has_no_limit(seed: u64) {
        let cells = [cell(30, &[Cell::FREE]), cell(10, &[0])];
        let order = arrange(&cells, &[run("signal", 2)], &mut Rng::new(seed.into(), 1)).unwrap();
        prop_assert_eq!(order.len(), 40);
        let signals = order.chunk_by(|a, b| a == b).filter(|chunk| chunk[0] == 1);
        prop_assert!(signals.map(<[usize]>::len).max().unwrap() <= 2);
    }
}

#[test]
fn neighbours_that_cannot_be_kept_apart_are_refused() {
    let cells = [cell(3, &[0]), cell(1, &[1])];
    let differ = |before: usize, next: usize| before != next;
    let error = arrange_where(&cells, &[run("kind", 2)], &differ, &mut Rng::new(1, 1)).unwrap_err();
    assert_eq!(
        error,
        "no order was found that keeps at most 2 of the same kind in a row, without forbidden neighbours"
    );
}
