//! Signal detection against another program (Python's `statistics.NormalDist` and `math.comb`).

use super::support::close;
use contract::task::Reason;
use proptest::prelude::*;
use task_engine::stats::{Detection, log_linear, z};

fn seen(hits: usize, signals: usize, false_alarms: usize, noises: usize) -> Detection {
    Detection { hits, signals, false_alarms, noises }
}

#[test]
fn quantiles_of_the_normal_distribution() {
    for (p, wanted) in [
        (1e-6, -4.753_424_308_822_899),
        (0.001, -3.090_232_306_167_813),
        (0.0125, -2.241_402_727_604_944_6),
        (0.1, -1.281_551_565_544_600_8),
        (0.3, -0.524_400_512_708_040_7),
        (0.5, 0.0),
        (0.75, 0.674_489_750_196_081_7),
        (0.8125, 0.887_146_559_018_875_8),
        (0.975, 1.959_963_984_540_053_6),
        (0.999, 3.090_232_306_167_813),
    ] {
        close(z(p), wanted, 1e-12);
    }
    assert!(z(0.0).is_finite() && z(1.0).is_finite() && z(f64::NAN).is_finite());
}

#[test]
fn sensitivity_and_bias() {
    let good = seen(18, 20, 4, 40);
    close(good.rates().unwrap().0, 0.880_952_380_952_380_9, 1e-15);
    close(good.d_prime().unwrap(), 2.407_587_378_923_133, 1e-12);
    close(good.criterion().unwrap(), 0.024_032_571_849_706, 1e-12);
    close(good.ln_beta().unwrap(), 0.057_860_516_668_416, 1e-12);
    close(good.a_prime().unwrap(), 0.935_421_818_649_349, 1e-12);
}

#[test]
fn below_chance_everything_is_mirrored() {
    let turned = seen(2, 10, 5, 10);
    close(turned.d_prime().unwrap(), -0.747_858_594_763_302, 1e-12);
    close(turned.a_prime().unwrap(), 0.275_401_069_518_717, 1e-12);
    close(seen(5, 10, 2, 10).a_prime().unwrap(), 1.0 - 0.275_401_069_518_717, 1e-12);
}

#[test]
fn perfect_rates_stay_finite() {
    assert_eq!((log_linear(0, 4), log_linear(4, 4)), (0.1, 0.9));
    let perfect = seen(20, 20, 0, 20);
    close(perfect.d_prime().unwrap(), 2.0 * z(20.5 / 21.0), 1e-12);
    close(perfect.criterion().unwrap(), 0.0, 1e-12);
}

#[test]
fn without_signals_or_noise_there_is_nothing_to_tell_apart() {
    for empty in [seen(0, 0, 3, 10), seen(3, 10, 0, 0)] {
        for value in [empty.d_prime(), empty.criterion(), empty.ln_beta(), empty.a_prime()] {
            assert_eq!(value, Err(Reason::NoTrials));
        }
        close(empty.by_chance(), 1.0, 1e-12);
    }
}

#[test]
fn how_well_pressing_without_looking_would_do() {
    close(seen(6, 7, 1, 4).by_chance(), 0.087_878_787_878_787_88, 1e-12);
    close(seen(18, 20, 4, 40).by_chance(), 1.240_789_345_310e-9, 1e-18);
    close(seen(2, 10, 5, 10).by_chance(), 0.971_362_229_102_167_2, 1e-12);
    close(seen(20, 20, 10, 10).by_chance(), 1.0, 1e-9);
}

proptest! {
    #[test]
    fn quantiles_are_odd_and_rise(p in 1e-9_f64..0.5, by in 1e-6_f64..0.4) {
        prop_assert!((z(p) + z(1.0 - p)).abs() < 1e-6 + 1e-9 / p);
        prop_assert!(z(p + by) > z(p));
    }

    #[test]
    fn nothing_is_ever_infinite(hits in 0_usize..50, misses in 0_usize..50, alarms in 0_usize..50, passed in 0_usize..50) {
        let seen = seen(hits, hits + misses, alarms, alarms + passed);
        let p = seen.by_chance();
        prop_assert!((0.0..=1.0).contains(&p));
        for value in [seen.d_prime(), seen.criterion(), seen.ln_beta(), seen.a_prime()] {
            prop_assert!(value.map_or_else(|why| why == Reason::NoTrials, f64::is_finite));
        }
    }
}
