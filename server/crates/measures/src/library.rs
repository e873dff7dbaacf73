//! The task library as batteries use it: parameters checked, durations, texts.

use contract::measure::ModuleInput;
use contract::task::TaskInfo;
use contract::{ApiError, Locale, validate::Check};
use platform::{Actor, Denied};
use serde_json::{Map, Value};
use task_engine::TaskSpec;
use task_engine::params::ParamKind;
use task_engine::tasks;

/// The tasks that a battery can be made of, with their parameters. For every member of staff.
///
/// # Errors
/// [`Denied`] for everybody else.
pub fn catalogue(who: &Actor, locale: Locale) -> Result<Vec<TaskInfo>, Denied> {
    if !matches!(who, Actor::System { .. }) {
        who.staff()?;
    }
    Ok(tasks::catalogue(locale))
}

/// How long each module takes with its parameters, minutes. For every member of staff.
///
/// # Errors
/// [`Denied`] for everybody else; 422 for an unknown task or a parameter out of range.
pub fn estimate(who: &Actor, modules: &[ModuleInput]) -> Result<Vec<f64>, ApiError> {
    if !matches!(who, Actor::System { .. }) {
        who.staff()?;
    }
    Ok(prepare(modules)?.into_iter().map(|module| module.minutes).collect())
}

/// A module whose task exists and whose parameters are in range.
#[derive(Debug)]
pub(crate) struct Prepared {
    pub(crate) task_id: &'static str,
    pub(crate) task_version: &'static str,
    /// Every parameter of the task with its value.
    pub(crate) params: Map<String, Value>,
    pub(crate) minutes: f64,
}

/// Checks modules against the schema of the newest version of their tasks, and writes out every
/// default.
///
/// # Errors
/// 422 naming every field at fault, e.g. `modules[1].params.trials`, and what is allowed.
pub(crate) fn prepare(modules: &[ModuleInput]) -> Result<Vec<Prepared>, ApiError> {
    let mut check = Check::default();
    let mut prepared = Vec::with_capacity(modules.len());
    for (i, module) in modules.iter().enumerate() {
        let Some(spec) = tasks::latest(&module.task_id) else {
            let known: Vec<_> = tasks::all().iter().map(|spec| spec.id).collect();
            let message = format!("must be a task of the library: {}.", known.join(", "));
            check.fail(&format!("modules[{i}].task_id"), "unknown", message, &[]);
            continue;
        };
        match tasks::validate_params(spec, &module.params) {
            Ok(params) => prepared.push(Prepared {
                task_id: spec.id,
                task_version: spec.version,
                params: written_out(spec, &module.params),
                minutes: (spec.minutes)(&params),
            }),
            Err(errors) => {
                for error in errors {
                    let field = format!("modules[{i}].params.{}", error.param);
                    let limits = limits(spec, &error.param);
                    check.fail(&field, error.rule, error.message, &limits);
                }
            }
        }
    }
    check.done()?;
    Ok(prepared)
}

/// What a number may be, by the names under which pages say it; nothing for other parameters.
fn limits(spec: &TaskSpec, name: &str) -> Vec<(&'static str, String)> {
    let kind = spec.params.iter().find(|param| param.name == name).map(|param| param.kind);
    match kind {
        Some(ParamKind::Int { min, max, .. }) => {
            vec![("min", min.to_string()), ("max", max.to_string())]
        }
        Some(ParamKind::Number { min, max, .. }) => {
            vec![("min", min.to_string()), ("max", max.to_string())]
        }
        _ => Vec::new(),
    }
}

/// `given` with the default of every parameter that it leaves out.
fn written_out(spec: &TaskSpec, given: &Map<String, Value>) -> Map<String, Value> {
    spec.params
        .iter()
        .map(|param| {
            let value = given.get(param.name).cloned().unwrap_or_else(|| match param.kind {
                ParamKind::Int { default, .. } => default.into(),
                ParamKind::Number { default, .. } => default.into(),
                ParamKind::Flag { default } => default.into(),
                ParamKind::Choice { default, .. } => default.into(),
            });
            (param.name.to_owned(), value)
        })
        .collect()
}

/// How long a stored module takes, minutes; 0 for a task that this program does not know.
pub(crate) fn minutes(task_id: &str, task_version: &str, params: &Map<String, Value>) -> f64 {
    tasks::find(task_id, task_version)
        .and_then(|spec| Some((spec.minutes)(&tasks::validate_params(spec, params).ok()?)))
        .unwrap_or_default()
}

/// What a task is called in `locale`; its id for a task that this program does not know.
pub(crate) fn name(task_id: &str, task_version: &str, locale: Locale) -> String {
    tasks::find(task_id, task_version)
        .or_else(|| tasks::latest(task_id))
        .map_or_else(|| task_id.to_owned(), |spec| spec.name.of(locale).to_owned())
}
