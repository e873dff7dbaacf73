//! The server's own scores, and what differs from the browser's.

use crate::MeasureError;
use crate::battery::Stored;
use contract::measure::session_flag;
use contract::task::{Estimate, EventKind, Item, ModuleSummary, RunModule, TimingReport};
use platform::Failure;
use std::collections::BTreeMap;
use task_engine::{Measured, tasks, timing_report};

/// Scores of one module, beside the browser's.
pub(super) struct Scored {
    pub(super) summary: ModuleSummary,
    /// The browser's, when it differs.
    pub(super) browser: Option<ModuleSummary>,
    /// Names of what differs.
    pub(super) differing: Vec<String>,
}

/// Scores every module from the items of the session.
///
/// # Errors
/// A stored module whose task or parameters this program does not know: a fault of ours.
pub(super) fn score(
    modules: &[Stored],
    items: &[Item],
    browser: &[ModuleSummary],
) -> Result<Vec<Scored>, MeasureError> {
    (0_u32..)
        .zip(modules)
        .map(|(index, module)| {
            let module = RunModule {
                module_id: module.id,
                task_id: module.task_id.clone(),
                task_version: module.task_version.clone(),
                params: module.params.clone(),
                strings: BTreeMap::new(),
                minutes: 0.0,
            };
            let summary = tasks::score(index, &module, items)
                .map_err(|error| Failure::other(format!("scoring module {index}: {error}")))?;
            let theirs = browser.iter().find(|theirs| theirs.module == index);
            let differing = theirs.map_or_else(
                || if has_scores(&summary) { vec!["missing".to_owned()] } else { Vec::new() },
                |theirs| differences(&summary, theirs),
            );
            let browser = theirs.filter(|_| !differing.is_empty()).cloned();
            Ok(Scored { summary, browser, differing })
        })
        .collect()
}

/// Whether there is anything in the summary that a browser could have sent.
fn has_scores(summary: &ModuleSummary) -> bool {
    summary.metrics.iter().any(|metric| metric.estimate.value().is_some())
}

/// Names of what differs between the server's summary and the browser's.
fn differences(ours: &ModuleSummary, theirs: &ModuleSummary) -> Vec<String> {
    let mut names = Vec::new();
    for (name, same) in [
        ("task_id", ours.task_id == theirs.task_id),
        ("task_version", ours.task_version == theirs.task_version),
        ("scoring_version", ours.scoring_version == theirs.scoring_version),
        ("params_hash", ours.params_hash == theirs.params_hash),
        ("valid", ours.valid == theirs.valid),
        ("flags", ours.flags == theirs.flags),
    ] {
        if !same {
            names.push(name.to_owned());
        }
    }
    for metric in &ours.metrics {
        let same = theirs.metric(&metric.name).is_some_and(|their| {
            their.n_used == metric.n_used && same_estimate(metric.estimate, their.estimate)
        });
        if !same {
            names.push(metric.name.clone());
        }
    }
    names.extend(
        theirs
            .metrics
            .iter()
            .filter(|their| ours.metric(&their.name).is_none())
            .map(|their| their.name.clone()),
    );
    names
}

/// Equal but for the last digits, in which a browser's arithmetic might differ from ours.
fn same_estimate(ours: Estimate, theirs: Estimate) -> bool {
    match (ours, theirs) {
        (Estimate::Value { value: a }, Estimate::Value { value: b }) => {
            (a - b).abs() <= 1e-9 * a.abs().max(1.0)
        }
        (a, b) => a == b,
    }
}

/// The timing report made of the items; what only the browser can know is taken from its report.
pub(super) fn timing(items: &[Item], browser: &TimingReport) -> TimingReport {
    let measured = Measured {
        refresh: browser.refresh,
        clock_step_us: browser.clock_step_us,
        cross_origin_isolated: browser.cross_origin_isolated,
        device: browser.device.clone(),
    };
    timing_report(items, &measured)
}

/// Whether every module was run to its end, with all its planned trials.
pub(super) fn is_complete(scored: &[Scored], items: &[Item]) -> bool {
    let whole = |s: &Scored| !s.summary.flags.iter().any(|flag| flag == session_flag::INCOMPLETE);
    let mut ended = vec![false; scored.len()];
    for item in items {
        if let Item::Event(event) = item
            && let EventKind::ModuleEnded { module } = event.what
            && let Some(ended) = usize::try_from(module).ok().and_then(|i| ended.get_mut(i))
        {
            *ended = true;
        }
    }
    scored.iter().all(whole) && ended.into_iter().all(|ended| ended)
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::task::{Metric, Reason};

    fn summary(values: &[(&str, Estimate)]) -> ModuleSummary {
        ModuleSummary {
            module: 0,
            task_id: "simple-rt".into(),
            task_version: "1".into(),
            scoring_version: "1".into(),
            params_hash: "0".into(),
            metrics: values
                .iter()
                .map(|(name, estimate)| Metric {
                    name: (*name).into(),
                    estimate: *estimate,
                    unit: "ms".into(),
                    n_used: 20,
                    rules: Vec::new(),
                })
                .collect(),
            valid: true,
            flags: Vec::new(),
        }
    }

    #[test]
    fn the_last_digit_is_no_difference_and_a_thousandth_of_a_millisecond_is() {
        let value = |value| Estimate::Value { value };
        let ours = summary(&[("mean_rt", value(312.456))]);
        assert!(differences(&ours, &summary(&[("mean_rt", value(312.456 + 5e-14))])).is_empty());
        assert_eq!(differences(&ours, &summary(&[("mean_rt", value(312.457))])), ["mean_rt"]);
    }

    #[test]
    fn metrics_that_only_one_side_has_are_differences() {
        let none = Estimate::NotEstimable { reason: Reason::TooFewTrials };
        let ours = summary(&[("a", none), ("b", none)]);
        let theirs = summary(&[("b", none), ("c", none)]);
        assert_eq!(differences(&ours, &theirs), ["a", "c"]);
    }
}
