//! The generator: the published algorithm, apart on every stream, even.

use task_engine::rng::{Purpose, Rng};

/// First outputs of `pcg64` for seed 42 on stream 54, as the reference implementation prints them.
#[test]
fn it_is_the_published_pcg64() {
    let mut rng = Rng::new(42, 54);
    let expected: [u64; 6] = [
        0x86b1_da1d_7206_2b68,
        0x1304_aa46_c985_3d39,
        0xa367_0e9e_0dd5_0358,
        0xf909_0e52_9a7d_ae00,
        0xc85b_9fd8_3799_6f2c,
        0x6061_21f8_e391_9196,
    ];
    assert_eq!(core::array::from_fn(|_| rng.bits()), expected);
}

#[test]
fn every_place_has_a_stream_of_its_own() {
    let first = |place: &[u32]| Rng::of(7, Purpose::Plan, place).bits();
    let mut seen = std::collections::BTreeSet::new();
    for module in 0..5 {
        for block in 0..5 {
            for attempt in 0..3 {
                assert!(seen.insert(first(&[module, block, attempt])));
            }
        }
    }
    assert!(seen.insert(Rng::of(7, Purpose::Redraw, &[0, 0, 0]).bits()));
    assert!(seen.insert(Rng::of(8, Purpose::Plan, &[0, 0, 0]).bits()));
}

#[test]
fn neighbouring_streams_do_not_resemble_each_other() {
    let bits: Vec<u64> = (0..64).map(|b| Rng::of(1, Purpose::Plan, &[0, b, 0]).bits()).collect();
    let distances = bits.windows(2).map(|pair| (pair[0] ^ pair[1]).count_ones());
    let mean = f64::from(distances.sum::<u32>()) / 63.0;
    super::support::close(mean, 32.0, 2.0);
}

#[test]
fn below_is_even_and_never_reaches_its_limit() {
    let mut rng = Rng::new(3, 3);
    let mut counts = [0_u32; 7];
    for _ in 0..70_000 {
        counts[rng.below(7) as usize] += 1;
    }
    let chi_square: f64 = counts.iter().map(|n| (f64::from(*n) - 1e4).powi(2) / 1e4).sum();
    // 99.9 % point of chi-square with 6 degrees of freedom
    assert!(chi_square < 22.46, "{counts:?} {chi_square}");
    assert_eq!(rng.below(0), 0);
    assert_eq!(rng.below(1), 0);
}

#[test]
fn whole_numbers_reach_both_ends() {
    let mut rng = Rng::new(5, 5);
    let drawn: Vec<i64> = (0..2000).map(|_| rng.whole(-2, 2)).collect();
    assert_eq!((drawn.iter().min(), drawn.iter().max()), (Some(&-2), Some(&2)));
}

#[test]
fn unit_stays_below_one_and_has_the_right_mean() {
    let mut rng = Rng::new(6, 6);
    let drawn: Vec<f64> = (0..20_000).map(|_| rng.unit()).collect();
    assert!(drawn.iter().all(|u| (0.0..1.0).contains(u)));
    super::support::close(drawn.iter().sum::<f64>() / 20_000.0, 0.5, 0.01);
}
