//! Orders of signs in a stream.

use crate::{
    arrange::{Cell, Feature, arrange},
    rng::Rng,
};
use smallvec::{SmallVec, smallvec};

/// `k` of the places 0 to `n` − 1, no two of them neighbours, from the first to the last; every
/// such choice is as likely as any other.
///
/// # Errors
/// There is no room.
pub(in crate::tasks) fn apart(n: u32, k: u32, rng: &mut Rng) -> Result<Vec<u32>, String> {
    let room = (n + 1).checked_sub(k).filter(|room| *room >= k);
    let Some(room) = room else {
        return Err(format!("{k} targets have no room in {n} places without touching"));
    };
    // Places with one other behind each chosen one, taken together with it
    let mut chosen: Vec<u32> = (0..room).collect();
    rng.shuffle(&mut chosen);
    chosen.truncate(k as usize);
    let mut order = vec![false; room as usize];
    for place in &chosen {
        order[*place as usize] = true;
    }
    let places = (0..room).filter(|place| order[*place as usize]);
    Ok(places.zip(0..).map(|(place, before)| place + before).collect())
}

/// An order of `gos` and `no_gos` (true: go) with 1 to `most` gos before each no-go and no no-go
/// after another.
///
/// # Errors
/// The numbers do not allow it.
pub(in crate::tasks) fn alternate(
    gos: u32,
    no_gos: u32,
    most: u32,
    rng: &mut Rng,
) -> Result<Vec<bool>, String> {
    if no_gos > gos {
        return Err(format!("{no_gos} no-go trials cannot each follow one of {gos} go trials"));
    }
    let cells = [
        Cell { count: gos, levels: smallvec![0, Cell::FREE] },
        Cell { count: no_gos, levels: smallvec![Cell::FREE, 0] },
    ];
    let features = [
        Feature { name: "go trials", max_run: most },
        Feature { name: "no-go trials", max_run: 1 },
    ];
    let mut order: Vec<bool> =
        arrange(&cells, &features, rng)?.into_iter().map(|cell| cell == 0).collect();
    // A no-go at the very beginning has no go before it
    match (order.first(), order.last()) {
        (Some(false), Some(true)) => order.reverse(),
        (Some(false), _) => {
            // With no-gos on both ends there are more gos than runs of them: one run can be parted
            order.remove(0);
            let between: Vec<usize> =
                (1..order.len()).filter(|i| order[i - 1] && order[*i]).collect();
            let n = u32::try_from(between.len()).unwrap_or(0);
            let at = between.get(rng.below(n) as usize).copied();
            order.insert(at.unwrap_or(order.len()), false);
        }
        _ => {}
    }
    Ok(order)
}

/// How many trials of the other kind came right before each one; for the row.
pub(in crate::tasks) fn gos_before(order: &[bool]) -> Vec<u32> {
    let mut run = 0;
    let count = |go: &bool| {
        let before = run;
        run = if *go { run + 1 } else { 0 };
        before
    };
    order.iter().map(count).collect()
}

/// An order of `kinds` different signs, `each` of them as often, in which none follows itself.
///
/// # Errors
/// The numbers do not allow it.
pub(in crate::tasks) fn letters(
    kinds: u8,
    counts: &[u32],
    rng: &mut Rng,
) -> Result<Vec<usize>, String> {
    let cell = |(kind, count): (u8, &u32)| Cell { count: *count, levels: smallvec![kind] };
    let cells: SmallVec<[Cell; 16]> = (0..kinds).zip(counts).map(cell).collect();
    arrange(&cells, &[Feature { name: "sign", max_run: 1 }], rng)
}

/// `total` in `kinds` numbers that differ by one at most; which ones are larger is drawn.
pub(in crate::tasks) fn shares(total: u32, kinds: u32, rng: &mut Rng) -> Vec<u32> {
    let kinds = kinds.max(1);
    let mut counts: Vec<u32> =
        (0..kinds).map(|i| total / kinds + u32::from(i < total % kinds)).collect();
    rng.shuffle(&mut counts);
    counts
}
