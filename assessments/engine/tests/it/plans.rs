//! Plans of tasks without a run, for the laws of their orders; rows and scores of tasks.

use super::support::{items, module, row};
use contract::task::{Estimate, Extra, ModuleSummary, Reason, Trial};
use serde_json::Value;
use task_engine::{
    SceneBook,
    rng::Rng,
    script::TrialPlan,
    spec::{Block, Task},
    tasks,
};

/// The task with these parameters.
pub(crate) fn task(id: &str, params: Value) -> Box<dyn Task> {
    let spec = tasks::latest(id).unwrap();
    let Value::Object(map) = params else { panic!("parameters are an object") };
    (spec.build)(&tasks::validate_params(spec, &map).unwrap())
}

/// The trials of a block for a seed. Texts are their keys.
pub(crate) fn plan(task: &dyn Task, block: &Block, seed: u64) -> Vec<TrialPlan> {
    let mut scenes = SceneBook::default();
    task.plan(block, &|key| key.into(), &mut scenes, &mut Rng::new(seed.into(), 1)).unwrap()
}

/// All blocks of a task, each with its trials.
pub(crate) fn plans(task: &dyn Task, seed: u64) -> Vec<(Block, Vec<TrialPlan>)> {
    task.blocks().into_iter().map(|block| (block, plan(task, &block, seed))).collect()
}

/// The text of a field of the plan.
pub(crate) fn field<'a>(plan: &'a TrialPlan, name: &str) -> &'a str {
    match plan.get(name) {
        Some(Extra::Text(text)) => text,
        other => panic!("{name}: {other:?}"),
    }
}

/// How often each value comes.
pub(crate) fn tally<T: Ord>(
    values: impl Iterator<Item = T>,
) -> std::collections::BTreeMap<T, usize> {
    let mut counts = std::collections::BTreeMap::new();
    for value in values {
        *counts.entry(value).or_insert(0) += 1;
    }
    counts
}

/// Length of the longest run of equal neighbours.
pub(crate) fn longest_run<T: PartialEq>(values: &[T]) -> usize {
    values.chunk_by(PartialEq::eq).map(<[T]>::len).max().unwrap_or(0)
}

/// A row answered with `given` (none: not at all), where `correct` was right (none: nothing is).
pub(crate) fn answered(
    task: &str,
    index: u32,
    condition: &str,
    rt_ms: f64,
    [correct, given]: [Option<&str>; 2],
) -> Trial {
    let mut trial = row(task, index, condition, given.map(|_| rt_ms), true);
    trial.correct_code = correct.map(Into::into);
    trial.resp_code = given.map(Into::into);
    trial.correct = Some(correct == given);
    trial.omission = correct.is_some() && given.is_none();
    trial
}

/// Writes a field of the task's own.
pub(crate) fn with_text(mut trial: Trial, name: &str, text: &str) -> Trial {
    trial.extra.insert(name.into(), Extra::Text(text.into()));
    trial
}

/// Writes a whole number of the task's own.
pub(crate) fn with_int(mut trial: Trial, name: &str, number: i64) -> Trial {
    trial.extra.insert(name.into(), Extra::Int(number));
    trial
}

/// Scores of rows.
pub(crate) fn score(task: &str, params: Value, rows: Vec<Trial>) -> ModuleSummary {
    tasks::score(0, &module(task, params), &items(rows)).unwrap()
}

#[track_caller]
pub(crate) fn value(summary: &ModuleSummary, name: &str) -> f64 {
    summary.value(name).unwrap_or_else(|| panic!("{name}: {:?}", summary.metric(name)))
}

#[track_caller]
pub(crate) fn reason(summary: &ModuleSummary, name: &str) -> Reason {
    match summary.metric(name).unwrap().estimate {
        Estimate::NotEstimable { reason } => reason,
        Estimate::Value { value } => panic!("{name} is {value}"),
    }
}
