//! Plots of one module's trials, each with the table behind it, and the table of every trial.

use super::words::{condition_word, onset_word, quality_word, response_word};
use crate::tasks::Tasks;
use contract::Locale;
use contract::task::{Phase, Trial};
use leptos::prelude::*;
use ui::chart::{Bar, BarChart, Histogram, Mark, TrialPlot, TrialPoint, bins};
use ui::{Code, Column, DataTable, Row, number, t};

/// Histogram, RT by trial, accuracy by condition: of the test trials that were not interrupted.
pub(super) fn part(l: Locale, trials: &[&Trial]) -> AnyView {
    let test = trials
        .iter()
        .copied()
        .filter(|trial| trial.phase == Phase::Test && !trial.interrupted)
        .collect::<Vec<_>>();
    let rts = test.iter().filter_map(|trial| trial.rt_ms).collect::<Vec<_>>();
    if rts.is_empty() {
        return view! { <p>{t(l, "plot-no-responses")}</p> }.into_any();
    }
    let conditions = conditions(&test);
    view! {
        <div class="plots">
            {histogram(l, &rts)}
            {by_trial(l, &test, &conditions)}
            {accuracy(l, &test, &conditions)}
        </div>
    }
    .into_any()
}

/// The cells in order of first appearance, four at most (what a plot can tell apart).
fn conditions(trials: &[&Trial]) -> Vec<String> {
    let mut known: Vec<String> = Vec::new();
    for trial in trials {
        if !known.contains(&trial.condition) && known.len() < 4 {
            known.push(trial.condition.clone());
        }
    }
    known
}

fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    match (sorted.get(middle.wrapping_sub(1)), sorted.get(middle)) {
        (Some(low), Some(high)) if sorted.len().is_multiple_of(2) => f64::midpoint(*low, *high),
        (_, Some(value)) => *value,
        _ => 0.0,
    }
}

fn histogram(l: Locale, rts: &[f64]) -> impl IntoView + use<> {
    let middle = median(rts);
    let value = number::with_unit(l, middle, 0, "ms");
    let title = ui::t!(l, "plot-histogram", median = value.clone());
    let marks = vec![Mark { value: middle, label: ui::t!(l, "plot-median", value = value) }];
    view! {
        <Histogram title x_label=t(l, "plot-rt") y_label=t(l, "plot-responses")
            bins=bins(rts, 25.0) marks/>
    }
}

fn by_trial(l: Locale, trials: &[&Trial], conditions: &[String]) -> impl IntoView + use<> {
    let points = (1u32..)
        .zip(trials)
        .map(|(number, trial)| TrialPoint {
            trial: number,
            value: trial.rt_ms,
            series: conditions.iter().position(|known| *known == trial.condition).unwrap_or(0),
            open: trial.correct == Some(false),
        })
        .collect::<Vec<_>>();
    let missing = trials.iter().filter(|trial| trial.omission).count();
    let title = ui::t!(l, "plot-by-trial", trials = trials.len(), missing = missing);
    let series =
        conditions.iter().map(|condition| condition_word(l, condition)).collect::<Vec<_>>();
    view! {
        <TrialPlot title y_label=t(l, "plot-rt") points series open_label=t(l, "plot-wrong")/>
    }
}

/// Only where there is a right and a wrong, and more than one condition.
fn accuracy(l: Locale, trials: &[&Trial], conditions: &[String]) -> Option<impl IntoView + use<>> {
    let bars = conditions
        .iter()
        .filter_map(|condition| {
            let answers = trials
                .iter()
                .filter(|trial| trial.condition == *condition)
                .filter_map(|trial| trial.correct)
                .collect::<Vec<_>>();
            let n = u32::try_from(answers.len()).ok().filter(|n| *n > 0)?;
            let right = u32::try_from(answers.iter().filter(|right| **right).count()).ok()?;
            let (low, high) = wilson(right, n);
            Some(Bar {
                label: condition_word(l, condition),
                value: 100.0 * f64::from(right) / f64::from(n),
                range: Some((100.0 * low, 100.0 * high)),
                n: Some(n),
            })
        })
        .collect::<Vec<_>>();
    (bars.len() > 1).then(|| {
        view! {
            <BarChart title=t(l, "plot-accuracy") y_label=t(l, "plot-correct")
                x_label=t(l, "plot-condition") range_label=t(l, "plot-interval") bars max=100.0/>
        }
    })
}

