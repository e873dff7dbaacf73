//! Statistics against values worked out by hand or by an independent program.

use super::support::close;
use contract::task::Reason;
use task_engine::{
    rng::Rng,
    stats::{
        ExGauss, binomial_tail, cv, exgauss, iqr, mad, mean, median, quantile_type7,
        quintile_means, sd, slope,
    },
};

#[test]
fn centres_and_spreads() {
    let odd = [3.0, 1.0, 2.0];
    let even = [4.0, 1.0, 3.0, 2.0];
    assert_eq!((median(&odd), median(&even)), (Ok(2.0), Ok(2.5)));
    assert_eq!(mean(&even), Ok(2.5));
    close(sd(&even).unwrap(), (5.0_f64 / 3.0).sqrt(), 1e-15);
    close(cv(&even).unwrap(), (5.0_f64 / 3.0).sqrt() / 2.5, 1e-15);
    assert_eq!(mad(&[1.0, 1.0, 2.0, 2.0, 4.0, 6.0, 9.0]), Ok(1.0));
}

#[test]
fn quantiles_are_those_of_type_7() {
    // R: quantile(c(1, 2, 3, 4, 10), c(.1, .25, .5, .75, .9))
    let values = [10.0, 1.0, 4.0, 2.0, 3.0];
    for (p, wanted) in
        [(0.0, 1.0), (0.1, 1.4), (0.25, 2.0), (0.5, 3.0), (0.75, 4.0), (0.9, 7.6), (1.0, 10.0)]
    {
        close(quantile_type7(&values, p).unwrap(), wanted, 1e-12);
    }
    assert_eq!(iqr(&values), Ok(2.0));
}

#[test]
fn slopes_need_three_points_and_some_width() {
    close(slope(&[(1.0, 2.0), (2.0, 3.0), (3.0, 7.0)]).unwrap(), 2.5, 1e-12);
    assert_eq!(slope(&[(1.0, 2.0), (2.0, 3.0)]), Err(Reason::TooFewTrials));
    assert_eq!(slope(&[(1.0, 2.0); 3]), Err(Reason::NoVariation));
}

#[test]
fn quintiles_of_unequal_numbers_differ_by_one_at_most() {
    let values: Vec<f64> = (1..=12).map(f64::from).collect();
    // Bins of 2, 2, 3, 2, 3
    assert_eq!(quintile_means(&values, 5), Ok([1.5, 3.5, 6.0, 8.5, 11.0]));
    assert_eq!(quintile_means(&values, 20), Err(Reason::TooFewTrials));
}

#[test]
fn binomial_tails() {
    close(binomial_tail(0, 10, 0.5), 1.0, 1e-12);
    close(binomial_tail(10, 10, 0.5), 1.0 / 1024.0, 1e-12);
    close(binomial_tail(8, 10, 0.5), 56.0 / 1024.0, 1e-12);
    close(binomial_tail(2, 3, 0.25), 10.0 / 64.0, 1e-12);
}

#[test]
fn nothing_is_ever_not_a_number() {
    for estimate in [mean(&[]), median(&[]), sd(&[]), iqr(&[]), mad(&[]), cv(&[])] {
        assert_eq!(estimate, Err(Reason::NoTrials));
    }
    assert_eq!(sd(&[1.0]), Err(Reason::TooFewTrials));
    assert_eq!(cv(&[-1.0, 1.0]), Err(Reason::NoVariation));
}

/// Numbers drawn from an ex-Gaussian.
fn drawn(model: ExGauss, n: usize, seed: u128) -> Vec<f64> {
    let mut rng = Rng::new(seed, 9);
    let mut one = || {
        let radius = (-2.0 * (1.0 - rng.unit()).ln()).sqrt();
        let normal = radius * (std::f64::consts::TAU * rng.unit()).cos();
        model.mu + model.sigma * normal - model.tau * (1.0 - rng.unit()).ln()
    };
    (0..n).map(|_| one()).collect()
}

const USUAL: ExGauss = ExGauss { mu: 400.0, sigma: 40.0, tau: 100.0 };

#[test]
fn the_density_of_the_ex_gaussian_adds_up_to_one_also_in_its_tails() {
    for model in [
        USUAL,
        ExGauss { mu: 300.0, sigma: 50.0, tau: 1.2 },
        ExGauss { mu: 300.0, sigma: 2.0, tau: 200.0 },
    ] {
        let step = 0.05;
        let sum: f64 =
            (0..80_000).map(|i| model.log_density(f64::from(i) * step).exp() * step).sum();
        close(sum, 1.0, 1e-3);
    }
}

/// Forty RTs; the maximum was found by a pattern search from 27 starts in another language, with
/// a negative log-likelihood of 226.3130112.
#[test]
fn the_estimate_is_that_of_an_independent_program() {
    let rts = [
        412.0, 455.0, 389.0, 520.0, 610.0, 433.0, 478.0, 401.0, 699.0, 441.0, 468.0, 502.0, 397.0,
        425.0, 533.0, 581.0, 449.0, 470.0, 415.0, 840.0, 392.0, 437.0, 488.0, 463.0, 560.0, 421.0,
        445.0, 408.0, 730.0, 496.0, 383.0, 457.0, 512.0, 429.0, 474.0, 640.0, 418.0, 451.0, 404.0,
        545.0,
    ];
    let model = exgauss(&rts).unwrap();
    close(model.mu, 386.565_093, 1e-2);
    close(model.sigma, 5.762_010, 1e-2);
    close(model.tau, 100.209_907, 1e-2);
    let height: f64 = rts.iter().map(|rt| model.log_density(*rt)).sum();
    close(height, -226.313_011_2, 1e-6);
}

#[test]
fn many_ex_gaussian_rts_give_their_parameters_back() {
    let model = exgauss(&drawn(USUAL, 8000, 1)).unwrap();
    close(model.mu, 400.0, 6.0);
    close(model.sigma, 40.0, 5.0);
    close(model.tau, 100.0, 6.0);
}

/// The likelihood at the estimate is the highest around.
#[test]
fn the_estimate_is_a_maximum() {
    for seed in 0..20 {
        let rts = drawn(USUAL, 60, seed);
        let Ok(best) = exgauss(&rts) else { continue };
        let height = |m: ExGauss| rts.iter().map(|rt| m.log_density(*rt)).sum::<f64>();
        let top = height(best);
        for by in [-1.0, 1.0] {
            assert!(height(ExGauss { mu: best.mu + by, ..best }) <= top + 1e-6);
            assert!(height(ExGauss { sigma: (best.sigma + by).max(0.1), ..best }) <= top + 1e-6);
            assert!(height(ExGauss { tau: (best.tau + by).max(0.1), ..best }) <= top + 1e-6);
        }
    }
}

#[test]
fn fewer_than_forty_values_or_no_tail_give_no_ex_gaussian() {
    assert_eq!(exgauss(&drawn(USUAL, 39, 1)), Err(Reason::TooFewTrials));
    assert_eq!(exgauss(&[250.0; 50]), Err(Reason::NoVariation));
    // Skewed to the left: the likelihood grows as tau goes to nothing
    let mirrored: Vec<f64> = drawn(USUAL, 200, 2).into_iter().map(|rt| 1500.0 - rt).collect();
    assert_eq!(exgauss(&mirrored), Err(Reason::NoConvergence));
}
