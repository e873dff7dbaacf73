//! The registry: every task that this version knows.

mod flanker;
mod parts;
mod simple_rt;

use crate::{
    SCORING_VERSION,
    params::{ParamError, Params},
    runner::RunError,
    score::{Board, counts},
    spec::TaskSpec,
    text,
};
use contract::{
    Locale,
    task::{Estimate, Item, ModuleSummary, Phase, RunModule, TaskInfo, Trial},
};
use std::collections::BTreeMap;

/// All tasks, in order of id; of several versions of one, the newest last.
#[cfg(not(test))]
const ALL: &[&TaskSpec] = &[&flanker::SPEC, &simple_rt::SPEC];
#[cfg(test)]
const ALL: &[&TaskSpec] = &[&flanker::SPEC, &simple_rt::SPEC, &RESTARTING];

/// Simple RT as if its blocks could not be cut.
#[cfg(test)]
pub(crate) const RESTARTING: TaskSpec = TaskSpec {
    id: "restarting",
    resume: crate::spec::ResumePolicy::RestartBlock,
    ..simple_rt::SPEC
};

/// All tasks, in order of id.
#[must_use]
pub const fn all() -> &'static [&'static TaskSpec] {
    ALL
}

/// The task of that id and version.
#[must_use]
pub fn find(id: &str, version: &str) -> Option<&'static TaskSpec> {
    ALL.iter().copied().find(|spec| spec.id == id && spec.version == version)
}

/// The newest version of the task of that id.
#[must_use]
pub fn latest(id: &str) -> Option<&'static TaskSpec> {
    ALL.iter().copied().rfind(|spec| spec.id == id)
}

/// The tasks as the battery builder shows them, with their parameters.
#[must_use]
pub fn catalogue(locale: Locale) -> Vec<TaskInfo> {
    ALL.iter().map(|spec| spec.info(locale)).collect()
}

/// Checks `given` against the task's own schema; what is missing gets its default.
///
/// # Errors
/// Every parameter at fault: unknown, of the wrong type, out of range, or at odds with another.
pub fn validate_params(
    spec: &TaskSpec,
    given: &serde_json::Map<String, serde_json::Value>,
) -> Result<Params, Vec<ParamError>> {
    Params::read(spec, given)
}

/// The texts of a task, by key, for [`RunModule::strings`].
#[must_use]
pub fn strings(locale: Locale, spec: &TaskSpec) -> BTreeMap<String, String> {
    table(locale, spec.texts)
}

/// The texts that all tasks share, for [`contract::task::RunConfig::strings`].
#[must_use]
pub fn common_strings(locale: Locale) -> BTreeMap<String, String> {
    let mut texts = table(locale, text::COMMON);
    texts.extend(table(locale, crate::runner_words::RUNNER));
    texts
}

fn table(locale: Locale, texts: crate::spec::Texts) -> BTreeMap<String, String> {
    texts.iter().map(|(key, words)| ((*key).into(), words.of(locale).into())).collect()
}

/// The task of a module and its parameters in force.
pub(crate) fn open(module: &RunModule) -> Result<(&'static TaskSpec, Params), RunError> {
    let spec = find(&module.task_id, &module.task_version).ok_or_else(|| {
        RunError::UnknownTask { task: module.task_id.clone(), version: module.task_version.clone() }
    })?;
    let params = validate_params(spec, &module.params).map_err(|errors| RunError::Params {
        task: spec.id.into(),
        message: errors
            .iter()
            .map(|error| format!("{} {}", error.param, error.message))
            .collect::<Vec<_>>()
            .join(" "),
    })?;
    Ok((spec, params))
}

/// Scores module `index` from a session's items. The one entry for browser and server.
///
/// # Errors
/// The task is unknown or its parameters are wrong.
pub fn score(index: u32, module: &RunModule, items: &[Item]) -> Result<ModuleSummary, RunError> {
    let (spec, params) = open(module)?;
    let mine: Vec<&Trial> =
        items.iter().filter_map(Item::trial).filter(|trial| trial.module == index).collect();
    let last_attempt = |block: u32| {
        mine.iter().filter(|trial| trial.block == block).map(|trial| trial.attempt).max()
    };
    let kept: Vec<&Trial> = mine
        .iter()
        .copied()
        .filter(|trial| {
            trial.phase == Phase::Practice || Some(trial.attempt) == last_attempt(trial.block)
        })
        .collect();
    let mut board = Board::new(params.flag("drop_flagged"));
    judge_completeness(&mut board, spec, &params, &kept);
    (spec.score)(&params, &kept, &mut board);
    let mut summary = ModuleSummary {
        module: index,
        task_id: spec.id.into(),
        task_version: spec.version.into(),
        scoring_version: SCORING_VERSION.into(),
        params_hash: params.hash(),
        metrics: Vec::new(),
        valid: false,
        flags: Vec::new(),
    };
    board.finish(&mut summary);
    Ok(summary)
}

/// `incomplete` (not valid) when planned test trials were never run; `trials_lost` when some were
/// interrupted as often as they may be; `practice_not_passed` when practice stayed below its criterion.
fn judge_completeness(board: &mut Board, spec: &TaskSpec, params: &Params, trials: &[&Trial]) {
    let blocks = (spec.build)(params).blocks();
    let (mut missing, mut lost) = (0, 0);
    for (i, block) in blocks.iter().enumerate() {
        let mine = || trials.iter().filter(|trial| trial.block as usize == i);
        if block.phase == Phase::Test {
            for plan in 0..block.trials {
                let runs = mine().filter(|trial| trial.plan == plan);
                let interrupted = runs.clone().filter(|trial| trial.interrupted).count();
                if !runs.clone().any(|trial| counts(trial)) {
                    let given_up = interrupted > crate::runner::AGAIN as usize;
                    *(if given_up { &mut lost } else { &mut missing }) += 1;
                }
            }
        } else if let Some(criterion) = block.criterion {
            let last = mine().map(|trial| trial.attempt).max();
            let round = mine().filter(|trial| Some(trial.attempt) == last && !trial.interrupted);
            let n = round.clone().count();
            let right = round.filter(|t| crate::score::right(t) && !t.anticipation).count();
            if crate::stats::real(right) < criterion.share * crate::stats::real(n) {
                board.flag("practice_not_passed");
            }
        }
    }
    if missing > 0 {
        board.invalid("incomplete");
    }
    if lost > 0 {
        board.flag("trials_lost");
    }
}

/// Whether two summaries say the same: same metrics, counts, rules and verdict, and values within
/// one part in 10⁹ (a fraction may change its last bit on the way through JSON).
#[must_use]
pub fn agree(one: &ModuleSummary, other: &ModuleSummary) -> bool {
    let close = |a: Estimate, b: Estimate| match (a.value(), b.value()) {
        (Some(a), Some(b)) => (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0),
        _ => a == b,
    };
    one.metrics.len() == other.metrics.len()
        && one.metrics.iter().zip(&other.metrics).all(|(a, b)| {
            (&a.name, &a.unit, a.n_used, &a.rules) == (&b.name, &b.unit, b.n_used, &b.rules)
                && close(a.estimate, b.estimate)
        })
        && (one.valid, &one.flags, &one.params_hash)
            == (other.valid, &other.flags, &other.params_hash)
        && (&one.task_id, &one.task_version) == (&other.task_id, &other.task_version)
}