/// 95 % interval of a proportion (Wilson 1927).
fn wilson(right: u32, n: u32) -> (f64, f64) {
    const Z: f64 = 1.959_963_984_540_054;
    let (n, p) = (f64::from(n), f64::from(right) / f64::from(n));
    let centre = (p + Z * Z / (2.0 * n)) / (1.0 + Z * Z / n);
    let half = Z / (1.0 + Z * Z / n) * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    ((centre - half).max(0.0), (centre + half).min(1.0))
}

/// Every trial, practice and interrupted ones included, as it is stored.
pub(super) fn trial_table(l: Locale, tasks: &Tasks, trials: &[Trial]) -> impl IntoView + use<> {
    let columns = vec![
        Column::number(t(l, "trial-seq")),
        Column::text(t(l, "trial-task")),
        Column::text(t(l, "trial-phase")),
        Column::text(t(l, "trial-condition")),
        Column::text(t(l, "trial-stimulus")),
        Column::text(t(l, "trial-response")),
        Column::text(t(l, "trial-correct")),
        Column::number(t(l, "trial-rt")).unit("ms"),
        Column::text(t(l, "trial-onset-method")),
        Column::text(t(l, "trial-quality")),
    ];
    let rows = trials.iter().map(|trial| trial_row(l, tasks, trial)).collect::<Vec<_>>();
    view! { <DataTable caption=t(l, "session-trials-title") columns rows wide=true/> }
}

fn trial_row(l: Locale, tasks: &Tasks, trial: &Trial) -> Row {
    let phase = match trial.phase {
        Phase::Practice => t(l, "phase-practice"),
        Phase::Test => t(l, "phase-test"),
    };
    let correct = match (trial.interrupted, trial.correct) {
        (true, _) => t(l, "trial-interrupted"),
        (false, Some(true)) => t(l, "trial-right"),
        (false, Some(false)) => t(l, "trial-wrong"),
        (false, None) => String::new(),
    };
    let response = if trial.omission {
        t(l, "trial-none")
    } else {
        trial.resp_code.as_deref().map(|code| response_word(l, code)).unwrap_or_default()
    };
    let quality =
        trial.quality.words().map(|word| quality_word(l, word)).collect::<Vec<_>>().join(", ");
    Row::new()
        .cell(number::whole(l, i64::from(trial.seq)))
        .cell(tasks.name(&trial.task_id))
        .cell(phase)
        .cell(condition_word(l, &trial.condition))
        .cell(view! { <Code value=trial.stimulus.clone()/> })
        .cell(response)
        .cell(correct)
        .cell(trial.rt_ms.map(|rt| number::decimal(l, rt, 1)))
        .cell(trial.onset_method.map(|method| onset_word(l, method)))
        .cell(quality)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_of_an_even_number_is_the_mean_of_the_middle_two() {
        assert_eq!(median(&[4.0, 1.0, 3.0, 2.0]), 2.5);
        assert_eq!(median(&[3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(&[7.0]), 7.0);
    }

    #[test]
    fn wilson_intervals_are_those_of_the_tables() {
        // 8 of 10: 0.490 to 0.943 (Newcombe 1998, method 3)
        let (low, high) = wilson(8, 10);
        assert!((low - 0.490).abs() < 0.001 && (high - 0.943).abs() < 0.001, "{low} {high}");
        assert_eq!(wilson(0, 5).0, 0.0);
    }
}
