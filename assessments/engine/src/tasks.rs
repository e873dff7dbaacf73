//! The registry: every task that this version knows.

mod ant;
mod ax_cpt;
mod card_sort;
mod choice_rt;
mod corsi;
mod cpt;
mod delay_discounting;
mod digit_span;
mod divided_attention;
mod flanker;
mod go_nogo;
#[cfg(test)]
mod lab;
mod letter_number;
mod nback;
mod parts;
mod pvt;
mod reversal_learning;
mod sart;
mod simon;
mod simple_rt;
mod spans;
mod stop_signal;
mod streams;
mod stroop;
mod task_switching;
mod tower;
mod usual;
mod vigilance;
mod waits;

use crate::{
    SCORING_VERSION,
    params::{ParamError, Params},
    runner::{RunError, block_time},
    score::{Board, counts},
    spec::{Before, Block, Group, Task, TaskSpec},
    text,
};
use contract::{
    Locale,
    task::{Estimate, Item, ModuleSummary, Phase, RunModule, TaskInfo, Trial},
};
use std::collections::BTreeMap;

/// Tasks, as a program of the task page holds them.
pub type Tasks = &'static [&'static TaskSpec];

/// One line a task in the list of its group, in order of id. In the browser the lists of the groups
/// hold what it takes to run a task; the program of the scores has `ALL` with the rest.
macro_rules! programs {
    ($($(#[$doc:meta])* $name:ident: $($module:ident)*;)*) => {
        $(
            $(#[$doc])*
            pub const $name: Tasks = &[$(&slim($module::SPEC)),*];
        )*

        const LISTS: &[Tasks] = &[$(&[$(&$module::SPEC),*]),*, TESTS];
    };
}

programs! {
    /// The tasks of the program for speed and sustained attention; of several versions of one, the newest
    /// last.
    SPEED:
        ax_cpt
        choice_rt
        cpt
        go_nogo
        pvt
        sart
        simple_rt
        vigilance
    ;

    /// The same for conflict and control.
    CONFLICT:
        ant
        divided_attention
        flanker
        simon
        stop_signal
        stroop
    ;

    /// The same for memory.
    MEMORY:
        corsi
        digit_span
        letter_number
        nback
    ;

    /// The same for planning and for changing between tasks.
    PLANNING:
        task_switching
        tower
    ;

    /// The same for learning and decisions.
    DECISIONS:
        card_sort
        delay_discounting
        reversal_learning
    ;
}

#[cfg(not(test))]
const TESTS: Tasks = &[];
#[cfg(test)]
const TESTS: Tasks = &[&lab::SPEC, &lab::RESTARTING, &RESTARTING];

const COUNT: usize = {
    let (mut count, mut list) = (0, 0);
    while list < LISTS.len() {
        count += LISTS[list].len();
        list += 1;
    }
    count
};

/// All tasks, in order of id; of several versions of one, the newest last.
static ALL: [&TaskSpec; COUNT] = sorted();

/// Without what only the server and the program of the scores need, in the browser.
const fn slim(spec: TaskSpec) -> TaskSpec {
    if cfg!(not(target_arch = "wasm32")) {
        return spec;
    }
    TaskSpec {
        domain: "",
        source: "",
        presets: &[],
        texts: &[],
        minutes: |_| 0.0,
        check: |_| Vec::new(),
        score: |_, _, _| (),
        ..spec
    }
}

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
    &ALL
}

/// The tasks of one program.
#[must_use]
pub const fn of(group: Group) -> Tasks {
    match group {
        Group::Speed => SPEED,
        Group::Conflict => CONFLICT,
        Group::Memory => MEMORY,
        Group::Planning => PLANNING,
        Group::Decisions => DECISIONS,
    }
}

const fn sorted() -> [&'static TaskSpec; COUNT] {
    let mut all = [LISTS[0][0]; COUNT];
    let (mut list, mut n) = (0, 0);
    while list < LISTS.len() {
        let mut i = 0;
        while i < LISTS[list].len() {
            let spec = LISTS[list][i];
            let mut at = n;
            while at > 0 && is_before(spec.id.as_bytes(), all[at - 1].id.as_bytes()) {
                all[at] = all[at - 1];
                at -= 1;
            }
            all[at] = spec;
            n += 1;
            i += 1;
        }
        list += 1;
    }
    all
}

const fn is_before(one: &[u8], other: &[u8]) -> bool {
    let mut i = 0;
    while i < one.len() && i < other.len() {
        if one[i] != other[i] {
            return one[i] < other[i];
        }
        i += 1;
    }
    one.len() < other.len()
}

/// The program that holds a task, known to every program: they hand over to one another.
#[must_use]
pub fn group_of(id: &str) -> Option<Group> {
    Some(match id {
        "ax_cpt" | "choice_rt" | "cpt" | "go_nogo" | "pvt" | "sart" | "simple_rt" | "vigilance" => {
            Group::Speed
        }
        "ant" | "divided_attention" | "flanker" | "simon" | "stop_signal" | "stroop" => {
            Group::Conflict
        }
        "corsi" | "digit_span" | "digit_symbol" | "letter_number" | "mot" | "nback"
        | "operation_span" => Group::Memory,
        "task_switching" | "tower" | "trail_making" => Group::Planning,
        "card_sort" | "delay_discounting" | "reversal_learning" => Group::Decisions,
        _ => return None,
    })
}

/// The task of that id and version.
#[must_use]
pub fn find(id: &str, version: &str) -> Option<&'static TaskSpec> {
    find_in(&ALL, id, version)
}

fn find_in(tasks: Tasks, id: &str, version: &str) -> Option<&'static TaskSpec> {
    tasks.iter().copied().find(|spec| spec.id == id && spec.version == version)
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
pub(crate) fn open(
    tasks: Tasks,
    module: &RunModule,
) -> Result<(&'static TaskSpec, Params), RunError> {
    let spec = find_in(tasks, &module.task_id, &module.task_version).ok_or_else(|| {
        RunError::UnknownTask { task: module.task_id.clone(), version: module.task_version.clone() }
    })?;
    let params = validate_params(spec, &module.params).map_err(|errors| RunError::Params {
        task: spec.id.into(),
        message: if cfg!(target_arch = "wasm32") {
            String::new()
        } else {
            let one = |error: &ParamError| format!("{} {}", error.param, error.message);
            errors.iter().map(one).collect::<Vec<_>>().join(" ")
        },
    })?;
    Ok((spec, params))
}

/// Scores module `index` from a session's items. The one entry for browser and server.
///
/// # Errors
/// The task is unknown or its parameters are wrong.
pub fn score(index: u32, module: &RunModule, items: &[Item]) -> Result<ModuleSummary, RunError> {
    let (spec, params) = open(&ALL, module)?;
    let trials: Vec<&Trial> = items.iter().filter_map(Item::trial).collect();
    Ok(score_trials(index, spec, &params, &trials))
}

/// Scores module `index` from a session's trials.
pub(crate) fn score_trials(
    index: u32,
    spec: &TaskSpec,
    params: &Params,
    trials: &[&Trial],
) -> ModuleSummary {
    let mine: Vec<&Trial> = trials.iter().copied().filter(|trial| trial.module == index).collect();
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
    judge_completeness(&mut board, spec, params, &kept);
    (spec.score)(params, &kept, &mut board);
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
    summary
}

/// `incomplete` (not valid) when planned test trials were never run; `trials_lost` when some were
/// interrupted as often as they may be; `practice_not_passed` when practice stayed below its criterion.
fn judge_completeness(board: &mut Board, spec: &TaskSpec, params: &Params, trials: &[&Trial]) {
    let task = (spec.build)(params);
    let blocks = task.blocks();
    let (mut missing, mut lost) = (0, 0);
    for (i, block) in blocks.iter().enumerate() {
        let mine = || trials.iter().filter(|trial| trial.block as usize == i);
        if ended_early(task.as_ref(), block, i, trials) {
            continue;
        }
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

/// Whether a block of the test was over before its planned trials, by its time or by its task's rule.
fn ended_early(task: &dyn Task, block: &Block, index: usize, trials: &[&Trial]) -> bool {
    let mine = || trials.iter().filter(|trial| trial.block as usize == index);
    let Some(last) = mine().next_back().filter(|_| block.phase == Phase::Test) else {
        return false;
    };
    if block.limit_ms > 0.0 {
        return block_time(last).ms() >= block.limit_ms;
    }
    // Rows of later blocks came after the decision
    let known = |trial: &&&Trial| trial.block as usize <= index;
    let module: Vec<Trial> = trials.iter().filter(known).map(|trial| (*trial).clone()).collect();
    let before = Before { module: &module, block: last.block, attempt: last.attempt };
    !block.stream && task.enough(block, before)
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
