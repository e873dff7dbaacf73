//! Frames, intervals and the timing report.

use super::support::{both, close};
use contract::task::{Device, Interruption, Micros};
use task_engine::{
    simulate::{self, Setup},
    time::{frames, frames_between, is_over},
    timing_report,
};

#[test]
fn durations_become_the_nearest_number_of_frames_but_never_none() {
    let sixty = Micros(16_667);
    for (ms, wanted) in
        [(1.0, 1), (16.7, 1), (24.9, 1), (25.1, 2), (50.0, 3), (500.0, 30), (1500.0, 90)]
    {
        assert_eq!(frames(ms, sixty), wanted, "{ms} ms");
    }
    assert_eq!(frames(500.0, Micros(6944)), 72, "144 Hz");
    assert_eq!(frames(500.0, Micros(33_333)), 15, "low power");
}

#[test]
fn a_step_is_over_half_an_interval_before_its_last_frame_ends() {
    let (on, t) = (Micros(1_000_000), Micros(10_000));
    assert!(!is_over(on, Micros(1_024_999), 3, t));
    assert!(is_over(on, Micros(1_025_000), 3, t));
}

#[test]
fn frames_between_two_stamps_are_rounded_and_never_negative() {
    let t = Micros(16_667);
    assert_eq!(frames_between(Micros(0), Micros(50_200), t), 3);
    assert_eq!(frames_between(Micros(0), Micros(41_600), t), 2);
    assert_eq!(frames_between(Micros(100_000), Micros(0), t), 0);
}

#[test]
fn the_report_counts_what_happened() {
    let setup = Setup {
        late_frames: 0.02,
        interrupt_after: Some((30, Interruption::Hidden)),
        ..Setup::honest(30.0)
    };
    let log = simulate::run(&both(3), 3, &setup).unwrap();
    let report = &log.timing;
    assert_eq!((report.visibility_losses, report.focus_losses, report.reloads), (1, 0, 0));
    assert_eq!((report.trials_total, report.trials_interrupted), (20 + 8 + 12 + 96 + 1, 1));
    assert_eq!(
        report.onset_methods.iter().sum::<u32>()
            + u32::from(report.onset_methods[2] < report.trials_total),
        report.trials_total
    );
    assert!(report.onset_methods[2] >= 130);
    let late = f64::from(report.frames_late) / f64::from(report.frames_total);
    close(late, 0.02, 0.01);
    assert!(report.frames_dropped >= report.frames_late);
    close(report.longest_gap_ms, 50.0, 1.0);
    assert!(report.handler_lag_max_ms <= 4.1 && report.handler_lag_median_ms > 0.3);
    assert_eq!(report.input_devices, [Device::Touch]);
    assert_eq!(timing_report(&log.items, &simulate::measured(&setup)), *report);
}

#[test]
fn rts_are_true_to_the_simulated_ones_with_presentation_times_and_a_little_off_without() {
    let with = simulate::run(&both(5), 5, &Setup::honest(30.0)).unwrap();
    let without = Setup { element_timing: false, ..Setup::honest(30.0) };
    let without = simulate::run(&both(5), 5, &without).unwrap();
    let median = |log: &simulate::Log| log.summaries[0].value("median_rt").unwrap();
    assert!((median(&with) - median(&without)).abs() < 40.0);
    assert_eq!(without.timing.onset_methods[2], 0);
}
